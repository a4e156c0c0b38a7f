"""Asked by a letter or a worker, and what somebody must see to (ADR 0054)."""

from pathlib import Path

import pytest

from audit.models import Entry
from kit.channels import Outcome
from people.actions import change_contact, choose_times
from people.models import Person, WordLink
from tenants.feedback import actions, duties, queries
from tenants.feedback.errors import TellingEnded
from tenants.feedback.models import Asked, Confirmation, Point
from tenants.feedback.rules import QUESTION_OPEN, Answer, Channel, Decision, Stage, TellingState
from tenants.schemes.entering import enter
from tenants.schemes.models import Membership, Scheme
from tests.factories.feedback import WORDS, asked_by_letter, claimed, decided, said, slip, somebody
from tests.factories.people import reached_by_mail
from tests.integration.conftest import MakePerson
from tests.integration.feedback.asked.steps import (
    LINK,
    ClientAt,
    Work,
    asked_by_mail,
    later,
    letter_asked,
    link_in,
    messages,
)


@pytest.mark.parametrize("over", ["decided anew", "answered on their page"])
def test_nobody_is_written_to_about_a_question_that_is_over(
    over: str, owner: Membership, lead: Person, robin: Person, work: Work, mail_folder: Path
) -> None:
    point = said(somebody(robin, channel=Channel.EMAIL), slip())
    decided(point, owner)
    work()
    actions.claim_done(point=point, words="Done.", by=lead)
    work()
    own, other = point.sayers.get(person_id=robin.pk), point.sayers.get(person_id=None)
    if over == "decided anew":
        actions.confirm(sayer=other, answer=Answer.NO, by=None)
        decided(Point.objects.get(), owner, Decision.CANNOT)
    else:
        actions.confirm(sayer=own, answer=Answer.YES, by=robin)
    later(days=1)
    work()
    asked = Asked.objects.get(sayer=own)
    assert asked.state == TellingState.WAITING and not WordLink.objects.exists()
    assert not [one for one in messages(mail_folder) if LINK.search(one)]


def test_one_no_ends_the_question_for_nobody_else_by_whichever_way_they_are_asked(
    owner: Membership, lead: Person, robin: Person, work: Work, mail_folder: Path
) -> None:
    point = said(somebody(robin, channel=Channel.EMAIL), slip(channel=Channel.LETTER), slip(), slip())
    round_ = claimed(point, owner)
    actions.ask_whether_it_changed(round_id=round_.pk)
    by_mail, by_letter = (point.sayers.get(channel=way) for way in (Channel.EMAIL, Channel.LETTER))
    first, silent = point.sayers.filter(channel=Channel.SLIP)
    actions.confirm(sayer=first, answer=Answer.NO, by=None)
    later(days=1)
    work()
    assert by_mail.askings.get().state == TellingState.SENT and link_in(mail_folder)
    assert [one.sayer for one in queries.tasks_of_asking()] == [by_letter]
    pages = (queries.mine(robin.pk), *(queries.by_fingerprint(one.slip) for one in (first, silent)))
    assert [own.asked for (own,) in pages] == [True, False, True]
    decided(Point.objects.get(), owner, replaces=round_)
    assert not queries.tasks_of_asking().exists() and not queries.mine(robin.pk)[0].asked


def test_a_question_that_did_not_go_out_becomes_a_task_after_two_working_days(
    owner: Membership, lead: Person, robin: Person, work: Work
) -> None:
    round_ = claimed(said(somebody(robin, channel=Channel.EMAIL)), owner)
    actions.ask_whether_it_changed(round_id=round_.pk)
    for days, state in ((1, TellingState.PENDING), (6, TellingState.FAILED)):
        later(days=days)
        duties.messages_that_did_not_go_out()
        assert Asked.objects.get().state == state
    assert "did not go out" in queries.tasks_of_asking().get().task


def test_a_message_that_waits_for_a_safe_day_is_no_task_before_that_day(
    owner: Membership, robin: Person, person: MakePerson, work: Work
) -> None:
    kim = reached_by_mail(person("Kim"))
    choose_times(person=robin, days=[1], parts=["evening"], by=robin)
    later(days=1)
    robins, kims = (claimed(said(somebody(one, channel=Channel.EMAIL)), owner) for one in (robin, kim))
    for round_ in (robins, kims):
        actions.ask_whether_it_changed(round_id=round_.pk)
    later(days=5)
    duties.messages_that_did_not_go_out()
    assert (robins.askings.get().state, kims.askings.get().state) == (TellingState.PENDING, TellingState.FAILED)
    later(days=1, hours=8)
    work()
    assert robins.askings.get().state == TellingState.SENT


def test_a_question_that_has_gone_meanwhile_is_not_given_up(
    owner: Membership, robin: Person, work: Work, mail_folder: Path
) -> None:
    asked_by_mail(robin, owner, work)
    asked = actions.fail_asking(asked=Asked.objects.get(), note="Too late.")
    assert (asked.state, asked.task_note) == (TellingState.SENT, "")
    assert WordLink.objects.exists() and not Entry.objects.filter(what__startswith="gave up").exists()


