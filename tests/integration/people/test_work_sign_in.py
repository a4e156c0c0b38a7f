"""Signing in with the account of one's organisation, against a small provider over HTTP (ADR 0045)."""

import time

import pytest
from allauth.socialaccount.models import SocialAccount
from django.conf import settings as ours

from people.models import Person
from tenants.schemes.rights import Role
from tests import fake_work_provider
from tests.factories.people import someone
from tests.factories.schemes import invited, works_at
from tests.factories.second_steps import has_app
from tests.integration.people.conftest import body
from tests.integration.people.crossing import leads_to

ADDRESS = "edie@nhs.example.org"
STRONG = "aal3"


@pytest.fixture
def provider(settings):
    with fake_work_provider.running(f"{ours.PLATFORM_ORIGIN}/sign-in/work/back/") as running:
        running.person = {"sub": "12 34", "email": ADDRESS, "email_verified": True, "name": "Edie Thorne"}
        settings.SOCIALACCOUNT_PROVIDERS = running.providers(acr=STRONG)
        settings.WORK_SECOND_STEP = frozenset({STRONG})
        yield running


@pytest.fixture
def edie(scheme):
    made = someone("Edie", email=ADDRESS)
    works_at(scheme, made.pk, role=Role.INVOLVEMENT_LEAD)
    return made


@pytest.fixture
def platform(client_at):
    return client_at(None)


def sign_in(client, provider, next_="/my/details/"):
    """From the button to the provider and back; the last answer."""
    away = leads_to(client.post("/sign-in/work/", {"next": next_}))
    return client.get(provider.sign_in(away).removeprefix(ours.PLATFORM_ORIGIN))


def is_signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def test_where_no_provider_is_set_nothing_is_said_of_it(platform):
    assert "NHS account" not in platform.get("/sign-in/").content.decode()
    assert platform.post("/sign-in/work/").status_code == 404
    assert platform.get("/sign-in/work/back/").status_code == 404


def test_whoever_has_its_address_here_is_let_in_and_told(platform, provider, edie, messages, work):
    assert "Sign in with your NHS account" in platform.get("/sign-in/").content.decode()
    answer = sign_in(platform, provider)
    assert answer.headers["Location"] == "/my/details/"
    assert platform.session["_auth_user_id"] == str(edie.pk)
    assert provider.asked["acr_values"] == STRONG
    assert provider.problems == []
    linked = SocialAccount.objects.get()
    assert (linked.user, linked.uid, linked.extra_data) == (edie, "12 34", {})
    work()
    assert "your work account signs you in" in body(messages()[-1])


def test_its_number_counts_from_then_on_and_not_the_address(client_at, provider, edie):
    sign_in(client_at(None), provider)
    provider.person |= {"email": "edie.new@nhs.example.org"}
    again = client_at(None)
    sign_in(again, provider)
    assert again.session["_auth_user_id"] == str(edie.pk)
    assert SocialAccount.objects.count() == 1


def test_a_second_step_there_counts_here_where_the_setting_says_so(client_at, provider, edie, scheme):
    has_app(edie)
    for says, asked in (({}, True), ({"acr": "aal1"}, True), ({"acr": STRONG}, False), ({"amr": [STRONG]}, False)):
        provider.says = says
        client = client_at(None)
        answer = sign_in(client, provider)
        assert answer.headers["Location"] == ("/sign-in/step/code/" if asked else "/my/details/")
        assert client.session.get("second_step", {}).get("how", "") == ("" if asked else "work")


def test_how_sure_it_is_stands_in_what_it_signed_alone(platform, provider, edie):
    has_app(edie)
    provider.says = {"acr": "aal1"}
    provider.person |= {"acr": STRONG}
    assert sign_in(platform, provider).headers["Location"] == "/sign-in/step/code/"


