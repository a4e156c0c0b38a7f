"""“How we reach you”: chosen by the person alone, a number only with its code, and one message a day (F4, S2, S3)."""

import json
import re
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from kit import channels, clock, counting, tokens
from kit.channels import Outcome
from people import actions, queries
from people.actions import mobiles
from people.erasure import erase
from people.errors import NotThisWay, TooOften, WrongCode
from people.models import Consent, Mobile, MobileCode, SafeContact, Word, WordLink
from tests import fake_notify
from tests.factories.people import reached_by_mail, someone

NUMBER = "+447700900123"
HERE = "192.0.2.1"
MONDAY = datetime(2026, 11, 2, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def a_monday(settings):
    settings.EMAIL_BACKEND = "kit.channels.files.FileBackend"
    clock.set_to(MONDAY, frozen=True)


@pytest.fixture
def robin():
    return someone("Robin")


@pytest.fixture
def notify(settings):
    with fake_notify.running() as running:
        for name, value in running.settings.items():
            setattr(settings, name, value)
        yield running


def texts(folder):
    return [file.read_text() for file in sorted(folder.glob("*.text"), key=lambda file: file.stat().st_mtime_ns)]


def prove(person, number):
    """Somebody reads a code at a number."""
    with transaction.atomic():
        mobiles.take_number(person=person, number=number, opens_account=False)


def code_in(folder):
    return re.search(r"Your code is (\d{6})", texts(folder)[-1])[1]


def with_mobile(person, folder, number=NUMBER):
    actions.send_mobile_code(person=person, number=number, address=HERE, by=person)
    actions.prove_mobile(person=person, code=code_in(folder), by=person)
    return person


def said_now(person):
    """A word that was promised and, if that is safe now, sent."""
    word = actions.promise_word(person_id=person.pk)
    return actions.send_promised_word(word_id=word.pk)


def test_a_number_is_used_only_after_its_code_came_back(client_at, robin, mail_folder):
    client = client_at(None, robin)
    assert client.post("/my/contact/way/", {"channel": "text"}).headers["Location"] == "/my/mobile/"
    client.post("/my/mobile/", {"number": "07700 900123"})
    assert queries.person_by_mobile(NUMBER) is None
    assert "That code is not right" in client.post("/my/mobile/code/", {"code": "0"}).content.decode()
    code = code_in(mail_folder)
    assert client.post("/my/mobile/code/", {"code": f"{code[:3]} {code[3:]}"}).status_code == 302
    assert queries.person_by_mobile("07700 900 123") == robin
    client.post("/my/contact/way/", {"channel": "text"})
    assert queries.way_to(robin.pk).to == NUMBER
    assert code not in str(MobileCode.objects.values())


def test_a_code_is_too_old_after_a_quarter_of_an_hour(robin, mail_folder):
    actions.send_mobile_code(person=robin, number=NUMBER, address=HERE, by=robin)
    clock.set_to(MONDAY + timedelta(minutes=15), frozen=True)
    with pytest.raises(WrongCode):
        actions.prove_mobile(person=robin, code=code_in(mail_folder), by=robin)


def test_a_code_can_be_guessed_at_five_times(robin, mail_folder):
    actions.send_mobile_code(person=robin, number=NUMBER, address=HERE, by=robin)
    for _ in range(5):
        with pytest.raises(WrongCode):
            actions.prove_mobile(person=robin, code="wrong", by=robin)
    with pytest.raises(WrongCode):
        actions.prove_mobile(person=robin, code=code_in(mail_folder), by=robin)


def test_codes_are_not_sent_without_end(client_at, robin, mail_folder):
    client = client_at(None, robin)
    for _ in range(4):
        answer = client.post("/my/mobile/", {"number": NUMBER})
    assert "We cannot send more codes now" in answer.content.decode()
    assert len(texts(mail_folder)) <= 3


def test_whoever_reads_a_code_at_a_number_last_has_it_and_the_one_before_gets_no_more_texts(robin, mail_folder):
    with_mobile(robin, mail_folder)
    actions.change_contact(person=robin, channel="text", words_in_messages=True, by=robin)
    kim = with_mobile(someone("Kim"), mail_folder)
    assert queries.person_by_mobile(NUMBER) == kim
    assert queries.way_to(robin.pk) is None
    assert Mobile.objects.count() == 1
    robins = SafeContact.objects.get(person=robin)
    assert (robins.channel, robins.words_in_messages) == ("page", False)


def test_one_number_gets_no_more_codes_by_the_accounts_of_several_people(robin, mail_folder):
    for _ in range(3):
        actions.send_mobile_code(person=robin, number=NUMBER, address=HERE, by=robin)
    kim = someone("Kim")
    with pytest.raises(TooOften):
        actions.send_mobile_code(person=kim, number=NUMBER, address=HERE, by=kim)


def test_whoever_keeps_asking_does_not_keep_the_owner_of_a_number_out_for_ever(robin, mail_folder):
    kim = someone("Kim")
    for minutes in range(0, 60, 10):
        clock.set_to(MONDAY + timedelta(minutes=minutes), frozen=True)
        with suppress(TooOften):
            actions.send_mobile_code(person=kim, number=NUMBER, address=HERE, by=kim)
    with pytest.raises(TooOften):
        actions.send_mobile_code(person=robin, number=NUMBER, address=HERE, by=robin)
    clock.set_to(MONDAY + timedelta(hours=1), frozen=True)
    assert with_mobile(robin, mail_folder).mobile.number == NUMBER


@pytest.mark.parametrize("same", ["person", "number"])
def test_six_codes_a_day_go_to_a_number_and_for_a_person(robin, same):
    sent = 0
    for hour in range(4):
        clock.set_to(MONDAY + timedelta(hours=hour), frozen=True)
        for last in range(3):
            person = robin if same == "person" else someone("Robin")
            number = NUMBER if same == "number" else f"+4477009001{hour}{last}"
            with suppress(TooOften):
                actions.send_mobile_code(person=person, number=number, address=HERE, by=person)
                sent += 1
    assert sent == 6


def test_codes_to_sign_in_with_and_to_show_a_number_by_count_together_for_it(robin, mail_folder):
    for _ in range(2):
        actions.send_sign_in_code(number=NUMBER, address=HERE)
    actions.send_mobile_code(person=robin, number=NUMBER, address=HERE, by=robin)
    for refused in (
        lambda: actions.send_mobile_code(person=robin, number=NUMBER, address=HERE, by=robin),
        lambda: actions.send_sign_in_code(number=NUMBER, address=HERE),
    ):
        with pytest.raises(TooOften):
            refused()


def test_codes_asked_for_from_one_internet_address_are_limited(client_at, mail_folder):
    for last in range(22):
        client_at(None, someone("Robin")).post("/my/mobile/", {"number": f"077009001{last:02}"})
    assert len(texts(mail_folder)) == 20


def test_what_is_counted_does_not_tell_a_number(robin, monkeypatch):
    seen = []
    monkeypatch.setattr(counting, "count", lambda key, *, seconds: seen.append(key) or 1)
    actions.send_mobile_code(person=robin, number=NUMBER, address=HERE, by=robin)
    kept = " ".join(seen)
    assert len(seen) == 5
    assert not any(words in kept for words in (NUMBER, HERE, str(robin.pk), tokens.fingerprint(NUMBER)))


def test_a_new_code_can_be_guessed_at_five_times_again(robin, mail_folder):
    actions.send_mobile_code(person=robin, number=NUMBER, address=HERE, by=robin)
    for _ in range(5):
        with pytest.raises(WrongCode):
            actions.prove_mobile(person=robin, code="wrong", by=robin)
    assert with_mobile(robin, mail_folder).mobile.number == NUMBER


def test_a_code_proves_the_number_it_was_sent_to_whatever_is_asked_for_meanwhile(robin, mail_folder):
    """Else somebody takes a number whose phone they do not have, by asking for its code at the right moment."""
    actions.send_mobile_code(person=robin, number=NUMBER, address=HERE, by=robin)
    reads = []

    def another_number_meanwhile(execute, sql, params, many, context):
        if sql.startswith("SELECT") and 'FROM "people_mobilecode"' in sql:
            reads.append(sql)
            if len(reads) == 2:
                MobileCode.objects.filter(person=robin).update(number="+447700900999")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(another_number_meanwhile):
        actions.prove_mobile(person=robin, code=code_in(mail_folder), by=robin)
    assert Mobile.objects.get().number == NUMBER
    assert "FOR UPDATE" in reads[0]


def test_taking_the_number_away_ends_texts(client_at, robin, mail_folder):
    with_mobile(robin, mail_folder)
    actions.change_contact(person=robin, channel="text", by=robin)
    client_at(None, robin).post("/my/mobile/remove/")
    assert queries.way_to(robin.pk) is None
    assert not Mobile.objects.exists()


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


@pytest.fixture
def by_text(robin, notify):
    """Robin, who is told by text messages in which words may stand."""
    Mobile.objects.create(person=robin, number=NUMBER)
    actions.change_contact(person=robin, channel="text", words_in_messages=True, by=robin)
    return robin


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


def test_what_must_never_be_false_of_numbers_and_messages(robin):
    for name, make in {
        "mobile_is_a_mobile_number": lambda: Mobile.objects.create(person=robin, number="0161"),
        "mobile_code_has_a_fingerprint": lambda: MobileCode.objects.create(
            person=robin, number=NUMBER, expires_at=MONDAY
        ),
        "word_that_was_sent_has_an_outcome": lambda: Word.objects.create(
            person=robin, channel="email", due_at=MONDAY, sent_at=MONDAY
        ),
    }.items():
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            make()