def test_a_letter_carries_a_code_that_opens_this_question_and_nothing_else(
    owner: Membership, work: Work, client_at: ClientAt, scheme: Scheme
) -> None:
    asked = letter_asked(owner, work)
    phone = client_at(scheme)
    opened = phone.post("/answer/", {"code": actions.code_of(asked)})
    assert (opened.status_code, opened["Location"]) == (302, "/answer/changed/")
    page = phone.get("/answer/changed/").content.decode()
    assert "Did it change?" in page and WORDS not in page
    assert phone.get("/answer/yours/")["Location"] == "/answer/"
    phone.post("/answer/changed/", {"answer": "no"})
    with enter(scheme):
        assert (Confirmation.objects.get().answer, Point.objects.get().stage) == (Answer.NO, Stage.SEEN)
    phone.post("/answer/close/")
    assert phone.get("/answer/changed/")["Location"] == "/answer/"


def test_the_code_of_a_letter_ends_and_is_kept_as_a_fingerprint(
    owner: Membership, work: Work, client_at: ClientAt, scheme: Scheme
) -> None:
    asked = letter_asked(owner, work)
    code = actions.code_of(asked)
    assert code not in str(list(Asked.objects.values()))
    later(days=QUESTION_OPEN + 1)
    assert "We cannot find this code here" in client_at(scheme).post("/answer/", {"code": code}).content.decode()


def test_letters_and_workers_are_tasks_until_somebody_says_that_they_asked(
    owner: Membership, lead: Person, work: Work, client_at: ClientAt, scheme: Scheme
) -> None:
    asked = letter_asked(owner, work, channel=Channel.WORKER, worker="Ola at the hub")
    desk = client_at(scheme, lead)
    page = desk.get("/points/tellings/").content.decode()
    assert "Ask Ola at the hub to ask them: did it change?" in page
    assert "1 person to ask whether it changed" in desk.get("/staff/").content.decode()
    words = desk.get(f"/points/askings/{asked.pk}/").content.decode()
    assert actions.code_of(asked) in words and WORDS not in words
    assert desk.post(f"/points/askings/{asked.pk}/", {"what": "delivered"}).status_code == 302
    assert desk.get(f"/points/askings/{asked.pk}/").status_code == 404
    with enter(scheme):
        assert list(queries.tasks_of_asking()) == []
        with pytest.raises(TellingEnded):
            actions.end_asking(asked=asked, how=TellingState.POSTED, by=lead)


def test_there_is_nobody_to_ask_once_they_have_answered(owner: Membership, work: Work) -> None:
    asked = letter_asked(owner, work)
    assert list(queries.tasks_of_asking()) == [asked]
    actions.answer_asked(asked=asked, answer=Answer.PARTLY)
    assert list(queries.tasks_of_asking()) == []


def test_where_a_letter_goes_is_read_by_whoever_posts_it_and_written_down(
    owner: Membership, lead: Person, person: MakePerson, work: Work, client_at: ClientAt, scheme: Scheme
) -> None:
    robin = person()
    change_contact(person=robin, channel="letter", letter_to="1 High Street", by=robin)
    claimed(said(somebody(robin, channel=Channel.LETTER)), owner)
    work()
    page = client_at(scheme, lead).get(f"/points/askings/{Asked.objects.get().pk}/").content.decode()
    assert "1 High Street" in page
    with enter(scheme):
        assert Entry.objects.filter(what="read where a letter goes", by=lead.pk).count() == 1


def test_a_question_that_came_back_is_a_task(owner: Membership, robin: Person, work: Work) -> None:
    asked_by_mail(robin, owner, work)
    (asked,) = Asked.objects.all()
    actions.settle_asking(asked=asked, outcome=Outcome.FAILED)
    assert "Find another way to ask them" in queries.tasks_of_asking().get().task


def test_staff_see_how_each_was_asked(
    owner: Membership, lead: Person, robin: Person, work: Work, client_at: ClientAt, scheme: Scheme
) -> None:
    round_ = asked_by_mail(robin, owner, work)
    page = client_at(scheme, lead).get(f"/points/{round_.point_id}/").content.decode()
    assert "Asked whether it changed by e-mail: sent" in page


def test_what_was_passed_on_is_no_task_and_the_code_of_its_letter_opens_nothing(
    owner: Membership, lead: Person
) -> None:
    asked = asked_by_letter(owner)
    code = asked.code
    actions.hand_over(point=asked.round.point, note="", by=lead)
    asked.refresh_from_db()
    assert (asked.state, asked.word_id, asked.code, asked.until) == (TellingState.WAITING, None, "", None)
    assert queries.asked_by_code(code) is None
    Asked.objects.update(state=TellingState.PENDING, ended_at=None)
    assert list(queries.tasks_of_asking()) == []
