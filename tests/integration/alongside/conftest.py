"""A folder that the database's account can reach, whatever other test runs do to pytest's own folders."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder of the test's own."""
    with tempfile.TemporaryDirectory(prefix="alongside-") as folder:
        yield Path(folder).resolve()
