"""A trusted supporter acts beside a person: chosen, limited, seen, and ended at once by either (S2, S3; ADR 0052)."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from audit.models import Entry
from kit import clock
from people.actions import give_consent, set_name
from people.erasure import erase
from people.models import Consent, Mobile, Notice, Person
from tenants.feedback import actions, queries
from tenants.feedback.errors import InvitationUsed, NotTheirs, TooManySupporters
from tenants.feedback.models import Confirmation, GroupTag, Point, Supporter
from tenants.feedback.rules import Answer, Kind, Voice
from tenants.schemes.entering import enter
from tenants.schemes.models import Membership, Scheme
from tests.factories.feedback import asked_to_help, claimed, said, somebody, staff, supported
from tests.factories.people import someone
from tests.factories.schemes import works_at

ClientAt = Callable[..., "Browser"]
MONDAY = datetime(2026, 11, 2, 10, tzinfo=UTC)
CHOSEN = {
    "called": "My sister", "sent_to": "kim@example.org", "about": "all", "may": ["confirm", "say"], "length": "92",
}  # fmt: skip


class Browser:
    """A browser, after whose every request the test is back in the schema it was in."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def get(self, *args: Any, **more: Any) -> Any:
        with enter("public"):
            return self.client.get(*args, **more)

    def post(self, *args: Any, **more: Any) -> Any:
        with enter("public"):
            return self.client.post(*args, **more)


@pytest.fixture
def client_at(client_at: Callable[..., Client]) -> ClientAt:
    return lambda *who: Browser(client_at(*who))


@pytest.fixture
def robin() -> Person:
    return someone("Robin")


@pytest.fixture
def kim() -> Person:
    return someone("Kim Marlow", email="kim@example.org")


@pytest.fixture
def point(inside: Scheme, robin: Person) -> Point:
    """What Robin said, and the scheme says it is done."""
    made = said(somebody(robin), words="What Robin said")
    claimed(made, staff(inside)[1])
    return made


def refused(name: str, write: Callable[[], object]) -> None:
    with pytest.raises(IntegrityError, match=f'"{name}"'), transaction.atomic():
        write()


def messages(folder: Path, kind: str = "eml") -> list[str]:
    return [file.read_text() for file in sorted(folder.glob(f"*.{kind}"), key=lambda file: file.stat().st_mtime_ns)]


def link_in(message: str) -> str:
    """Where the link of a message leads to, at the scheme; its own address is the platform's."""
    found = re.search(rf"{settings.PLATFORM_ORIGIN}(/help/\S+)", message.replace("=\n", ""))
    assert found, message
    with enter("public"):
        there = Client(headers={"host": settings.PLATFORM_HOST}).get(found[1])
    assert there["Referrer-Policy"] == "no-referrer"
    address = urlsplit(there["Location"])
    assert address.hostname and address.hostname != settings.PLATFORM_HOST
    return parse_qs(address.query)["next"][0]


def answers(point: Point) -> list[tuple[str, str, bool]]:
    return [(one.answer, one.voice, one.with_help) for one in Confirmation.objects.filter(round__point=point)]


def test_somebody_chooses_a_supporter_who_reads_and_sends_their_answer_with_them(
    client_at: ClientAt, inside: Scheme, robin: Person, kim: Person, point: Point, mail_folder: Path,
    work: Callable[[], None],
) -> None:  # fmt: skip
    mine, theirs = client_at(inside, robin), client_at(inside, kim)
    assert mine.post("/mine/supporters/new/", CHOSEN).status_code == 302
    assert "Has not said yes yet" in mine.get("/mine/supporters/").content.decode()
    work()
    message = next(one for one in messages(mail_folder) if "kim@example.org" in one)
    assert "Subject: You have been invited" in message and "Robin" not in message and "said" not in message
    assert theirs.get(link_in(message)).headers["Location"] == "/support/join/"
    page = theirs.get("/support/join/").content.decode()
    assert "They would like you to help them" in page and "What Robin said" not in page
    assert theirs.post("/support/join/").headers["Location"] == "/support/"
    helps = Supporter.objects.get()
    assert (helps.supporter_id, helps.sent_to, helps.until) == (kim.pk, "", MONDAY.date() + timedelta(days=92))

    address = f"/support/{helps.pk}/{point.pk}/"
    assert address in theirs.get("/support/").content.decode()
    assert "What Robin said" not in theirs.get("/support/").content.decode()
    assert "What Robin said" in theirs.get(address).content.decode()
    assert "Tick the box" in theirs.post(f"{address}changed/", {"answer": "yes"}).content.decode()
    assert answers(point) == []
    theirs.post(f"{address}changed/", {"answer": "yes", "together": "on"})
    theirs.post(f"{address}changed/", {"answer": "partly", "together": "on"})
    assert answers(point) == [("yes", Voice.SAYER, True), ("partly", Voice.SAYER, True)]
    assert point.sayers.count() == 1

    did = mine.get("/mine/supporters/").content.decode()
    assert "read an answer as a supporter" in did and "answered that it has changed with help" in did
    assert "with help from a supporter" in mine.get(f"/mine/{point.pk}/").content.decode()
    assert Notice.objects.filter(person=robin, kind="helped").count() == 3


