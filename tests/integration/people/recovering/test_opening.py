"""A code on paper opens a new way in, after days in which every old way was told (ADR 0046)."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession

from kit import clock
from kit.models import OutboxMessage
from people import actions
from people.duties import new_ways_in_open
from people.errors import WrongCode
from people.models import Mobile, Person, Recovery, RecoveryCode, SafeContact, WordLink
from tests import fake_notify
from tests.factories.second_steps import has_app
from tests.integration.people.recovering.steps import (
    HELP,
    NEW,
    NEW_NUMBER,
    OLD,
    OLD_NUMBER,
    PROVE,
    READY,
    asks,
    figures_in,
    is_signed_in,
    proved,
    sent_to,
)


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
