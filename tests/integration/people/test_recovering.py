"""Getting back in: a code on paper, a waiting time, and every old way told and able to stop it (S2; ADR 0046)."""

import re
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from audit.models import Entry
from kit import clock, codes, counting
from kit.models import OutboxMessage
from people import actions, queries
from people.duties import end_what_has_expired, new_ways_in_open
from people.erasure import erase
from people.errors import NotThisWay, TooOften, WrongCode
from people.models import Mobile, Notice, Person, Recovery, RecoveryCode, SafeContact, SignInCode, WayToTell, WordLink
from tenants.schemes.entering import enter
from tenants.schemes.models import NationalRole
from tenants.schemes.rights import NationalRoleName, Role
from tests import fake_notify
from tests.factories.feedback import said, somebody, staff
from tests.factories.groups import a_group, seated
from tests.factories.people import reached_by_mail, someone
from tests.factories.schemes import works_at
from tests.factories.second_steps import has_app

MONDAY = datetime(2026, 11, 2, 10, tzinfo=UTC)
READY = MONDAY + timedelta(days=3)
OLD, OLD_NUMBER, NEW, NEW_NUMBER = "robin@example.org", "+447700900123", "new@example.org", "+447700900456"
HELP, PROVE, GIVE = "/sign-in/help/", "/sign-in/help/code/", "/points/back-in/"


@pytest.fixture(autouse=True)
def a_monday(settings):
    settings.EMAIL_BACKEND = "kit.channels.files.FileBackend"
    clock.set_to(MONDAY, frozen=True)


@pytest.fixture
def robin():
    made = reached_by_mail(someone("Robin", email=OLD, password="maple lamp river"))
    Mobile.objects.create(person=made, number=OLD_NUMBER, opens_account=True)
    return made


@pytest.fixture
def paper(robin):
    """A code that was made long ago, so that all who had to hear of it have."""
    code = actions.make_paper_code(person=robin, by=robin)
    WayToTell.objects.all().delete()
    return code


def sent_to(folder, address):
    """Every message to an address or number, the oldest first."""
    files = sorted(folder.iterdir(), key=lambda file: file.stat().st_mtime_ns)
    words = [file.read_text().replace("=\n", "") for file in files]
    return [one for one in words if f"To: {address}" in one]


def figures_in(folder, address):
    return re.search(r"Your code is (\d{6})", sent_to(folder, address)[-1])[1]


def asks(client, folder, code, to=NEW):
    """Type the code and a new way in, and the figures that came there; the last page."""
    client.post(HELP, {"code": code, "to": to})
    return client.post(PROVE, {"code": figures_in(folder, to)})


def proved(folder, code, to=NEW):
    """A new way in that was shown to be theirs, and waits."""
    recovery = actions.ask_for_new_way(code=code, to=to, address="192.0.2.1")
    return actions.prove_new_way(recovery_id=recovery.pk, code=figures_in(folder, to))


def assert_told_that_it_did_not_open(person, folder, work, to):
    """The new way hears that nothing changed, in neutral words, and the audit too."""
    work()
    told = sent_to(folder, to)[-1]
    assert "It could not be done" in told and "/sign-in/help/" in told
    assert Entry.objects.get(what="did not open a new way to sign in").subject == person.pk


def is_signed_in(client):
    return "_auth_user_id" in client.session


@pytest.mark.parametrize("to", [NEW, NEW_NUMBER])
def test_a_code_on_paper_opens_a_new_way_in_after_three_days_and_closes_the_old_ones(
    client_at, robin, paper, mail_folder, work, to
):
    client = client_at(None)
    assert "sign in" in asks(client, mail_folder, paper.lower().replace("-", " "), to).content.decode()
    work()
    new_ways_in_open()
    robin.refresh_from_db()
    assert robin.email == OLD
    clock.set_to(READY, frozen=True)
    elsewhere = client_at(None)
    elsewhere.post("/sign-in/", {"login": OLD, "password": "maple lamp river"})
    assert is_signed_in(elsewhere)
    new_ways_in_open()
    robin.refresh_from_db()
    number = Mobile.objects.filter(person=robin).values_list("number", "opens_account").first()
    assert (robin.email, number) == ((NEW, None) if to == NEW else (None, (NEW_NUMBER, True)))
    assert set(EmailAddress.objects.filter(user=robin).values_list("email", "verified")) == (
        {(NEW, True)} if to == NEW else set()
    )
    assert not robin.has_usable_password()
    assert not UserSession.objects.filter(user=robin).exists()
    assert SafeContact.objects.get(person=robin).channel == SafeContact.Channel.PAGE
    assert not Recovery.objects.exists() and not RecoveryCode.objects.exists()


