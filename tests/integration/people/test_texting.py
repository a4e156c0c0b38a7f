"""Signing in with a code by text: the phone decides, and nothing tells whether a number is known (S2, S3)."""

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import unquote

import pytest
from allauth.usersessions.models import UserSession
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from kit import clock, sessions
from people import actions, queries
from people.actions import texting
from people.duties import end_what_has_expired
from people.erasure import erase
from people.errors import NotThisWay, WrongCode
from people.models import Consent, Mobile, Person, SafeContact, SignInCode
from tests import fake_notify
from tests.factories.people import someone

NUMBER, UNKNOWN = "+447700900123", "+447700900456"
MONDAY = datetime(2026, 11, 2, 10, tzinfo=UTC)
ASK, ENTER, NEW = "/sign-in/text/", "/sign-in/text/code/", "/sign-in/text/new/"


@pytest.fixture(autouse=True)
def a_monday():
    clock.set_to(MONDAY, frozen=True)


@pytest.fixture
def robin():
    return with_number(someone("Robin"))


def with_number(person, number=NUMBER, *, opens=True):
    Mobile.objects.create(person=person, number=number, proved_at=clock.now(), opens_account=opens)
    return person


def texts(folder):
    return [file.read_text() for file in sorted(folder.glob("*.text"), key=lambda file: file.stat().st_mtime_ns)]


def code_in(folder):
    return re.search(r"Your code is (\d{6})", texts(folder)[-1])[1]


def is_signed_in(client):
    return "_auth_user_id" in client.session


def come_in(client, folder, number=NUMBER, **query):
    """Ask for a code and type it; the answer to that."""
    client.post(ASK, {"number": number}, query_params=query)
    return client.post(ENTER, {"code": code_in(folder)}, query_params=query)


def bare(response):
    """A page without what was typed and the marks that differ from one page to the next."""
    words = re.sub(r'value="[\w.-]{20,}"', "", response.content.decode())
    return response.status_code, re.sub(r"07700 900 ?\d{3}", "NUMBER", words)


def test_a_code_at_ones_number_signs_in_and_leads_on_to_where_one_wanted_to_be(client_at, robin, mail_folder):
    client = client_at(None)
    answer = come_in(client, mail_folder, "07700 900123", next="/my/details/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/my/details/")
    assert queries.sign_ins(robin)[0].session_key == client.session.session_key
    assert UserSession.objects.get().user == robin


def test_sign_in_never_leads_to_a_site_that_is_not_ours(client_at, robin, mail_folder):
    assert come_in(client_at(None), mail_folder, next="https://evil.example/").headers["Location"] == "/my/"


def test_a_number_that_is_known_and_one_that_is_not_get_the_same_pages_messages_and_statements_s2(
    client_at, robin, mail_folder
):
    seen = []
    for number in (NUMBER, UNKNOWN):
        client = client_at(None)
        with CaptureQueriesContext(connection) as asked:
            posted = client.post(ASK, {"number": number})
            wrong = client.post(ENTER, {"code": "000000x"})
        statements = len(asked)
        seen.append((posted.status_code, posted.headers["Location"], statements, bare(client.get(ENTER)), bare(wrong)))
    assert seen[0] == seen[1]
    words = [re.sub(r"\d{6}", "CODE", text.partition("\n\n")[2]) for text in texts(mail_folder)]
    assert words == ["Your code is CODE. You can use it for 15 minutes."] * 2


def test_whoever_has_no_email_makes_an_account_with_a_number_alone(client_at, mail_folder):
    client = client_at(None)
    assert come_in(client, mail_folder).headers["Location"] == NEW
    assert not is_signed_in(client)
    assert "No account opens with 07700 900 123" in client.get(NEW).content.decode()
    client.post(NEW)
    assert is_signed_in(client)
    made = Person.objects.get()
    assert (made.email, queries.person_by_mobile(NUMBER), made.has_usable_password()) == (None, made, False)
    assert client.get("/my/").headers["Location"] == "/my/first-visit/"
    client.post("/my/first-visit/", {"name": "Kit", "agrees": "on"})
    assert Consent.objects.filter(person=made, purpose="account").exists()
    assert "None" in client.get("/my/details/").content.decode()
    again = client_at(None)
    come_in(again, mail_folder)
    assert again.get("/my/").status_code == 200
    assert Person.objects.count() == 1


def test_two_people_without_an_address_are_two(client_at, mail_folder):
    for number in (NUMBER, UNKNOWN):
        client = client_at(None)
        come_in(client, mail_folder, number)
        client.post(NEW)
    assert Person.objects.filter(email=None).count() == 2


