"""The second step when signing in: staff must use one, everybody may, and what must not get around it (ADR 0045)."""

import re
import time
from types import SimpleNamespace

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from django.conf import settings
from django.test import Client

import audit.queries
from kit import kept
from people import actions, queries
from people.errors import NeedsSecondStep
from people.models import HandOff, Person
from people.second_step_adapter import SecondStepAdapter
from tenants.schemes.actions import give_national_role, give_role
from tenants.schemes.entering import enter
from tenants.schemes.rights import NationalRoleName, Role
from tests.factories.people import someone
from tests.factories.schemes import works_at
from tests.factories.second_steps import code_of, has_app, recovery_codes_of
from tests.integration.people.conftest import a_while_ago, body
from tests.integration.people.crossing import arriving, go, leads_to

PASSWORD = "maple lamp river"


@pytest.fixture(autouse=True)
def half_a_minute_that_lasts(monkeypatch):
    """Codes of apps go by the clock of the world, which must not reach the next half minute between two requests."""
    now = time.time()
    monkeypatch.setattr(auth, "time", SimpleNamespace(time=lambda: now))


@pytest.fixture
def edie(scheme):
    """An involvement lead with a password and no second step yet."""
    made = someone("Edie", email="edie@example.org", password=PASSWORD)
    works_at(scheme, made.pk, role=Role.INVOLVEMENT_LEAD)
    return made


@pytest.fixture
def platform(client_at):
    return client_at(None)


def by_password(client: Client, person: Person, next_: str = "") -> str:
    """Sign in by password; where that leads."""
    address = f"/sign-in/?next={next_}" if next_ else "/sign-in/"
    return client.post(address, {"login": person.email, "password": PASSWORD, "next": next_})["Location"]


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def mark_of(client: Client) -> str:
    return client.session.get("second_step", {}).get("how", "")


def test_staff_without_a_second_step_are_led_to_set_one_up_and_then_to_the_page(client_at, platform, scheme, edie):
    by_password(platform, edie)
    visitor = client_at(scheme)
    answer = go(visitor, arriving(visitor, platform, "/points/"))
    assert answer.headers["Location"] == "/points/"
    assert visitor.get("/points/").headers["Location"] == "/sign-in/step/?next=%2Fpoints%2F"
    asked = leads_to(visitor.get("/sign-in/step/?next=/points/"))
    assert asked == f"{settings.PLATFORM_ORIGIN}/sign-in/step/?host={scheme.host}&next=%2Fpoints%2F"
    assert "Set up an app that shows codes" in go(platform, asked).content.decode()
    assert "Set up a second step, which the pages of staff ask for" in platform.get("/my/").content.decode()

    page = platform.get("/my/second-step/app/").content.decode()
    secret = platform.session["mfa.totp.secret"]
    assert "data:image/svg+xml;base64," in page
    done = platform.post("/my/second-step/app/", {"code": code_of(secret)})
    assert done.headers["Location"] == "/my/second-step/codes/"
    shown = platform.get("/my/second-step/codes/").content.decode()
    assert len(re.findall(r"<code>\d{4} \d{4}</code>", shown)) == 10
    assert asked.split(settings.PLATFORM_ORIGIN)[1].replace("&", "&amp;") in shown

    back = leads_to(go(platform, asked))
    assert back == f"{scheme.origin}/sign-in/?next=%2Fpoints%2F&again=yes"
    go(visitor, leads_to(go(platform, leads_to(go(visitor, back)))))
    assert visitor.get("/points/").status_code == 200


def test_recovery_codes_are_shown_once(platform, edie):
    by_password(platform, edie)
    platform.get("/my/second-step/app/")
    platform.post("/my/second-step/app/", {"code": code_of(platform.session["mfa.totp.secret"])})
    first, second = (platform.get("/my/second-step/codes/").content.decode() for _ in range(2))
    code = recovery_codes_of(edie)[0]
    shown = f"{code[:4]} {code[4:]}"
    assert shown in first
    assert shown not in second
    assert "10 of 10 codes left" in second