def test_a_new_number_is_shown_as_people_write_it(client_at, robin, paper, mail_folder):
    client = client_at(None)
    client.post(HELP, {"code": paper, "to": NEW_NUMBER})
    pages = [client.get(PROVE), client.post(PROVE, {"code": "x"})]
    pages.append(client.post(PROVE, {"code": figures_in(mail_folder, NEW_NUMBER)}))
    for page in pages:
        assert "07700 900 456" in page.content.decode() and NEW_NUMBER not in page.content.decode()


@pytest.mark.parametrize(("way", "said"), [("email", True), ("page", False)])
def test_whoever_gets_no_messages_any_more_reads_so_on_their_page(
    client_at, robin, paper, mail_folder, work, way, said
):
    actions.change_contact(person=robin, channel=way, words_in_messages=False, by=robin)
    link = actions.OpenLink(scheme_id=uuid4(), key=uuid4(), until=READY + timedelta(days=9))
    if word := actions.promise_word(person_id=robin.pk, link=link):
        actions.send_promised_word(word_id=word.pk)
    assert WordLink.objects.exists() == said
    asks(client_at(None), mail_folder, paper)
    work()
    clock.set_to(READY, frozen=True)
    new_ways_in_open()
    page = client_at(None, Person.objects.get(pk=robin.pk)).get("/my/").content.decode()
    assert ("We do not send you messages now. You can choose again" in page) == said
    assert not WordLink.objects.exists()


def test_the_page_for_who_is_locked_out_leads_to_codes_and_not_to_a_password(client_at):
    page = client_at(None).get(HELP).content.decode()
    assert 'href="/sign-in/code/"' in page and 'href="/sign-in/text/"' in page


def test_every_old_way_is_told_in_neutral_words_when_and_how_to_stop_it(client_at, robin, paper, mail_folder, work):
    asks(client_at(None), mail_folder, paper)
    work()
    for way in (OLD, OLD_NUMBER):
        (told,) = sent_to(mail_folder, way)
        assert "Somebody asked to change how you sign in" in told
        assert "Thursday 5 November 2026 at 10am" in told and "/sign-in/help/stop/" in told
    (told,) = sent_to(mail_folder, OLD)
    assert "Subject: About your account" in told


def test_the_link_stops_it_and_the_paper_too(client_at, robin, paper, mail_folder, work):
    asks(client_at(None), mail_folder, paper)
    other = actions.make_paper_code(person=robin, by=robin)
    work()
    link = re.search(r"(/sign-in/help/stop/\w+/)", "".join(sent_to(mail_folder, OLD)))[1]
    client = client_at(None)
    assert "It was not me" in client.get(link).content.decode()
    assert Recovery.objects.exists()
    assert "It is stopped" in client.post(link).content.decode()
    clock.set_to(READY, frozen=True)
    new_ways_in_open()
    robin.refresh_from_db()
    assert robin.email == OLD
    with pytest.raises(WrongCode):
        actions.ask_for_new_way(code=other, to=NEW, address="192.0.2.1")
    assert client.get(link).status_code == 410
    assert client.get("/sign-in/help/stop/guessed/").status_code == 410


def test_what_has_opened_meanwhile_is_not_said_to_be_stopped(client_at, robin, paper, mail_folder, work, monkeypatch):
    proved(mail_folder, paper)
    work()
    link = re.search(r"(/sign-in/help/stop/\w+/)", "".join(sent_to(mail_folder, OLD)))[1]
    find = queries.recovery_to_stop

    def then_it_opens(stop_hash):
        found = find(stop_hash)
        clock.set_to(READY, frozen=True)
        new_ways_in_open()
        return found

    monkeypatch.setattr(queries, "recovery_to_stop", then_it_opens)
    answer = client_at(None).post(link)
    robin.refresh_from_db()
    assert (robin.email, answer.status_code) == (NEW, 410)
    assert "There is nothing to stop" in answer.content.decode() and "tell us" in answer.content.decode()
    assert "It is stopped" not in answer.content.decode()


