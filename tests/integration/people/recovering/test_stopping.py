"""Whoever still gets in stops it, and what stands in its way is told."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress

from audit.models import Entry
from kit import clock, codes
from people import actions, queries
from people.duties import new_ways_in_open
from people.errors import NotThisWay, WrongCode
from people.models import Mobile, Person, Recovery, RecoveryCode, SignInCode
from tenants.schemes.models import NationalRole
from tenants.schemes.rights import NationalRoleName, Role
from tests.factories.groups import a_group, seated
from tests.factories.people import someone
from tests.factories.schemes import works_at
from tests.integration.people.recovering.steps import (
    MONDAY,
    NEW,
    NEW_NUMBER,
    OLD,
    READY,
    asks,
    assert_told_that_it_did_not_open,
    figures_in,
    is_signed_in,
    proved,
    sent_to,
)


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
