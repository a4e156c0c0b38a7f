"""Whatever Robin does about signing in and being reached leaves Sam, who has all of it too, as they were (S2, F4)."""

import re
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession

from audit.models import Entry
from kit import clock
from people import actions, queries
from people.actions.going import free_address
from people.actions.recovering import open_recoveries
from people.errors import NoSuchPerson, NotThisWay, WrongCode
from people.models import (
    Consent,
    Mobile,
    MobileCode,
    Notice,
    Person,
    Place,
    Recovery,
    RecoveryCode,
    SafeContact,
    WayToTell,
    Word,
    WordLink,
)
from people.work import PROVIDER
from tests.factories.people import noticed, reached_by_mail, someone
from tests.factories.schemes import invited
from tests.factories.second_steps import has_app

MONDAY = datetime(2026, 11, 2, 10, tzinfo=UTC)
READY = MONDAY + timedelta(days=3)
HERE = "192.0.2.1"
SAMS, SAMS_NEXT, ROBINS, ROBINS_NEXT = "+447700900123", "+447700900456", "+447700900777", "+447700900888"
THEIRS = (Consent, Mobile, MobileCode, Notice, Place, Recovery, RecoveryCode, SafeContact, WayToTell, Word)
OF_ALLAUTH = (EmailAddress, Authenticator, SocialAccount, UserSession)


@pytest.fixture(autouse=True)
def a_monday(settings):
    settings.EMAIL_BACKEND = "kit.channels.files.FileBackend"
    clock.set_to(MONDAY, frozen=True)


@pytest.fixture
def sam(client_at, scheme, mail_folder, work):
    """Somebody who has everything that can be had, and for whom everything waits."""
    made = someone("Sam", email="sam@example.org")
    client_at(None, made)
    UserSession.objects.create(user=made, session_key="sams", ip="192.0.2.7", user_agent="a phone")
    Mobile.objects.create(person=made, number=SAMS, opens_account=True)
    actions.change_contact(person=made, channel="text", words_in_messages=True, by=made)
    sent = actions.promise_word(person_id=made.pk)
    assert sent is not None and actions.send_promised_word(word_id=sent.pk).sent_on == clock.today()
    actions.promise_word(person_id=made.pk)
    noticed(made)
    actions.remember_place(person_id=made.pk, scheme=scheme)
    paper = actions.make_paper_code(person=made, by=made)
    recovery = actions.ask_for_new_way(code=paper, to="sam.new@example.org", address=HERE)
    actions.prove_new_way(recovery_id=recovery.pk, code=figures_in(mail_folder, "sam.new@example.org"))
    work()
    Recovery.objects.update(opens_at=READY + timedelta(days=1))
    actions.make_paper_code(person=made, by=made)
    actions.give_recovery_code(typed=SAMS, is_known=lambda _: True, by=made)
    actions.send_mobile_code(person=made, number=SAMS_NEXT, address=HERE, by=made)
    has_app(made)
    SocialAccount.objects.create(user=made, provider=PROVIDER, uid="sams")
    work()
    WayToTell.objects.create(person=made, to=SAMS, until=READY)
    assert all(rows(made).values())
    return made


@pytest.fixture
def robin():
    return someone("Robin", email="robin@example.org")


def rows(person):
    """Every row about somebody, whole."""
    mine = {model: model.objects.filter(person=person) for model in THEIRS}
    mine |= {model: model.objects.filter(user=person) for model in OF_ALLAUTH}
    mine |= {Person: Person.objects.filter(pk=person.pk)}
    return {model.__name__: sorted(map(str, found.values())) for model, found in mine.items()}


def figures_in(folder, to):
    """The newest figures that went to an address or number."""
    files = sorted(folder.iterdir(), key=lambda file: file.stat().st_mtime_ns)
    found = [re.search(r"Your code is (\d{6})", one.read_text()) for one in files if f"To: {to}" in one.read_text()]
    return [one for one in found if one][-1][1]


def has_number(person, *, opens=True, by_text=True):
    Mobile.objects.create(person=person, number=ROBINS, opens_account=opens)
    if by_text:
        actions.change_contact(person=person, channel="text", by=person)


def asked(person, folder, to):
    """A new way in that somebody asked for with a code on paper, and the figures that came there."""
    paper = actions.make_paper_code(person=person, by=person)
    recovery = actions.ask_for_new_way(code=paper, to=to, address=HERE)
    return recovery, figures_in(folder, to)


def proved(person, folder, to):
    recovery, figures = asked(person, folder, to)
    return actions.prove_new_way(recovery_id=recovery.pk, code=figures)


def only_asked(person):
    """Their new way in was not proved yet."""
    until = clock.now() + timedelta(minutes=15)
    Recovery.objects.filter(person=person).update(proved_at=None, opens_at=None, code_until=until)