def test_who_makes_an_account_to_help_first_says_their_name_and_agrees_and_comes_back(
    client_at: ClientAt, inside: Scheme, robin: Person, mail_folder: Path, work: Callable[[], None]
) -> None:
    asked_to_help(robin, "new@example.org")
    new = someone("", email="new@example.org", settled=False)
    theirs, platform = client_at(inside, new), client_at(None, new)
    work()
    theirs.get(link_in(next(one for one in messages(mail_folder) if "new@example.org" in one)))
    for page in (theirs.get("/support/join/"), theirs.post("/support/join/")):
        assert page.headers["Location"].startswith(f"{settings.PLATFORM_ORIGIN}/my/first-visit/")
    address = urlsplit(page.headers["Location"])
    done = platform.post(f"{address.path}?{address.query}", {"name": "Ash Weaver", "agrees": "on"})
    assert f"url={inside.origin}/support/join/" in done.content.decode()
    assert "They would like you to help them" in theirs.get("/support/join/").content.decode()


def test_what_a_supporter_reads_is_written_down_as_a_disclosure(
    client_at: ClientAt, inside: Scheme, robin: Person, kim: Person, point: Point
) -> None:
    helps = supported(robin, kim)
    client_at(inside, kim).get(f"/support/{helps.pk}/{point.pk}/")
    read = Entry.objects.get(operation="disclose")
    assert (read.by, read.subject, read.thing_id, read.basis) == (kim.pk, robin.pk, str(point.pk), "consent")


def test_a_supporter_is_asked_by_text_and_comes_in_with_that_number(
    client_at: ClientAt, inside: Scheme, robin: Person, mail_folder: Path, work: Callable[[], None]
) -> None:
    client_at(inside, robin).post("/mine/supporters/new/", CHOSEN | {"sent_to": "07700 900123"})
    work()
    (text,) = messages(mail_folder, "text")
    assert "Somebody you know would like your help" in text
    kit = Person.objects.create_without_address()
    Mobile.objects.create(person=kit, number="+447700900123")
    set_name(person=kit, name="Kit", by=kit)
    give_consent(person=kit, purpose=Consent.Purpose.ACCOUNT, by=kit)
    theirs = client_at(inside, kit)
    theirs.get(link_in(text))
    theirs.post("/support/join/")
    assert Supporter.objects.get().supporter_id == kit.pk


@pytest.mark.parametrize("typed", ["kim", "0161 496 0000", "kim@", ""])
def test_an_address_that_cannot_be_reached_is_said_so_beside_its_field(
    client_at: ClientAt, inside: Scheme, robin: Person, typed: str
) -> None:
    page = client_at(inside, robin).post("/mine/supporters/new/", CHOSEN | {"sent_to": typed}).content.decode()
    assert "Enter their email address or mobile number" in page or "Enter an email address like" in page
    assert "My sister" in page
    assert not Supporter.objects.exists()