def test_whoever_still_gets_in_sees_it_on_their_page_and_stops_it_there(client_at, robin, paper, mail_folder):
    asks(client_at(None), mail_folder, paper)
    mine, other = client_at(None, robin), client_at(None, someone("Otto"))
    assert "Somebody asked to change how you sign in" in mine.get("/my/").content.decode()
    assert "Somebody asked to change how you sign in" not in other.get("/my/").content.decode()
    other.post("/my/recovery/", {"stop": "yes"})
    assert Recovery.objects.exists()
    mine.post("/my/recovery/", {"stop": "yes"})
    assert not Recovery.objects.exists()


def test_a_person_makes_a_code_on_their_page_which_is_shown_once_and_replaces_the_one_before(client_at, robin):
    client = client_at(None, robin)
    first = re.search(r'app-slip__code">([^<]+)<', client.post("/my/recovery/").content.decode())[1]
    assert first not in client.get("/my/recovery/").content.decode()
    assert first not in str(RecoveryCode.objects.values())
    client.post("/my/recovery/")
    with pytest.raises(WrongCode):
        actions.ask_for_new_way(code=first, to=NEW, address="192.0.2.1")


def test_staff_hand_over_a_code_that_opens_the_account_of_somebody_they_heard_from(
    client_at, scheme, robin, mail_folder
):
    with enter(scheme):
        said(somebody(robin))
        lead, _ = staff(scheme)
    desk = client_at(scheme, lead)
    page = desk.post(GIVE, {"typed": "Robin@Example.org", "here": "on"}).content.decode()
    code = re.search(r'app-slip__code">([^<]+)<', page)[1]
    assert "Robin" not in page
    assert "sign in" in asks(client_at(None), mail_folder, code).content.decode()
    with enter(scheme):
        entry = Entry.objects.get(what="gave somebody a code to get back in with")
        assert (entry.by, entry.subject) == (lead.pk, robin.pk)
    assert Entry.objects.get(what="was given a code to get back in with").by is None


def test_whoever_a_code_is_given_for_hears_of_it_at_once_and_not_from_whom(client_at, scheme, robin, mail_folder, work):
    """Else staff could try in secret who among those that said something has an account."""
    with enter(scheme):
        said(somebody(robin))
        lead, _ = staff(scheme)
    desk = client_at(scheme, lead)
    desk.post(GIVE, {"typed": OLD, "here": "on"})
    assert set(OutboxMessage.objects.filter(kind="people.way_changed").values_list("schema", flat=True)) == {"public"}
    work()
    for way in (OLD, OLD_NUMBER):
        (told,) = sent_to(mail_folder, way)
        assert "Somebody was handed a code" in told
        assert scheme.name not in told and scheme.host not in told and lead.name not in told
    page = client_at(None, robin)
    assert "Somebody was handed a code" in page.get("/my/").content.decode()
    assert page.get(f"/my/notices/{Notice.objects.get().pk}/").headers["Location"] == "/my/recovery/"
    desk.post(GIVE, {"typed": "nobody@example.org", "here": "on"})
    work()
    assert len(sent_to(mail_folder, OLD)) == 1 and Notice.objects.count() == 1


@pytest.mark.parametrize("typed", [OLD, "07700 900123", "nobody@example.org", "07700 900999"])
def test_staff_cannot_tell_whether_there_is_an_account(client_at, scheme, robin, typed):
    with enter(scheme):
        said(somebody(robin))
        lead, _ = staff(scheme)
    page = client_at(scheme, lead).post(GIVE, {"typed": typed, "here": "on"})
    bare = re.sub(r'app-slip__code">[^<]+<', "", re.sub(r'value="[\w.-]{20,}"', "", page.content.decode()))
    other = client_at(scheme, lead).post(GIVE, {"typed": "else@example.org", "here": "on"})
    assert bare == re.sub(r'app-slip__code">[^<]+<', "", re.sub(r'value="[\w.-]{20,}"', "", other.content.decode()))
    assert RecoveryCode.objects.filter(person=robin).exists() == (typed in (OLD, "07700 900123"))


def test_staff_must_have_the_person_with_them(client_at, scheme, robin):
    with enter(scheme):
        said(somebody(robin))
        lead, _ = staff(scheme)
    page = client_at(scheme, lead).post(GIVE, {"typed": OLD}).content.decode()
    assert "Tick the box" in page and OLD in page
    assert not RecoveryCode.objects.exists()