def test_an_account_is_made_only_by_whoever_read_the_code_and_once(client_at, mail_folder):
    client = client_at(None)
    client.post(ASK, {"number": NUMBER})
    assert client.post(NEW).headers["Location"] == ASK
    come_in(client, mail_folder)
    other = client_at(None)
    assert other.post(NEW).headers["Location"] == ASK
    client.post(NEW)
    client.post("/sign-out/")
    assert client.post(NEW).headers["Location"] == ASK
    assert Person.objects.count() == 1


@pytest.mark.parametrize("days", [179, 181])
def test_a_number_that_was_not_used_for_half_a_year_opens_nothing_since_it_may_be_anothers(
    client_at, robin, mail_folder, days
):
    clock.set_to(MONDAY + timedelta(days=days), frozen=True)
    client = client_at(None)
    come_in(client, mail_folder)
    assert is_signed_in(client) == (days < 180)
    if days > 180:
        client.post(NEW)
        robin.refresh_from_db()
        assert queries.person_by_mobile(NUMBER) != robin
        assert not Mobile.objects.filter(person=robin).exists()


def test_signing_in_shows_that_the_number_is_still_theirs(client_at, robin, mail_folder):
    for days in (170, 340):
        clock.set_to(MONDAY + timedelta(days=days), frozen=True)
        client = client_at(None)
        come_in(client, mail_folder)
        assert is_signed_in(client)


@pytest.mark.parametrize(("model", "change"), [(Mobile, {"opens_account": False}), (Person, {"is_active": False})])
def test_a_number_that_was_not_meant_to_open_the_account_or_a_closed_one_opens_nothing(
    client_at, robin, mail_folder, model, change
):
    model.objects.filter(pk=robin.pk).update(**change)
    client = client_at(None)
    assert come_in(client, mail_folder).headers["Location"] == NEW
    assert not is_signed_in(client)


def test_a_code_works_once_in_the_browser_that_asked_for_a_quarter_of_an_hour(client_at, robin, mail_folder):
    client, other = client_at(None), client_at(None)
    client.post(ASK, {"number": NUMBER})
    code = code_in(mail_folder)
    assert other.post(ENTER, {"code": code}).headers["Location"] == ASK
    clock.set_to(MONDAY + timedelta(minutes=15), frozen=True)
    assert client.post(ENTER, {"code": code}).headers["Location"] == ASK
    clock.set_to(MONDAY + timedelta(minutes=14), frozen=True)
    client.post(ENTER, {"code": f"{code[:3]}-{code[3:]}."})
    assert is_signed_in(client)
    assert not SignInCode.objects.exists()


def test_a_code_can_be_guessed_at_five_times(client_at, robin, mail_folder):
    client = client_at(None)
    client.post(ASK, {"number": NUMBER})
    for _ in range(5):
        assert "That code is not right" in client.post(ENTER, {"code": "wrong"}).content.decode()
    client.post(ENTER, {"code": code_in(mail_folder)})
    assert not is_signed_in(client)


def test_a_code_that_another_press_has_used_meanwhile_is_said_to_be_over(client_at, robin, mail_folder, monkeypatch):
    client = client_at(None)
    client.post(ASK, {"number": NUMBER})
    is_right = texting._is_right

    def then_the_other_press(code_id, code):
        right = is_right(code_id, code)
        SignInCode.objects.filter(pk=code_id).delete()
        return right

    monkeypatch.setattr(texting, "_is_right", then_the_other_press)
    answer = client.post(ENTER, {"code": code_in(mail_folder)})
    assert answer.status_code == 200 and "Ask for a new code" in answer.content.decode()


def test_a_code_that_was_read_makes_an_account_for_a_quarter_of_an_hour(mail_folder):
    sent = actions.send_sign_in_code(number=NUMBER, address="192.0.2.1")
    assert actions.read_sign_in_code(code_id=sent.pk, code=code_in(mail_folder)) is None
    clock.set_to(MONDAY + timedelta(minutes=16), frozen=True)
    with pytest.raises(WrongCode):
        actions.open_account(code_id=sent.pk)
    assert not Person.objects.exists()


def test_codes_to_a_number_are_three_an_hour_and_six_a_day_whoever_asks(client_at, mail_folder):
    for hour in range(3):
        clock.set_to(MONDAY + timedelta(hours=hour), frozen=True)
        for _ in range(4):
            answer = client_at(None).post(ASK, {"number": NUMBER})
        assert "We cannot send more codes now" in answer.content.decode()
    assert len(texts(mail_folder)) == 6
    clock.set_to(MONDAY + timedelta(days=1), frozen=True)
    client_at(None).post(ASK, {"number": NUMBER})
    assert len(texts(mail_folder)) == 7


def test_codes_asked_for_from_one_address_are_limited(client_at, mail_folder):
    for last in range(22):
        client_at(None).post(ASK, {"number": f"077009001{last:02}"})
    assert len(texts(mail_folder)) == 20