def removes_a_second_step(robin, folder):
    has_app(robin)
    actions.remove_second_step(person=robin, authenticator_id=queries.second_steps(robin).get().pk, by=robin)
    assert not Authenticator.objects.filter(user=robin).exists()


def makes_recovery_codes(robin, folder):
    has_app(robin)
    actions.make_recovery_codes(person=robin, by=robin)


def loses_every_second_step(robin, folder):
    has_app(robin)
    assert actions.reset_second_step(person=robin, by=None) == 1


def takes_the_number_away(robin, folder):
    has_number(robin)
    actions.remove_mobile(person=robin, by=robin)
    assert SafeContact.objects.get(person=robin).channel == "page"


def keeps_the_number_from_opening(robin, folder):
    has_number(robin)
    actions.open_with_mobile(person=robin, opens=False, by=robin)
    assert not Mobile.objects.get(person=robin).opens_account


def types_figures_that_nobody_sent_them(robin, folder):
    with pytest.raises(WrongCode):
        actions.prove_mobile(person=robin, code=figures_in(folder, SAMS_NEXT), by=robin)


def chooses_words_without_a_way(robin, folder):
    with pytest.raises(NotThisWay):
        actions.choose_words(person=robin, words_in_messages=True, by=robin)


def wants_texts_without_a_number(robin, folder):
    with pytest.raises(NotThisWay):
        actions.change_contact(person=robin, channel="text", by=robin)


def is_promised_a_word(robin, folder):
    actions.change_contact(person=robin, channel="email", by=robin)
    word = actions.promise_word(person_id=robin.pk)
    assert (word.person_id, word.due_at) == (robin.pk, MONDAY)


def asks_for_a_new_way(robin, folder):
    asked(robin, folder, ROBINS_NEXT)


def proves_a_new_way(robin, folder):
    assert proved(robin, folder, ROBINS_NEXT).person == robin


def stops_a_new_way(robin, folder):
    assert actions.stop_recovery(recovery=proved(robin, folder, ROBINS_NEXT), by=robin)
    assert not Recovery.objects.filter(person=robin).exists()


def makes_a_code_on_paper(robin, folder):
    actions.make_paper_code(person=robin, by=robin)


def is_given_a_code(robin, folder):
    actions.give_recovery_code(typed=robin.email, is_known=lambda _: True, by=robin)


ACTS = [
    removes_a_second_step,
    makes_recovery_codes,
    loses_every_second_step,
    takes_the_number_away,
    keeps_the_number_from_opening,
    types_figures_that_nobody_sent_them,
    chooses_words_without_a_way,
    wants_texts_without_a_number,
    is_promised_a_word,
    asks_for_a_new_way,
    proves_a_new_way,
    stops_a_new_way,
    makes_a_code_on_paper,
    is_given_a_code,
]


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
def test_what_robin_does_neither_changes_nor_uses_what_is_sams(sam, robin, mail_folder, work, act):
    before = rows(sam)
    act(robin, mail_folder)
    assert rows(sam) == before


@pytest.mark.parametrize("to", ["robin.new@example.org", ROBINS_NEXT])
def test_a_new_way_in_opens_for_robin_alone(sam, robin, mail_folder, work, to):
    has_app(robin)
    has_number(robin)
    SocialAccount.objects.create(user=robin, provider=PROVIDER, uid="robins")
    proved(robin, mail_folder, to)
    WayToTell.objects.filter(person=sam).delete()
    before = rows(sam)
    work()
    clock.set_to(READY, frozen=True)
    open_recoveries()
    assert rows(sam) == before
    assert {model for model in OF_ALLAUTH if model.objects.filter(user=robin).exists()} <= {EmailAddress}
    assert queries.reached_at(robin) == {to}


@pytest.mark.parametrize("act", [makes_a_code_on_paper, is_given_a_code, asks_for_a_new_way, proves_a_new_way])
def test_what_sam_has_only_asked_for_goes_on_waiting(sam, robin, mail_folder, act):
    only_asked(sam)
    before = rows(sam)
    act(robin, mail_folder)
    assert rows(sam) == before


def test_a_code_of_sams_does_not_prove_what_robin_asked_for(sam, robin, mail_folder):
    recovery, figures = asked(robin, mail_folder, ROBINS_NEXT)
    RecoveryCode.objects.filter(person=robin).delete()
    before = rows(sam)
    with pytest.raises(WrongCode):
        actions.prove_new_way(recovery_id=recovery.pk, code=figures)
    assert rows(sam) == before


