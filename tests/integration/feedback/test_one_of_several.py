"""Whoever said several things that are answered together, and takes one back, is still told of the others (F4)."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from kit import clock, outbox
from people.actions import change_contact
from people.models import Notice, Person, SafeContact, Word
from tenants.feedback import actions
from tenants.feedback.models import Point, Round, Told
from tenants.feedback.rules import Channel, TellingState
from tenants.schemes.entering import enter
from tenants.schemes.models import Membership, Scheme
from tests.factories.feedback import decided, said, somebody
from tests.factories.people import reached_by_mail, someone

ClientAt = Callable[..., Client]
AFTERNOON = datetime(2026, 11, 2, 15, 30, tzinfo=UTC)


def work() -> None:
    while outbox.work_once():
        pass


def later(**ahead: int) -> None:
    clock.set_to(clock.now() + timedelta(**ahead), frozen=True)


@pytest.fixture
def robin(inside: Scheme) -> Person:
    """Who is reached by e-mail, in the mornings only."""
    made = reached_by_mail(someone("Robin"))
    SafeContact.objects.filter(person=made).update(parts=["morning"])
    clock.set_to(AFTERNOON, frozen=True)
    return made


def two_things(robin: Person, lead: Person, channel: Channel = Channel.EMAIL, *, further: int = 0) -> Point:
    words = ["The hall is cold.", "It is so cold.", *["I froze."] * further]
    points = [said(somebody(robin, channel=channel), words=one) for one in words]
    return actions.answer_together(points=points, by=lead)


def carried(made: Round) -> Told:
    """The telling that stands for both."""
    return made.tellings.get(state=TellingState.PENDING)


def other_than(told: Told) -> Told:
    return told.round.tellings.exclude(pk=told.pk).get()


def test_the_message_goes_about_the_other_and_its_telling_ends_when_it_went(
    robin: Person, lead: Person, owner: Membership, scheme: Scheme, client_at: ClientAt
) -> None:
    made = decided(two_things(robin, lead), owner)
    work()
    gone, other = carried(made), other_than(carried(made))
    back = f"/mine/{gone.sayer.point_id}/back/"
    assert (other.channel, other.state) == (Channel.PAGE, TellingState.WAITING)
    with enter("public"):
        assert client_at(scheme, robin).post(back).status_code == 302
    other.refresh_from_db()
    assert (other.channel, other.state) == (Channel.EMAIL, TellingState.PENDING)
    waits = Notice.objects.get(person_id=robin.pk, kind="answer")
    assert (waits.path, waits.read_at) == (f"/mine/{other.sayer.point_id}/", None)
    assert Word.objects.get().sent_at is None
    later(hours=18)
    work()
    other.refresh_from_db()
    assert (other.state, Word.objects.get().sent_at) == (TellingState.SENT, clock.now())


def test_with_the_last_of_them_nothing_is_promised_and_nothing_waits(
    robin: Person, lead: Person, owner: Membership
) -> None:
    made = decided(two_things(robin, lead), owner)
    work()
    for told in made.tellings.all():
        actions.take_back(sayer=told.sayer, by=robin)
    assert not Word.objects.exists()
    assert not Notice.objects.filter(person_id=robin.pk, read_at=None).exists()


def test_what_is_taken_back_before_anything_was_promised_passes_its_telling_on_too(
    robin: Person, lead: Person, owner: Membership
) -> None:
    gone = carried(decided(two_things(robin, lead), owner))
    actions.take_back(sayer=gone.sayer, by=robin)
    work()
    assert (other_than(gone).state, Word.objects.get().stands_for) == (TellingState.PENDING, 1)


def test_a_letter_that_nobody_posted_is_to_be_posted_about_the_other_and_one_in_the_post_is_not(
    robin: Person, lead: Person, owner: Membership
) -> None:
    change_contact(person=robin, channel="letter", letter_to="Robin, 1 High Street", by=robin)
    made = [decided(two_things(robin, lead, Channel.LETTER), owner) for _ in range(2)]
    waiting, posted = (carried(one) for one in made)
    actions.post_letter(told=posted, by=lead)
    for told in (waiting, posted):
        actions.take_back(sayer=told.sayer, by=robin)
    assert [(one.channel, one.state) for one in (other_than(waiting), other_than(posted))] == [
        (Channel.LETTER, TellingState.PENDING), (Channel.PAGE, TellingState.WAITING),
    ]  # fmt: skip


def test_a_message_that_failed_stays_a_task_for_somebody(robin: Person, lead: Person, owner: Membership) -> None:
    made = decided(two_things(robin, lead), owner)
    work()
    gone = actions.fail_telling(told=carried(made), note="Find another way.")
    actions.take_back(sayer=gone.sayer, by=robin)
    assert list(Told.objects.for_a_human()) == [other_than(gone)]
    assert other_than(gone).task_note == "Find another way."


def test_nobody_is_written_to_about_what_a_newer_answer_replaced_or_what_they_want_on_their_page(
    robin: Person, lead: Person, owner: Membership
) -> None:
    first = said(somebody(robin, channel=Channel.EMAIL), words="The hall is cold.")
    quiet = said(somebody(robin), words="It is so cold.")
    made = decided(actions.answer_together(points=[first, quiet], by=lead), owner)
    work()
    actions.take_back(sayer=first.sayers.get(), by=robin)
    assert not made.tellings.pending().exclude(sayer__point=first).exists() and not Word.objects.exists()

    old = decided(two_things(robin, lead), owner)
    work()
    gone = carried(old)
    decided(old.point, owner, replaces=old)
    actions.take_back(sayer=gone.sayer, by=robin)
    assert other_than(gone).state == TellingState.WAITING


def test_what_staff_pass_on_leaves_the_message_to_the_other(robin: Person, lead: Person, owner: Membership) -> None:
    made = decided(two_things(robin, lead), owner)
    work()
    gone = carried(made)
    actions.hand_over(point=gone.sayer.point, note="", by=lead)
    other = other_than(gone)
    assert (other.channel, other.state, Word.objects.get().stands_for) == (Channel.EMAIL, TellingState.PENDING, 1)
    assert Notice.objects.get(person_id=robin.pk, kind="answer").path == f"/mine/{other.sayer.point_id}/"


@pytest.mark.parametrize("further", [0, 1])
def test_whether_it_changed_is_asked_about_one_other(
    robin: Person, lead: Person, owner: Membership, further: int
) -> None:
    made = decided(two_things(robin, lead, further=further), owner)
    actions.end_telling(told=carried(made), by=lead)
    actions.claim_done(point=made.point, words="It is warm.", by=lead)
    work()
    gone = made.askings.get(state=TellingState.PENDING)
    actions.take_back(sayer=gone.sayer, by=robin)
    others = made.askings.exclude(pk=gone.pk)
    other = others.get(channel=Channel.EMAIL, state=TellingState.PENDING)
    assert others.filter(state=TellingState.WAITING).count() == further
    assert [link.key for link in Word.objects.get().links.all()] == [other.pk]
    asks = Notice.objects.get(person_id=robin.pk, kind="did_it_change")
    assert (asks.path, asks.read_at) == (f"/mine/{other.sayer.point_id}/", None)
    later(hours=18)
    work()
    other.refresh_from_db()
    assert other.state == TellingState.SENT


def test_who_was_asked_already_is_asked_nothing_more_when_they_take_that_back(
    robin: Person, lead: Person, owner: Membership
) -> None:
    made = decided(two_things(robin, lead), owner)
    actions.end_telling(told=carried(made), by=lead)
    actions.claim_done(point=made.point, words="It is warm.", by=lead)
    work()
    later(hours=18)
    work()
    sent = made.askings.get(state=TellingState.SENT)
    actions.take_back(sayer=sent.sayer, by=robin)
    assert made.askings.exclude(pk=sent.pk).get().state == TellingState.WAITING


def test_of_two_others_one_alone_is_told_of_by_the_message(robin: Person, lead: Person, owner: Membership) -> None:
    made = decided(two_things(robin, lead, further=1), owner)
    work()
    gone = carried(made)
    actions.take_back(sayer=gone.sayer, by=robin)
    others = made.tellings.exclude(pk=gone.pk).values_list("channel", "state")
    assert sorted(others) == [(Channel.EMAIL, TellingState.PENDING), (Channel.PAGE, TellingState.WAITING)]


def test_reading_any_of_them_is_reading_the_answer(
    robin: Person, lead: Person, owner: Membership, scheme: Scheme, client_at: ClientAt
) -> None:
    carrier = two_things(robin, lead)
    decided(carrier, owner)
    work()
    joined = Point.objects.exclude(pk=carrier.pk).get()
    with enter("public"):
        client_at(scheme, robin).get(f"/mine/{joined.pk}/")
    assert not Notice.objects.filter(person_id=robin.pk, read_at=None).exists()


def test_no_message_goes_about_a_question_on_what_was_taken_back(robin: Person, lead: Person) -> None:
    kept, gone = (said(somebody(robin, channel=Channel.EMAIL)) for _ in range(2))
    for point in (kept, gone):
        actions.ask_for_words(point=point, words="Where?", client_key=point.pk, by=lead)
    work()
    actions.take_back(sayer=gone.sayers.get(), by=robin)
    later(hours=18)
    work()
    assert Word.objects.get().sent_at
    later(hours=6)
    actions.ask_for_words(point=kept, words="When?", client_key=robin.pk, by=lead)
    work()
    actions.take_back(sayer=kept.sayers.get(), by=robin)
    later(days=1)
    work()
    assert Word.objects.count() == 1
    assert not Notice.objects.filter(person_id=robin.pk, read_at=None, kind="question").exists()