def test_staff_help_nobody_back_in_whom_their_scheme_has_not_heard_from(client_at, scheme, other_scheme, robin):
    with enter(other_scheme):
        said(somebody(robin))
    with enter(scheme):
        lead, _ = staff(scheme)
    client_at(scheme, lead).post(GIVE, {"typed": OLD, "here": "on"})
    assert not RecoveryCode.objects.exists()


@pytest.mark.parametrize("is_known", [True, False])
def test_the_audit_of_a_scheme_names_nobody_whom_it_has_not_heard_from(scheme, robin, is_known):
    with enter(scheme):
        lead, _ = staff(scheme)
        actions.give_recovery_code(typed=OLD, is_known=lambda _: is_known, by=lead)
        given = Entry.objects.get(what="gave somebody a code to get back in with")
    assert given.subject == (robin.pk if is_known else None)


def test_staff_give_only_so_many_codes_a_day(robin):
    for _ in range(10):
        actions.give_recovery_code(typed=OLD, is_known=lambda _: True, by=robin)
    with pytest.raises(TooOften):
        actions.give_recovery_code(typed=OLD, is_known=lambda _: True, by=robin)


def has_a_role(person, scheme):
    works_at(scheme, person.pk, role=Role.EDITOR)


def has_a_national_role(person, scheme):
    NationalRole.objects.create(person_id=person.pk, role=NationalRoleName.ANALYST)


def has_a_seat(person, scheme):
    seated(a_group("Voices"), person)


@pytest.mark.parametrize("holds", [has_a_role, has_a_national_role, has_a_seat])
def test_an_account_that_holds_a_right_is_never_recovered_at_any_step(scheme, robin, paper, mail_folder, work, holds):
    recovery = actions.ask_for_new_way(code=paper, to=NEW, address="192.0.2.1")
    actions.prove_new_way(recovery_id=recovery.pk, code=figures_in(mail_folder, NEW))
    holds(robin, scheme)
    work()
    clock.set_to(READY, frozen=True)
    new_ways_in_open()
    robin.refresh_from_db()
    assert (robin.email, Recovery.objects.exists()) == (OLD, False)
    with pytest.raises(NotThisWay):
        actions.make_paper_code(person=robin, by=robin)
    code = actions.give_recovery_code(typed=OLD, is_known=lambda _: True, by=robin)
    assert not RecoveryCode.objects.exists()
    RecoveryCode.objects.create(
        person=robin, source="paper", code_hash=codes.fingerprint(code), expires_at=READY + timedelta(days=9)
    )
    with pytest.raises(WrongCode):
        actions.ask_for_new_way(code=code, to=NEW, address="192.0.2.1")


def test_a_code_that_was_used_is_too_old_or_never_was_gets_the_same_page_and_statements(
    client_at, robin, paper, mail_folder
):
    asks(client_at(None), mail_folder, paper)
    old = actions.give_recovery_code(typed=OLD, is_known=lambda _: True, by=robin)
    clock.set_to(MONDAY + timedelta(hours=24), frozen=True)
    seen = []
    for code in (paper, old, codes.new_code()):
        client = client_at(None)
        with CaptureQueriesContext(connection) as asked:
            answer = client.post(HELP, {"code": code, "to": NEW})
        words = re.sub(r'value="[^"]+"', "", answer.content.decode())
        seen.append((answer.status_code, len(asked), words))
    assert seen[0] == seen[1] == seen[2]
    assert "does not open anything" in seen[0][2]


def test_codes_are_not_tried_without_end(client_at, robin, paper, mail_folder):
    for _ in range(20):
        client_at(None).post(HELP, {"code": codes.new_code(), "to": NEW})
    assert "tried too often" in client_at(None).post(HELP, {"code": paper, "to": NEW}).content.decode()
    assert sent_to(mail_folder, NEW) == []


def test_figures_are_sent_three_times_an_hour_and_guessed_at_five_times(robin, paper, mail_folder):
    for _ in range(3):
        recovery = actions.ask_for_new_way(code=paper, to=NEW, address="192.0.2.1")
    with pytest.raises(TooOften):
        actions.ask_for_new_way(code=paper, to=NEW, address="192.0.2.1")
    for code in ("wrong",) * 5 + (figures_in(mail_folder, NEW),):
        with pytest.raises(WrongCode):
            actions.prove_new_way(recovery_id=recovery.pk, code=code)
    assert Recovery.objects.get().opens_at is None


