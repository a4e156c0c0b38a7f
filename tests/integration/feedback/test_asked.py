"""Asked once whether it changed, by their own way, and answered without signing in (ADR 0054)."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from audit.models import Entry
from kit import clock, erasure, scheduler
from kit.channels import Outcome
from people.actions import change_contact, withdraw_consent
from people.models import Consent, Mobile, Notice, Person, Word, WordLink
from tenants.feedback import actions, duties, queries
from tenants.feedback.errors import NotTheirs, NotYet, TellingEnded
from tenants.feedback.models import Asked, Confirmation, Point, Round
from tenants.feedback.rules import QUESTION_OPEN, Answer, Channel, Decision, Stage, TellingState
from tenants.schemes.entering import enter
from tenants.schemes.models import Membership, Scheme
from tests.factories.feedback import WORDS, asked_by_letter, claimed, decided, said, slip, somebody
from tests.factories.people import reached_by_mail
from tests.integration.conftest import MakePerson

Work = Callable[[], None]
ClientAt = Callable[..., Client]
LINK = re.compile(r"http://alongside\.localhost:\d+(/asked/[\w-]{43}/)")


@pytest.fixture
def robin(person: MakePerson) -> Person:
    return reached_by_mail(person())


def later(**ahead: Any) -> None:
    clock.set_to(clock.now() + timedelta(**ahead), frozen=True)


def asked_by_mail(robin: Person, owner: Membership, work: Work, **saying: Any) -> Round:
    """Somebody told us something, was told the answer, and is asked the next day whether it changed."""
    point = said(somebody(robin, channel=Channel.EMAIL, **saying))
    decided(point, owner)
    work()
    actions.claim_done(point=point, words="The card is up.", by=Person.objects.get(pk=owner.person_id))
    later(days=1)
    work()
    return point.rounds.get()


def messages(folder: Path) -> list[str]:
    files = sorted(folder.glob("*.eml"), key=lambda file: file.stat().st_mtime)
    return [file.read_text().replace("=\n", "") for file in files]


def link_in(folder: Path) -> str:
    (found,) = LINK.findall(" ".join(messages(folder)))
    return str(found)


def test_the_message_says_only_that_there_is_something_new_and_its_link_opens_the_question_s2(
    owner: Membership, robin: Person, work: Work, mail_folder: Path, client_at: ClientAt
) -> None:
    asked_by_mail(robin, owner, work)
    message = messages(mail_folder)[-1]
    assert "Subject: There is something new for you" in message and "You do not have to sign in" in message
    page = client_at(None).get(link_in(mail_folder))
    words = page.content.decode()
    assert (page.status_code, page["Cache-Control"]) == (200, "no-store")
    assert "Did it change?" in words and "Monday 2 November 2026" in words
    assert WORDS not in words and "A card on the wall" not in words and "Ashmere" not in words


def test_opening_a_link_answers_nothing_however_often_and_sending_the_form_does(
    scheme: Scheme, owner: Membership, robin: Person, work: Work, mail_folder: Path, client_at: ClientAt
) -> None:
    round_ = asked_by_mail(robin, owner, work)
    link, phone = link_in(mail_folder), client_at(None)
    for method in (phone.get, phone.head, phone.options, phone.get):
        method(link, {"answer": "yes"})
    with enter(scheme):
        assert not Confirmation.objects.exists()
    answer = phone.post(link, {"answer": "yes"})
    assert (answer.status_code, answer["Location"]) == (302, link)
    assert Notice.objects.get(kind="did_it_change", key=str(round_.pk)).read_at is not None
    with enter(scheme):
        assert Confirmation.objects.get().answer == Answer.YES
        assert Point.objects.get().stage == Stage.CONFIRMED
        entry = Entry.objects.get(operation="collect", what__startswith="answered")
    assert (entry.what, entry.by, entry.subject) == ("answered that it has changed", None, robin.pk)


def test_a_form_that_came_from_elsewhere_is_refused(
    owner: Membership, robin: Person, work: Work, mail_folder: Path, client_at: ClientAt
) -> None:
    asked_by_mail(robin, owner, work)
    strict = client_at(None, enforce_csrf_checks=True)
    assert strict.post(link_in(mail_folder), {"answer": "yes"}).status_code == 403


def test_an_answer_can_be_changed_until_something_new_is_decided(
    scheme: Scheme, owner: Membership, lead: Person, robin: Person, work: Work, mail_folder: Path, client_at: ClientAt,
) -> None:  # fmt: skip
    round_ = asked_by_mail(robin, owner, work)
    link, phone = link_in(mail_folder), client_at(None)
    for answer in ("yes", "no"):
        phone.post(link, {"answer": answer})
    wrong = {"answer": "no", "words": "It is still dark."}
    phone.post(link, wrong)
    page = phone.get(link).content.decode()
    assert "You can change your answer" in page and "It is still dark." not in page
    assert "We have what you wrote about what is still wrong" in page and "<textarea" not in page
    with enter(scheme):
        assert Point.objects.get().stage == Stage.SEEN
        assert [one.words for one in Confirmation.objects.order_by("number")] == ["", "", "It is still dark."]
        decided(round_.point, owner, replaces=round_)
    assert phone.get(link).status_code == 404
    assert phone.post(link, {"answer": "yes"}).status_code == 404
    with enter(scheme):
        assert Confirmation.objects.count() == 3


def test_a_link_that_never_was_and_one_that_has_ended_get_the_same_page(
    owner: Membership, robin: Person, work: Work, mail_folder: Path, client_at: ClientAt
) -> None:
    asked_by_mail(robin, owner, work)
    link, phone = link_in(mail_folder), client_at(None)
    later(days=QUESTION_OPEN)
    unknown = f"/asked/{43 * 'x'}/"
    ended, never = ((page.status_code, page.content.decode()) for page in (phone.get(link), phone.get(unknown)))
    assert ended[0] == never[0] == 404
    assert ended[1].replace(link, "") == never[1].replace(unknown, "")
    scheduler.tick()
    assert not WordLink.objects.exists()


def test_only_a_fingerprint_of_the_link_is_kept(
    owner: Membership, robin: Person, work: Work, mail_folder: Path
) -> None:
    asked_by_mail(robin, owner, work)
    token = link_in(mail_folder).split("/")[2]
    assert token not in str(list(WordLink.objects.values()))
    assert len(WordLink.objects.get().token_hash) == 64


def test_words_stand_behind_the_link_only_where_both_agreed_to_words_in_messages(
    owner: Membership, robin: Person, work: Work, mail_folder: Path, client_at: ClientAt
) -> None:
    asked_by_mail(robin, owner, work, words_in_message=True)
    link, phone = link_in(mail_folder), client_at(None)
    assert WORDS not in phone.get(link).content.decode()
    change_contact(person=robin, channel="email", words_in_messages=True, by=robin)
    assert WORDS in phone.get(link).content.decode()


def test_a_link_is_of_use_at_its_own_question_alone(
    scheme: Scheme, other_scheme: Scheme, owner: Membership, robin: Person, work: Work, mail_folder: Path,
    client_at: ClientAt,
) -> None:  # fmt: skip
    asked_by_mail(robin, owner, work)
    link, phone = link_in(mail_folder), client_at(None)
    phone.get(link)
    assert phone.get("/my/").status_code == 302
    for one in (scheme, other_scheme):
        assert client_at(one).get(link).status_code == 404


def test_one_message_that_stands_for_several_things_holds_the_link_whoever_sends_it(
    owner: Membership, lead: Person, robin: Person, work: Work, mail_folder: Path, client_at: ClientAt
) -> None:
    first, second = (said(somebody(robin, channel=Channel.EMAIL)) for _ in range(2))
    decided(first, owner)
    work()
    actions.claim_done(point=first, words="Done.", by=lead)
    decided(second, owner)
    later(days=1)
    work()
    assert len(messages(mail_folder)) == 2
    assert b"Did it change?" in client_at(None).get(link_in(mail_folder)).content


def test_each_is_asked_once_in_a_round_however_often_it_is_tried_s59(
    owner: Membership, robin: Person, work: Work, mail_folder: Path
) -> None:
    round_ = asked_by_mail(robin, owner, work)
    for _ in range(3):
        actions.ask_whether_it_changed(round_id=round_.pk)
        actions.send_asking(asked_id=Asked.objects.get().pk)
        later(days=1)
        work()
    assert len(messages(mail_folder)) == 2
    assert Asked.objects.get().state == TellingState.SENT


def test_whoever_said_the_same_twice_gets_one_message(
    owner: Membership, lead: Person, robin: Person, work: Work, mail_folder: Path
) -> None:
    first, second = (said(somebody(robin, channel=Channel.EMAIL)) for _ in range(2))
    actions.answer_together(points=[first, second], by=lead)
    leading = Point.objects.leading().get()
    decided(leading, owner)
    work()
    actions.claim_done(point=leading, words="Done.", by=lead)
    later(days=1)
    work()
    assert sorted(Asked.objects.values_list("channel", flat=True)) == [Channel.EMAIL, Channel.PAGE]
    assert WordLink.objects.count() == 1


def test_whoever_said_the_same_on_their_page_and_by_message_is_asked_by_message(
    owner: Membership, lead: Person, robin: Person, work: Work, mail_folder: Path
) -> None:
    first, second = (said(somebody(robin, channel=way)) for way in (Channel.PAGE, Channel.EMAIL))
    actions.answer_together(points=[first, second], by=lead)
    claimed(Point.objects.leading().get(), owner)
    later(days=1)
    work()
    found = Asked.objects.order_by("sayer__agreed_at").values_list("channel", "state")
    assert list(found) == [(Channel.PAGE, TellingState.WAITING), (Channel.EMAIL, TellingState.SENT)]


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


def test_a_text_holds_the_link_too(owner: Membership, robin: Person, work: Work, mail_folder: Path) -> None:
    Mobile.objects.create(person=robin, number="+447700900123")
    change_contact(person=robin, channel="text", by=robin)
    asked_by_mail(robin, owner, work)
    texts = [file.read_text() for file in mail_folder.glob("*.text")]
    assert [bool(LINK.search(text)) for text in sorted(texts, key=len)] == [False, True]


def test_an_old_link_is_over_once_they_are_reached_in_another_way(
    owner: Membership, robin: Person, work: Work, mail_folder: Path, client_at: ClientAt
) -> None:
    """Who holds the old phone reads nothing, also where words were ticked for both ways (S2)."""
    Mobile.objects.create(person=robin, number="+447700900123")
    change_contact(person=robin, channel="text", words_in_messages=True, by=robin)
    asked_by_mail(robin, owner, work, words_in_message=True)
    (link,) = LINK.findall(" ".join(file.read_text() for file in mail_folder.glob("*.text")))
    phone = client_at(None)
    assert WORDS in phone.get(link).content.decode()
    change_contact(person=robin, channel="text", words_in_messages=True, by=robin)
    assert WORDS in phone.get(link).content.decode()
    change_contact(person=robin, channel="email", words_in_messages=True, by=robin)
    assert phone.get(link).status_code == 404


def test_words_stand_behind_a_link_only_while_its_way_is_theirs(
    owner: Membership, robin: Person, work: Work, mail_folder: Path, client_at: ClientAt
) -> None:
    change_contact(person=robin, channel="email", words_in_messages=True, by=robin)
    asked_by_mail(robin, owner, work, words_in_message=True)
    link, phone = link_in(mail_folder), client_at(None)
    assert WORDS in phone.get(link).content.decode()
    Word.objects.update(channel="text")
    assert WORDS not in phone.get(link).content.decode()
    Word.objects.update(channel="email")
    assert WORDS in phone.get(link).content.decode()
    withdraw_consent(person=robin, purpose=Consent.Purpose.CONTACT, by=robin)
    assert phone.get(link).status_code == 404


def test_whoever_takes_their_way_back_is_asked_on_their_page_alone(
    owner: Membership, lead: Person, robin: Person, work: Work, mail_folder: Path
) -> None:
    point = said(somebody(robin, channel=Channel.EMAIL))
    decided(point, owner)
    work()
    actions.claim_done(point=point, words="Done.", by=lead)
    work()
    change_contact(person=robin, channel="page", by=robin)
    later(days=1)
    work()
    assert (Asked.objects.get().state, len(messages(mail_folder))) == (TellingState.WAITING, 1)


def letter_asked(owner: Membership, work: Work, **saying: Any) -> Asked:
    """Somebody with a slip who is told by letter, of whom the scheme says that it is done."""
    claimed(said(slip(**{"channel": Channel.LETTER} | saying)), owner)
    work()
    return Asked.objects.get()


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
    later(days=QUESTION_OPEN)
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


def test_somebody_else_cannot_answer_for_whoever_was_erased(
    owner: Membership, robin: Person, work: Work, mail_folder: Path, client_at: ClientAt
) -> None:
    asked_by_mail(robin, owner, work)
    link, asked = link_in(mail_folder), Asked.objects.get()
    erasure.erase_person(robin.pk)
    with pytest.raises(NotTheirs):
        actions.answer_asked(asked=asked, answer=Answer.YES)
    assert client_at(None).get(link).status_code == 404


def test_an_answer_about_what_was_before_is_refused(owner: Membership, lead: Person, work: Work) -> None:
    asked = letter_asked(owner, work)
    decided(asked.round.point, owner, Decision.WILL, replaces=asked.round)
    with pytest.raises(NotYet):
        actions.answer_asked(asked=asked, answer=Answer.YES)


def test_staff_see_how_each_was_asked(
    owner: Membership, lead: Person, robin: Person, work: Work, client_at: ClientAt, scheme: Scheme
) -> None:
    round_ = asked_by_mail(robin, owner, work)
    page = client_at(scheme, lead).get(f"/points/{round_.point_id}/").content.decode()
    assert "Asked whether it changed by e-mail: sent" in page


def test_what_was_passed_on_meanwhile_is_asked_by_no_link_and_takes_no_answer(
    scheme: Scheme, owner: Membership, lead: Person, robin: Person, work: Work, mail_folder: Path, client_at: ClientAt
) -> None:
    """What is told after a hand-over would be read by nobody (ADR 0041)."""
    round_ = asked_by_mail(robin, owner, work)
    link, phone, asked = link_in(mail_folder), client_at(None), Asked.objects.get()
    actions.hand_over(point=round_.point, note="", by=lead)
    with pytest.raises(NotYet, match="passed this on"):
        actions.answer_asked(asked=asked, answer=Answer.NO, words="He hit me.")
    assert (phone.get(link).status_code, phone.post(link, {"answer": "no"}).status_code) == (404, 404)
    with enter(scheme):
        assert not Confirmation.objects.exists()


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


def test_a_link_takes_ten_answers_an_hour_and_says_so(
    scheme: Scheme, owner: Membership, robin: Person, work: Work, mail_folder: Path, client_at: ClientAt
) -> None:
    asked_by_mail(robin, owner, work)
    link, phone = link_in(mail_folder), client_at(None)
    sent = [phone.post(link, {"answer": ("yes", "partly")[n % 2]}) for n in range(11)]
    assert [one.status_code for one in sent] == [302] * 10 + [200]
    assert "There were too many tries" in sent[-1].content.decode()
    with enter(scheme):
        assert Confirmation.objects.count() == 10
    later(hours=1)
    assert phone.post(link, {"answer": "yes"}).status_code == 302