def test_showing_ones_own_number_once_more_keeps_texts_coming(sam, robin, mail_folder):
    has_number(robin)
    before = rows(sam)
    actions.send_mobile_code(person=robin, number=ROBINS, address=HERE, by=robin)
    actions.prove_mobile(person=robin, code=figures_in(mail_folder, ROBINS), opens_account=True, by=robin)
    assert SafeContact.objects.get(person=robin).channel == "text"
    assert queries.way_to(robin.pk).to == ROBINS
    assert rows(sam) == before


def test_a_number_that_robin_shows_once_more_while_it_waits_opens_all_the_same(sam, robin, mail_folder, work):
    proved(robin, mail_folder, ROBINS_NEXT)
    work()
    clock.set_to(MONDAY + timedelta(days=1), frozen=True)
    actions.send_mobile_code(person=robin, number=ROBINS_NEXT, address=HERE, by=robin)
    actions.prove_mobile(person=robin, code=figures_in(mail_folder, ROBINS_NEXT), by=robin)
    clock.set_to(READY, frozen=True)
    open_recoveries()
    robin.refresh_from_db()
    assert (robin.email, Mobile.objects.get(person=robin).opens_account) == (None, True)


@pytest.mark.parametrize("verified", [True, False])
def test_ones_own_old_address_is_not_taken_by_anybody_else(sam, robin, mail_folder, work, verified):
    EmailAddress.objects.filter(user=robin).update(verified=verified)
    proved(robin, mail_folder, robin.email)
    work()
    clock.set_to(READY, frozen=True)
    open_recoveries()
    assert queries.reached_at(robin) == {robin.email}
    assert not Recovery.objects.filter(person=robin).exists()
    assert not Entry.objects.filter(what="took an address that was not shown to be theirs").exists()


def test_a_code_that_was_read_is_wrong_when_it_is_typed_again(sam, mail_folder):
    sent = actions.send_sign_in_code(number=ROBINS, address=HERE)
    assert actions.read_sign_in_code(code_id=sent.pk, code=figures_in(mail_folder, ROBINS)) is None
    with pytest.raises(WrongCode):
        actions.read_sign_in_code(code_id=sent.pk, code=figures_in(mail_folder, ROBINS))


def test_what_sam_waits_for_keeps_nobody_else_from_a_new_account(sam, mail_folder):
    sent = actions.send_sign_in_code(number=ROBINS, address=HERE)
    actions.read_sign_in_code(code_id=sent.pk, code=figures_in(mail_folder, ROBINS))
    assert actions.open_account(code_id=sent.pk).mobile.number == ROBINS


def test_an_address_that_was_shown_just_now_is_left_where_it_is(sam, robin):
    before = rows(sam)
    free_address(address=sam.email, person=robin)
    assert rows(sam) == before


def test_of_two_who_only_typed_an_address_one_loses_theirs_when_it_is_shown_to_be_robins(sam, robin):
    kim, otto = someone("Kim", email="kim@example.org"), someone("Otto", email="otto@example.org")
    EmailAddress.objects.filter(user__in=[kim, otto]).update(verified=False)
    before = rows(sam), rows(robin), rows(otto)
    free_address(address=kim.email, person=robin)
    assert (rows(sam), rows(robin), rows(otto)) == before
    assert rows(kim)["EmailAddress"] == []


def test_links_end_with_the_way_they_went_though_sam_is_reached_by_the_next_one(sam, robin, scheme):
    reached_by_mail(robin)
    has_number(robin, by_text=False)
    link = actions.OpenLink(scheme_id=scheme.pk, key=uuid4(), until=READY)
    word = actions.promise_word(person_id=robin.pk, link=link)
    actions.send_promised_word(word_id=word.pk)
    assert WordLink.objects.filter(word=word).exists()
    actions.change_contact(person=robin, channel="text", by=robin)
    assert not WordLink.objects.filter(word=word).exists()


def test_a_work_account_opens_nobodys_account_but_that_of_who_has_shown_its_address(sam, robin):
    before = rows(sam)
    EmailAddress.objects.filter(user=robin).update(verified=False)
    for email in (robin.email, "stranger@example.org"):
        with pytest.raises(NoSuchPerson):
            actions.find_by_work_account(uid="strangers", email=email, name="Stranger")
    assert rows(sam) == before


def test_whoever_is_invited_gets_an_account_whoever_else_has_one(sam, scheme):
    invited(scheme, "stranger@example.org")
    made = actions.find_by_work_account(uid="strangers", email="stranger@example.org", name="Stranger").user
    assert (made.email, made.name) == ("stranger@example.org", "Stranger")


def test_nothing_is_written_to_an_account_that_was_closed(sam, robin, mail_folder, work):
    has_app(robin)
    actions.make_recovery_codes(person=robin, by=robin)
    Person.objects.filter(pk=robin.pk).update(is_active=False)
    work()
    assert [one for one in mail_folder.iterdir() if f"To: {robin.email}" in one.read_text()] == []