def test_figures_are_too_old_after_a_quarter_of_an_hour(client_at, robin, paper, mail_folder):
    client = client_at(None)
    client.post(HELP, {"code": paper, "to": NEW})
    clock.set_to(MONDAY + timedelta(minutes=15), frozen=True)
    assert client.post(PROVE, {"code": figures_in(mail_folder, NEW)}).headers["Location"] == HELP
    with pytest.raises(WrongCode):
        actions.prove_new_way(recovery_id=Recovery.objects.get().pk, code=figures_in(mail_folder, NEW))
    end_what_has_expired()
    assert not Recovery.objects.exists()


def test_while_one_waits_no_other_can_be_asked_for(robin, paper, mail_folder):
    recovery = actions.ask_for_new_way(code=paper, to=NEW, address="192.0.2.1")
    figures = figures_in(mail_folder, NEW)
    actions.prove_new_way(recovery_id=recovery.pk, code=figures)
    with pytest.raises(WrongCode):
        actions.prove_new_way(recovery_id=recovery.pk, code=figures)
    second = actions.give_recovery_code(typed=OLD, is_known=lambda _: True, by=robin)
    with pytest.raises(NotThisWay):
        actions.ask_for_new_way(code=second, to="third@example.org", address="192.0.2.1")


@pytest.mark.parametrize("when", ["before", "meanwhile"])
def test_an_address_that_another_account_has_is_not_taken_from_it(robin, paper, mail_folder, work, when):
    if when == "before":
        someone("Otto", email=NEW)
    recovery = actions.ask_for_new_way(code=paper, to=NEW, address="192.0.2.1")
    if when == "before":
        with pytest.raises(NotThisWay):
            actions.prove_new_way(recovery_id=recovery.pk, code=figures_in(mail_folder, NEW))
        return
    actions.prove_new_way(recovery_id=recovery.pk, code=figures_in(mail_folder, NEW))
    someone("Otto", email=NEW)
    work()
    clock.set_to(READY, frozen=True)
    new_ways_in_open()
    robin.refresh_from_db()
    assert (robin.email, Recovery.objects.exists()) == (OLD, False)
    assert_told_that_it_did_not_open(robin, mail_folder, work, NEW)


@pytest.mark.parametrize("when", ["before", "meanwhile"])
def test_an_address_that_somebody_only_typed_keeps_nobody_out(client_at, robin, paper, mail_folder, work, when):
    other = client_at(None)
    if when == "before":
        other.post("/sign-in/new/", {"email": NEW})
    recovery = actions.ask_for_new_way(code=paper, to=NEW, address="192.0.2.1")
    figures = re.search(r"Your code is (\d{6})\b", "".join(sent_to(mail_folder, NEW)))[1]
    actions.prove_new_way(recovery_id=recovery.pk, code=figures)
    if when == "meanwhile":
        other.post("/sign-in/new/", {"email": NEW})
    letter = next(one for one in sent_to(mail_folder, NEW) if "ignore this message" in one)
    work()
    clock.set_to(READY, frozen=True)
    new_ways_in_open()
    robin.refresh_from_db()
    assert robin.email == NEW
    typed = Person.objects.exclude(pk=robin.pk).get()
    assert (typed.email, typed.is_active, EmailAddress.objects.filter(user=typed).exists()) == (None, False, False)
    other.post("/sign-in/new/code/", {"code": re.search(r"Your code is (\S+)", letter)[1]})
    assert not is_signed_in(other)


def test_an_account_that_is_in_use_loses_only_the_address_that_it_never_showed(robin, paper, mail_folder, work):
    kim = someone("Kim", email=NEW)
    EmailAddress.objects.filter(user=kim).update(verified=False)
    proved(mail_folder, paper)
    work()
    clock.set_to(READY, frozen=True)
    new_ways_in_open()
    for person in (robin, kim):
        person.refresh_from_db()
    assert (robin.email, kim.email, kim.is_active, kim.name) == (NEW, None, True, "Kim")
    assert Entry.objects.filter(what="took an address that was not shown to be theirs", subject=kim.pk).exists()


