"""Every URL × method × person, against the table of pages: the check itself, which the mutants are put before too."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from zlib import crc32

from django.conf import settings
from django.db import transaction
from django.test.client import Client, ClientHandler
from django.urls import get_resolver, reverse

from tenants.schemes.entering import enter
from tenants.schemes.pages import PLATFORM_PAGES, SCHEME_PAGES
from tenants.schemes.rights import Permission
from tests.cast import Cast
from tests.integration.conftest import PLATFORM, sign_in

METHODS = ("get", "head", "post", "put", "patch", "delete", "options")
# Whoever is turned away has changed nothing, so that one taking back is enough for all their tries.
TURNED_AWAY = ("sign in", "told to sign in", "not there")

Visitors = Mapping[tuple[str, bool], Client]
Choice = Callable[[str, int, bool], Sequence[str]]
"""By which methods a page is tried: the page's name, which of the cast tries it, and whether it opens to them."""
Tried = Callable[[str, Cast, Sequence[str], bool], Sequence[str]]
"""Who tries a page: its name, the cast, those of it to whom it should say the same, and whether it opens to them."""


def every(page: str, number: int, opens: bool) -> Sequence[str]:
    """All methods: for the long proofs."""
    return METHODS


def some(page: str, number: int, opens: bool) -> Sequence[str]:
    """Another method for each person, and to read it as well for those to whom it opens."""
    turn = crc32(page.encode()) + number
    return ("get", METHODS[1:][turn % len(METHODS[1:])]) if opens else (METHODS[turn % len(METHODS)],)


def everybody(page: str, cast: Cast, who: Sequence[str], opens: bool) -> Sequence[str]:
    """All of the cast: for the long proofs."""
    return who


