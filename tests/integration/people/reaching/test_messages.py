"""“How we reach you”: chosen by the person alone, by which one message a day comes (F4, S2, S3)."""

import json
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from kit import channels, clock
from kit.channels import Outcome
from people import actions, queries
from people.erasure import erase
from people.errors import NotThisWay
from people.models import Consent, Mobile, SafeContact, Word, WordLink
from tests.factories.people import reached_by_mail, someone
from tests.integration.people.reaching.steps import MONDAY, NUMBER, prove, said_now, texts, with_mobile


@pytest.mark.parametrize(
    ("path", "given", "way"),
    [
        ("letter", {"letter_to": "Robin, 1 High Street"}, "Robin, 1 High Street"),
        ("worker", {"worker": "Ola at the hub"}, "Ola at the hub"),
    ],
)
def test_a_letter_has_an_address_and_a_worker_a_name(client_at, robin, path, given, way):
    client = client_at(None, robin)
    assert client.post("/my/contact/way/", {"channel": path}).headers["Location"] == f"/my/contact/{path}/"
    with pytest.raises(NotThisWay):
        actions.change_contact(person=robin, channel=path, by=robin)
    client.post(f"/my/contact/{path}/", given)
    assert (queries.way_to(robin.pk).contact.channel, queries.way_to(robin.pk).to) == (path, way)
    assert way in client.get("/my/contact/").content.decode()
    assert Consent.objects.filter(person=robin, purpose="contact", withdrawn_at=None).exists()


def test_what_may_stand_in_a_message_is_asked_anew_for_each_way_and_never_ticked_before(client_at, robin, mail_folder):
    reached_by_mail(robin, words=True)
    with_mobile(robin, mail_folder)
    client = client_at(None, robin)
    assert client.post("/my/contact/way/", {"channel": "text"}).headers["Location"] == "/my/contact/words/"
    assert not queries.wants_words(robin.pk)
    assert "checked" not in client.get("/my/contact/words/").content.decode()
    client.post("/my/contact/words/", {"words_in_messages": "on"})
    assert queries.wants_words(robin.pk)


def test_times_and_form_are_kept_and_shown(client_at, robin):
    client = client_at(None, robin)
    client.post("/my/contact/times/", {"days": ["6", "7"], "parts": ["evening"]})
    assert "Say what would work" in client.post("/my/contact/format/", {"format": "other"}).content.decode()
    client.post("/my/contact/format/", {"format": "other", "format_words": "In Polish"})
    page = client.get("/my/contact/").content.decode()
    assert all(words in page for words in ("Saturday, Sunday", "Evening, 5pm to 8pm", "In Polish"))


def test_what_waits_joins_one_message_and_the_next_goes_on_the_next_day(robin, mail_folder):
    reached_by_mail(robin)
    first = actions.promise_word(person_id=robin.pk)
    assert actions.promise_word(person_id=robin.pk) == first
    actions.send_promised_word(word_id=first.pk)
    later = said_now(robin)
    assert later.sent_at is None
    assert later.due_at == datetime(2026, 11, 3, tzinfo=UTC)
    clock.set_to(later.due_at, frozen=True)
    actions.send_promised_word(word_id=later.pk)
    assert len(list(mail_folder.glob("*.eml"))) == 2


