"""A way to sign in is added, replaced or taken away only by who showed who they are, and every old way is told (S2)."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction

from audit.models import Entry
from kit import clock, kept
from kit.models import OutboxMessage
from people import actions, queries
from people.duties import end_what_has_expired
from people.erasure import erase
from people.models import Mobile, Person, RecoveryCode, WayToTell
from tests import fake_notify
from tests.factories.people import someone
from tests.factories.second_steps import code_of, has_app
from tests.integration.people.conftest import a_while_ago

MONDAY = datetime(2026, 11, 2, 10, tzinfo=UTC)
ADDRESS, PASSWORD = "robin@example.org", "maple lamp river"
OLD, NEW = "+447700900123", "+447700900456"
# Each page that changes how somebody signs in, and what is sent to it.
CHANGES = {
    "/my/mobile/": {"number": "07700 900456"},
    "/my/mobile/sign-in/": {"opens": "on"},
    "/my/mobile/remove/": {},
    "/my/password/new/": {"password1": "lantern meadow stone"},
    "/my/recovery/": {},
}


@pytest.fixture(autouse=True)
def a_monday(settings):
    settings.EMAIL_BACKEND = "kit.channels.files.FileBackend"
    clock.set_to(MONDAY, frozen=True)


@pytest.fixture
def robin():
    """Somebody who signs in by codes to an address, and gave a number for messages alone."""
    made = someone("Robin", email=ADDRESS)
    Mobile.objects.create(person=made, number=OLD)
    return made


def state(person):
    """What of somebody would open their account."""
    person.refresh_from_db()
    number = Mobile.objects.filter(person=person).values_list("number", "opens_account").first()
    return number, person.password, RecoveryCode.objects.count()


def messages(folder):
    """Whom each message went to, and its words."""
    files = sorted(folder.iterdir(), key=lambda file: file.stat().st_mtime_ns)
    words = [file.read_text().replace("=\n", "") for file in files]
    return [(re.search(r"^To: (\S+)", one, re.MULTILINE)[1], one) for one in words]


def told(folder):
    return sorted(to for to, words in messages(folder) if "If it was not you" in words)


def figures_in(folder):
    return re.search(r"Your code is (\d{6})", messages(folder)[-1][1])[1]


@pytest.mark.parametrize("path", CHANGES)
def test_an_open_session_alone_changes_nothing_about_signing_in(client_at, robin, mail_folder, work, path):
    client, before = a_while_ago(client_at(None, robin, second_step="")), state(robin)
    answer = client.post(path, CHANGES[path])
    assert "Sign in again first" in answer.content.decode()
    work()
    assert state(robin) == before
    assert messages(mail_folder) == []


@pytest.mark.parametrize("path", CHANGES)
def test_whoever_has_a_password_or_a_second_step_is_asked_for_that(client_at, robin, path):
    has_app(robin)
    client, before = a_while_ago(client_at(None, robin)), state(robin)
    assert client.post(path, CHANGES[path]).headers["Location"].startswith("/sign-in/again/code/?next=%2Fmy%2F")
    assert state(robin) == before


@pytest.mark.parametrize("path", CHANGES)
def test_whoever_signed_in_a_moment_ago_notices_nothing_and_what_changes_is_done(client_at, robin, path, mail_folder):
    client, before = client_at(None, robin, second_step=""), state(robin)
    answer = client.post(path, CHANGES[path])
    assert "again" not in answer.headers.get("Location", "") and "Sign in again" not in answer.content.decode()
    assert state(robin) != before or figures_in(mail_folder)


def test_whoever_came_in_by_text_or_made_an_account_just_now_is_asked_nothing(client_at, mail_folder, code_in):
    client = client_at(None)
    client.post("/sign-in/new/", {"email": "new.person@example.org"})
    client.post("/sign-in/new/code/", {"code": code_in()})
    assert client.get("/my/mobile/").status_code == 200
    assert "What is your mobile number?" in client.get("/my/mobile/").content.decode()
    phone = client_at(None)
    phone.post("/sign-in/text/", {"number": NEW})
    figures = re.search(r"Your code is (\d{6})", messages(mail_folder)[-1][1])[1]
    phone.post("/sign-in/text/code/", {"code": figures})
    phone.post("/sign-in/text/new/")
    assert "What is your mobile number?" in phone.get("/my/mobile/").content.decode()


def test_what_was_typed_is_still_there_after_signing_in_again(client_at, robin, code_in):
    client = a_while_ago(client_at(None, robin, second_step=""))
    mark = kept.mark_of(client.get("/my/contact/").wsgi_request)
    page = client.post("/my/mobile/", {"number": "07700 900456", kept.FOR: mark}).content.decode()
    assert 'value="/my/mobile/"' in page
    led = client.post("/sign-out/", {"again": "/my/mobile/"}).headers["Location"]
    assert led == "/sign-in/?next=%2Fmy%2Fmobile%2F"
    assert "_auth_user_id" not in client.session
    client.post("/sign-in/code/", {"email": ADDRESS})
    client.post("/sign-in/code/enter/", {"code": code_in()})
    assert "07700 900456" in client.get("/my/mobile/").content.decode()
    assert not queries.code_on_its_way(robin)


def test_what_was_typed_is_still_there_after_a_password_and_done_only_when_it_is_sent(client_at, mail_folder):
    robin = someone("Robin", email=ADDRESS, password=PASSWORD)
    client = a_while_ago(client_at(None, robin, second_step=""))
    mark = kept.mark_of(client.get("/my/contact/").wsgi_request)
    led = client.post("/my/mobile/", {"number": "07700 900456", kept.FOR: mark}).headers["Location"]
    assert client.post(led, {"password": PASSWORD, "next": "/my/mobile/"}).headers["Location"] == "/my/mobile/"
    assert messages(mail_folder) == []
    assert "07700 900456" in client.get("/my/mobile/").content.decode()


def test_a_password_that_was_typed_is_not_kept(client_at, robin):
    client = a_while_ago(client_at(None, robin, second_step=""))
    mark = kept.mark_of(client.get("/my/contact/").wsgi_request)
    client.post("/my/password/new/", {"password1": "lantern meadow stone", kept.FOR: mark})
    assert "lantern" not in str(dict(client.session))


def test_signing_out_to_sign_in_again_leads_to_no_other_site(client_at, robin):
    led = client_at(None, robin).post("/sign-out/", {"again": "https://evil.example/"}).headers["Location"]
    assert led == "/sign-in/?next=%2Fmy%2F"


def test_a_new_number_is_told_to_the_old_number_and_the_address(client_at, robin, mail_folder, work):
    client = client_at(None, robin, second_step="")
    client.post("/my/mobile/", {"number": NEW})
    client.post("/my/mobile/code/", {"code": figures_in(mail_folder), "opens_account": "on"})
    work()
    assert told(mail_folder) == [OLD, ADDRESS]
    words = dict(messages(mail_folder))
    assert "The mobile number of your account changed" in words[OLD]
    assert "Subject: About your account" in words[ADDRESS]
    assert not WayToTell.objects.exists()


@pytest.mark.parametrize("path", ["/my/mobile/sign-in/", "/my/mobile/remove/", "/my/password/new/", "/my/recovery/"])
def test_every_other_change_is_told_to_each_way_too(client_at, robin, mail_folder, work, path):
    client_at(None, robin, second_step="").post(path, CHANGES[path])
    work()
    assert told(mail_folder) == [OLD, ADDRESS]


def test_another_password_is_told_too(client_at, mail_folder, work):
    robin = someone("Robin", email=ADDRESS, password=PASSWORD)
    client = client_at(None, robin, second_step="")
    client.post("/my/password/", {"oldpassword": "wrong and wrong", "password1": "lantern meadow stone"})
    work()
    assert told(mail_folder) == []
    client.post("/my/password/", {"oldpassword": PASSWORD, "password1": "lantern meadow stone"})
    work()
    assert told(mail_folder) == [ADDRESS]


def test_a_password_chosen_by_a_code_that_was_mailed_is_told_to_the_number_too(
    client_at, robin, mail_folder, work, code_in
):
    """Whoever reads somebody's e-mail comes in so: the phone is where the person hears of it."""
    sam = someone("Sam", email="sam@example.org")
    Mobile.objects.create(person=sam, number=NEW)
    client = client_at(None)
    client.post("/sign-in/password/", {"email": ADDRESS})
    client.post("/sign-in/password/code/", {"code": code_in()})
    client.post("/sign-in/password/new/", {"password1": "short"})
    work()
    assert told(mail_folder) == [] and not Entry.objects.about(robin.pk).filter(what="chose a password").exists()
    client.post("/sign-in/password/new/", {"password1": "lantern meadow stone"})
    work()
    assert told(mail_folder) == [OLD, ADDRESS]
    assert "A password was chosen for your account" in dict(messages(mail_folder))[OLD]
    assert Entry.objects.get(what="chose a password").subject == robin.pk
    robin.refresh_from_db()
    assert robin.check_password("lantern meadow stone")


