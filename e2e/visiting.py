"""People in browsers: who they are, how they sign in, and what no page may do while they look at it."""

import re
import time
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Response,
    StorageState,
    expect,
)

from alongside.demo.apps import HALF_A_MINUTE, code_now, secret_of
from alongside.surroundings import HOST
from e2e.stack import Stack

WILLOWFORD, FENMARSH = "willowford", "fenmarsh"
PEOPLE = {
    "analyst": "analyst@example.org",
    "programme manager": "programme-manager@example.org",
    "operator": "operator@example.org",
    "manager": "manager.willowford@example.org",
    "involvement lead": "involvement-lead.willowford@example.org",
    "practitioner": "practitioner.willowford@example.org",
    "STR worker": "str-worker.willowford@example.org",
    "safeguarding lead": "safeguarding-lead.willowford@example.org",
    "editor": "editor.willowford@example.org",
    "manager elsewhere": "manager.fenmarsh@example.org",
    "group lead": "lead.voices@example.org",
    "group member": "member.voices@example.org",
    "Jo": "jo@example.org",
    "Sam": "sam@example.org",
    "Ash": "ash@example.org",
    "Lou": "lou@example.org",
}
# Who works here has an app that shows codes.
STAFF = set(PEOPLE) - {"group lead", "group member", "Jo", "Sam", "Ash", "Lou"}
PHONE, DESK = 320, 1280
OUR_HOSTS = {HOST, "localhost", "127.0.0.1"}
# Where "Leave now" goes: played by the tests that press it, since nothing leaves this machine.
WEATHER = "https://www.bbc.co.uk/weather"
WEATHER_PAGE = "<!DOCTYPE html><html lang=en><title>Weather</title><h1>Weather</h1></html>"
# Chromium says this of every answer that is not a success; answers are judged by `_answered`.
ABOUT_ANSWERS = "Failed to load resource"


def _steps() -> tuple[int, ...]:
    return (0, 1, -1) if time.time() % HALF_A_MINUTE < HALF_A_MINUTE / 2 else (0, 1)


@dataclass
class Visits:
    """Opens browsers for people, and remembers whatever went wrong in them."""

    browser: Browser
    stack: Stack
    states: dict[str, StorageState]
    problems: list[str] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)

    def __call__(
        self, who: str = "", *, javascript: bool = True, width: int = DESK, fresh: bool = False, start: str = ""
    ) -> Page:
        """A page of a browser of its own, for somebody signed in on the platform, or for a visitor."""
        if who and fresh:
            self.states.pop(who, None)
        context = self._context(javascript=javascript, width=width, state=self._state(who) if who else None)
        page = context.new_page()
        if start:
            page.goto(start)
        return page

    def at(self, who: str, origin: str) -> Page:
        """A page of a browser of somebody's who has come by the sign-in of a scheme once, as they do each day."""
        key = f"{who} at {origin}"
        page = self(who) if key not in self.states else self._context(state=self.states[key]).new_page()
        if key not in self.states:
            page.goto(f"{origin}/sign-in/?next=/health/")
            page.wait_for_url(f"{origin}/health/")
            self.states[key] = page.context.storage_state()
        return page

    def sign_in(self, page: Page, who: str) -> None:
        """Fill in the page of signing in, on which the browser stands."""
        page.get_by_label("Email").fill(PEOPLE.get(who, who))
        page.get_by_label("Password", exact=True).fill(self.stack.password)
        page.get_by_role("button", name="Sign in", exact=True).click()
        if who in STAFF:
            self.take_the_second_step(page, who)

    def take_the_second_step(self, page: Page, who: str) -> None:
        """Type a code of their app: of those that are right now, one that they have not used."""
        expect(page.get_by_label("Code from your app")).to_be_visible()
        secret = secret_of(PEOPLE[who], self.stack.password)
        used = self.stack.used_codes.setdefault(who, set())
        # The one before is right until the next one comes, which has to be later than it is sent.
        while not (new := [code for step in _steps() if (code := code_now(secret, later=step)) not in used]):
            page.wait_for_timeout(1000)
        code = new[0]
        used.add(code)
        page.get_by_label("Code from your app").fill(code)
        page.get_by_role("button", name="Continue").click()

    def close(self) -> None:
        for context in self.contexts:
            context.close()
        self.contexts.clear()

    def _state(self, who: str) -> StorageState:
        # Checking a password is slow on purpose, so everybody does it once.
        if who not in self.states:
            context = self._context()
            page = context.new_page()
            page.goto(f"{self.stack.platform}/sign-in/")
            self.sign_in(page, who)
            page.wait_for_url(re.compile(r"/my/"))
            self.states[who] = context.storage_state()
            context.close()
            self.contexts.remove(context)
        return self.states[who]

    def _context(
        self, *, javascript: bool = True, width: int = DESK, state: StorageState | None = None
    ) -> BrowserContext:
        context = self.browser.new_context(
            java_script_enabled=javascript,
            viewport={"width": width, "height": 900},
            storage_state=state,
            locale="en-GB",
        )
        context.set_default_timeout(15_000)
        context.on("console", self._said)
        context.on("weberror", lambda error: self.problems.append(f"A script failed: {error.error}"))
        context.on("request", self._asked)
        context.on("response", self._answered)
        self.contexts.append(context)
        return context

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.text.startswith(ABOUT_ANSWERS):
            self.problems.append(f"{message.page.url if message.page else ''} said: {message.text}")

    def _asked(self, request: Request) -> None:
        if not is_ours(request.url) and request.url != WEATHER:
            self.problems.append(f"A page asked for {request.url}")

    def _answered(self, response: Response) -> None:
        is_document = response.request.is_navigation_request()
        # The editor tries to keep a page by itself while it is written, and is told where it cannot be kept yet.
        is_kept_later = response.status == 400 and "/cms/pages/add/" in response.url
        if response.status >= (500 if is_document else 400) and not is_kept_later:
            self.problems.append(f"{response.url} was answered with {response.status}")


@dataclass
class Looks(Visits):
    """Browsers of those who only look at pages: one for each person and host, kept open from page to page.

    Styles and scripts are at hand for every page but the first, as they are for people.
    """

    pages: dict[tuple[str, str], Page] = field(default_factory=dict)

    def at(self, who: str, origin: str) -> Page:
        """The page of somebody, or of a visitor, at a host."""
        if (who, origin) not in self.pages:
            self.pages[who, origin] = super().at(who, origin) if who and origin != self.stack.platform else self(who)
        return self.pages[who, origin]

    def noticed(self) -> list[str]:
        """What went wrong since this was asked last."""
        problems, self.problems = self.problems, []
        return problems


def is_ours(address: str) -> bool:
    """Whether an address is on this machine, under our own names."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    return parts.scheme in ("data", "blob", "about") or host in OUR_HOSTS or host.endswith(f".{HOST}")


def into(page: Page, stack: Stack, name: str = "Willowford") -> Page:
    """From My Alongside to a scheme, by its link."""
    page.goto(f"{stack.platform}/my/")
    page.get_by_role("main").get_by_role("link", name=name).first.click()
    host = f"{name.lower()}.{HOST}"
    page.wait_for_url(lambda address: urlsplit(address).hostname == host and "/sign-in/" not in address)
    return page


def play_the_weather(page: Page) -> None:
    """Answer where "Leave now" leads; a browser of which any request is answered so keeps no styles and scripts."""
    page.route(WEATHER, lambda route: route.fulfill(content_type="text/html", body=WEATHER_PAGE))
