"""What tests in a browser can ask for: the running service, and browsers in which people visit it."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, StorageState

from e2e import stack as stacks
from e2e.stack import Stack
from e2e.visiting import Visits

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--shots` keeps a picture of every page."""
    parser.addoption("--shots", action="store_true", help="Keep a picture of every page in test-results/shots/.")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here is end to end."""
    for item in items:
        if Path(item.path).parent == Path(__file__).parent:
            item.add_marker("e2e")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The browser that `infra/browser.sh` found, which can reach nothing but this machine."""
    found = os.environ.get("ALONGSIDE_BROWSER") or next(filter(None, map(shutil.which, NAMES)), None)
    reaches = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE *.localhost, EXCLUDE 127.0.0.1"
    # Chromium's own sandbox does not work for root, as whom tests run in containers.
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {**browser_type_launch_args, "executable_path": found, "args": [reaches, *sandbox]}


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """The whole service, running."""
    folder = tmp_path_factory.mktemp("alongside")
    stacks.copy_ready_made(folder / "data")
    running = stacks.start(folder / "data")
    yield running
    running.stop()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def states() -> dict[str, StorageState]:
    """The sign-ins made so far."""
    return {}


@pytest.fixture
def visit(browser: Browser, stack: Stack, states: dict[str, StorageState]) -> Iterator[Visits]:
    """Open a browser for somebody; whatever a page does wrong while anybody looks at it fails the test."""
    visits = Visits(browser, stack, states)
    yield visits
    visits.close()
    assert not visits.problems, "\n".join(visits.problems)
