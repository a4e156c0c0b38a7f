"""Those who said it are told first, each in the way that is safe for them."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest
from django.core.mail.backends.base import BaseEmailBackend

from audit.models import Entry
from kit import clock, scheduler
from kit.channels import Outcome
from people.actions import change_contact
from people.models import Notice, Person, SafeContact
from tenants.feedback import actions
from tenants.feedback.errors import TellingEnded
from tenants.feedback.models import Consent, Point, Round, Told
from tenants.feedback.rules import Channel, Form, Purpose, Stage, TellingState
from tenants.schemes.models import Membership, Scheme
from tests.factories.feedback import decided, letter, said, slip, somebody
from tests.integration.conftest import MakePerson
from tests.integration.feedback.conftest import MONDAY

Work = Callable[[], None]


@pytest.fixture
def robin(person: MakePerson) -> Person:
    """Somebody for whom e-mail is safe."""
    made = person()
    change_contact(person=made, channel=SafeContact.Channel.EMAIL, words_in_messages=False, by=made)
    return made


def by_email(person: Person, **saying: Any) -> Point:
    return said(somebody(person, channel=Channel.EMAIL, **saying))


def told_of(round_: Round) -> Told:
    return round_.tellings.get()


def after(working_days: int) -> None:
    """So many working days after the Monday; November and December 2026 have five in each week until Christmas."""
    clock.set_to(MONDAY + timedelta(days=working_days // 5 * 7 + working_days % 5), frozen=True)


def messages(folder: Path) -> list[str]:
    return [file.read_text() for file in sorted(folder.glob("*.eml"))]


def test_a_slip_and_a_page_have_the_answer_at_once(owner: Membership, person: MakePerson) -> None:
    round_ = decided(said(slip(), somebody(person())), owner)
    assert {told.state for told in round_.tellings.all()} == {TellingState.WAITING}
    assert round_.point.stage == Stage.TOLD


def test_each_of_those_who_said_it_is_told_in_each_round(owner: Membership) -> None:
    point = said(slip(), slip())
    first = decided(point, owner)
    second = decided(point, owner, replaces=first)
    assert (first.tellings.count(), second.tellings.count()) == (2, 2)


def test_the_message_says_that_there_is_an_answer_and_not_one_word_of_it_s2(
    owner: Membership, robin: Person, work: Work, mail_folder: Path
) -> None:
    round_ = decided(by_email(robin), owner)
    work()
    (message,) = messages(mail_folder)
    assert "Subject: There is an answer for you" in message and "/my/" in message
    assert round_.answer not in message and round_.reason not in message
    assert told_of(round_).state == TellingState.SENT


def test_the_words_are_in_the_message_only_for_who_ticked_that(
    owner: Membership, robin: Person, work: Work, mail_folder: Path
) -> None:
    change_contact(person=robin, channel=SafeContact.Channel.EMAIL, words_in_messages=True, by=robin)
    round_ = decided(by_email(robin, words_in_message=True), owner, answer="A card.", reason="You asked.")
    work()
    assert all(words in messages(mail_folder)[0] for words in ("A card.", "You asked.", "We will"))
    assert round_.point.said not in messages(mail_folder)[0]


def test_a_tick_that_was_taken_back_for_all_messages_keeps_the_words_out(
    owner: Membership, robin: Person, work: Work, mail_folder: Path
) -> None:
    decided(by_email(robin, words_in_message=True), owner, answer="A card.")
    work()
    assert "There is an answer for you" in messages(mail_folder)[0]
    assert "A card." not in messages(mail_folder)[0]


def test_whoever_took_words_in_messages_back_gets_none(
    owner: Membership, robin: Person, work: Work, mail_folder: Path
) -> None:
    round_ = decided(by_email(robin, words_in_message=True), owner)
    work()
    assert round_.answer not in messages(mail_folder)[0]


def test_without_a_safe_address_the_answer_waits_on_the_page(
    owner: Membership, robin: Person, work: Work, mail_folder: Path
) -> None:
    point = by_email(robin)
    change_contact(person=robin, channel=SafeContact.Channel.PAGE, words_in_messages=False, by=robin)
    round_ = decided(point, owner)
    work()
    assert told_of(round_).state == TellingState.WAITING
    assert messages(mail_folder) == []


def test_without_consent_to_messages_nothing_is_sent(owner: Membership, robin: Person) -> None:
    point = by_email(robin)
    Consent.objects.filter(purpose=Purpose.CONTACT).update(withdrawn_at=clock.now())
    assert told_of(decided(point, owner)).channel == Channel.PAGE


def test_a_notice_with_no_words_leads_to_the_answer_s59(owner: Membership, robin: Person, work: Work) -> None:
    point = by_email(robin)
    decided(point, owner)
    work()
    notice = Notice.objects.get(person=robin)
    assert (notice.kind, notice.path) == ("answer", f"/mine/{point.pk}/")


def test_working_twice_sends_once(owner: Membership, robin: Person, work: Work, mail_folder: Path) -> None:
    round_ = decided(by_email(robin), owner)
    work()
    actions.start_telling(round_id=round_.pk)
    work()
    actions.send_telling(told_id=told_of(round_).pk)
    assert (len(messages(mail_folder)), Notice.objects.count()) == (1, 1)


class Refusing(BaseEmailBackend):
    """A mail server that knows nobody of this name."""

    def send_messages(self, email_messages: Any) -> int:
        raise SMTPRecipientsRefused({"robin@example.org": (550, b"unknown")})


def test_a_refused_address_becomes_a_task_for_somebody_and_can_be_tried_again(
    owner: Membership, lead: Person, robin: Person, work: Work, settings: Any, mail_folder: Path
) -> None:
    working = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    round_ = decided(by_email(robin), owner)
    work()
    told = Told.objects.for_a_human().get()
    assert (told.state, "another way" in told.task_note) == (TellingState.FAILED, True)
    settings.EMAIL_BACKEND = working
    actions.retry_telling(told=told, by=lead)
    work()
    assert told_of(round_).state == TellingState.SENT
    assert len(messages(mail_folder)) == 1


def test_a_message_that_is_still_on_its_way_is_not_sent_again(
    owner: Membership, lead: Person, robin: Person, work: Work, mail_folder: Path
) -> None:
    told = told_of(decided(by_email(robin), owner))
    with pytest.raises(TellingEnded, match="Only a message that failed"):
        actions.retry_telling(told=told, by=lead)
    work()
    assert len(messages(mail_folder)) == 1


def test_a_telling_that_failed_has_ended_so_the_answer_is_not_held_back(owner: Membership, robin: Person) -> None:
    round_ = decided(by_email(robin), owner)
    actions.fail_telling(told=told_of(round_), note="Find another way.")
    round_.refresh_from_db()
    assert round_.public_from == clock.now()
    assert round_.point.stage == Stage.TOLD


def test_a_message_that_did_not_go_for_two_working_days_becomes_a_task(owner: Membership, robin: Person) -> None:
    round_ = decided(by_email(robin), owner)
    after(1)
    scheduler.tick()
    assert told_of(round_).state == TellingState.PENDING
    after(2)
    scheduler.tick()
    assert told_of(round_).state == TellingState.FAILED


def test_a_letter_is_a_task_until_it_is_posted_and_ends_two_working_days_later(owner: Membership, lead: Person) -> None:
    told = letter(owner)
    assert list(Told.objects.for_a_human()) == [told]
    actions.post_letter(told=told, by=lead)
    assert not Told.objects.for_a_human().exists()
    after(1)
    scheduler.tick()
    assert Told.objects.get().state == TellingState.PENDING
    after(2)
    scheduler.tick()
    assert Told.objects.get().state == TellingState.POSTED


def test_a_letter_posted_on_friday_has_not_arrived_on_sunday(owner: Membership, lead: Person) -> None:
    after(4)
    actions.post_letter(told=letter(owner), by=lead)
    clock.set_to(clock.now() + timedelta(days=2), frozen=True)
    scheduler.tick()
    assert Told.objects.get().state == TellingState.PENDING


def test_a_letter_is_posted_once(owner: Membership, lead: Person) -> None:
    told = actions.post_letter(told=letter(owner), by=lead)
    with pytest.raises(TellingEnded, match="already in the post"):
        actions.post_letter(told=told, by=lead)


def test_whoever_was_told_is_not_told_again(owner: Membership, lead: Person) -> None:
    told = actions.end_telling(told=letter(owner), by=lead)
    for again in (actions.end_telling, actions.post_letter, actions.retry_telling):
        with pytest.raises(TellingEnded):
            again(told=told, by=lead)


def test_whoever_was_told_meanwhile_is_not_a_task(owner: Membership, lead: Person) -> None:
    told = actions.end_telling(told=letter(owner), by=lead)
    assert actions.fail_telling(told=told, note="Too late.").state == TellingState.DELIVERED


def test_an_answer_cannot_be_opened_to_the_public_by_hand_before_its_time(owner: Membership) -> None:
    assert actions.open_to_public(round_=letter(owner).round).public_from is None


def test_what_the_clock_does_about_a_telling_is_written_down(owner: Membership, robin: Person, lead: Person) -> None:
    decided(by_email(robin), owner)
    posted = actions.post_letter(told=letter(owner), by=lead)
    after(3)
    scheduler.tick()
    changes = Entry.objects.filter(operation="change", by=None).values_list("what", "subject", "thing_id")
    own = Point.objects.get(sayers__person_id=robin.pk)
    assert {
        ("gave up on word of an answer", robin.pk, str(own.pk)),
        ("took a posted answer as arrived", None, str(posted.round.point_id)),
    } <= set(changes)


def test_telling_somebody_is_written_down_as_disclosing_s1(owner: Membership, robin: Person, work: Work) -> None:
    decided(by_email(robin), owner)
    work()
    entry = Entry.objects.get(operation="disclose")
    assert (entry.subject, entry.basis) == (robin.pk, "consent")


def test_the_public_may_read_an_answer_when_all_tellings_have_ended_and_not_before(
    owner: Membership, lead: Person
) -> None:
    point = said(slip(channel=Channel.LETTER), slip(channel=Channel.LETTER))
    round_ = decided(point, owner)
    first, second = round_.tellings.all()
    actions.end_telling(told=first, by=lead)
    assert Round.objects.get().public_from is None
    actions.end_telling(told=second, by=lead)
    assert Round.objects.get().public_from == clock.now()
    assert Point.objects.get().stage == Stage.TOLD


def test_the_public_may_read_an_answer_10_working_days_after_it_whoever_could_not_be_told(owner: Membership) -> None:
    letter(owner)
    after(9)
    scheduler.tick()
    assert Round.objects.get().public_from is None
    after(10)
    scheduler.tick()
    assert Round.objects.get().public_from == clock.now()
    assert Point.objects.get().stage == Stage.DECIDED


def test_when_an_answer_became_public_is_not_moved_by_a_later_telling(owner: Membership, lead: Person) -> None:
    told = letter(owner)
    after(10)
    scheduler.tick()
    since = Round.objects.get().public_from
    after(11)
    actions.end_telling(told=told, by=lead)
    assert Round.objects.get().public_from == since


def test_what_nobody_was_told_yet_is_stopped_when_a_newer_answer_replaces_it(
    owner: Membership, robin: Person, lead: Person, work: Work, mail_folder: Path
) -> None:
    first = decided(said(slip(channel=Channel.LETTER), somebody(robin, channel=Channel.EMAIL)), owner)
    second = decided(first.point, owner, replaces=first, answer="A card, and no name on it.")
    assert {told.state for told in first.tellings.all()} == {TellingState.REPLACED}
    assert [told.round for told in Told.objects.for_a_human()] == [second]
    work()
    assert len(messages(mail_folder)) == 1
    assert Notice.objects.get().key == str(second.pk)
    for told in first.tellings.all():
        for again in (actions.end_telling, actions.post_letter, actions.retry_telling):
            with pytest.raises(TellingEnded, match="newer"):
                again(told=told, by=lead)


def test_what_failed_is_no_task_any_more_when_it_was_replaced(owner: Membership, robin: Person, work: Work) -> None:
    first = decided(by_email(robin), owner)
    actions.fail_telling(told=told_of(first), note="Find another way.")
    decided(first.point, owner, replaces=first)
    assert (told_of(first).state, told_of(first).task_note) == (TellingState.REPLACED, "")
    assert not Told.objects.for_a_human().exists()


def test_the_public_never_reads_what_was_replaced_before_all_were_told(
    owner: Membership, lead: Person, scheme: Scheme
) -> None:
    point = said(slip(channel=Channel.LETTER))
    actions.approve_words(point=point, words="People were not told.", by=lead)
    first = decided(point, owner, answer="Ask for Jo.")
    actions.post_letter(told=told_of(first), by=lead)
    second = decided(point, owner, replaces=first, answer="Ask at the desk.")
    assert told_of(first).state == TellingState.PENDING
    after(2)
    scheduler.tick()
    assert told_of(first).state == TellingState.POSTED
    assert Point.objects.get().stage == Stage.DECIDED
    after(10)
    scheduler.tick()
    assert list(Round.objects.open_to_public()) == [second]
    assert actions.open_to_public(round_=first).public_from is None


def test_a_message_about_a_replaced_answer_that_comes_back_is_no_task(
    owner: Membership, robin: Person, work: Work
) -> None:
    first = decided(by_email(robin), owner)
    work()
    decided(first.point, owner, replaces=first)
    actions.settle_telling(told=told_of(first), outcome=Outcome.FAILED)
    assert (told_of(first).state, told_of(first).task_note) == (TellingState.REPLACED, "")


def test_whoever_needs_another_form_gets_the_answer_that_stands_alone(owner: Membership, lead: Person) -> None:
    point = said(slip())
    actions.write_down_need(sayer=point.sayers.get(), form=Form.EASY, by=lead)
    first = decided(point, owner)
    second = decided(point, owner, replaces=first)
    assert [told.round for told in Told.objects.for_a_human()] == [second]


def test_somebody_who_was_erased_is_not_told(owner: Membership, inside: Scheme) -> None:
    point = said(slip(), slip())
    point.sayers.filter(pk=point.sayers.first().pk).update(kind="gone", slip="", channel=Channel.PAGE)
    assert decided(point, owner).tellings.count() == 1


def test_the_review_day_is_a_duty_of_the_clock(owner: Membership) -> None:
    point = said()
    decided(point, owner, "not_now", review_on=date(2026, 11, 9))
    after(5)
    scheduler.tick()
    assert Point.objects.get().stage == Stage.SEEN
