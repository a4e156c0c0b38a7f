"""Every page of ours with a way to it: found by following links as each kind of person, or by a few clicks."""

import json
import re
from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import astuple, dataclass
from html import unescape
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from django.urls import Resolver404, resolve
from playwright.sync_api import Page, expect

from alongside.data_folder import held
from e2e.stack import Stack
from e2e.visiting import WILLOWFORD, Visits
from tenants.schemes.pages import PLATFORM_PAGES, SCHEME_PAGES

PLATFORM, SCHEME = "platform", "scheme"
# What shows no page of its own: files, answers for machines, and addresses that do something and lead on.
NO_PAGE = {
    "health", "media", "account_email", "invitation_open", "invitation_accept", "group_join_open", "group_join_accept",
    "my_consent", "group_invitation_withdraw", "notice_open", "letter_retry", "team_invitation_withdraw",
    "asked", "help_link", "feedback:slip_close", "feedback:slip_confirm", "feedback:point_acknowledge",
    "feedback:concern_take", "feedback:slip_reply", "feedback:point_apart", "away_take_back", "my_mobile_remove",
    "notify_callback", "feedback:board_paper", "feedback:slip_paper", "feedback:letter", "feedback:letters",
    "feedback:asking_letter", "feedback:asking_code", "mfa_login_webauthn", "work_sign_in", "openid_connect_callback",
    "feedback:supporter_end", "feedback:point_same_take_back", "feedback:support_open", "feedback:support_stop",
    "feed_of_answers", "feed_of_pages", "sitemap", "robots", "feedback:printed_slips_paper", "resource",
    "question_set_copy", "question_set_retire", "question_set_file", "part_move", "programme_place_remove",
    "programme_end", "visit_log_correct", "visit_records_file", "record_choose",
    "visit_briefing", "visit_calendar", "visit_out", "app_worker", "app_manifest",
    "app_mine", "phone_new", "delivery_record", "delivery_photo", "delivery_draft", "delivery_concern", "session_over",
    "visit_photo", "draft_photo", "draft_fetched", "phone_told",
    "group_decision_withdraw", "group_training_remove", "group_conflict_remove", "agreement_resource_withdraw",
    "uploaded_file", "site_link_followed", "comparison_file", "event_calendar", "event_calendar_neutral",
}  # fmt: skip
# As whom links are followed, and from where; who may open most comes last, so that the others are looked at first.
FOLLOWERS = {
    PLATFORM: {
        "": ["/"],
        "Jo": ["/my/"],
        # The first page leads to the second where more than five things wait.
        "group lead": ["/my/", "/my/waiting/"],
        "group member": ["/visits/"],
        "programme manager": ["/my/"],
        "operator": ["/my/"],
    },
    SCHEME: {
        "": ["/", "/tell-us/", "/answer/"],
        "Lou": ["/", "/mine/"],
        "group member": ["/group/"],
        # The menu of the editor leads to the second.
        "involvement lead": ["/staff/", "/uploaded/"],
        "manager": ["/staff/"],
    },
}
LINK = re.compile(r'<a\b[^>]*?\shref="([^"]*)"')
LEFT_OUT = re.compile(r"^/(cms|static|media|sign-out|pl)/")
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
# So many of a kind are opened by whoever comes to it first, since not each thing leads to all that one can; by who
# comes later one, which may lead them on to what is theirs.
FIRST, LATER = 3, 1


@dataclass(frozen=True, slots=True)
class Place:
    """A page that links lead to: as whom, on which side, and its path there."""

    who: str
    side: str
    path: str

    def origin(self, stack: Stack) -> str:
        """The host that shows it."""
        return origin_of(self.side, stack)


Places = dict[tuple[str, str], Place]
"""Where each page stands, by its side and its name."""


def origin_of(side: str, stack: Stack) -> str:
    """The host on which the pages of a side are tried."""
    return stack.platform if side == PLATFORM else stack.scheme(WILLOWFORD)


def names() -> Iterator[tuple[str, str]]:
    """Every page of the two tables, with its side."""
    for side, table in ((PLATFORM, PLATFORM_PAGES), (SCHEME, SCHEME_PAGES)):
        yield from ((side, name) for name in table if name not in NO_PAGE)