def test_a_link_opens_for_the_address_it_was_sent_to_once_and_for_72_hours(
    client_at: ClientAt, inside: Scheme, robin: Person, kim: Person
) -> None:
    asked = asked_to_help(robin, "kim@example.org")
    other = someone("Otto")
    theirs = client_at(inside, other)
    theirs.get(f"/support/open/{actions.support_token(asked)}/")
    assert "another email address" in theirs.get("/support/join/").content.decode()
    for who, at in ((other, {"otto@example.org"}), (robin, {"kim@example.org"})):
        with pytest.raises(InvitationUsed):
            actions.accept_support(token_hash=asked.token_hash, reached_at=at, by=who)
    clock.set_to(MONDAY + timedelta(hours=72), frozen=True)
    with pytest.raises(InvitationUsed):
        actions.accept_support(token_hash=asked.token_hash, reached_at={"kim@example.org"}, by=kim)
    clock.set_to(MONDAY + timedelta(hours=71), frozen=True)
    actions.accept_support(token_hash=asked.token_hash, reached_at={"kim@example.org"}, by=kim)
    with pytest.raises(InvitationUsed):
        actions.accept_support(token_hash=asked.token_hash, reached_at={"kim@example.org"}, by=kim)
    with pytest.raises(InvitationUsed):
        actions.accept_support(token_hash="another", reached_at={"kim@example.org"}, by=kim)


def test_an_invitation_that_was_taken_back_is_neither_sent_nor_accepted(
    client_at: ClientAt, inside: Scheme, robin: Person, kim: Person, mail_folder: Path, work: Callable[[], None]
) -> None:
    asked = asked_to_help(robin, "kim@example.org")
    client_at(inside, robin).post(f"/mine/supporters/{asked.pk}/end/")
    work()
    assert messages(mail_folder) == []
    with pytest.raises(InvitationUsed):
        actions.accept_support(token_hash=asked.token_hash, reached_at={"kim@example.org"}, by=kim)
    assert Supporter.objects.get().sent_to == ""


def test_a_message_that_can_never_arrive_ends_the_invitation_and_is_told(
    inside: Scheme, robin: Person, work: Callable[[], None]
) -> None:
    asked_to_help(robin, "not an address")
    work()
    assert Supporter.objects.get().ended_at is not None
    assert Notice.objects.get(person=robin).kind == "not_reached"


@pytest.mark.parametrize("who", ["the person", "the supporter"])
def test_either_ends_it_and_the_next_request_finds_nothing(
    client_at: ClientAt, inside: Scheme, robin: Person, kim: Person, point: Point, who: str
) -> None:
    helps = supported(robin, kim, may_say=True)
    mine, theirs = client_at(inside, robin), client_at(inside, kim)
    addresses = [
        f"/support/{helps.pk}/{point.pk}/",
        f"/support/{helps.pk}/{point.pk}/changed/",
        f"/support/{helps.pk}/say/",
    ]
    assert [theirs.get(address).status_code for address in addresses] == [200, 200, 200]
    if who == "the person":
        mine.post(f"/mine/supporters/{helps.pk}/end/")
    else:
        theirs.post(f"/support/{helps.pk}/stop/")
    assert [theirs.get(address).status_code for address in addresses] == [404, 404, 404]
    with pytest.raises(NotTheirs):
        actions.confirm_with(supporter=helps, sayer=point.sayers.get(), answer=Answer.YES, by=kim)
    with pytest.raises(NotTheirs):
        actions.say_with(supporter=helps, said="More", client_key=uuid4(), by=kim)
    assert "You help nobody here" in theirs.get("/support/").content.decode()
    assert "Nobody helps you here" in mine.get("/mine/supporters/").content.decode()


def test_it_ends_by_itself_after_its_last_day(
    client_at: ClientAt, inside: Scheme, robin: Person, kim: Person, point: Point
) -> None:
    helps = supported(robin, kim, until=MONDAY.date() + timedelta(days=10))
    address = f"/support/{helps.pk}/{point.pk}/"
    for day, status in ((10, 200), (11, 404)):
        clock.set_to(MONDAY + timedelta(days=day), frozen=True)
        assert client_at(inside, kim).get(address).status_code == status


def test_nobody_but_the_two_can_end_it(client_at: ClientAt, inside: Scheme, robin: Person, kim: Person) -> None:
    helps = supported(robin, kim)
    otto = someone("Otto")
    other = client_at(inside, otto)
    assert other.post(f"/mine/supporters/{helps.pk}/end/").status_code == 404
    assert other.post(f"/support/{helps.pk}/stop/").status_code == 404
    with pytest.raises(NotTheirs):
        actions.end_support(supporter=helps, by=otto)
    assert Supporter.objects.running().exists()


