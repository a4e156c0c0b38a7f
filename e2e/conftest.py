"""What tests in a browser can ask for: the running service, and browsers in which people visit it."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserType, Page, StorageState, expect

from e2e import stack as stacks
from e2e.app_parts import Run
from e2e.line import line_to
from e2e.phones import Phone, Planned, count_anew
from e2e.stack import Stack
from e2e.visiting import Looks, Visits
from tests.revealing import revealing_lines, revealing_messages

# Not in test-results/, which the next run of pytest empties.
SHOTS = stacks.ROOT / "data-tests" / "shots"
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


# A browser that works beside other tests is slow now and then; what does not come at all fails all the same.
expect.set_options(timeout=15_000)


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--shots` keeps a picture of every page."""
    parser.addoption("--shots", action="store_true", help="Keep a picture of every page in data-tests/shots/.")


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
    # Nobody looks on: a process that plays a graphics card costs a tenth of the time.
    return {**browser_type_launch_args, "executable_path": found, "args": [reaches, "--disable-gpu", *sandbox]}


@pytest.fixture(scope="session")
def stack() -> Iterator[Stack]:
    """The whole service, running. At the end, all that it sent and logged is searched for revealing words (S2)."""
    with stacks.of_its_own() as running:
        yield running
        assert revealing_messages(running.data / "mail") == []
        assert revealing_lines(running.log) == []


@dataclass(frozen=True)
class Pictures:
    """Where pictures of pages go, if they were asked for."""

    folder: Path | None

    def take(self, page: Page, name: str) -> None:
        """Keep a picture of the whole page."""
        if self.folder:
            page.screenshot(path=self.folder / f"{name}.png", full_page=True)


@pytest.fixture(scope="session")
def pictures(pytestconfig: pytest.Config) -> Pictures:
    """Pictures of pages, with `--shots`."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    return Pictures(SHOTS if pytestconfig.getoption("shots") else None)


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


@pytest.fixture(scope="session")
def kept_open(browser: Browser, stack: Stack, states: dict[str, StorageState]) -> Iterator[Looks]:
    """Browsers that stay open for as long as tests run."""
    looks = Looks(browser, stack, states)
    yield looks
    looks.close()


@pytest.fixture
def looks(kept_open: Looks) -> Iterator[Looks]:
    """Browsers for those who only look at a page; whatever it does wrong meanwhile fails the test."""
    yield kept_open
    problems = kept_open.noticed()
    assert not problems, "\n".join(problems)


@pytest.fixture
def planned(stack: Stack) -> Iterator[Planned]:
    """Visits of a test's own; they end with it, so that no phone later has all of them to draw."""
    planning = Planned(stack)
    count_anew(stack)
    yield planning
    planning.over()


@pytest.fixture(scope="module")
def one_phone(browser: Browser, stack: Stack, states: dict[str, StorageState]) -> Iterator[Page]:
    """One phone for all tests of a module that run parts of the app."""
    count_anew(stack)
    visits = Visits(browser, stack, states)
    yield visits("group member")
    visits.close()
    assert not visits.problems, "\n".join(visits.problems)


@pytest.fixture
def run(one_phone: Page, stack: Stack) -> Run:
    """What runs parts of the app, on a page of the platform with nothing else of the app."""
    one_phone.goto(f"{stack.platform}/visits/")
    return Run(one_phone, stack)


@pytest.fixture
def phone(
    browser_type: BrowserType, browser_type_launch_args: dict[str, Any], stack: Stack, tmp_path: Path
) -> Iterator[Phone]:
    """A phone of its own, on a line of its own; whatever its pages do wrong fails the test."""
    with line_to(stack.port) as line:
        made = Phone(browser_type, browser_type_launch_args, tmp_path / "phone", line, stack)
        yield made
        made.switch_off()
    assert not made.problems, "\n".join(made.problems)
