"""Signing out here, and everywhere at once."""

import html
import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client

from audit.models import Entry
from kit import clock, tokens
from people.duties import end_what_has_expired
from tenants.schemes.entering import enter
from tests.factories.people import someone
from tests.integration.people.crossing import arriving, go


@pytest.fixture
def robin():
    return someone("Robin", email="robin@example.org", password="maple lamp river")


def address_in(answer):
    """Where an answer leads, at once or over a page that moves on by itself."""
    found = re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', answer.content.decode())
    return html.unescape(found[1]) if found else answer.headers["Location"]


def read_where_it_leads(answer, platform):
    """The page of the platform on which signing out ends."""
    address = urlsplit(address_in(answer))
    assert f"{address.scheme}://{address.netloc}" in ("://", settings.PLATFORM_ORIGIN)
    return platform.get(f"{address.path}?{address.query}").content.decode()


def signed_in_by_password(client):
    client.post("/sign-in/", {"login": "robin@example.org", "password": "maple lamp river"})
    return client


def handed_over(client, place):
    """The browser of a client, gone from the platform to a scheme."""
    there = Client(headers={"host": f"{place.host}:8000"})
    go(there, arriving(there, client))
    return there


@pytest.mark.parametrize("begun_at", ["platform", "scheme"])
def test_signing_out_ends_all_that_this_browser_was_handed(begun_at, client_at, scheme, other_scheme, robin):
    """On a shared phone the next press of “Sign in” must not let the next person in as this one."""
    platform = signed_in_by_password(client_at(None))
    here, there = handed_over(platform, scheme), handed_over(platform, other_scheme)
    assert there.get("/mine/").status_code == 200
    answer = (platform if begun_at == "platform" else here).post("/sign-out/")
    assert read_where_it_leads(answer, platform).count("You are signed out on this phone") == 1
    assert not UserSession.objects.filter(user=robin).exists()
    for client, path in ((platform, "/my/details/"), (here, "/mine/"), (there, "/mine/")):
        assert client.get(path).headers["Location"].startswith("/sign-in/")


@pytest.mark.parametrize("begun_at", ["platform", "scheme"])
@pytest.mark.parametrize("how", [{}, {"everywhere": "yes"}])
def test_the_page_that_says_so_lets_the_app_on_this_phone_know_whose_sign_in_ended(
    begun_at, how, client_at, scheme, robin
):
    platform = signed_in_by_password(client_at(None))
    here = handed_over(platform, scheme)
    mark = platform.get("/app/mine.json").json()["session"]
    answer = (platform if begun_at == "platform" else here).post("/sign-out/", how)
    ended = parse_qs(urlsplit(address_in(answer)).query)["ended"]
    assert ended == [tokens.fingerprint(mark)[:32]]
    page = read_where_it_leads(answer, platform)
    assert "peer_monitoring/signed_out" in page
    front = re.search(r'<a href="([^"]*)">Go to the front page', page)[1]
    assert front == ("/" if begun_at == "platform" else f"http://{scheme.host}:8000/")


def test_the_page_that_says_so_leads_to_no_host_that_is_not_ours(client_at):
    page = client_at(None).get("/sign-out/?host=evil.example").content.decode()
    assert "evil.example" not in page and '<a href="/">Go to the front page' in page


@pytest.mark.parametrize(
    ("place", "leads_to"),
    [("platform", "/sign-in/?next=%2Fmy%2Fmobile%2F"), ("scheme", "http://alongside.localhost:8000/sign-out/?ended=")],
)
def test_signing_out_to_sign_in_again_ends_what_this_browser_was_handed_wherever_it_is_sent(
    place, leads_to, client_at, scheme, robin
):
    platform, elsewhere = (signed_in_by_password(client_at(None)) for _ in range(2))
    sam = client_at(None, someone("Sam"))
    here = platform if place == "platform" else handed_over(platform, scheme)
    answer = here.post("/sign-out/", {"again": "/my/mobile/"})
    assert address_in(answer).startswith(leads_to)
    assert platform.get("/my/details/").headers["Location"].startswith("/sign-in/")
    assert "_auth_user_id" not in here.session
    assert elsewhere.get("/my/details/").status_code == sam.get("/my/details/").status_code == 200