def one_of_each_kind(page: str, cast: Cast, who: Sequence[str], opens: bool) -> Sequence[str]:
    """Of people to whom a page should say the same, one for each set of rights on the two hosts, page by page another.

    Of the kinds to whom it should not open every second comes, to the next page the others; to a page for everybody, or
    for everybody who signed in, a few come; and a visitor to each.
    """
    turn, kinds = crc32(page.encode()), dict[object, list[str]]()
    for one in who:
        kinds.setdefault((cast.rights_at_scheme[one], cast.rights_on_platform[one]), []).append(one)
    some_of_each = [alike[turn % len(alike)] for alike in kinds.values()]
    each = 4 if is_for_everybody(page) else 1 if opens else 2
    return [one for number, one in enumerate(some_of_each) if one == "anonymous" or (turn // 64 + number) % each == 0]


def is_for_everybody(page: str) -> bool:
    """Whether a page asks for no right but to be there, or to be signed in, and shows nothing that is somebody's."""
    asked = {table[page] for table in (PLATFORM_PAGES, SCHEME_PAGES) if page in table}
    return asked <= {Permission.ANYONE, Permission.SIGNED_IN} and page not in OWNERS


def is_read_by(who: str, address: str, permission: Permission) -> bool:
    """Whether somebody reads a page on the day: of those for everybody each reads a few, and a visitor all of them."""
    return permission is not Permission.ANYONE or who == "anonymous" or crc32(f"{who} {address}".encode()) % 4 == 0


# Pages that only some of those with the right may open, since the thing is theirs; to the others it is not there.
OWNERS: dict[str, set[str]] = {
    "feedback:my_point": {"sayer"},
    "feedback:my_point_confirm": {"sayer"},
    "feedback:my_point_stop": {"sayer"},
    "feedback:my_quote_stop": {"sayer"},
    "feedback:my_point_reply": {"sayer"},
    "feedback:my_point_take_back": {"sayer"},
    "feedback:supporter_end": {"sayer"},
    "feedback:support_say": {"supporter"},
    "feedback:support_stop": {"supporter"},
    "feedback:supported_point": {"supporter"},
    "feedback:supported_confirm": {"supporter"},
    "away_take_back": {"manager here"},
    "notice_open": {"sayer"},
    "second_step_remove": {"sayer"},
    "group": {"group lead", "group member", "group supporter"},
    "group_invite": {"group lead"},
    "group_seat": {"group lead"},
    "group_seat_end": {"group lead"},
    "group_invitation_withdraw": {"group lead"},
    "group_leave": {"group lead", "group member", "group supporter"},
    "group_agreement": {"group lead", "group member", "group supporter"},
    "group_resource": {"group lead"},
    "group_decide": {"group lead"},
    "group_decision": {"group lead"},
    "group_decision_withdraw": {"group lead"},
    "group_site": {"group lead"},
    "group_permission_end": {"group lead"},
    "group_peer_support": {"group lead", "group member", "group supporter"},
    "group_peer_support_add": {"group lead"},
    "group_peer_support_change": {"group lead"},
    "group_readiness": {"group lead", "group member", "group supporter"},
    "group_member_readiness": {"group lead", "group member"},
    "group_training_add": {"group member"},
    "group_training": {"group member"},
    "group_training_remove": {"group member"},
    "group_conflict_add": {"group lead", "group member"},
    "group_conflict": {"group member"},
    "group_conflict_remove": {"group member"},
    "group_lived_experience": {"group member"},
    "group_vetting": {"group lead"},
    "question_set": {"group lead", "group member"},
    "question_set_title": {"group lead"},
    "question_set_publish": {"group lead"},
    "question_set_preview": {"group lead", "group member"},
    "section_new": {"group lead"},
    "section_change": {"group lead"},
    "question_kind": {"group lead"},
    "question_new": {"group lead"},
    "question_change": {"group lead"},
    "part_move": {"group lead"},
    "part_delete": {"group lead"},
    "question_set_languages": {"group lead"},
    "question_set_language_remove": {"group lead"},
    "question_set_words": {"group lead"},
    "question_sets": {"group lead", "group member"},
    "question_set_new": {"group lead"},
    "question_set_version": {"group lead", "group member"},
    "question_set_copy": {"group lead"},
    "question_set_retire": {"group lead"},
    "question_set_file": {"group lead", "group member"},
    "visit": {"group lead", "group member"},
    "visit_change": {"group lead"},
    "visit_team": {"group lead"},
    "visit_ready": {"group lead"},
    "visit_cancel": {"group lead"},
    "visit_close": {"group lead"},
    "visit_trouble": {"group lead", "group member"},
    "visit_needs": {"group member"},
    "visit_briefing": {"group lead", "group member"},
    "visit_calendar": {"group lead", "group member"},
    "visit_concern": {"group lead", "group member"},
    "visit_safety": {"group lead", "group member"},
    "visit_out": {"group lead", "group member"},
    "programme": {"group lead", "group member"},
    "programme_end": {"group lead"},
    "programme_place_remove": {"group lead"},
    "programmes": {"group lead", "group member"},
    "programme_new": {"group lead"},
    "visits": {"group lead", "group member"},
    "visit_new": {"group lead"},
    "visit_log": {"group member"},
    "visit_log_section": {"group member"},
    "visit_log_review": {"group member"},
    "visit_log_correct": {"group member"},
    "visit_records": {"group lead", "group member"},
    "visit_logged": {"group lead"},
    "visit_records_file": {"group lead", "group member"},
    "record_choose": {"group lead", "group member"},
    "visit_photo": {"group lead", "group member"},
    "draft_photo": {"group member"},
    "phone_shut_out": {"group member"},
}
# Which thing a URL asks for, where the name of its argument does not say it.
THINGS: dict[str, dict[str, str]] = {
    "feedback:my_point": {"point_id": "claimed_point"},
    "feedback:my_point_confirm": {"point_id": "claimed_point"},
    "feedback:my_point_stop": {"point_id": "claimed_point"},
    "feedback:my_quote_stop": {"point_id": "claimed_point"},
    "feedback:point_quote_end": {"point_id": "claimed_point", "sayer_id": "claimed_sayer"},
    "feedback:my_point_reply": {"point_id": "claimed_point"},
    "feedback:my_point_take_back": {"point_id": "claimed_point"},
    "feedback:supported_point": {"point_id": "claimed_point"},
    "feedback:supported_confirm": {"point_id": "claimed_point"},
    "feedback:point_progress": {"point_id": "claimed_point"},
    "feedback:point_done": {"point_id": "claimed_point"},
    "feedback:point_easy": {"point_id": "claimed_point"},
    "group_seat": {"membership_id": "group_membership"},
    "group_seat_end": {"membership_id": "group_membership"},
    "group_member_readiness": {"membership_id": "group_membership"},
    "group_training_add": {"membership_id": "group_membership"},
    "group_training": {"membership_id": "group_membership"},
    "group_training_remove": {"membership_id": "group_membership"},
    "group_conflict_add": {"membership_id": "group_membership"},
    "group_conflict": {"membership_id": "group_membership"},
    "group_conflict_remove": {"membership_id": "group_membership"},
    "group_lived_experience": {"membership_id": "group_membership"},
    "group_vetting": {"membership_id": "group_membership"},
    "group_invitation_withdraw": {"invitation_id": "group_invitation"},
    "section_change": {"name": "section"},
    "question_change": {"name": "question"},
    "part_move": {"name": "question"},
    "part_delete": {"name": "question"},
    "question_kind": {"name": "section"},
    "question_new": {"name": "section"},
    "visit_concern": {"visit_id": "written_visit"},
    "visit_log": {"visit_id": "written_visit"},
    "visit_log_section": {"visit_id": "written_visit", "name": "written_section"},
    "visit_log_review": {"visit_id": "written_visit"},
    "visit_log_correct": {"visit_id": "written_visit"},
    "visit_records": {"visit_id": "written_visit"},
    "visit_logged": {"visit_id": "written_visit"},
    "visit_records_file": {"visit_id": "written_visit", "kind": "answers_kind"},
    "record_choose": {"visit_id": "written_visit"},
    "visit_photo": {"visit_id": "written_visit"},
}
# Addresses that are not made by a name and arguments alone.
ADDRESSES = {"wagtail_serve": "/", "hand_off": "/hand-off/?host={host}&state=" + 64 * "0"}
# Pages for everybody that hold nothing without what a visitor brings: a slip opened before, a picture that is there.
EMPTY_HANDED = {
    "feedback:slip_confirm", "feedback:slip_reply", "feedback:slip_stop", "feedback:slip_quote_stop",
    "media", "resource", "demonstration_codes",
    "work_sign_in", "openid_connect_callback",
    "asked", "help_link", "feedback:slip_take_back",
    "delivery_record", "delivery_photo", "delivery_draft", "delivery_concern", "session_over",
    "phone_told",
}  # fmt: skip

# Addresses that a script asks: whoever must sign in first is told so, and led nowhere.
SCRIPTED = {"app_mine", "phone_new", "draft_photo", "draft_fetched"}


@dataclass(frozen=True)
class Wrong:
    """One cell of the matrix that does not hold."""

    page: str
    method: str
    who: str
    expected: str
    status: int
    location: str


def check(
    page: str,
    *,
    on_platform: bool,
    cast: Cast,
    visitors: Visitors,
    methods: Choice = every,
    people: Tried = everybody,
) -> Iterator[Wrong]:
    """Each person tries a page by each method; what one may not see is not there, and a visitor is sent to sign in."""
    address = address_of(page, on_platform=on_platform, cast=cast)
    for number, (who, expected) in enumerate(_tries(page, people, on_platform=on_platform, cast=cast)):
        client, tried = visitors[who, on_platform], methods(page, number, expected not in TURNED_AWAY)
        for together in [tried] if expected in TURNED_AWAY else [(method,) for method in tried]:
            with taken_back(client):
                for method in together:
                    answer = getattr(client, method)(address)
                    status, location = answer.status_code, answer.headers.get("Location", "")
                    if not _holds(expected, status, location):
                        yield Wrong(page, method, who, expected, status, location)


def _tries(page: str, people: Tried, *, on_platform: bool, cast: Cast) -> Iterator[tuple[str, str]]:
    """Who tries a page, and what it should say to each."""
    permission = (PLATFORM_PAGES if on_platform else SCHEME_PAGES)[page]
    rights = cast.rights_on_platform if on_platform else cast.rights_at_scheme
    alike: dict[str, list[str]] = {}
    for who in cast.people:
        alike.setdefault(_expected(page, who, permission in rights[who], permission), []).append(who)
    for expected, all_of_them in alike.items():
        came = people(page, cast, all_of_them, expected in ("opens", "either"))
        yield from ((who, expected) for who in came)


def who_may(page: str, *, on_platform: bool, cast: Cast) -> list[str]:
    """Those of the cast who have the right that a page asks for."""
    permission = (PLATFORM_PAGES if on_platform else SCHEME_PAGES)[page]
    rights = cast.rights_on_platform if on_platform else cast.rights_at_scheme
    return [who for who in cast.people if permission in rights[who]]


def check_second_step(
    page: str,
    *,
    on_platform: bool,
    cast: Cast,
    visitors: Visitors,
    methods: Choice = every,
    people: Tried = everybody,
) -> Iterator[Wrong]:
    """Whoever may open a page of staff signed in without a second step: by every method they are led to it."""
    address = address_of(page, on_platform=on_platform, cast=cast)
    for number, who in enumerate(people(page, cast, who_may(page, on_platform=on_platform, cast=cast), True)):
        client = visitors[who, on_platform]
        with taken_back(client):
            for method in methods(page, number, False):
                answer = getattr(client, method)(address)
                status, location = answer.status_code, answer.headers.get("Location", "")
                if status != 302 or not location.startswith(f"{settings.SECOND_STEP_URL}?next="):
                    yield Wrong(page, method, who, "second step", status, location)


def visitors(cast: Cast, *, second_step: str = "totp") -> Visitors:
    """A browser for each of the cast at the platform's host and at the scheme's, signed in there once."""
    made: dict[tuple[str, bool], Client] = {}
    handler = ClientHandler(enforce_csrf_checks=False)  # one for all: each makes every middleware anew
    for who, person in cast.people.items():
        for host, on_platform in ((PLATFORM, True), (cast.scheme.host, False)):
            client = made[who, on_platform] = Client(headers={"host": f"{host}:{settings.PUBLIC_PORT}"})
            client.handler = handler
            if person is not None:
                sign_in(client, person, host, second_step=second_step)
    return made


def _expected(page: str, who: str, has_right: bool, permission: Permission) -> str:
    if not has_right and page in SCRIPTED and who == "anonymous":
        return "told to sign in"
    if not has_right:
        return "sign in" if who == "anonymous" else "not there"
    if page in OWNERS and who not in OWNERS[page]:
        return "not theirs"
    return "either" if page in EMPTY_HANDED else "opens"


def _holds(expected: str, status: int, location: str) -> bool:
    to_sign_in = status == 302 and location.startswith(f"{settings.LOGIN_URL}?next=")
    if expected == "sign in":
        return to_sign_in
    if expected == "told to sign in":
        return status == 401
    if expected == "not there":
        return status == 404
    if expected == "not theirs":  # a method that the page does not know is refused before anything is looked up
        return status in (404, 405)
    if expected == "either":
        return status < 500 and not to_sign_in
    return status != 404 and status < 500 and not to_sign_in


@contextmanager
def taken_back(client: Client) -> Iterator[None]:
    """What requests did is taken back: in the database, and in the visitor's cookies."""
    cookies = client.cookies.output()
    try:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
    finally:
        client.cookies.clear()
        client.cookies.load(cookies.replace("Set-Cookie: ", ""))


def address_of(page: str, *, on_platform: bool, cast: Cast) -> str:
    urlconf = settings.PUBLIC_SCHEMA_URLCONF if on_platform else settings.ROOT_URLCONF
    if page in ADDRESSES:
        return ADDRESSES[page].format(host=cast.scheme.host)
    names = _arguments(page, urlconf)
    said = THINGS.get(page, {})
    with enter("public" if on_platform else cast.scheme):
        return reverse(page, urlconf=urlconf, kwargs={name: cast.things[said.get(name, name)] for name in names})


def _arguments(page: str, urlconf: str) -> list[str]:
    resolver = get_resolver(urlconf)
    namespace, _, name = page.rpartition(":")
    for part in filter(None, namespace.split(":")):
        resolver = resolver.namespace_dict[part][1]
    possibilities = resolver.reverse_dict.getlist(name)
    return list(possibilities[0][0][0][1])