def test_a_sign_in_with_the_second_step_is_carried_to_the_scheme(client_at, platform, scheme, edie):
    secret = has_app(edie)
    assert by_password(platform, edie, "/my/details/") == "/sign-in/step/code/"
    assert not is_signed_in(platform)
    answer = platform.post("/sign-in/step/code/", {"code": code_of(secret)})
    assert answer.headers["Location"] == "/my/details/"
    visitor = client_at(scheme)
    address = arriving(visitor, platform)
    assert HandOff.objects.get().second_step == "totp"
    go(visitor, address)
    assert mark_of(visitor) == "totp"
    assert visitor.get("/staff/").status_code == 200


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_hand_off_from_a_sign_in_without_it_opens_no_page_of_staff(client_at, platform, scheme, edie, method):
    by_password(platform, edie)
    visitor = client_at(scheme)
    go(visitor, arriving(visitor, platform))
    for path in ("/staff/", "/points/", "/cms/"):
        assert getattr(visitor, method)(path).headers["Location"].startswith("/sign-in/step/?next=")
    assert visitor.get("/mine/").status_code == 200


def test_arriving_again_without_it_takes_it_from_the_session_here(client_at, scheme, edie):
    visitor = client_at(scheme, edie)
    assert visitor.get("/staff/").status_code == 200
    elsewhere = client_at(None, edie, second_step="")
    passing = leads_to(go(elsewhere, leads_to(visitor.get("/sign-in/?next=/staff/&again=yes"))))
    go(visitor, passing)
    assert visitor.get("/staff/").status_code == 302


def test_the_mark_counts_for_one_person_alone(client_at, scheme, edie):
    other = someone("Femi")
    works_at(scheme, other.pk, role=Role.MANAGER)
    client = client_at(scheme, edie)
    session = client.session
    session["second_step"] = {"person": str(other.pk), "how": "totp"}
    session.save()
    assert client.get("/staff/").status_code == 302


def test_somebody_who_is_given_a_role_is_asked_at_the_next_page_of_staff(client_at, scheme):
    robin = someone("Robin")
    client = client_at(scheme, robin, second_step="")
    assert client.get("/staff/").status_code == 404
    give_role(scheme=scheme, person_id=robin.pk, role=Role.EDITOR, by=None)
    assert client.get("/staff/").headers["Location"].startswith("/sign-in/step/")
    assert "Staff" in client.get("/").content.decode()


def test_national_staff_and_operators_are_asked_on_the_platform(client_at, person):
    for role, path in ((NationalRoleName.ANALYST, "/schemes/"), (NationalRoleName.OPERATOR, "/operate/")):
        who = person(str(role), national=role)
        assert client_at(None, who, second_step="").get(path).headers["Location"].startswith("/sign-in/step/?next=")
        assert client_at(None, who).get(path).status_code == 200


def test_a_service_user_is_never_asked_but_may_have_one(platform, client_at, scheme):
    jo = someone("Jo", email="jo@example.org", password=PASSWORD)
    assert by_password(platform, jo) == "/my/"
    assert client_at(scheme, jo, second_step="").get("/mine/").status_code == 200
    assert "second step, which" not in platform.get("/my/").content.decode()
    assert client_at(scheme, jo, second_step="").get("/staff/").status_code == 404
    assert "You do not have to" in platform.get("/my/second-step/").content.decode()
    platform.get("/my/second-step/app/")
    platform.post("/my/second-step/app/", {"code": code_of(platform.session["mfa.totp.secret"])})
    (step,) = queries.second_steps(jo)
    assert platform.post(f"/my/second-step/{step.pk}/remove/").status_code == 302
    assert not Authenticator.objects.filter(user=jo).exists()


def test_what_staff_typed_waits_for_them_behind_the_second_step(client_at, scheme, edie):
    client = client_at(scheme, edie, second_step="")
    mark = kept.mark_of(client.get("/mine/").wsgi_request)
    form = {"said": "The clock is slow.", kept.FOR: mark}
    assert client.post("/points/new/", form).headers["Location"] == "/sign-in/step/?next=%2Fpoints%2Fnew%2F"
    session = client.session
    session["second_step"] = {"person": str(edie.pk), "how": "totp"}
    session.save()
    page = client.get("/points/new/").content.decode()
    assert "The clock is slow." in page
    assert "We kept what you typed" in page


