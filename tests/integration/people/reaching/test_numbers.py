"""A number is used only with its code, which is neither guessed nor sent without end (F4, S3)."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from kit import clock, counting, tokens
from people import actions, queries
from people.errors import TooOften, WrongCode
from people.models import Mobile, MobileCode, SafeContact, Word
from tests.factories.people import someone
from tests.integration.people.reaching.steps import HERE, MONDAY, NUMBER, code_in, texts, with_mobile


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


def test_whoever_waits_for_a_code_can_ask_for_another_and_is_told_that_the_number_is_kept(
    client_at, robin, mail_folder
):
    client = client_at(None, robin)
    client.post("/my/mobile/", {"number": "07700 900123"})
    assert '<a href="/my/mobile/">Ask for a new code</a>' in client.get("/my/mobile/code/").content.decode()
    page = client.post("/my/mobile/code/", {"code": code_in(mail_folder)}, follow=True).content.decode()
    assert "We have your number. To get text messages, press “Save your choice” below." in page
    assert "We have your number" not in client.get("/my/contact/way/").content.decode()
