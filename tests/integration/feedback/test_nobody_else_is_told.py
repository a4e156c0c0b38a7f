"""Deciding, telling and asking about one point tells nobody else, and says nothing anew of what has ended."""

from collections.abc import Callable
from datetime import timedelta

from kit import clock
from kit.channels import Outcome
from people.models import Person, Word
from tenants.feedback import actions, duties
from tenants.feedback.board import board_paper
from tenants.feedback.models import Asked, Consent, InformationNeed, Point, Progress, Sayer, Told
from tenants.feedback.months import Month
from tenants.feedback.rules import CARRIERS_SAY, Channel, Form, Kind, Stage, TellingState
from tenants.schemes.models import Membership, Scheme
from tests.factories.feedback import claimed, decided, said, slip, somebody, the_sayer
from tests.factories.people import reached_by_mail, someone

Work = Callable[[], None]


def later(**ahead: int) -> None:
    clock.set_to(clock.now() + timedelta(**ahead), frozen=True)


def test_only_those_who_said_it_are_told(owner: Membership) -> None:
    said(slip(), words="Another")
    mine = said(slip(), words="Mine")
    decided(mine, owner)
    assert [told.sayer for told in Told.objects.all()] == [the_sayer(mine)]


def test_what_is_done_about_a_point_is_written_at_its_own_decision(owner: Membership, lead: Person) -> None:
    mine, other = said(slip(), words="Mine"), said(slip(), words="Another")
    round_ = decided(mine, owner)
    decided(other, owner, replaces=decided(other, owner))
    actions.claim_done(point=mine, words="The card is up.", by=lead)
    assert Progress.objects.get().round == round_


def test_an_answer_opens_though_something_newer_was_decided_about_another_point(owner: Membership) -> None:
    other = said(slip(), words="Another")
    decided(other, owner, replaces=decided(other, owner))
    round_ = decided(said(slip(), words="Mine"), owner)
    round_.refresh_from_db()
    assert round_.public_from is not None
    assert Point.objects.get(said="Mine").stage == Stage.TOLD


def test_the_paper_for_the_board_holds_no_answer_that_those_who_said_it_still_wait_for(
    owner: Membership, lead: Person
) -> None:
    point = said(slip(channel=Channel.LETTER, may_publish=True))
    actions.approve_words(point=point, words="In other words.", by=lead)
    first = decided(point, owner, answer="We bring chairs.")
    actions.end_telling(told=Told.objects.get(), by=lead)
    month = Month.of(clock.today())
    assert [pair.answer for pair in board_paper(month).answers.done] == ["We bring chairs."]
    decided(point, owner, replaces=first, answer="We bring sofas.")
    assert not board_paper(month).answers.done


def test_whoever_was_told_stays_told_when_something_new_is_decided(owner: Membership) -> None:
    first = decided(said(slip()), owner)
    assert first.tellings.get().state == TellingState.WAITING
    decided(first.point, owner, replaces=first)
    assert first.tellings.get().state == TellingState.WAITING


def test_what_a_carrier_says_after_its_days_changes_nothing(owner: Membership, work: Work) -> None:
    robin = reached_by_mail(someone("Robin"))
    round_ = decided(said(somebody(robin, channel=Channel.EMAIL)), owner)
    work()
    later(days=CARRIERS_SAY, minutes=1)
    Word.objects.update(outcome=Outcome.FAILED)
    duties.messages_arrive_or_come_back()
    assert round_.tellings.get().state == TellingState.SENT


def test_what_a_carrier_says_of_a_question_after_its_days_changes_nothing(owner: Membership, work: Work) -> None:
    robin = reached_by_mail(someone("Robin"))
    claimed(said(somebody(robin, channel=Channel.EMAIL)), owner)
    work()
    later(days=1)
    work()
    assert Asked.objects.get().state == TellingState.SENT
    later(days=CARRIERS_SAY, minutes=1)
    Word.objects.update(outcome=Outcome.FAILED)
    duties.questions_arrive_or_come_back()
    assert Asked.objects.get().state == TellingState.SENT


def test_a_letter_that_asks_waits_for_whoever_posts_it_and_did_not_fail(owner: Membership, work: Work) -> None:
    claimed(said(slip(channel=Channel.LETTER)), owner)
    work()
    later(days=14)
    duties.messages_that_did_not_go_out()
    assert Asked.objects.get().state == TellingState.PENDING


def test_taking_everything_back_leaves_the_day_on_which_publication_was_taken_back(inside: Scheme) -> None:
    point = said(slip(may_publish=True))
    actions.stop_publishing(sayer=the_sayer(point), by=None)
    before = Consent.objects.get(withdrawn_at__isnull=False).withdrawn_at
    later(days=3)
    actions.take_back(sayer=the_sayer(point), by=None)
    assert before in Consent.objects.values_list("withdrawn_at", flat=True)


def test_whoever_took_their_slip_back_needs_nothing_that_somebody_with_an_account_needs(
    inside: Scheme, lead: Person
) -> None:
    robin = someone("Robin")
    theirs, other = said(somebody(robin)), said(slip())
    actions.write_down_need(sayer=the_sayer(theirs), form=Form.LARGE, by=lead)
    actions.take_back(sayer=the_sayer(other), by=None)
    gone = Sayer.objects.get(kind=Kind.GONE)
    assert not InformationNeed.objects.of(gone).exists()


def test_words_for_the_website_rest_on_nobody_who_did_not_agree(inside: Scheme, lead: Person) -> None:
    agreed, not_agreed = said(slip(may_publish=True)), said(slip(may_publish=False))
    actions.answer_together(points=[agreed, not_agreed], by=lead)
    actions.approve_words(point=Point.objects.leading().get(), words="In other words.", by=lead)
    assert dict(Point.objects.values_list("pk", "words_left_out")) == {agreed.pk: False, not_agreed.pk: True}