def test_signing_out_leaves_another_phone_signed_in_and_offers_to_end_it(client_at, scheme, robin):
    here, elsewhere = (signed_in_by_password(client_at(None)) for _ in range(2))
    at_scheme, at_scheme_elsewhere = handed_over(here, scheme), handed_over(elsewhere, scheme)
    assert "Sign out everywhere" in at_scheme.get("/sign-out/").content.decode()
    answer = at_scheme.post("/sign-out/")
    assert "See where you are signed in" in read_where_it_leads(answer, here)
    assert elsewhere.get("/my/details/").status_code == 200
    assert at_scheme_elsewhere.get("/mine/").status_code == 200


def test_a_session_that_was_handed_over_by_nobody_ends_alone(client_at, scheme, robin):
    platform, by_itself = signed_in_by_password(client_at(None)), client_at(scheme, robin)
    key = by_itself.session.session_key
    by_itself.post("/sign-out/")
    assert not Session.objects.filter(session_key=key).exists()
    assert platform.get("/my/details/").status_code == 200


def test_signing_out_everywhere_stands_in_the_audit_of_the_platform_alone(client_at, scheme, robin):
    client_at(scheme, robin).post("/sign-out/", {"everywhere": "yes"})
    assert Entry.objects.about(robin.pk).filter(what="signed out everywhere", by=robin.pk).exists()
    with enter(scheme):
        assert not Entry.objects.about(robin.pk).exists()


@pytest.mark.parametrize("place", ["platform", "scheme"])
def test_signing_out_everywhere_ends_every_session_on_every_host(place, client_at, scheme, other_scheme, robin):
    platform = signed_in_by_password(client_at(None))
    tracked = [client_at(scheme, robin), client_at(other_scheme, robin)]
    for client in tracked:
        UserSession.objects.create(user=robin, session_key=client.session.session_key, ip="127.0.0.1", user_agent="x")
    begun_at = platform if place == "platform" else tracked[0]
    answer = begun_at.post("/sign-out/", {"everywhere": "yes"})
    assert "You are signed out everywhere" in read_where_it_leads(answer, platform)
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


def test_each_sign_in_says_on_which_pages_it_is_and_which_one_is_here(client_at, scheme, robin):
    phone = signed_in_by_password(client_at(None))
    cells = table_of(phone)
    assert len(cells) == 1 and cells[0][2:] == ["Alongside", "Yes"]
    handed_over(phone, scheme)
    assert [row[2:] for row in table_of(phone)] == [[scheme.name, "No"], ["Alongside", "Yes"]]


def test_a_sign_in_that_has_run_out_is_not_listed(client_at, robin):
    signed_in_by_password(client_at(None))
    Session.objects.update(expire_date=clock.machine_now() - timedelta(minutes=1))
    assert len(table_of(signed_in_by_password(client_at(None)))) == 1


def test_moving_the_clock_of_a_demonstration_signs_nobody_out(client_at, at_moment, robin):
    client = signed_in_by_password(client_at(None))
    at_moment(clock.now() + timedelta(days=30))
    end_what_has_expired()
    assert client.get("/my/").status_code == 200
    assert len(table_of(client)) == 1


def table_of(client):
    """The rows of the page of sign-ins."""
    page = client.get("/my/sign-ins/").content.decode()
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", page, re.S)[1:]
    cells = [re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row, re.S) for row in rows]
    return [[re.sub(r"<span.*?</span>", "", cell, flags=re.S).strip() for cell in row] for row in cells]


def test_a_link_alone_signs_nobody_out(client_at, scheme, robin):
    client = client_at(scheme, robin)
    client.get("/sign-out/?everywhere=yes")
    assert "_auth_user_id" in client.session