@pytest.mark.parametrize("later", [0, -1, 1])
def test_a_code_of_the_app_works_once(client_at, edie, later):
    code = code_of(has_app(edie), later=later)
    first, second = client_at(None), client_at(None)
    for client in (first, second):
        by_password(client, edie)
    first.post("/sign-in/step/code/", {"code": code})
    answer = second.post("/sign-in/step/code/", {"code": f"{code[:3]} {code[3:]}"})
    assert is_signed_in(first)
    assert not is_signed_in(second)
    assert "That code is not right" in answer.content.decode()


def test_the_code_that_set_the_app_up_does_not_sign_in(client_at, platform, edie):
    by_password(platform, edie)
    platform.get("/my/second-step/app/")
    code = code_of(platform.session["mfa.totp.secret"])
    platform.post("/my/second-step/app/", {"code": code})
    other = client_at(None)
    by_password(other, edie)
    other.post("/sign-in/step/code/", {"code": code})
    assert not is_signed_in(other)


def test_an_old_code_is_not_right(client_at, edie):
    secret, client = has_app(edie), client_at(None)
    by_password(client, edie)
    for later in (-3, 3):
        client.post("/sign-in/step/code/", {"code": code_of(secret, later=later)})
    assert not is_signed_in(client)


def test_a_recovery_code_works_once_and_counts_as_the_second_step(client_at, scheme, edie):
    has_app(edie)
    code = recovery_codes_of(edie)[3]
    first, second = client_at(None), client_at(None)
    for client in (first, second):
        by_password(client, edie)
        client.post("/sign-in/step/code/", {"code": code})
    assert is_signed_in(first)
    assert mark_of(first) == "recovery_codes"
    assert not is_signed_in(second)
    assert "9 left" in first.get("/my/second-step/").content.decode()


def test_guessing_codes_is_stopped(client_at, edie):
    secret, client = has_app(edie), client_at(None)
    by_password(client, edie)
    right = code_of(secret)
    for wrong in (f"{number:06}" for number in range(6)):
        answer = client.post("/sign-in/step/code/", {"code": wrong})
    assert "tried too often" in answer.content.decode()
    client.post("/sign-in/step/code/", {"code": right})
    assert not is_signed_in(client)


def test_signing_in_by_a_code_from_a_message_asks_for_it_too(platform, edie, code_in):
    has_app(edie)
    platform.post("/sign-in/code/", {"email": edie.email})
    answer = platform.post("/sign-in/code/enter/", {"code": code_in()})
    assert answer.headers["Location"] == "/sign-in/step/code/"
    assert not is_signed_in(platform)


def test_secrets_stand_encrypted_and_one_whose_key_is_gone_fits_no_code(edie, settings):
    secret = has_app(edie)
    stored = {row.type: str(row.data) for row in Authenticator.objects.filter(user=edie)}
    assert secret not in "".join(stored.values())
    seed = Authenticator.objects.get(user=edie, type="recovery_codes").data["seed"]
    assert re.fullmatch(r"gAAAA[\w-]+=*", seed)
    settings.SECRET_KEY = "another"
    adapter = SecondStepAdapter()
    assert adapter.decrypt(seed) != adapter.decrypt(seed)
    assert len(adapter.decrypt(seed)) == 32


def test_the_last_one_cannot_be_removed_by_somebody_who_works_here(platform, edie, messages, work):
    secret = has_app(edie)
    by_password(platform, edie)
    platform.post("/sign-in/step/code/", {"code": code_of(secret)})
    step = queries.second_steps(edie).get()
    answer = platform.post(f"/my/second-step/{step.pk}/remove/")
    assert answer.status_code == 409
    assert "Set up another one first" in answer.content.decode()
    with pytest.raises(NeedsSecondStep):
        actions.remove_second_step(person=edie, authenticator_id=step.pk, by=edie)
    assert queries.second_steps(edie).exists()


def test_nobody_removes_what_is_somebody_elses(client_at, edie):
    has_app(edie)
    client = client_at(None, someone("Otto"))
    assert client.post(f"/my/second-step/{queries.second_steps(edie).get().pk}/remove/").status_code == 404