def test_whoever_waits_for_a_number_is_told_so_there_and_not_offered_a_new_account(
    client_at, robin, paper, mail_folder, work
):
    proved(mail_folder, paper, to=NEW_NUMBER)
    work()
    phone = client_at(None)
    phone.post("/sign-in/text/", {"number": NEW_NUMBER})
    phone.post("/sign-in/text/code/", {"code": figures_in(mail_folder, NEW_NUMBER)})
    for page in (phone.get("/sign-in/text/new/"), phone.post("/sign-in/text/new/")):
        words = page.content.decode()
        assert "Thursday 5 November 2026 at 10am" in words and "Make a new account" not in words
    with pytest.raises(NotThisWay):
        actions.open_account(code_id=SignInCode.objects.get().pk)
    assert not is_signed_in(phone) and Person.objects.get() == robin
    clock.set_to(READY, frozen=True)
    new_ways_in_open()
    assert queries.person_by_mobile(NEW_NUMBER) == robin


def test_figures_that_nobody_typed_keep_nobody_from_a_new_account(client_at, robin, paper, mail_folder):
    actions.ask_for_new_way(code=paper, to=NEW_NUMBER, address="192.0.2.1")
    sent = actions.send_sign_in_code(number=NEW_NUMBER, address="192.0.2.1")
    actions.read_sign_in_code(code_id=sent.pk, code=figures_in(mail_folder, NEW_NUMBER))
    assert queries.person_by_mobile(NEW_NUMBER) is None
    assert actions.open_account(code_id=sent.pk) != robin


def test_a_way_that_is_gone_for_good_does_not_keep_the_others_from_being_told(robin, paper, mail_folder, work):
    EmailAddress.objects.create(user=robin, email="not an address", verified=True, primary=False)
    recovery = actions.ask_for_new_way(code=paper, to=NEW, address="192.0.2.1")
    actions.prove_new_way(recovery_id=recovery.pk, code=figures_in(mail_folder, NEW))
    work()
    assert len(sent_to(mail_folder, OLD)) == len(sent_to(mail_folder, OLD_NUMBER)) == 1


def test_every_old_key_goes_so_that_nobody_who_was_in_before_comes_back(robin, paper, mail_folder, work):
    has_app(robin)
    Authenticator.objects.create(user=robin, type=Authenticator.Type.WEBAUTHN, data={})
    SocialAccount.objects.create(user=robin, provider="work", uid="1")
    proved(mail_folder, paper)
    other = actions.make_paper_code(person=robin, by=robin)
    work()
    clock.set_to(READY, frozen=True)
    new_ways_in_open()
    assert not Authenticator.objects.exists() and not SocialAccount.objects.exists()
    with pytest.raises(WrongCode):
        actions.ask_for_new_way(code=other, to=NEW, address="192.0.2.1")


def test_nothing_opens_until_each_old_way_was_told_and_one_that_fails_keeps_no_other_waiting(
    robin, paper, mail_folder, work, settings
):
    with fake_notify.running() as notify:
        proved(mail_folder, paper)
        settings.NOTIFY_KEY, settings.NOTIFY_URL = notify.settings["NOTIFY_KEY"], notify.url
        settings.NOTIFY_TEXT_TEMPLATE = notify.settings["NOTIFY_TEXT_TEMPLATE"]
        notify.broken = True
        work()
        assert len(sent_to(mail_folder, OLD)) == 1
        clock.set_to(READY, frozen=True)
        new_ways_in_open()
        assert Recovery.objects.get().opens_at == READY
        notify.broken = False
        work()
    assert len(notify.to(OLD_NUMBER)) == 1
    new_ways_in_open()
    assert Recovery.objects.get().opens_at == READY + timedelta(days=3)
    clock.set_to(READY + timedelta(days=3), frozen=True)
    new_ways_in_open()
    robin.refresh_from_db()
    assert robin.email == NEW


def test_what_waits_in_the_outbox_holds_no_address(robin, paper, mail_folder):
    proved(mail_folder, paper)
    promised = OutboxMessage.objects.filter(kind="people.recovery")
    assert len(promised) == 2
    assert all(re.fullmatch(r"[0-9a-f-]{36}:[0-9a-f]{32}", one.key) for one in promised)
    assert OLD_NUMBER[3:] not in str(promised.values()) and OLD not in str(promised.values())