def adds_one(robin):
    actions.second_step_added(person=robin, by=robin)


def takes_one_away(robin):
    actions.remove_second_step(person=robin, authenticator_id=queries.second_steps(robin).get().pk, by=robin)


def makes_codes(robin):
    actions.make_recovery_codes(person=robin, by=robin)


def has_lost_it(robin):
    actions.reset_second_step(person=robin, by=None)


def comes_from_work(robin):
    actions.find_by_work_account(uid="12 34", email=ADDRESS, name="Robin")


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (adds_one, "A new second step was set up for your account"),
        (takes_one_away, "A second step of your account was removed"),
        (makes_codes, "New recovery codes were made"),
        (has_lost_it, "Your second step was taken away"),
        (comes_from_work, "your work account signs you in"),
    ],
    ids=lambda one: getattr(one, "__name__", ""),
)
def test_a_change_of_a_second_step_or_a_work_account_is_told_to_each_way_too(robin, mail_folder, work, act, words):
    sam = someone("Sam", email="sam@example.org")
    Mobile.objects.create(person=sam, number=NEW)
    has_app(robin)
    act(robin)
    work()
    assert told(mail_folder) == [OLD, ADDRESS]
    assert all(words in one.replace("\n", " ") for _, one in messages(mail_folder))
    assert not any(word in one.lower() for _, one in messages(mail_folder) for word in ("treatment", "scheme", "drug"))


