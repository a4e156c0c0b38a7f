"""The hand-off from the platform to a scheme's host, and everything that must not work (ADR 0004)."""

import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.signing import Signer

from kit import clock, tokens
from people import actions
from people.duties import end_what_has_expired
from people.links import into_scheme
from people.models import HandOff, Place
from people.views.crossing import STATE_COOKIE
from tenants.schemes.models import Domain, Scheme
from tenants.schemes.rights import Role
from tests.factories.people import someone
from tests.factories.schemes import works_at
from tests.integration.people.crossing import arriving, go, leads_to


@pytest.fixture
def robin():
    return someone("Robin")


@pytest.fixture
def platform(client_at, robin):
    return client_at(None, robin)


@pytest.fixture
def visitor(client_at, scheme):
    """A browser at the scheme's host with nobody signed in."""
    return client_at(scheme)


def is_signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def test_the_hand_off_signs_in_at_the_scheme_and_goes_to_where_one_was(visitor, platform, scheme, robin):
    answer = go(visitor, arriving(visitor, platform, "/mine/1/?a=b"))
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/mine/1/?a=b"
    assert visitor.session["_auth_user_id"] == str(robin.pk)
    assert visitor.session["host"] == scheme.host
    assert Place.objects.filter(person=robin, scheme_id=scheme.pk).exists()
    assert UserSession.objects.filter(user=robin, session_key=visitor.session.session_key).exists()


def test_only_the_hash_is_kept_and_it_goes_when_used(visitor, platform):
    address = arriving(visitor, platform)
    token = parse_qs(urlsplit(address).query)["token"][0]
    held = HandOff.objects.get()
    assert token not in str(vars(held))
    go(visitor, address)
    assert not HandOff.objects.exists()


def test_a_pass_works_once(visitor, platform):
    address = arriving(visitor, platform)
    go(visitor, address)
    visitor.post("/sign-out/")
    visitor.get("/sign-in/")
    answer = go(visitor, address)
    assert answer.status_code == 410
    assert not is_signed_in(visitor)
    assert "That link has been used or is too old. Sign in again." in answer.content.decode()


def test_a_pass_is_worth_nothing_in_another_browser(visitor, platform, client_at, scheme):
    address = arriving(visitor, platform)
    thief = client_at(scheme)
    assert go(thief, address).status_code == 410
    thief.get("/sign-in/")
    assert go(thief, address).status_code == 410
    assert not is_signed_in(thief)
    assert go(visitor, address).status_code == 302


def test_a_pass_is_worth_nothing_at_another_host(visitor, platform, other_scheme):
    address = arriving(visitor, platform)
    state = visitor.cookies["arriving"].value
    parts = urlsplit(address)
    visitor.cookies["arriving"] = state
    answer = visitor.get(f"{parts.path}?{parts.query}", headers={"host": f"{other_scheme.host}:8000"})
    assert answer.status_code == 410
    assert not is_signed_in(visitor)
    # It is used up all the same: nobody tries it at one host after another.
    assert go(visitor, address).status_code == 410


def test_a_pass_dies_after_a_minute(visitor, platform):
    address = arriving(visitor, platform)
    clock.set_to(clock.now() + timedelta(seconds=61))
    assert go(visitor, address).status_code == 410
    assert not is_signed_in(visitor)


def test_a_pass_still_works_within_the_minute(visitor, platform):
    address = arriving(visitor, platform)
    clock.set_to(clock.now() + timedelta(seconds=50))
    assert go(visitor, address).status_code == 302


def test_a_pass_of_somebody_whose_account_was_closed_meanwhile_is_refused(visitor, platform, robin):
    address = arriving(visitor, platform)
    robin.is_active = False
    robin.save()
    assert go(visitor, address).status_code == 410


@pytest.mark.parametrize("cookie", ["", "made up", "made:up"])
def test_a_forged_mark_in_the_browser_is_refused(cookie, visitor, platform):
    address = arriving(visitor, platform)
    visitor.cookies["arriving"] = cookie
    assert go(visitor, address).status_code == 410


def test_the_mark_stays_at_this_host_and_out_of_reach_of_scripts(visitor):
    visitor.get("/sign-in/")
    mark = visitor.cookies["arriving"]
    assert mark["httponly"] and not mark["domain"]
    assert mark["samesite"] == "Lax"
    assert mark["max-age"] == 600


ASK = f"/hand-off/?host={{}}&state={tokens.fingerprint('x')}"


