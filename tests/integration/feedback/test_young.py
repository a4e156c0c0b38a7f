"""A parent agreed for a child: at 16 and at 18 the young person is asked, and has the last word (S4)."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.test import Client

from audit.models import Entry
from kit import codes
from people.models import Person
from tenants.feedback import actions, queries
from tenants.feedback.errors import NothingSaid
from tenants.feedback.models import Confirmation, Consent, InformationNeed, Point, Reply, Sayer
from tenants.feedback.rules import Answer, Basis, Channel, Form, Kind, Purpose, TheySay
from tenants.schemes.entering import enter
from tenants.schemes.models import Membership, Scheme
from tests.factories.feedback import claimed, of_a_parent, published, said, slip, the_sayer

ClientAt = Callable[..., Client]
JUNE = date(2027, 6, 1)
BEFORE, AFTER = datetime(2027, 5, 31, 10, tzinfo=UTC), datetime(2027, 6, 1, 10, tzinfo=UTC)


def a_child(**saying: object) -> Point:
    return said(slip(agreement=of_a_parent(review_on=JUNE), **saying), words="I was scared.")


@pytest.fixture
def by(owner: Membership) -> Person:
    return Person.objects.get(pk=owner.person_id)


@pytest.fixture
def desk(client_at: ClientAt, scheme: Scheme, by: Person) -> Client:
    return client_at(scheme, by)


def live(sayer: Sayer) -> set[tuple[str, str]]:
    return set(sayer.consents.filter(withdrawn_at=None).values_list("purpose", "basis"))


def test_the_form_asks_when_the_child_turns_16_and_keeps_only_the_month_s4(desk: Client, scheme: Scheme) -> None:
    (send,) = re.findall(r'name="send" value="([^"]+)"', desk.get("/points/new/").content.decode())
    filled = {
        "said": "I was scared.", "method": "conversation", "basis": "parental_responsibility", "channel": "slip",
        "explained_how": "Easy Read", "send": send, "giver_name": "A parent", "giver_relationship": "father",
        "evidence_seen": "passport", "child_view": "wants it told",
    }  # fmt: skip
    assert 'href="#id_turns' in desk.post("/points/new/", filled).content.decode()
    past = {"turns_day": "17", "turns_month": "5", "turns_year": "2020"}
    assert 'href="#id_turns' in desk.post("/points/new/", filled | past).content.decode()
    assert desk.post("/points/new/", filled | past | {"turns_year": "2027"}).status_code == 302
    with enter(scheme):
        assert {one.review_on for one in Consent.objects.all()} == {JUNE}


@pytest.mark.parametrize(("day", "status"), [((2, 11, 2044), 302), ((3, 11, 2044), 200), ((31, 12, 9999), 200)])
def test_a_child_is_put_down_to_be_asked_within_18_years(
    day: tuple[int, int, int], status: int, desk: Client, at_moment: Callable[[datetime], None]
) -> None:
    at_moment(datetime(2026, 11, 2, 10, tzinfo=UTC))
    (send,) = re.findall(r'name="send" value="([^"]+)"', desk.get("/points/new/").content.decode())
    turns = dict(zip(("turns_day", "turns_month", "turns_year"), map(str, day), strict=True))
    filled = {
        "said": "I was scared.", "method": "conversation", "basis": "parental_responsibility", "channel": "slip",
        "explained_how": "Easy Read", "send": send, "giver_name": "A parent", "giver_relationship": "father",
        "evidence_seen": "passport", "child_view": "wants it told",
    }  # fmt: skip
    answer = desk.post("/points/new/", filled | turns)
    assert answer.status_code == status
    assert status == 302 or "more than 18 years away" in answer.content.decode()


@pytest.mark.parametrize(("day", "status"), [((1, 6, 2029), 302), ((2, 6, 2029), 200), ((31, 12, 9999), 200)])
def test_asking_is_put_off_for_two_years_at_most(
    day: tuple[int, int, int], status: int, desk: Client, scheme: Scheme, by: Person,
    at_moment: Callable[[datetime], None],
) -> None:  # fmt: skip
    with enter(scheme):
        sayer = the_sayer(a_child())
    at_moment(AFTER)
    turns = dict(zip(("turns_day", "turns_month", "turns_year"), map(str, day), strict=True))
    answer = desk.post(f"/points/young/{sayer.pk}/", {"they": "later"} | turns)
    assert answer.status_code == status
    assert status == 302 or "at most 2 years away" in answer.content.decode()
    if status == 200:
        with enter(scheme), pytest.raises(NothingSaid, match="at most 2 years"):
            when = date(day[2], day[1], day[0])
            actions.ask_the_young(sayer=sayer, they=TheySay.LATER, turns=when, by=by)


def test_from_that_month_on_it_waits_for_staff_and_leaves_the_website(
    desk: Client, scheme: Scheme, owner: Membership, at_moment: Callable[[datetime], None]
) -> None:
    with enter(scheme):
        published(a_child(), owner)
    at_moment(BEFORE)
    assert "Ask a young person themselves" not in desk.get("/staff/").content.decode()
    with enter(scheme):
        assert queries.answered().object_list
    at_moment(AFTER)
    assert "Ask a young person themselves" in desk.get("/staff/").content.decode()
    with enter(scheme):
        assert not queries.answered().object_list


def test_who_agrees_themselves_agrees_to_each_purpose_apart_s3(
    inside: Scheme, owner: Membership, by: Person, at_moment: Callable[[datetime], None]
) -> None:
    point = a_child()
    published(point, owner)
    at_moment(AFTER)
    sayer = the_sayer(point)
    with pytest.raises(NothingSaid, match="how you explained"):
        actions.ask_the_young(sayer=sayer, they=TheySay.AGREES, may_publish=True, by=by)
    actions.ask_the_young(sayer=sayer, they=TheySay.AGREES, may_publish=True, explained_how="read aloud", by=by)
    assert live(sayer) == {(Purpose.RECORD, Basis.CONSENT), (Purpose.PUBLISH, Basis.CONSENT)}
    assert queries.answered().object_list
    assert not queries.agreed_for_by_a_parent().exists()
    assert Entry.objects.filter(what="wrote down that a young person agreed themselves").exists()


def test_who_agrees_to_keep_it_alone_is_off_the_website(inside: Scheme, owner: Membership, by: Person) -> None:
    point = a_child()
    published(point, owner)
    actions.ask_the_young(sayer=the_sayer(point), they=TheySay.AGREES, explained_how="read aloud", by=by)
    assert live(the_sayer(point)) == {(Purpose.RECORD, Basis.CONSENT)}
    assert not queries.answered().object_list


def test_who_could_not_be_asked_is_asked_again_and_stays_off_the_website(
    inside: Scheme, owner: Membership, by: Person, at_moment: Callable[[datetime], None]
) -> None:
    point = a_child()
    published(point, owner)
    at_moment(AFTER)
    sayer = the_sayer(point)
    with pytest.raises(NothingSaid, match="turn 18"):
        actions.ask_the_young(sayer=sayer, they=TheySay.LATER, by=by)
    actions.ask_the_young(sayer=sayer, they=TheySay.LATER, turns=date(2029, 5, 9), by=by)
    assert live(sayer) == {(Purpose.RECORD, Basis.PARENT)}
    assert sayer.consents.get(withdrawn_at=None).review_on == date(2029, 6, 1)
    assert not queries.answered().object_list and not queries.agreed_for_by_a_parent().exists()


def test_who_does_not_want_it_kept_has_the_last_word(inside: Scheme, owner: Membership, by: Person) -> None:
    point, other = a_child(), said(words="Another's.")
    published(point, owner)
    actions.ask_the_young(sayer=the_sayer(point), they=TheySay.NO, by=by)
    point.refresh_from_db()
    sayer = the_sayer(point)
    assert (point.said, point.public_words, sayer.kind, sayer.slip) == ("", "", Kind.GONE, "")
    assert live(sayer) == set() and not Consent.objects.filter(giver_name="A parent").exists()
    assert Point.objects.get(pk=other.pk).said == "Another's."


def test_what_is_written_down_counts_for_all_that_they_said_by_the_page(
    desk: Client, scheme: Scheme, at_moment: Callable[[datetime], None]
) -> None:
    code = codes.new_code()
    with enter(scheme):
        first = a_child(code=code)
        second = a_child(code=code)
        sayer = the_sayer(first)
    assert desk.get(f"/points/young/{sayer.pk}/").status_code == 404
    at_moment(AFTER)
    assert "I was scared." in desk.get(f"/points/young/{sayer.pk}/").content.decode()
    assert "Choose" in desk.post(f"/points/young/{sayer.pk}/", {}).content.decode()
    assert desk.post(f"/points/young/{sayer.pk}/", {"they": "agrees", "explained_how": "read aloud"}).url == "/staff/"
    with enter(scheme):
        assert live(the_sayer(first)) == live(the_sayer(second)) == {(Purpose.RECORD, Basis.CONSENT)}


def test_all_that_a_child_wrote_goes_with_their_no(inside: Scheme, owner: Membership, by: Person) -> None:
    point = a_child()
    sayer = the_sayer(point)
    actions.write_down_need(sayer=sayer, form=Form.LARGE, by=by)
    question = actions.ask_for_words(point=point, words="Who scared you?", client_key=point.pk, by=by)
    actions.reply(sayer=sayer, question=question, words="The big boys.", by=None)
    claimed(point, owner)
    actions.confirm(sayer=sayer, answer=Answer.NO, words="They still do.", by=None)
    actions.ask_the_young(sayer=sayer, they=TheySay.NO, by=by)
    assert (point.questions.get().words, Reply.objects.get().words, Confirmation.objects.get().words) == ("", "", "")
    assert not InformationNeed.objects.exists()


def test_what_others_said_with_a_child_stays_until_the_last_of_them_goes(inside: Scheme, by: Person) -> None:
    point = said(slip(agreement=of_a_parent(review_on=JUNE)), slip(), words="We were scared.")
    child = point.sayers.agreed_for_by_a_parent().get()
    question = actions.ask_for_words(point=point, words="Of what?", client_key=point.pk, by=by)
    actions.ask_the_young(sayer=child, they=TheySay.NO, by=by)
    point.refresh_from_db()
    question.refresh_from_db()
    assert (point.said, question.words, point.sayers.reachable().count()) == ("We were scared.", "Of what?", 1)


def test_who_agrees_themselves_is_still_told_in_the_way_that_was_agreed(inside: Scheme, by: Person) -> None:
    reached = said(slip(agreement=of_a_parent(review_on=JUNE), channel=Channel.LETTER), words="I was scared.")
    sayer = the_sayer(reached)
    assert (Purpose.CONTACT, Basis.PARENT) in live(sayer)
    actions.ask_the_young(sayer=sayer, they=TheySay.AGREES, explained_how="read aloud", by=by)
    assert live(sayer) == {(Purpose.RECORD, Basis.CONSENT), (Purpose.CONTACT, Basis.CONSENT)}