def test_whoever_has_a_number_alone_hears_of_a_second_step_that_was_set_up(client_at, mail_folder, work):
    robin, sam = Person.objects.create_without_address(), someone("Sam", email="sam@example.org")
    for person, number in ((robin, OLD), (sam, NEW)):
        Mobile.objects.create(person=person, number=number, opens_account=True)
    client = client_at(None, robin, second_step="")
    client.get("/my/second-step/app/")
    client.post("/my/second-step/app/", {"code": code_of(client.session["mfa.totp.secret"])})
    work()
    assert queries.second_steps(robin).exists()
    assert set(told(mail_folder)) == {OLD}
    assert any("A new second step was set up" in words for _, words in messages(mail_folder))


def test_nobody_is_told_anything_at_an_address_that_they_never_showed_to_be_theirs(robin, mail_folder, work):
    EmailAddress.objects.filter(user=robin).update(verified=False)
    actions.second_step_added(person=robin, by=robin)
    work()
    assert told(mail_folder) == [OLD]


def test_no_way_of_an_account_that_was_closed_meanwhile_is_told(robin, mail_folder, work):
    sam = someone("Sam", email="sam@example.org")
    for person in (robin, sam):
        actions.second_step_added(person=person, by=person)
    Person.objects.filter(pk=robin.pk).update(is_active=False)
    work()
    assert told(mail_folder) == ["sam@example.org"]
    assert not WayToTell.objects.exists()


def test_showing_the_same_number_once_more_is_no_news(robin, mail_folder, work, client_at):
    client = client_at(None, robin, second_step="")
    client.post("/my/mobile/", {"number": OLD})
    client.post("/my/mobile/code/", {"code": figures_in(mail_folder)})
    client.post("/my/mobile/sign-in/", {})
    work()
    assert told(mail_folder) == []


def test_one_way_that_takes_nothing_keeps_no_other_waiting(robin, mail_folder, work, settings):
    with fake_notify.running() as notify:
        settings.NOTIFY_KEY, settings.NOTIFY_URL = notify.settings["NOTIFY_KEY"], notify.url
        settings.NOTIFY_TEXT_TEMPLATE = notify.settings["NOTIFY_TEXT_TEMPLATE"]
        notify.broken = True
        actions.remove_mobile(person=robin, by=robin)
        work()
        assert told(mail_folder) == [ADDRESS]
        assert [one.to for one in WayToTell.objects.all()] == [OLD]


def test_the_outbox_holds_no_address_and_an_old_number_is_forgotten_in_time(robin):
    actions.remove_mobile(person=robin, by=robin)
    promised = str(OutboxMessage.objects.values())
    assert OLD[3:] not in promised and ADDRESS not in promised
    clock.set_to(MONDAY + timedelta(days=7), frozen=True)
    end_what_has_expired()
    assert not WayToTell.objects.exists()


def test_a_way_that_waits_to_be_told_goes_with_whoever_is_erased(as_owner, mail_folder):
    robin = someone("Robin", email=ADDRESS)
    Mobile.objects.create(person=robin, number=OLD)
    actions.remove_mobile(person=robin, by=robin)
    erase(robin.pk)
    assert not WayToTell.objects.exists()


def test_a_way_that_is_to_be_told_leads_somewhere(robin):
    with pytest.raises(IntegrityError, match="way_to_tell_leads_somewhere"), transaction.atomic():
        WayToTell.objects.create(person=robin, to="", until=MONDAY)
