"""A trusted supporter acts beside a person: limited, seen, and ended at once by either (S2, S3; ADR 0052)."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.models import Entry
from kit import clock
from people.erasure import erase
from people.models import Person
from tenants.feedback import actions, queries
from tenants.feedback.errors import NotTheirs
from tenants.feedback.models import Confirmation, GroupTag, Point, Supporter
from tenants.feedback.rules import Answer, Kind
from tenants.schemes.entering import enter
from tenants.schemes.models import Membership, Scheme
from tests.factories.feedback import asked_to_help, claimed, said, somebody, staff, supported
from tests.factories.people import someone
from tests.integration.feedback.supporting.steps import CHOSEN, MONDAY, ClientAt, answers, refused


def test_what_a_supporter_reads_is_written_down_as_a_disclosure(
    client_at: ClientAt, inside: Scheme, robin: Person, kim: Person, point: Point
) -> None:
    helps = supported(robin, kim)
    client_at(inside, kim).get(f"/support/{helps.pk}/{point.pk}/")
    read = Entry.objects.get(operation="disclose")
    assert (read.by, read.subject, read.thing_id, read.basis) == (kim.pk, robin.pk, str(point.pk), "consent")


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


def test_a_supporter_at_one_scheme_helps_nobody_at_another(
    client_at: ClientAt, inside: Scheme, other_scheme: Scheme, robin: Person, kim: Person, point: Point
) -> None:
    helps = supported(robin, kim)
    elsewhere = client_at(other_scheme, kim)
    assert elsewhere.get(f"/support/{helps.pk}/{point.pk}/").status_code == 404
    assert "You help nobody here" in elsewhere.get("/support/").content.decode()


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
