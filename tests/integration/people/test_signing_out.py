"""Signing out here, and everywhere at once."""

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from tests.factories.people import someone


@pytest.fixture
def robin():
    return someone("Robin", email="robin@example.org", password="maple lamp river")


def signed_in_by_password(client):
    client.post("/sign-in/", {"login": "robin@example.org", "password": "maple lamp river"})
    return client


def test_signing_out_of_a_scheme_ends_that_session_alone_and_offers_the_rest(client_at, scheme, robin):
    at_scheme, on_platform = client_at(scheme, robin), signed_in_by_password(client_at(None))
    key = at_scheme.session.session_key
    page = at_scheme.get("/sign-out/").content.decode()
    assert "Sign out everywhere" in page
    answer = at_scheme.post("/sign-out/")
    assert "See where you are signed in" in at_scheme.get(answer.headers["Location"]).content.decode()
    assert not Session.objects.filter(session_key=key).exists()
    assert on_platform.get("/my/details/").status_code == 200


@pytest.mark.parametrize("place", ["platform", "scheme"])
def test_signing_out_everywhere_ends_every_session_on_every_host(place, client_at, scheme, other_scheme, robin):
    platform = signed_in_by_password(client_at(None))
    tracked = [client_at(scheme, robin), client_at(other_scheme, robin)]
    for client in tracked:
        UserSession.objects.create(user=robin, session_key=client.session.session_key, ip="127.0.0.1", user_agent="x")
    begun_at = platform if place == "platform" else tracked[0]
    answer = begun_at.post("/sign-out/", {"everywhere": "yes"})
    assert "You are signed out everywhere" in begun_at.get(answer.headers["Location"]).content.decode()
    assert not UserSession.objects.filter(user=robin).exists()
    for client in (platform, *tracked):
        answer = client.get("/my/details/" if client is platform else "/staff/")
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/sign-in/")


def test_signing_out_everywhere_leaves_others_alone(client_at, robin):
    sam = client_at(None, someone("Sam"))
    signed_in_by_password(client_at(None)).post("/my/sign-ins/")
    assert sam.get("/my/details/").status_code == 200


def test_the_list_of_sign_ins_shows_the_devices_in_words_people_know(client_at, robin):
    client = client_at(None)
    client.defaults["HTTP_USER_AGENT"] = "Mozilla/5.0 (Linux; Android 14) Chrome/120.0 Safari/537.36"
    page = signed_in_by_password(client).get("/my/sign-ins/").content.decode()
    assert "Android phone or tablet, Chrome" in page


def test_a_link_alone_signs_nobody_out(client_at, scheme, robin):
    client = client_at(scheme, robin)
    client.get("/sign-out/?everywhere=yes")
    assert "_auth_user_id" in client.session