def test_the_database_keeps_to_one_message_a_day_too(robin):
    reached_by_mail(robin)
    sent = said_now(robin)
    for second in ({"sent_at": MONDAY, "sent_on": sent.sent_on, "outcome": "accepted"}, {"channel": "letter"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Word.objects.create(**{"person": robin, "channel": "email", "due_at": MONDAY} | second)


def test_a_message_waits_for_the_hours_that_are_safe(robin, mail_folder):
    reached_by_mail(robin)
    actions.choose_times(person=robin, days=[2], parts=["evening"], by=robin)
    word = said_now(robin)
    assert (word.sent_at, word.due_at) == (None, datetime(2026, 11, 3, 17, tzinfo=UTC))
    assert list(mail_folder.glob("*.eml")) == []


def test_whoever_wants_no_messages_any_more_gets_none_of_what_was_promised(robin, mail_folder):
    reached_by_mail(robin)
    word = actions.promise_word(person_id=robin.pk)
    actions.withdraw_consent(person=robin, purpose="contact", by=robin)
    assert actions.send_promised_word(word_id=word.pk) is None
    assert list(mail_folder.glob("*.eml")) == []


def test_a_text_says_that_there_is_an_answer_and_nothing_of_it(robin, mail_folder):
    with_mobile(robin, mail_folder)
    actions.change_contact(person=robin, channel="text", by=robin)
    word = actions.promise_word(person_id=robin.pk)
    actions.send_promised_word(word_id=word.pk, words="We will.")
    assert texts(mail_folder)[-1].partition("\n\n")[2] == (
        "There is an answer for you. Read it here: http://alongside.localhost:8000/my/"
    )


def test_the_words_stand_in_a_message_only_for_one_answer_and_one_tick(robin, mail_folder):
    reached_by_mail(robin, words=True)
    word = actions.promise_word(person_id=robin.pk)
    actions.promise_word(person_id=robin.pk)
    actions.send_promised_word(word_id=word.pk, words="We will.")
    clock.set_to(MONDAY + timedelta(days=1), frozen=True)
    actions.send_promised_word(word_id=actions.promise_word(person_id=robin.pk).pk, words="We will.")
    assert ["We will." in file.read_text() for file in sorted(mail_folder.glob("*.eml"))].count(True) == 1


def test_what_is_over_leaves_the_message_with_its_link_and_the_words_of_what_is_left_stand(robin, mail_folder):
    reached_by_mail(robin, words=True)
    until = MONDAY + timedelta(days=90)
    over, left = (actions.OpenLink(scheme_id=uuid4(), key=uuid4(), until=until) for _ in range(2))
    for link in (None, over, left):
        word = actions.promise_word(person_id=robin.pk, link=link)
    kims = actions.promise_word(person_id=reached_by_mail(someone("Kim")).pk)
    for link, stands_for in ((over, 2), (left, 1)):
        actions.drop_promised_word(word_id=word.pk, link=link.key)
        word.refresh_from_db()
        assert word.stands_for == stands_for
        assert not WordLink.objects.filter(key=link.key).exists() and WordLink.objects.count() == stands_for - 1
    assert actions.send_promised_word(word_id=word.pk, words="We will.").sent_at is not None
    (file,) = mail_folder.glob("*.eml")
    assert "We will." in file.read_text() and "/asked/" not in file.read_text()
    assert Word.objects.get(pk=kims.pk).stands_for == 1


def test_a_message_with_nothing_left_to_say_is_gone_and_one_that_has_gone_keeps_its_link(robin, mail_folder):
    reached_by_mail(robin)
    link = actions.OpenLink(scheme_id=uuid4(), key=uuid4(), until=MONDAY + timedelta(days=90))
    kims = actions.promise_word(person_id=reached_by_mail(someone("Kim")).pk)
    word = actions.promise_word(person_id=robin.pk, link=link)
    actions.drop_promised_word(word_id=word.pk, link=link.key)
    assert list(Word.objects.all()) == [kims]
    word = actions.promise_word(person_id=robin.pk, link=link)
    actions.send_promised_word(word_id=word.pk)
    actions.drop_promised_word(word_id=word.pk, link=link.key)
    assert WordLink.objects.get().word == word


@pytest.mark.parametrize(("letters", "stand"), [(700, True), (4000, False)])
def test_words_that_a_text_cannot_hold_wait_on_their_page(by_text, notify, letters, stand):
    word = actions.promise_word(person_id=by_text.pk)
    assert actions.send_promised_word(word_id=word.pk, words="w" * letters).sent_at is not None
    (text,) = notify.to(NUMBER)
    assert ("w" * letters in text["body"]) == stand
    assert text["body"].endswith("Read it here: http://alongside.localhost:8000/my/")


@pytest.mark.parametrize(("many", "stand"), [(1, 1), (2, 2), (3, 0), (9, 0)])
def test_a_text_holds_two_links_at_most_and_else_the_way_to_their_page(by_text, notify, many, stand):
    until = MONDAY + timedelta(days=90)
    for _ in range(many):
        link = actions.OpenLink(scheme_id=uuid4(), key=uuid4(), until=until)
        word = actions.promise_word(person_id=by_text.pk, link=link)
    assert actions.send_promised_word(word_id=word.pk).sent_at is not None
    (text,) = notify.to(NUMBER)
    assert text["body"].count("/asked/") == stand
    assert text["body"].startswith("There is something new for you.") and "/my/" in text["body"]


def linked(person):
    """A link in a message to them; `False` once it is over."""
    key = uuid4()
    link = actions.OpenLink(scheme_id=uuid4(), key=key, until=clock.now() + timedelta(days=90))
    word = actions.promise_word(person_id=person.pk, link=link)
    actions.send_promised_word(word_id=word.pk)
    return lambda: WordLink.objects.filter(key=key).exists()


def test_links_that_went_to_a_number_end_with_the_number(by_text, mail_folder):
    other = someone("Otto")
    for ends in (
        lambda: prove(by_text, "+447700900456"),
        lambda: prove(other, "+447700900456"),
    ):
        actions.change_contact(person=by_text, channel="text", by=by_text)
        works = linked(by_text)
        prove(by_text, Mobile.objects.get(person=by_text).number)
        assert works()
        ends()
        assert not works()
        clock.set_to(clock.now() + timedelta(days=1), frozen=True)


def test_what_has_not_gone_yet_keeps_its_links_and_goes_the_new_way(robin, mail_folder):
    reached_by_mail(robin)
    said_now(robin)
    works = linked(robin)
    actions.change_contact(person=robin, channel="page", by=robin)
    assert works()


def test_a_bounce_is_learned_by_asking_and_shown_to_the_person(client_at, robin, notify):
    reached_by_mail(robin)
    notify.bounces.add(robin.email)
    word = said_now(robin)
    actions.ask_how_words_ended()
    assert queries.outcomes_of([word.pk]) == {word.pk: Outcome.ACCEPTED}
    clock.set_to(MONDAY + timedelta(minutes=2), frozen=True)
    actions.ask_how_words_ended()
    assert queries.outcomes_of([word.pk]) == {word.pk: Outcome.FAILED}
    assert "did not reach you" in client_at(None, robin).get("/my/contact/").content.decode()


def test_a_carrier_that_does_not_answer_is_asked_again(robin, notify):
    reached_by_mail(robin)
    word = said_now(robin)
    clock.set_to(MONDAY + timedelta(minutes=2), frozen=True)
    notify.broken = True
    actions.ask_how_words_ended()
    notify.broken = False
    actions.ask_how_words_ended()
    assert queries.outcomes_of([word.pk]) == {word.pk: Outcome.DELIVERED}


def test_notify_is_heard_only_with_its_word(client_at, robin, notify, settings):
    reached_by_mail(robin)
    word = said_now(robin)
    said = {"reference": channels.reference(f"word:{word.pk}"), "status": "permanent-failure"}

    def call(token, what=said):
        return client_at(None).post(
            "/notify/callback/", json.dumps(what), content_type="application/json", headers={"Authorization": token}
        )

    assert call("Bearer ").status_code == 403
    settings.NOTIFY_CALLBACK_TOKEN = "agreed"
    assert call("Bearer guessed").status_code == 403
    assert call("Bearer agreed", {"status": "x"}).status_code == 400
    assert call("Bearer agreed").status_code == 204
    assert queries.outcomes_of([word.pk]) == {word.pk: Outcome.FAILED}


def test_erasing_takes_numbers_words_and_texts_away(as_owner, mail_folder):
    robin = with_mobile(someone("Robin"), mail_folder)
    actions.change_contact(person=robin, channel="text", by=robin)
    said_now(robin)
    erase(robin.pk)
    assert texts(mail_folder) == []
    assert not (Mobile.objects.exists() or Word.objects.exists() or SafeContact.objects.exists())


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("safe_contact_channel_is_known", {"channel": "pigeon"}),
        ("safe_contact_no_words_without_messages", {"channel": "letter", "letter_to": "x", "words_in_messages": True}),
        ("safe_contact_letter_has_an_address", {"channel": "letter"}),
        ("safe_contact_worker_has_a_name", {"channel": "worker"}),
        ("safe_contact_times_are_known", {"days": [8]}),
        ("safe_contact_times_are_known", {"parts": ["night"]}),
        ("safe_contact_other_format_says_which", {"format": "other"}),
    ],
)
def test_what_must_never_be_false_of_how_somebody_is_reached(robin, name, wrong):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        SafeContact.objects.create(person=robin, **wrong)
