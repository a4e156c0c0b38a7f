"""What every test can ask for."""

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import override_settings

from kit import clock

# Named here, since pytest-django's own fixture of this name would win over that of another plugin.
from tests.databases import django_db_setup  # noqa: F401
from tests.passwords import Quick


def pytest_collection_finish() -> None:
    """What stands by now stays to the end: looking through it again and again for what nobody uses costs tests time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[None]:
    """A password costs a test no time."""
    others = settings.PASSWORD_HASHERS[1:]
    with override_settings(PASSWORD_HASHERS=[f"{Quick.__module__}.{Quick.__qualname__}", *others]):
        yield


@pytest.fixture(autouse=True)
def a_clean_process(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[None]:
    """Mail and media go to a folder of the test's own, and the clock runs as the world's does afterwards."""
    kept = settings.EMAIL_FILE_PATH, settings.MEDIA_ROOT
    settings.EMAIL_FILE_PATH, settings.MEDIA_ROOT = tmp_path / "mail", tmp_path / "media"
    yield
    settings.EMAIL_FILE_PATH, settings.MEDIA_ROOT = kept
    clock.set_to(None)


@pytest.fixture
def mail_folder() -> Path:
    """Where messages of this test arrive, one file each."""
    folder: Path = settings.EMAIL_FILE_PATH
    folder.mkdir(parents=True, exist_ok=True)
    return folder