def test_a_password_alone_changes_nothing_where_there_is_a_second_step(client_at, edie):
    """Somebody signed in before there was one, and stays so; they know the password too."""
    old = client_at(None)
    by_password(old, edie)
    secret = has_app(edie)
    for path in ("/my/second-step/codes/new/", f"/my/second-step/{queries.second_steps(edie).get().pk}/remove/"):
        assert old.get(path).headers["Location"].startswith("/sign-in/again/code/?next=")
    assert old.get("/sign-in/again/").headers["Location"].startswith("/sign-in/again/code/")
    old.post("/sign-in/again/", {"password": PASSWORD})
    assert old.get("/my/second-step/codes/new/").status_code == 302
    answer = old.post("/sign-in/again/code/?next=/my/second-step/codes/new/", {"code": code_of(secret)})
    assert answer.headers["Location"] == "/my/second-step/codes/new/"
    assert old.get("/my/second-step/codes/new/").status_code == 200
    assert mark_of(old) == "totp"


def test_whoever_signed_in_a_while_ago_shows_again_who_they_are(platform, edie, client_at):
    by_password(platform, edie)
    a_while_ago(platform)
    assert platform.get("/my/second-step/app/").headers["Location"].startswith("/sign-in/again/?next=")
    platform.post("/sign-in/again/", {"password": "wrong and wrong"})
    assert platform.get("/my/second-step/app/").status_code == 302
    platform.post("/sign-in/again/", {"password": PASSWORD})
    assert platform.get("/my/second-step/app/").status_code == 200
    nobody_to_ask = a_while_ago(client_at(None, someone("Robin"), second_step=""))
    assert "Sign in again first" in nobody_to_ask.get("/my/second-step/app/").content.decode()


def test_they_are_told_of_each_change_in_neutral_words(platform, edie, messages, work):
    by_password(platform, edie)
    platform.get("/my/second-step/app/")
    platform.post("/my/second-step/app/", {"code": code_of(platform.session["mfa.totp.secret"])})
    platform.post("/my/second-step/codes/new/")
    work()
    assert [message["Subject"] for message in messages()] == ["About your account"] * 2
    assert "A new second step was set up" in body(messages()[0]) + body(messages()[1])
    done = {entry.what for entry in audit.queries.recent(1) if entry.subject == edie.pk}
    assert {"set up a second step", "made new recovery codes"} <= done


@pytest.fixture
def amara(scheme):
    """The manager of Ashmere."""
    made = someone("Amara")
    works_at(scheme, made.pk, role=Role.MANAGER)
    return made


def test_a_manager_helps_a_colleague_who_lost_everything(client_at, platform, scheme, amara, edie, messages, work):
    secret = has_app(edie)
    by_password(platform, edie)
    platform.post("/sign-in/step/code/", {"code": code_of(secret)})
    assert platform.get("/my/").status_code == 200
    membership = seat_of(scheme, edie)
    manager = client_at(scheme, amara)
    page = manager.get(f"/team/{membership.pk}/second-step/").content.decode()
    assert "Edie" in page
    assert manager.post(f"/team/{membership.pk}/second-step/").headers["Location"] == "/team/"
    assert "Their second step is taken away" in manager.get("/team/").content.decode()
    assert not Authenticator.objects.filter(user=edie).exists()
    assert platform.get("/my/").status_code == 302
    work()
    assert "taken away" in body(messages()[-1])
    with enter(scheme):
        assert "took the second step of somebody who lost it" in {one.what for one in audit.queries.recent(1)}


@pytest.mark.parametrize("why", ["themselves", "elsewhere", "national", "none"])
def test_a_manager_cannot_do_so_for_themselves_or_for_who_works_elsewhere(
    client_at, scheme, other_scheme, amara, edie, person, why
):
    whose = amara if why == "themselves" else edie
    if why != "none":
        has_app(whose)
    if why == "elsewhere":
        works_at(other_scheme, edie.pk, role=Role.EDITOR)
    if why == "national":
        give_national_role(person_id=edie.pk, role=NationalRoleName.OPERATOR, by=None)
    answer = client_at(scheme, amara).post(f"/team/{seat_of(scheme, whose).pk}/second-step/")
    assert answer.status_code == 409
    assert "There is a problem" in answer.content.decode()
    assert queries.second_steps(whose).exists() is (why != "none")


def seat_of(scheme, person):
    return scheme.memberships.get(person_id=person.pk)