def test_an_invitation_opens_an_account_and_nothing_else_does(client_at, provider, scheme):
    stranger = client_at(None)
    answer = sign_in(stranger, provider)
    assert answer.status_code == 403
    assert "Ask the manager of your scheme to invite you" in answer.content.decode()
    assert not Person.objects.filter(email=ADDRESS).exists()
    _, token = invited(scheme, ADDRESS)
    guest = client_at(None)
    sign_in(guest, provider)
    made = Person.objects.get(email=ADDRESS)
    assert guest.session["_auth_user_id"] == str(made.pk)
    assert made.name == "Edie Thorne"
    assert guest.get(f"/invitations/{token}/").status_code == 302
    assert guest.post("/invitations/accept/").status_code == 200
    assert scheme.memberships.filter(person_id=made.pk).exists()


@pytest.mark.parametrize("email_verified", [False, "true", None])
def test_an_address_that_is_not_shown_to_be_theirs_opens_nothing(platform, provider, edie, email_verified):
    provider.person |= {"email_verified": email_verified}
    answer = sign_in(platform, provider)
    assert answer.status_code == 403
    assert "does not say that its email address is yours" in answer.content.decode()
    assert not is_signed_in(platform)


def test_an_account_whose_address_nobody_has_shown_is_not_given_away(platform, provider, scheme):
    Person.objects.create_user(ADDRESS, "maple lamp river")
    invited(scheme, ADDRESS)
    assert sign_in(platform, provider).status_code == 403


def test_a_closed_account_stays_closed(client_at, provider, edie):
    sign_in(client_at(None), provider)
    Person.objects.filter(pk=edie.pk).update(is_active=False)
    client = client_at(None)
    assert "is closed" in sign_in(client, provider).content.decode()
    assert not is_signed_in(client)


LIES = {
    "another nonce": {"says": {"nonce": "0" * 43}},
    "no nonce": {"says": {"nonce": None}},
    "another issuer": {"says": {"iss": "https://else.example.org"}},
    "for another client": {"says": {"aud": "else"}},
    "too old": {"says": {"exp": int(time.time()) - 60}},
    "signed by another": {"signs_with": fake_work_provider.FORGED},
    "userinfo of another": {"says": {"sub": "56"}},
    "discovery of another": {"says_of_itself": {"issuer": "https://else.example.org"}},
}


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES)
def test_what_is_not_as_it_should_be_lets_nobody_in(platform, provider, edie, lie):
    for name, value in lie.items():
        setattr(provider, name, value)
    answer = sign_in(platform, provider)
    assert answer.status_code in (401, 403)
    assert "could not be finished" in answer.content.decode()
    assert not is_signed_in(platform)
    assert not SocialAccount.objects.exists()


def test_an_answer_works_once_and_only_in_the_browser_that_asked(client_at, provider, edie):
    asking, other = client_at(None), client_at(None)
    back = provider.sign_in(leads_to(asking.post("/sign-in/work/"))).removeprefix(ours.PLATFORM_ORIGIN)
    assert other.get(back).status_code == 401
    assert asking.get(back).status_code == 302
    asking.post("/sign-out/")
    assert asking.get(back).status_code == 401
    assert not is_signed_in(other)


def test_stopping_there_says_so(platform, provider):
    platform.post("/sign-in/work/")
    state = next(iter(platform.session["socialaccount_states"]))
    answer = platform.get(f"/sign-in/work/back/?error=access_denied&state={state}")
    assert answer.status_code == 401
    assert "You stopped before the end" in answer.content.decode()


def test_a_provider_that_is_away_is_said_to_be(platform, provider, settings):
    settings.SOCIALACCOUNT_PROVIDERS = fake_work_provider.work_provider(
        issuer="http://127.0.0.1:9", client="x", secret="y", name="your NHS account", acr=""
    )
    answer = platform.post("/sign-in/work/")
    assert answer.status_code == 503
    assert "cannot reach it just now" in answer.content.decode()


def test_it_leads_on_to_no_other_site(platform, provider, edie):
    assert sign_in(platform, provider, next_="https://else.example.org/").headers["Location"] == "/my/"
