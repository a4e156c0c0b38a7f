"""Asked once whether it changed, by their own way, and answered without signing in (ADR 0054)."""

from pathlib import Path

import pytest

from audit.models import Entry
from kit import erasure, scheduler
from people.actions import change_contact, withdraw_consent
from people.models import Consent, Mobile, Notice, Person, Word, WordLink
from tenants.feedback import actions
from tenants.feedback.errors import NotTheirs, NotYet
from tenants.feedback.models import Asked, Confirmation, Point
from tenants.feedback.rules import QUESTION_OPEN, Answer, Channel, Decision, Stage, TellingState
from tenants.schemes.entering import enter
from tenants.schemes.models import Membership, Scheme
from tests.factories.feedback import WORDS, claimed, decided, said, somebody
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