@pytest.mark.parametrize(
    "host", ["evil.example", "alongside.localhost", "", "ashmere.alongside.localhost.evil.example", "x@evil.example"]
)
def test_the_platform_hands_nobody_on_to_a_host_that_is_no_scheme(host, platform):
    assert platform.get(ASK.format(host)).status_code == 404
    assert not HandOff.objects.exists()


def test_the_platform_hands_nobody_on_to_a_scheme_that_is_not_open(as_owner, platform, scheme):
    Scheme.objects.filter(pk=scheme.pk).update(status=Scheme.Status.SUSPENDED)
    assert platform.get(ASK.format(scheme.host)).status_code == 404
    assert not HandOff.objects.exists()


def test_a_scheme_with_a_second_host_is_handed_on_to_that_host(as_owner, platform, client_at, scheme):
    Domain.objects.create(tenant=scheme, domain="answers.alongside.localhost", is_primary=False)
    visitor = client_at(scheme)
    visitor.defaults["HTTP_HOST"] = "answers.alongside.localhost:8000"
    address = arriving(visitor, platform)
    assert address.startswith("http://answers.alongside.localhost:8000/sign-in/arrive/")
    assert go(visitor, address).status_code == 302


def test_who_is_not_signed_in_on_the_platform_signs_in_first_and_is_then_handed_on(visitor, client_at):
    away = leads_to(visitor.get("/sign-in/?next=/staff/"))
    answer = go(client_at(None), away)
    assert answer.status_code == 302
    back = parse_qs(urlsplit(answer.headers["Location"]).query)["next"][0]
    assert answer.headers["Location"].startswith("/sign-in/?")
    assert back == f"{urlsplit(away).path}?{urlsplit(away).query}"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", r"/\evil.example", "javascript:1"])
def test_arrival_never_leads_on_to_a_site_that_is_not_ours(elsewhere, visitor, platform):
    assert go(visitor, arriving(visitor, platform, elsewhere)).headers["Location"] == "/"


def test_neither_caches_nor_other_sites_learn_the_token(visitor, platform):
    away = visitor.get("/sign-in/")
    handed = go(platform, leads_to(away))
    arrived = go(visitor, leads_to(handed))
    for answer in (away, handed, arrived):
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Cache-Control"] == "no-store"


def test_looking_at_the_link_without_opening_it_does_not_use_it(visitor, platform):
    address = arriving(visitor, platform)
    parts = urlsplit(address)
    assert visitor.head(f"{parts.path}?{parts.query}").status_code == 405
    assert go(visitor, address).status_code == 302


def test_the_same_person_can_arrive_twice_in_one_browser(visitor, platform, robin, scheme):
    go(visitor, arriving(visitor, platform))
    first = visitor.session.session_key
    token = actions.hand_over(person=robin, host=scheme.host, state_hash=tokens.fingerprint("state"))
    visitor.cookies[STATE_COOKIE] = Signer(salt="people.arriving").sign_object({"state": "state", "next": "/"})
    assert visitor.get(f"/sign-in/arrive/?token={token}").status_code == 302
    assert visitor.session.session_key == first
    assert UserSession.objects.filter(user=robin, session_key=first).count() == 1


def test_another_person_who_arrives_finds_nothing_of_the_first_in_the_session(visitor, platform, scheme):
    go(visitor, arriving(visitor, platform))
    session = visitor.session
    session["draft"] = "words of the first person"
    session.save()
    token = actions.hand_over(person=someone("Sam"), host=scheme.host, state_hash=tokens.fingerprint("state"))
    visitor.cookies[STATE_COOKIE] = Signer(salt="people.arriving").sign_object({"state": "state", "next": "/"})
    visitor.get(f"/sign-in/arrive/?token={token}")
    assert is_signed_in(visitor)
    assert "draft" not in visitor.session


def test_who_is_already_signed_in_goes_straight_on(visitor, platform):
    go(visitor, arriving(visitor, platform))
    assert visitor.get("/sign-in/?next=/staff/").headers["Location"] == "/staff/"


def test_a_link_from_the_platform_leads_to_ones_own_page_where_somebody_else_is_still_signed_in(
    client_at, scheme, platform, robin
):
    shared = client_at(scheme, someone("Sam"))
    back = go(shared, leads_to(go(platform, leads_to(go(shared, into_scheme(scheme, "/mine/"))))))
    assert back.headers["Location"] == "/mine/"
    assert shared.session["_auth_user_id"] == str(robin.pk)


