"""Somebody whose number another person takes over hears of it, and not from whom; nobody else does (S2, F4)."""

import re
from datetime import timedelta

import pytest

from audit.models import Entry
from kit import clock
from people import actions, queries
from people.actions.recovering import open_recoveries
from people.models import Mobile, Notice, Person, SafeContact, WayToTell
from tests.factories.people import reached_by_mail, someone
from tests.integration.people.reaching.steps import HERE, MONDAY, NUMBER, code_in, with_mobile

SAMS, NEW_NUMBER = "+447700900777", "+447700900456"
NO_NUMBER, NO_MESSAGES = "Your mobile number was taken off your account", "We do not send you messages now"


@pytest.fixture
def sam(mail_folder):
    """Somebody else, who is told by text messages too."""
    made = with_mobile(someone("Sam", email="sam@example.org"), mail_folder, SAMS)
    actions.change_contact(person=made, channel="text", by=made)
    WayToTell.objects.all().delete()
    return made


@pytest.fixture
def texted(robin, sam):
    """Robin, who is told by text messages at a number that opens nothing."""
    Mobile.objects.create(person=robin, number=NUMBER)
    actions.change_contact(person=robin, channel="text", words_in_messages=True, by=robin)
    return robin


def shows_it(folder, work):
    return with_mobile(someone("Kim", email="kim@example.org"), folder)


def makes_an_account_with_it(folder, work):
    sent = actions.send_sign_in_code(number=NUMBER, address=HERE)
    assert actions.read_sign_in_code(code_id=sent.pk, code=code_in(folder)) is None
    return actions.open_account(code_id=sent.pk)


def gets_back_in_with_it(folder, work):
    kim = someone("Kim", email="kim@example.org")
    paper = actions.make_paper_code(person=kim, by=kim)
    recovery = actions.ask_for_new_way(code=paper, to=NUMBER, address=HERE)
    actions.prove_new_way(recovery_id=recovery.pk, code=code_in(folder))
    work()
    clock.set_to(MONDAY + timedelta(days=3), frozen=True)
    open_recoveries()
    return kim


def told(folder):
    """Whom each message went to that says what changed, and its words."""
    words = [file.read_text().replace("=\n", "") for file in folder.iterdir()]
    found = [one for one in words if "The mobile number of your account changed" in one]
    return {re.search(r"^To: (\S+)", one, re.MULTILINE)[1]: one for one in found}


def on_page(client_at, person):
    return client_at(None, Person.objects.get(pk=person.pk)).get("/my/").content.decode()


@pytest.mark.parametrize("takes", [shows_it, makes_an_account_with_it, gets_back_in_with_it])
def test_whoever_loses_a_number_to_somebody_else_is_told_by_their_other_ways_and_on_their_page(
    client_at, texted, sam, mail_folder, work, takes
):
    kim = takes(mail_folder, work)
    work()
    assert Mobile.objects.get(number=NUMBER).person == kim
    words = told(mail_folder)[texted.email]
    assert "Subject: About your account" in words and "Kim" not in words and "kim@" not in words
    assert NUMBER not in told(mail_folder)
    page = on_page(client_at, texted)
    assert NO_NUMBER in page and NO_MESSAGES in page
    lost = Entry.objects.get(what="took a number that was shown at another account")
    assert (lost.subject, lost.by) == (texted.pk, None)
    assert str(kim.pk) not in str(Entry.objects.filter(pk=lost.pk).values())


@pytest.mark.parametrize("takes", [shows_it, makes_an_account_with_it, gets_back_in_with_it])
def test_nobody_else_is_told_that_a_number_went_to_another_account(client_at, texted, sam, mail_folder, work, takes):
    takes(mail_folder, work)
    work()
    assert not {SAMS, sam.email} & set(told(mail_folder))
    assert (Mobile.objects.get(number=SAMS).person, queries.way_to(sam.pk).to) == (sam, SAMS)
    assert set(Notice.objects.filter(kind="number_gone").values_list("person", flat=True)) == {texted.pk}
    page = on_page(client_at, sam)
    assert "Hello Sam" in page and NO_NUMBER not in page and NO_MESSAGES not in page


def test_whoever_is_told_in_another_way_goes_on_being_told_so(client_at, robin, sam, mail_folder, work):
    Mobile.objects.create(person=robin, number=NUMBER)
    reached_by_mail(robin)
    shows_it(mail_folder, work)
    page = on_page(client_at, robin)
    assert NO_NUMBER in page and NO_MESSAGES not in page
    assert SafeContact.objects.get(person=robin).channel == "email"


def test_whoever_has_nothing_but_the_number_that_went_reads_so_where_they_are_still_signed_in(
    client_at, sam, mail_folder, work
):
    robin = Person.objects.create_without_address()
    Mobile.objects.create(person=robin, number=NUMBER, opens_account=True)
    actions.set_name(person=robin, name="Robin", by=robin)
    actions.give_consent(person=robin, purpose="account", by=robin)
    client = client_at(None, robin)
    shows_it(mail_folder, work)
    work()
    assert set(told(mail_folder)) == {"kim@example.org"}
    assert NO_NUMBER in client.get("/my/").content.decode()
    seen = Notice.objects.get(person=robin)
    assert client.get(f"/my/notices/{seen.pk}/").headers["Location"] == "/my/contact/"
    assert NO_NUMBER in client.get("/my/").content.decode()


def test_whoever_changes_or_takes_away_their_own_number_does_not_read_that_it_was_taken(texted, mail_folder, work):
    with_mobile(texted, mail_folder, NEW_NUMBER)
    actions.remove_mobile(person=texted, by=texted)
    assert not Notice.objects.filter(kind="number_gone").exists()
    assert not Entry.objects.filter(what="took a number that was shown at another account").exists()