def test_no_code_and_no_number_can_be_read_from_a_session_or_the_log(client_at, robin, mail_folder, caplog):
    client = client_at(None)
    client.post(ASK, {"number": NUMBER})
    code = code_in(mail_folder)
    held = str(sessions.read(sessions.SessionStore(client.session.session_key).model.objects.get()))
    assert code not in held and NUMBER not in held
    assert code not in str(SignInCode.objects.values())
    client.post(ENTER, {"code": code})
    assert code not in caplog.text and "7700900123" not in caplog.text


def test_what_is_no_mobile_number_is_said_so_and_kept(client_at, mail_folder):
    page = client_at(None).post(ASK, {"number": "0161 496 0000"}).content.decode()
    assert "Enter a UK mobile number" in page and "0161 496 0000" in page
    assert texts(mail_folder) == []


def test_a_carrier_that_takes_nothing_is_said_in_plain_words(client_at, settings):
    with fake_notify.running() as notify:
        for name, value in notify.settings.items():
            setattr(settings, name, value)
        notify.broken = True
        answer = client_at(None).post(ASK, {"number": NUMBER})
    assert "We could not send the code just now" in answer.content.decode()


def test_where_no_text_can_be_sent_nothing_offers_one(client_at, settings):
    settings.ALONGSIDE_MODE = "production"
    client = client_at(None)
    assert client.get(ASK).status_code == 404
    assert "text message" not in client.get("/sign-in/").content.decode()


def test_sign_in_offers_a_text_and_keeps_where_one_was_going(client_at):
    page = client_at(None).get("/sign-in/", {"next": "/my/details/"}).content.decode()
    assert "/sign-in/text/?next=%2Fmy%2Fdetails%2F" in page.replace("next=/my/details/", "next=%2Fmy%2Fdetails%2F")


@pytest.mark.parametrize("path", ["/sign-in/", "/sign-in/new/"])
def test_every_way_to_a_number_keeps_where_one_was_going(path, client_at):
    page = client_at(None).get(path, {"next": "/my/details/"}).content.decode()
    found = re.findall(r'href="/sign-in/text/([^"]*)"', page)
    assert found and {unquote(query) for query in found} == {"?next=/my/details/"}


def test_whether_a_number_opens_the_account_is_asked_and_never_ticked_before(client_at, mail_folder):
    robin = someone("Robin")
    client = client_at(None, robin)
    client.post("/my/mobile/", {"number": NUMBER})
    assert "checked" not in client.get("/my/mobile/code/").content.decode()
    client.post("/my/mobile/code/", {"code": code_in(mail_folder)})
    assert not queries.mobile_of(robin).opens_account
    client.post("/my/mobile/sign-in/", {"opens": "on"})
    assert queries.mobile_of(robin).opens_account
    client.post("/my/mobile/sign-in/", {})
    assert not queries.mobile_of(robin).opens_account


def test_the_only_way_in_is_not_taken_away(client_at, mail_folder):
    client = client_at(None)
    come_in(client, mail_folder)
    client.post(NEW)
    made = Person.objects.get()
    client.post("/my/mobile/remove/")
    client.post("/my/mobile/sign-in/", {})
    for refused in (
        lambda: actions.remove_mobile(person=made, by=made),
        lambda: actions.open_with_mobile(person=made, opens=False, by=made),
        lambda: actions.change_contact(person=made, channel=SafeContact.Channel.EMAIL, by=made),
    ):
        with pytest.raises(NotThisWay):
            refused()
    assert queries.mobile_of(made).opens_account
    assert 'value="email"' not in client.get("/my/contact/way/").content.decode()
    client.post("/my/mobile/", {"number": UNKNOWN})
    client.post("/my/mobile/code/", {"code": code_in(mail_folder)})
    assert queries.mobile_of(made).opens_account
    assert queries.person_by_mobile(UNKNOWN) == made


def test_codes_go_when_their_time_is_over_and_with_whoever_is_erased(as_owner, robin, mail_folder):
    actions.send_sign_in_code(number=NUMBER, address="192.0.2.1")
    actions.send_sign_in_code(number=UNKNOWN, address="192.0.2.1")
    erase(robin.pk)
    assert [code.number for code in SignInCode.objects.all()] == [UNKNOWN]
    assert len(texts(mail_folder)) == 1
    clock.set_to(MONDAY + timedelta(minutes=16), frozen=True)
    end_what_has_expired()
    assert not SignInCode.objects.exists()


def test_what_must_never_be_false_of_a_code():
    right = {"number": NUMBER, "code_hash": "x", "expires_at": MONDAY}
    for name, wrong in {
        "sign_in_code_goes_to_a_mobile_number": {"number": "0161"},
        "sign_in_code_has_a_fingerprint": {"code_hash": ""},
    }.items():
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            SignInCode.objects.create(**right | wrong)