def test_a_form_open_in_another_tab_still_goes_through_after_one_arrives_again(client_at, platform, scheme, robin):
    works_at(scheme, robin.pk, role=Role.MANAGER)
    browser = client_at(scheme, robin, enforce_csrf_checks=True)
    token = re.search(
        r'name="csrfmiddlewaretoken" value="([^"]+)"', browser.get("/team/invite/").content.decode()
    ).group(1)
    go(browser, leads_to(go(platform, leads_to(go(browser, into_scheme(scheme, "/staff/"))))))
    form = {"email": "new@example.org", "role": "editor", "csrfmiddlewaretoken": token}
    assert browser.post("/team/invite/", form).headers["Location"] == "/team/"


def test_what_was_typed_before_the_sign_in_ended_is_there_after_it(visitor, platform, scheme, robin):
    works_at(scheme, robin.pk, role=Role.MANAGER)
    go(visitor, arriving(visitor, platform))
    page = visitor.get("/team/invite/").content.decode()
    mark = re.search(r'name="_for" value="([^"]+)"', page).group(1)
    Session.objects.filter(session_key=visitor.session.session_key).delete()
    turned_away = visitor.post("/team/invite/", {"email": "typed@example.org", "_for": mark})
    assert turned_away.headers["Location"] == "/sign-in/?next=%2Fteam%2Finvite%2F"
    back = go(visitor, leads_to(go(platform, leads_to(visitor.get(turned_away.headers["Location"])))))
    assert "typed@example.org" in visitor.get(back.headers["Location"]).content.decode()


def test_the_cookie_of_one_scheme_is_worth_nothing_at_another(client_at, scheme, other_scheme, robin):
    at_home = client_at(scheme, robin)
    key = at_home.session.session_key
    elsewhere = client_at(other_scheme)
    elsewhere.cookies["session"] = key
    assert elsewhere.get("/staff/").status_code == 302
    assert not Session.objects.filter(session_key=key).exists()


def test_the_cookie_of_a_scheme_is_worth_nothing_on_the_platform_nor_the_other_way(client_at, scheme, robin):
    for here, there in ((scheme, None), (None, scheme)):
        key = client_at(here, robin).session.session_key
        other = client_at(there)
        other.cookies["session"] = key
        answer = other.get("/my/details/" if there is None else "/staff/")
        assert answer.status_code == 302
        assert "/sign-in/" in answer.headers["Location"]


def test_a_session_without_a_host_is_ended(client_at, scheme, robin):
    client = client_at(scheme, robin)
    session = client.session
    del session["host"]
    session.save()
    assert client.get("/staff/").status_code == 302


def test_expired_passes_and_sessions_are_cleared_away(visitor, platform, robin, scheme):
    go(visitor, arriving(visitor, platform))
    key = visitor.session.session_key
    actions.hand_over(person=robin, host=scheme.host, state_hash="x")
    end_what_has_expired()
    assert HandOff.objects.exists() and Session.objects.filter(session_key=key).exists()
    clock.set_to(clock.now() + timedelta(days=2))
    Session.objects.filter(session_key=key).update(expire_date=clock.machine_now() - timedelta(minutes=1))
    end_what_has_expired()
    assert not HandOff.objects.exists()
    assert not Session.objects.filter(session_key=key).exists()
    assert not UserSession.objects.filter(session_key=key).exists()


@pytest.mark.parametrize("state", ["", tokens.fingerprint("")], ids=["no state", "the hash of no state"])
def test_nobody_is_signed_in_as_somebody_else_by_a_link_they_did_not_ask_for(visitor, platform, scheme, state):
    address = leads_to(platform.get("/hand-off/", {"host": scheme.host, "state": state}))
    assert go(visitor, address).status_code == 410
    assert not is_signed_in(visitor)


def test_closing_the_browser_ends_the_sign_in_at_a_scheme_too(visitor, platform):
    go(visitor, arriving(visitor, platform))
    assert visitor.cookies["session"].value
    assert visitor.cookies["session"]["max-age"] == ""
    assert visitor.cookies["session"]["expires"] == ""


def test_what_a_visitor_before_had_open_is_gone_when_somebody_arrives(visitor, platform, scheme, robin):
    """On a shared phone the slip of one person must not be open for the next who signs in."""
    session = visitor.session
    session.update({"host": scheme.host, "feedback.opened": {"slip": "x"}, "feedback.new": {"key": "y"}, "kept": {}})
    session.save()
    go(visitor, arriving(visitor, platform))
    assert visitor.session["_auth_user_id"] == str(robin.pk)
    assert not {"feedback.opened", "feedback.new"} & set(visitor.session.keys())
    assert "kept" in visitor.session