def test_a_supporter_sees_nothing_that_another_said_nor_what_was_said_for_a_group(
    client_at: ClientAt, inside: Scheme, robin: Person, kim: Person, point: Point
) -> None:
    helps = supported(robin, kim)
    others = said(somebody(someone("Otto")), words="What Otto said")
    group = GroupTag.objects.get(code="women")
    reporter = actions.Saying(kind=Kind.REPORTER, person_id=robin.pk, speaks_for=group)
    finding = said(reporter, words="A finding of women")
    theirs = client_at(inside, kim)
    for hidden in (others, finding):
        assert theirs.get(f"/support/{helps.pk}/{hidden.pk}/").status_code == 404
        assert theirs.get(f"/mine/{hidden.pk}/").status_code == 404
        with pytest.raises(NotTheirs):
            actions.confirm_with(supporter=helps, sayer=hidden.sayers.get(), answer=Answer.YES, by=kim)
    assert theirs.get(f"/mine/{point.pk}/").status_code == 404
    assert client_at(inside, someone("Alex")).get(f"/support/{helps.pk}/{point.pk}/").status_code == 404


def test_of_two_who_said_the_same_a_supporter_answers_for_the_one_they_help(
    inside: Scheme, robin: Person, kim: Person
) -> None:
    both = said(somebody(robin), somebody(someone("Otto")))
    claimed(both, staff(inside)[1])
    helps = supported(robin, kim)
    with pytest.raises(NotTheirs, match="The help has ended"):
        actions.confirm_with(
            supporter=helps, sayer=both.sayers.exclude(person_id=robin.pk).get(), answer=Answer.YES, by=kim
        )
    assert answers(both) == []


def test_help_with_one_point_is_help_with_that_one_alone(
    client_at: ClientAt, inside: Scheme, robin: Person, kim: Person, point: Point
) -> None:
    second = said(somebody(robin), words="Something else")
    claimed(second, Membership.objects.latest("since"))
    helps = supported(robin, kim, point=point)
    theirs = client_at(inside, kim)
    assert theirs.get(f"/support/{helps.pk}/{point.pk}/").status_code == 200
    assert theirs.get(f"/support/{helps.pk}/{second.pk}/").status_code == 404
    with pytest.raises(NotTheirs):
        actions.confirm_with(supporter=helps, sayer=second.sayers.get(), answer=Answer.YES, by=kim)
    page = client_at(inside, robin).post("/mine/supporters/new/", CHOSEN | {"about": str(point.pk)}).content.decode()
    assert "choose “Everything I say here” above" in page
    with pytest.raises(NotTheirs):
        asked_to_help(someone("Otto"), point=point)


def test_a_supporter_does_only_what_was_allowed(
    client_at: ClientAt, inside: Scheme, robin: Person, kim: Person, point: Point
) -> None:
    helps = supported(robin, kim, may_confirm=False)
    theirs = client_at(inside, kim)
    address = f"/support/{helps.pk}/{point.pk}/"
    assert "Send their answer" not in theirs.get(address).content.decode()
    theirs.post(f"{address}changed/", {"answer": "yes", "together": "on"})
    assert theirs.get(f"/support/{helps.pk}/say/").status_code == 404
    with pytest.raises(NotTheirs):
        actions.say_with(supporter=helps, said="More", client_key=uuid4(), by=kim)
    assert answers(point) == []


def test_what_is_said_with_help_is_the_persons_own_and_is_not_published(
    client_at: ClientAt, inside: Scheme, robin: Person, kim: Person
) -> None:
    helps = supported(robin, kim, may_say=True)
    theirs, key = client_at(inside, kim), uuid4()
    filled = {"said": "The waiting room is cold.", "send": key}
    assert "Tick the box" in theirs.post(f"/support/{helps.pk}/say/", filled).content.decode()
    for _ in range(2):
        assert theirs.post(f"/support/{helps.pk}/say/", filled | {"together": "on"}).status_code == 302
    made = Point.objects.get(said="The waiting room is cold.")
    sayer = made.sayers.get()
    assert (sayer.person_id, sayer.with_help, sayer.kind) == (robin.pk, True, Kind.PERSON)
    assert [one.purpose for one in sayer.consents.all()] == ["record"]
    assert "supporter" in sayer.consents.get().explained_how
    assert made.only_person_id == robin.pk
    assert f"/mine/{made.pk}/" in client_at(inside, robin).get("/mine/").content.decode()
    lead = client_at(inside, staff(inside)[0])
    assert "Said with help from a supporter" in lead.get(f"/points/{made.pk}/").content.decode()


