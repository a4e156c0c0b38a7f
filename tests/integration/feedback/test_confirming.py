"""Only those who said it can confirm that it changed."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import ProgrammingError, transaction

from audit.models import Entry
from kit import clock, scheduler
from people.actions import change_contact
from people.models import Notice
from tenants.feedback import actions
from tenants.feedback.actions import Saying
from tenants.feedback.errors import NothingSaid, NotTheirs, NotYet
from tenants.feedback.models import Confirmation, Consent, GroupTag, Point, Progress
from tenants.feedback.rules import Answer, Channel, Decision, Kind, Purpose, Stage
from tenants.schemes.models import Membership, Scheme
from tests.factories.feedback import claimed, decided, letter, published, said, slip, somebody, the_sayer
from tests.integration.conftest import MakePerson


def test_a_scheme_says_what_it_has_done_so_far(owner: Membership, lead) -> None:
    point = said()
    decided(point, owner)
    progress = actions.report_progress(point=point, words="The card is printed.", by=lead)
    assert (progress.kind, Point.objects.get().stage) == (Progress.Kind.UPDATE, Stage.TOLD)


def test_done_is_a_claim_and_stops_the_clock_of_the_promise(owner: Membership) -> None:
    point = claimed(said(), owner).point
    point.refresh_from_db()
    assert (point.stage, point.due_on) == (Stage.CHANGED, None)


def test_done_says_what_was_done(owner: Membership, lead) -> None:
    point = said()
    decided(point, owner)
    with pytest.raises(NothingSaid):
        actions.claim_done(point=point, words=" ", by=lead)


def test_whoever_was_erased_answers_no_more_even_by_their_slip(owner: Membership) -> None:
    point = claimed(said(slip(), slip()), owner).point
    gone = point.sayers.first()
    point.sayers.filter(pk=gone.pk).update(kind=Kind.GONE, slip="", channel=Channel.PAGE)
    with pytest.raises(NotTheirs):
        actions.confirm(sayer=gone, answer=Answer.YES, by=None)
    assert not Confirmation.objects.exists()


def test_done_is_claimed_once(owner: Membership, lead) -> None:
    point = claimed(said(), owner).point
    with pytest.raises(NotYet, match="being asked"):
        actions.claim_done(point=point, words="Again", by=lead)


def test_nothing_is_done_before_it_is_decided(lead) -> None:
    with pytest.raises(NotYet, match="Decide about this point first"):
        actions.claim_done(point=said(), words="Done", by=lead)


@pytest.mark.parametrize("decision", [Decision.CANNOT, Decision.NOT_NOW])
def test_where_nothing_was_promised_nothing_is_done(owner: Membership, lead, decision: Decision) -> None:
    point = said()
    decided(point, owner, decision)
    with pytest.raises(NotYet, match="Nothing was promised"):
        actions.claim_done(point=point, words="Done", by=lead)


def test_done_waits_until_those_who_said_it_were_told(owner: Membership, lead) -> None:
    point = letter(owner).round.point
    with pytest.raises(NotYet, match="must be told the answer first"):
        actions.claim_done(point=point, words="Done", by=lead)


def test_while_a_letter_is_in_the_post_it_says_until_when_and_then_it_is_so(owner: Membership, lead) -> None:
    told = actions.post_letter(told=letter(owner), by=lead)
    point = told.round.point
    with pytest.raises(NotYet, match="in the post. It counts as told on 4 November 2026"):
        actions.claim_done(point=point, words="Done", by=lead)
    clock.set_to(clock.now() + timedelta(days=2), frozen=True)
    scheduler.tick()
    actions.claim_done(point=point, words="Done", by=lead)


def test_those_who_said_it_are_asked_on_their_page_and_by_message_without_words_s59(
    owner: Membership, person: MakePerson, work: Callable[[], None], mail_folder: Path
) -> None:
    robin = person()
    change_contact(person=robin, channel="email", words_in_messages=False, by=robin)
    point = said(somebody(robin, channel=Channel.EMAIL), slip())
    decided(point, owner)
    work()
    actions.claim_done(point=point, words="The card is up.", by=robin)
    clock.set_to(clock.now() + timedelta(days=1), frozen=True)  # one message a day
    work()
    assert Notice.objects.filter(kind="did_it_change", path=f"/mine/{point.pk}/").count() == 1
    sent = [file.read_text() for file in mail_folder.glob("*.eml")]
    assert len(sent) == 2
    assert not any("card" in message for message in sent)


def test_whoever_took_back_their_consent_to_messages_is_not_written_to(
    owner: Membership, person: MakePerson, work: Callable[[], None], mail_folder: Path
) -> None:
    robin = person()
    change_contact(person=robin, channel="email", words_in_messages=False, by=robin)
    point = said(somebody(robin, channel=Channel.EMAIL))
    Consent.objects.filter(purpose=Purpose.CONTACT).update(withdrawn_at=clock.now())
    claimed(point, owner)
    work()
    assert list(mail_folder.glob("*.eml")) == []


@pytest.mark.parametrize(
    ("answer", "stage"),
    [(Answer.YES, Stage.CONFIRMED), (Answer.PARTLY, Stage.CHANGED), (Answer.NO, Stage.SEEN)],
)
def test_yes_confirms_partly_leaves_a_claim_and_no_opens_it_again(
    owner: Membership, answer: Answer, stage: Stage
) -> None:
    point = said()
    claimed(point, owner)
    actions.confirm(sayer=the_sayer(point), answer=answer, by=None)
    assert Point.objects.get().stage == stage


def test_a_point_that_a_no_opened_waits_for_an_answer_with_a_new_clock(owner: Membership) -> None:
    point = said()
    claimed(point, owner)
    actions.confirm(sayer=the_sayer(point), answer=Answer.NO, by=None)
    point.refresh_from_db()
    assert (point.reopened_on, point.due_on.isoformat()) == (clock.today(), "2026-11-30")
    assert decided(point, owner).number == 2


def test_one_no_outweighs_every_yes(owner: Membership) -> None:
    point = said(slip(), slip(), slip())
    claimed(point, owner)
    for sayer, answer in zip(point.sayers.all(), [Answer.YES, Answer.YES, Answer.NO], strict=True):
        actions.confirm(sayer=sayer, answer=answer, by=None)
    assert Point.objects.get().stage == Stage.SEEN


def test_a_second_no_does_not_start_the_clock_again(owner: Membership) -> None:
    point = said(slip(), slip())
    claimed(point, owner)
    first, second = point.sayers.all()
    actions.confirm(sayer=first, answer=Answer.NO, by=None)
    clock.set_to(clock.now().replace(day=4), frozen=True)
    actions.confirm(sayer=second, answer=Answer.NO, by=None)
    assert Point.objects.get().reopened_on.day == 2


def test_whoever_pressed_no_by_mistake_can_put_it_right_until_something_new_is_decided(owner: Membership) -> None:
    point = said()
    claimed(point, owner)
    for answer in (Answer.NO, Answer.YES):
        actions.confirm(sayer=the_sayer(point), answer=answer, by=None)
    assert Point.objects.get().stage == Stage.CONFIRMED
    actions.confirm(sayer=the_sayer(point), answer=Answer.NO, by=None)
    decided(point, owner)
    with pytest.raises(NotYet):
        actions.confirm(sayer=the_sayer(point), answer=Answer.YES, by=None)


def test_a_changed_mind_is_added_and_the_last_answer_counts(owner: Membership) -> None:
    point = said()
    claimed(point, owner)
    for answer in (Answer.YES, Answer.YES, Answer.NO):
        actions.confirm(sayer=the_sayer(point), answer=answer, by=None)
    assert [one.answer for one in Confirmation.objects.order_by("number")] == ["yes", "no"]
    assert Confirmation.objects.that_count().get().answer == "no"


def test_an_answer_once_given_cannot_be_altered_by_the_server(owner: Membership) -> None:
    point = said()
    claimed(point, owner)
    actions.confirm(sayer=the_sayer(point), answer=Answer.NO, by=None)
    for statement in (lambda: Confirmation.objects.update(answer="yes"), lambda: Progress.objects.all().delete()):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            statement()


def test_nobody_is_asked_before_it_is_said_to_be_done(owner: Membership) -> None:
    point = said()
    published(point, owner)
    with pytest.raises(NotYet, match="Nobody has said yet"):
        actions.confirm(sayer=the_sayer(point), answer=Answer.YES, by=None)


def test_staff_cannot_confirm_with_a_slip_or_for_a_person(owner: Membership, lead, person: MakePerson) -> None:
    robin = person()
    point = said(slip(), somebody(robin))
    claimed(point, owner)
    for sayer in point.sayers.all():
        with pytest.raises(NotTheirs):
            actions.confirm(sayer=sayer, answer=Answer.YES, by=lead)
    with pytest.raises(NotTheirs):
        actions.confirm(sayer=point.sayers.get(kind=Kind.PERSON), answer=Answer.YES, by=None)
    actions.confirm(sayer=point.sayers.get(kind=Kind.PERSON), answer=Answer.YES, by=robin)


def test_a_reporter_confirms_for_the_group_and_is_labelled_so_s76(
    owner: Membership, person: MakePerson, inside: Scheme
) -> None:
    robin, women = person(), GroupTag.objects.get(code="women")
    point = said(Saying(kind=Kind.REPORTER, person_id=robin.pk, speaks_for=women, may_publish=True), groups=[women])
    claimed(point, owner)
    assert actions.confirm(sayer=the_sayer(point), answer=Answer.YES, by=robin).voice == "reporter"


@pytest.mark.parametrize(
    ("answer", "phrase"),
    [
        (Answer.YES, "answered that it has changed"),
        (Answer.PARTLY, "answered that it has changed in part"),
        (Answer.NO, "answered that it has not changed"),
    ],
)
def test_what_was_answered_is_written_down_as_it_was_meant(owner: Membership, answer: Answer, phrase: str) -> None:
    point = said()
    claimed(point, owner)
    actions.confirm(sayer=the_sayer(point), answer=answer, by=None)
    assert Entry.objects.filter(thing_id=str(point.pk), what=phrase).count() == 1


def test_whoever_says_no_may_say_what_is_still_wrong_then_or_later(owner: Membership) -> None:
    point = said()
    claimed(point, owner)
    sayer = point.sayers.get()
    actions.confirm(sayer=sayer, answer=Answer.NO, by=None)
    later = actions.confirm(sayer=sayer, answer=Answer.NO, by=None, words=" Still four hours. ")
    assert (later.number, later.words) == (2, "Still four hours.")
    for again in ("Still four hours.", ""):
        assert actions.confirm(sayer=sayer, answer=Answer.NO, by=None, words=again) == later


def test_words_about_what_is_still_wrong_go_with_a_no_alone(owner: Membership) -> None:
    point = said()
    claimed(point, owner)
    assert actions.confirm(sayer=point.sayers.get(), answer=Answer.YES, by=None, words="A slip of the hand").words == ""
