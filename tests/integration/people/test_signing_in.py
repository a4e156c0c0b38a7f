"""Signing in on the platform: by code, by password, anew, and for who forgot."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from people.models import Person
from tests.factories.people import someone

KNOWN, UNKNOWN = "robin@example.org", "nobody@example.org"
REVEALING = re.compile(r"\b(l&d|liaison|diversion|custody|court|police|offend\w*|arrest\w*|crim\w*|mental)\b", re.I)


@pytest.fixture
def platform(client_at):
    return client_at(None)


@pytest.fixture
def robin():
    return someone("Robin", email=KNOWN, password="maple lamp river")


def is_signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def same_page(first, second) -> bool:
    """Equal but for the addresses that were typed and the marks that differ from one page to the next."""

    def bare(response):
        words = re.sub(r'value="[\w.-]{20,}"', "", response.content.decode())
        return words.replace(KNOWN, "ADDRESS").replace(UNKNOWN, "ADDRESS")

    return first.status_code == second.status_code and bare(first) == bare(second)


def test_a_code_from_a_message_signs_in(platform, robin, code_in):
    platform.post("/sign-in/code/", {"email": "Robin@Example.org"})
    platform.post("/sign-in/code/enter/", {"code": code_in().lower().replace("-", " ")})
    assert is_signed_in(platform)
    assert UserSession.objects.filter(user=robin).count() == 1


def test_a_wrong_code_does_not_sign_in_and_says_what_to_do(platform, robin):
    platform.post("/sign-in/code/", {"email": KNOWN})
    answer = platform.post("/sign-in/code/enter/", {"code": "BBBB-BBBB"})
    assert not is_signed_in(platform)
    assert "That code is not right" in answer.content.decode()


def test_a_code_can_be_sent_again(platform, robin, code_in, messages):
    platform.post("/sign-in/code/", {"email": KNOWN})
    first = code_in()
    platform.post("/sign-in/code/enter/", {"action": "resend"})
    assert len(messages()) == 2
    platform.post("/sign-in/code/enter/", {"code": first})
    assert not is_signed_in(platform)
    platform.post("/sign-in/code/enter/", {"code": code_in()})
    assert is_signed_in(platform)


def test_who_waits_for_a_code_can_start_again_with_another_address(platform, robin):
    platform.post("/sign-in/code/", {"email": UNKNOWN})
    assert platform.get("/sign-in/").status_code == 302
    platform.post("/sign-out/", {"next": "/sign-in/"})
    assert platform.get("/sign-in/").status_code == 200


def test_a_password_signs_in(platform, robin):
    answer = platform.post("/sign-in/", {"login": KNOWN, "password": "maple lamp river", "next": "/my/details/"})
    assert is_signed_in(platform)
    assert answer.headers["Location"] == "/my/details/"


def test_an_account_without_a_password_cannot_be_entered_with_an_empty_one(platform):
    someone("Sam", email="sam@example.org")
    for password in ("", "!", " "):
        platform.post("/sign-in/", {"login": "sam@example.org", "password": password})
    assert not is_signed_in(platform)


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "http://x.alongside.localhost/",
        r"/\evil.example",
        "javascript:1",
    ],
)
def test_sign_in_never_leads_on_to_a_site_that_is_not_ours(elsewhere, platform, robin):
    answer = platform.post("/sign-in/", {"login": KNOWN, "password": "maple lamp river", "next": elsewhere})
    assert answer.headers["Location"] == settings.LOGIN_REDIRECT_URL


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/sign-in/", {"login": "{}", "password": "not the password"}),
        ("/sign-in/code/", {"email": "{}"}),
        ("/sign-in/new/", {"email": "{}"}),
        ("/sign-in/password/", {"email": "{}"}),
    ],
)
def test_an_address_that_is_known_and_one_that_is_not_get_the_same_pages(path, fields, client_at, robin, messages):
    pages = []
    for address in (KNOWN, UNKNOWN):
        client = client_at(None)
        posted = client.post(path, {name: value.format(address) for name, value in fields.items()})
        shown = client.get(posted.headers["Location"]) if posted.status_code == 302 else posted
        wrong = client.post(
            posted.headers.get("Location", path), {"code": "BBBB-BBBB", "login": address, "password": "x"}
        )
        pages.append((posted.status_code, shown, wrong))
    (known_status, known_page, known_wrong), (unknown_status, unknown_page, unknown_wrong) = pages
    assert known_status == unknown_status
    assert same_page(known_page, unknown_page)
    assert same_page(known_wrong, unknown_wrong)
    assert len(messages()) in (0, 2)


def test_a_new_account_needs_the_code_that_went_to_its_address(platform, code_in):
    platform.post("/sign-in/new/", {"email": "New.Person@example.org"})
    assert not is_signed_in(platform)
    answer = platform.post("/sign-in/new/code/", {"code": code_in()})
    assert is_signed_in(platform)
    assert answer.headers["Location"] == "/my/"
    assert EmailAddress.objects.get(email="new.person@example.org").verified
    assert platform.get("/my/").headers["Location"] == "/my/first-visit/"


def test_a_forgotten_password_is_chosen_anew_by_code(platform, robin, code_in):
    platform.post("/sign-in/password/", {"email": KNOWN})
    platform.post("/sign-in/password/code/", {"code": code_in()})
    platform.post("/sign-in/password/new/", {"password1": "lantern meadow stone"})
    robin.refresh_from_db()
    assert robin.check_password("lantern meadow stone")


def test_a_weak_new_password_is_refused_with_what_to_do(client_at, robin):
    client = client_at(None, robin)
    answer = client.post("/my/password/", {"oldpassword": "maple lamp river", "password1": "short"})
    assert "at least 12 characters" in answer.content.decode()


def test_changing_the_password_ends_the_sign_in_elsewhere(client_at, robin):
    here, elsewhere = client_at(None), client_at(None)
    for client in (here, elsewhere):
        client.post("/sign-in/", {"login": KNOWN, "password": "maple lamp river"})
    here.post("/my/password/", {"oldpassword": "maple lamp river", "password1": "lantern meadow stone"})
    assert here.get("/my/details/").status_code == 200
    assert elsewhere.get("/my/details/").status_code == 302


def test_trying_passwords_is_stopped_after_a_few(platform, robin):
    for _ in range(6):
        answer = platform.post("/sign-in/", {"login": KNOWN, "password": "wrong wrong wrong"})
    assert "tried too often" in answer.content.decode()
    platform.post("/sign-in/", {"login": KNOWN, "password": "maple lamp river"})
    assert not is_signed_in(platform)


def test_asking_for_codes_is_stopped_after_a_few(client_at, robin, messages):
    for _ in range(5):
        client_at(None).post("/sign-in/code/", {"email": KNOWN})
    assert len(messages()) == 3


def test_a_closed_account_cannot_sign_in(platform, robin, messages):
    Person.objects.filter(pk=robin.pk).update(is_active=False)
    platform.post("/sign-in/", {"login": KNOWN, "password": "maple lamp river"})
    platform.post("/sign-in/code/", {"email": KNOWN})
    assert not is_signed_in(platform)
    assert "Your code is" not in str(messages()[-1])


def test_signing_in_does_not_write_to_the_person(platform, robin):
    with CaptureQueriesContext(connection) as asked:
        platform.post("/sign-in/", {"login": KNOWN, "password": "maple lamp river"})
    assert not [query for query in asked if query["sql"].startswith('UPDATE "people_person"')]


def test_messages_say_nothing_of_why_somebody_has_an_account(platform, client_at, robin, messages):
    for path in ("/sign-in/code/", "/sign-in/new/", "/sign-in/password/"):
        for address in (KNOWN, UNKNOWN):
            client_at(None).post(path, {"email": address})
    assert len(messages()) == 6
    for message in messages():
        assert not message.is_multipart()
        assert not REVEALING.search(str(message))
        assert settings.PLATFORM_HOST in message["From"]


def test_a_broken_mail_server_is_said_in_plain_words(platform, robin, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    answer = platform.post("/sign-in/code/", {"email": KNOWN})
    assert answer.status_code == 503
    assert "We could not send the message" in answer.content.decode()


@pytest.mark.parametrize("path", ["/sign-in/code/", "/sign-in/new/", "/my/password/", "/hand-off/"])
def test_a_schemes_host_has_no_sign_in_of_its_own(path, client_at, scheme):
    assert client_at(scheme).get(path).status_code == 404


def test_a_password_that_one_person_types_wrongly_shuts_out_that_account_and_nobody_else_on_the_same_line(
    platform, robin
):
    someone("Kim", email="kim@example.org", password="river lamp maple")
    for _ in range(12):
        answer = platform.post("/sign-in/", {"login": KNOWN, "password": "wrong"})
    assert "Wait 5 minutes" in answer.content.decode()
    platform.post("/sign-in/", {"login": KNOWN, "password": "maple lamp river"})
    assert not is_signed_in(platform)
    platform.post("/sign-in/", {"login": "kim@example.org", "password": "river lamp maple"})
    assert is_signed_in(platform)


def test_many_accounts_are_not_tried_from_one_line_without_end(platform):
    for number in range(25):
        platform.post("/sign-in/", {"login": f"who{number}@example.org", "password": "wrong"})
    someone("Kim", email="kim@example.org", password="river lamp maple")
    answer = platform.post("/sign-in/", {"login": "kim@example.org", "password": "river lamp maple"})
    assert not is_signed_in(platform) and "That was tried too often" in answer.content.decode()