@pytest.mark.parametrize("shown", [True, False])
def test_staff_see_that_somebody_helps_and_the_first_name_only_if_the_person_agreed(
    client_at: ClientAt, inside: Scheme, robin: Person, kim: Person, point: Point, shown: bool
) -> None:
    supported(robin, kim, name_shown=shown)
    page = client_at(inside, staff(inside)[0]).get(f"/points/{point.pk}/").content.decode()
    assert "A supporter helps with this" in page
    assert ("A supporter helps with this: Kim." in page) == shown
    assert "Marlow" not in page and "My sister" not in page
    other = said(somebody(someone("Otto")))
    assert queries.who_helps_with(other) == []


def test_whoever_works_at_the_scheme_cannot_help_somebody_there(
    client_at: ClientAt, inside: Scheme, robin: Person, kim: Person, point: Point
) -> None:
    asked = asked_to_help(robin, "kim@example.org", may_confirm=True)
    seat = works_at(inside, kim.pk)
    with pytest.raises(NotTheirs):
        actions.accept_support(token_hash=asked.token_hash, reached_at={"kim@example.org"}, by=kim)
    Membership.objects.filter(pk=seat.pk).delete()
    helps = actions.accept_support(token_hash=asked.token_hash, reached_at={"kim@example.org"}, by=kim)
    works_at(inside, kim.pk)
    assert client_at(inside, kim).get(f"/support/{helps.pk}/{point.pk}/").status_code == 404
    with pytest.raises(NotTheirs):
        actions.confirm_with(supporter=helps, sayer=point.sayers.get(), answer=Answer.YES, by=kim)


def test_a_supporter_at_one_scheme_helps_nobody_at_another(
    client_at: ClientAt, inside: Scheme, other_scheme: Scheme, robin: Person, kim: Person, point: Point
) -> None:
    helps = supported(robin, kim)
    elsewhere = client_at(other_scheme, kim)
    assert elsewhere.get(f"/support/{helps.pk}/{point.pk}/").status_code == 404
    assert "You help nobody here" in elsewhere.get("/support/").content.decode()


def test_nobody_asks_without_end(inside: Scheme, robin: Person) -> None:
    for number in range(5):
        asked_to_help(robin, f"helper{number}@example.org")
    with pytest.raises(TooManySupporters):
        asked_to_help(robin, "sixth@example.org")
    for one in Supporter.objects.all():
        actions.end_support(supporter=one, by=robin)
    with pytest.raises(TooManySupporters):
        asked_to_help(robin, "sixth@example.org")
    clock.set_to(MONDAY + timedelta(days=1, minutes=1), frozen=True)
    asked_to_help(robin, "sixth@example.org")
    asked_to_help(someone("Otto"), "sixth@example.org")


def test_one_address_is_sent_two_invitations_a_day_and_five_a_month_from_all_schemes_together(
    inside: Scheme, other_scheme: Scheme
) -> None:
    """Nobody is flooded by somebody who makes accounts, or goes from scheme to scheme."""
    sent = 0
    for day in (0, 1, 2):
        clock.set_to(MONDAY + timedelta(days=day), frozen=True)
        for where in (inside, other_scheme, inside):
            with enter(where):
                try:
                    asked_to_help(someone("Otto"), "kim@example.org")
                    sent += 1
                except TooManySupporters as refused:
                    assert "cannot send an invitation there now" in str(refused) and refused.field == "sent_to"
        assert sent == (2, 4, 5)[day]
    asked_to_help(someone("Otto"), "kim.two@example.org")
    clock.set_to(MONDAY + timedelta(days=30), frozen=True)
    asked_to_help(someone("Otto"), "kim@example.org")


