"""Accounts whose address nobody showed to be theirs do not stay."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress

from audit.models import Entry
from kit import clock
from people.duties import empty_accounts_that_nobody_took_up
from people.models import Person
from tests.factories.people import noticed, someone

ADDRESS = "typed@example.org"


@pytest.fixture
def unshown(client_at):
    """What is left when somebody types an address for a new account, and never the code."""
    client_at(None).post("/sign-in/new/", {"email": ADDRESS})
    return Person.objects.get(email=ADDRESS)


def after(**time):
    clock.set_to(clock.now() + timedelta(**time))
    empty_accounts_that_nobody_took_up()


def test_an_address_that_nobody_showed_to_be_theirs_goes_after_a_week(unshown):
    after(days=6, hours=23)
    assert Person.objects.filter(email=ADDRESS).exists()
    after(hours=2)
    unshown.refresh_from_db()
    assert (unshown.email, unshown.is_active) == (None, False)
    assert not EmailAddress.objects.filter(email=ADDRESS).exists()


def test_that_an_account_was_emptied_is_written_down_s1(unshown):
    after(days=8)
    (entry,) = Entry.objects.filter(operation="erase")
    assert (entry.subject, entry.what, entry.by) == (unshown.pk, "emptied an account that nobody took up", None)


def test_the_address_can_then_be_used_again(unshown, client_at):
    after(days=8)
    client_at(None).post("/sign-in/new/", {"email": ADDRESS})
    assert Person.objects.get(email=ADDRESS).pk != unshown.pk


def test_an_account_that_was_taken_up_stays(unshown):
    EmailAddress.objects.filter(user=unshown).update(verified=True)
    after(days=8)
    assert Person.objects.filter(email=ADDRESS).exists()


def test_an_account_that_something_is_attached_to_stays(unshown):
    noticed(unshown)
    after(days=8)
    assert Person.objects.filter(email=ADDRESS).exists()


def test_nobody_else_is_touched(unshown):
    someone("Robin", email="robin@example.org", settled=False)
    after(days=8)
    assert Person.objects.filter(email="robin@example.org").exists()