def found_once(folder: Path, find: Callable[[], Places]) -> Places:
    """Where links lead, found by the first process that asks: each of them works on the same demonstration."""
    file = folder / "places.json"
    with held(folder / "places.lock"):
        if not file.exists():
            file.write_text(json.dumps([[*key, *astuple(place)] for key, place in find().items()]))
    return {(side, name): Place(*place) for side, name, *place in json.loads(file.read_text())}


def follow_links(visit: Visits) -> Places:
    """The first address found for each name, by somebody who may open it; until each name has one that needs one."""
    found: Places = {}
    for side, followers in FOLLOWERS.items():
        wanted = {key for key in names() if key[0] == side} - WAYS.keys()
        origin, known = origin_of(side, visit.stack), set[str]()
        for who, starts in followers.items():
            if not wanted - found.keys():
                break
            page = visit(
                who, start=f"{origin}/sign-in/?next=/health/" if who and side == SCHEME else f"{origin}/health/"
            )
            page.wait_for_url(f"{origin}/health/")
            for path in followed(page, side, origin, starts, known, {name for on, name in found if on == side}):
                if not wanted - found.keys():
                    break
                name = name_of(path, side)
                found.setdefault((side, name), Place(who, side, path))
                if name == "wagtail_serve" or path.count("/") > 3:
                    known.add(path)
    return found


def followed(page: Page, side: str, origin: str, starts: list[str], known: set[str], before: set[str]) -> Iterator[str]:
    """The paths on a host that open to whom a page belongs, by links from these starts on.

    Whoever came before went through the paths that are known, and to the pages whose names are given.
    """
    seen, opened, waiting = set(known), Counter[str](), deque(starts)
    cookie = "; ".join(f"{one['name']}={one['value']}" for one in page.context.cookies(origin))
    with closing(HTTPConnection("127.0.0.1", urlsplit(origin).port)) as line:
        while waiting:
            path = waiting.popleft()
            kind = ID.sub(":id", path)
            if (
                path in seen
                or LEFT_OUT.match(path)
                or opened[kind] >= (LATER if name_of(path, side) in before else FIRST)
            ):
                continue
            seen.add(path)
            line.request("GET", path, headers={"Host": urlsplit(origin).netloc, "Cookie": cookie})
            answer = line.getresponse()
            content = answer.read()
            if answer.status != 200:
                continue
            opened[kind] += 1
            yield path
            if not answer.headers["Content-Type"].startswith("text/html"):
                continue
            for link in LINK.findall(content.decode()):
                there = urlsplit(urljoin(origin + path, unescape(link)))
                if f"{there.scheme}://{there.netloc}" == origin:
                    waiting.append(there.path)


def name_of(path: str, side: str) -> str:
    """The name of the page at a path."""
    try:
        return resolve(path, urlconf=f"alongside.urls.{side}").view_name
    except Resolver404:
        return ""


Way = Callable[[Visits], Page]
WAYS: dict[tuple[str, str], Way] = {}


def way(side: str, name: str) -> Callable[[Way], Way]:
    """A way to a page that no link leads to by itself."""

    def keep(walk: Way) -> Way:
        WAYS[side, name] = walk
        return walk

    return keep


def code_in(letter: str) -> str:
    """The code in a message."""
    found = re.search(r"Your code is (\S+)", letter)
    assert found, letter
    return found[1]


def press(page: Page) -> None:
    """Press the button of the page's form."""
    page.get_by_role("main").get_by_role("button").first.click()


def join_as(visit: Visits, address: str) -> Page:
    """Make an account with the code from the message."""
    before = len(visit.stack.letters_to(address))
    page = visit(start=f"{visit.stack.platform}/sign-in/new/")
    page.get_by_label("Email").fill(address)
    press(page)
    page.get_by_label("Code").fill(code_in(visit.stack.letter_to(address, after=before)))
    press(page)
    return page


def link_in(letter: str) -> str:
    """The way that a message gives."""
    found = re.search(r"http\S+", letter)
    assert found, letter
    return found[0]


def stopped_before(visit: Visits, pattern: str) -> Page:
    """A page that moves on by itself, held at the moment before it does."""
    page = visit("Jo")
    # An answer without content leaves a browser where it is.
    page.route(pattern, lambda route: route.fulfill(status=204))
    page.goto(f"{visit.stack.scheme(WILLOWFORD)}/sign-in/")
    expect(page.get_by_role("heading", name="One moment")).to_be_visible()
    page.wait_for_timeout(500)
    return page