def test_the_count_of_invitations_tells_no_address(inside: Scheme, robin: Person) -> None:
    asked_to_help(robin, "kim@example.org")
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM public.kit_cache WHERE cache_key LIKE '%%feedback.invited%%'")
        keys = [str(key) for (key,) in cursor.fetchall()]
    assert len(keys) == 2 and all("public" in key and "kim" not in key for key in keys)


def test_whoever_waits_for_an_answer_asks_the_same_address_no_second_time(
    client_at: ClientAt, inside: Scheme, robin: Person
) -> None:
    mine = client_at(inside, robin)
    assert mine.post("/mine/supporters/new/", CHOSEN).status_code == 302
    page = mine.post("/mine/supporters/new/", CHOSEN | {"sent_to": "KIM@example.org"}).content.decode()
    assert "You have asked them already" in page and "KIM@example.org" in page
    actions.end_support(supporter=Supporter.objects.get(), by=robin)
    assert mine.post("/mine/supporters/new/", CHOSEN).status_code == 302


def test_whoever_asks_is_held_while_what_they_asked_is_counted(inside: Scheme, robin: Person) -> None:
    with CaptureQueriesContext(connection) as statements:
        asked_to_help(robin)
    sql = [one["sql"] for one in statements]
    held = next(number for number, one in enumerate(sql) if one.endswith("FOR NO KEY UPDATE"))
    counted = next(number for number, one in enumerate(sql) if "COUNT(" in one and "feedback_supporter" in one)
    assert '"people_person"' in sql[held] and held < counted


def test_the_pages_cost_the_same_for_any_number_of_people_and_points(
    client_at: ClientAt, inside: Scheme, kim: Person
) -> None:
    costs = []
    for many in (1, 4):
        for _ in range(many):
            one = someone("Somebody")
            for _ in range(many):
                said(somebody(one))
            supported(one, kim)
        with CaptureQueriesContext(connection) as asked:
            assert client_at(inside, kim).get("/support/").status_code == 200
        costs.append(len(asked))
    assert costs[0] == costs[1]


@pytest.mark.parametrize("who", ["the person", "the supporter", "somebody who was only asked"])
def test_erasing_either_side_takes_the_help_away_and_leaves_the_others(as_owner: str, scheme: Scheme, who: str) -> None:
    robin, kim, otto = someone("Robin"), someone("Kim"), someone("Otto", email="otto@example.org")
    with enter(scheme):
        point = said(somebody(robin))
        claimed(point, staff(scheme)[1])
        helps = supported(robin, kim)
        actions.confirm_with(supporter=helps, sayer=point.sayers.get(), answer=Answer.YES, by=kim)
        asked_to_help(robin, "otto@example.org")
    erase({"the person": robin, "the supporter": kim}.get(who, otto).pk)
    with enter(scheme):
        left = {(one.supporter_id, one.sent_to) for one in Supporter.objects.all()}
        assert (
            left
            == {
                "the person": set(),
                "the supporter": {(None, "otto@example.org")},
                "somebody who was only asked": {(kim.pk, "")},
            }[who]
        )
        assert Confirmation.objects.get().with_help


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("supporter_link_is_its_own", {"token_hash": "taken"}),
        ("supporter_accepted_by_somebody", {"accepted_at": MONDAY}),
        ("supporter_accepted_by_somebody", {"supporter_id": uuid4()}),
        ("supporter_address_goes_when_answered", {"ended_at": MONDAY}),
    ],
)
def test_what_must_never_be_false_of_a_supporter(inside: Scheme, name: str, wrong: dict[str, Any]) -> None:
    right = {"called": "x", "sent_to": "x@example.org", "until": MONDAY.date(), "open_until": MONDAY}
    Supporter.objects.create(person_id=uuid4(), token_hash="taken", **right)
    refused(name, lambda: Supporter.objects.create(**{"person_id": uuid4(), "token_hash": "new"} | right | wrong))


def test_what_must_never_be_false_of_who_helps_whom(point: Point, robin: Person, kim: Person) -> None:
    helps = Supporter.objects.filter(pk=supported(robin, kim).pk)
    refused("supporter_is_somebody_else", lambda: helps.update(supporter_id=robin.pk))
    refused("supporter_for_one_point_says_nothing_new", lambda: helps.update(point=point, may_say=True))