def test_where_it_leads_is_not_changed_by_whoever_asks_while_it_is_proved(robin, paper, mail_folder, monkeypatch):
    first = actions.ask_for_new_way(code=paper, to=NEW, address="192.0.2.1")
    count = counting.count

    def meanwhile(key, *, seconds):
        if key.startswith("people.recovery.sent"):
            actions.prove_new_way(recovery_id=first.pk, code=figures_in(mail_folder, NEW))
        return count(key, seconds=seconds)

    monkeypatch.setattr(counting, "count", meanwhile)
    with pytest.raises(WrongCode):
        actions.ask_for_new_way(code=paper, to="third@example.org", address="192.0.2.1")
    assert Recovery.objects.get().to == NEW
    assert sent_to(mail_folder, "third@example.org") == []


def test_a_code_that_was_replaced_proves_nothing_that_was_begun_with_it(robin, paper, mail_folder):
    recovery = actions.ask_for_new_way(code=paper, to=NEW, address="192.0.2.1")
    actions.make_paper_code(person=robin, by=robin)
    with pytest.raises(WrongCode):
        actions.prove_new_way(recovery_id=recovery.pk, code=figures_in(mail_folder, NEW))


def test_a_number_that_somebody_else_has_shown_to_be_theirs_since_is_not_taken_from_them(
    robin, paper, mail_folder, work
):
    proved(mail_folder, paper, to=NEW_NUMBER)
    work()
    clock.set_to(MONDAY + timedelta(days=1), frozen=True)
    otto = someone("Otto")
    Mobile.objects.create(person=otto, number=NEW_NUMBER, proved_at=clock.now())
    clock.set_to(READY, frozen=True)
    new_ways_in_open()
    robin.refresh_from_db()
    assert Mobile.objects.get(number=NEW_NUMBER).person == otto
    assert (robin.email, Recovery.objects.exists()) == (OLD, False)
    assert_told_that_it_did_not_open(robin, mail_folder, work, NEW_NUMBER)


def test_a_code_on_paper_opens_no_account_that_was_closed(robin, paper):
    Person.objects.filter(pk=robin.pk).update(is_active=False)
    with pytest.raises(WrongCode):
        actions.ask_for_new_way(code=paper, to=NEW, address="192.0.2.1")


def test_codes_go_when_their_time_is_over_and_all_of_it_with_whoever_is_erased(as_owner, robin, mail_folder):
    otto = someone("Otto")
    for person in (robin, otto):
        code = actions.make_paper_code(person=person, by=person)
    recovery = actions.ask_for_new_way(code=code, to=NEW, address="192.0.2.1")
    actions.prove_new_way(recovery_id=recovery.pk, code=figures_in(mail_folder, NEW))
    erase(robin.pk)
    assert (RecoveryCode.objects.count(), Recovery.objects.count()) == (0, 1)
    erase(otto.pk)
    assert not Recovery.objects.exists()
    kim = someone("Kim")
    actions.make_paper_code(person=kim, by=kim)
    clock.set_to(MONDAY + timedelta(days=365), frozen=True)
    assert queries.paper_code_of(kim) is None
    end_what_has_expired()
    assert not RecoveryCode.objects.exists()


def test_what_must_never_be_false_of_getting_back_in(robin):
    right = {"person": robin, "source": "paper", "code_hash": "x", "expires_at": MONDAY}
    RecoveryCode.objects.create(**right)
    wrong = {
        "recovery_code_stands_once_for_a_source": lambda: RecoveryCode.objects.create(**right | {"code_hash": "y"}),
        "recovery_code_source_is_known": lambda: RecoveryCode.objects.create(
            **right | {"source": "other", "code_hash": "z"}
        ),
        "recovery_code_has_a_fingerprint": lambda: RecoveryCode.objects.create(
            **right | {"source": "staff", "code_hash": ""}
        ),
        "recovery_opens_only_once_proved": lambda: Recovery.objects.create(
            person=robin, to=NEW, code_hash="x", code_until=MONDAY, opens_at=MONDAY
        ),
        "recovery_leads_somewhere": lambda: Recovery.objects.create(
            person=robin, to="", code_hash="x", code_until=MONDAY
        ),
    }
    for name, make in wrong.items():
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            make()
    assert Person.objects.filter(pk=robin.pk).exists()
