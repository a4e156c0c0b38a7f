"""The terms of an agreement: staff write them, members read them, and they hold from day to day."""

from datetime import timedelta

import pytest

from audit.models import Entry
from groups.errors import AlreadyAgreed
from groups.models import Agreement
from groups.seats import Seat
from kit import clock
from tenants.schemes.entering import enter
from tests.factories.groups import agreed, seated, terms, typed
from tests.factories.people import someone
from tests.integration.groups.control.steps import at_scheme, change_terms, own


def test_staff_write_the_terms_and_members_read_them(staff, client_at, group, scheme):
    until = clock.today() + timedelta(days=200)
    assert staff.post("/agreements/make/", terms(group) | typed("until", until)).status_code == 302
    made = Agreement.objects.with_scheme(scheme.pk).get()
    helper = someone("Sue")
    seated(group, helper, seat=Seat.SUPPORTER)
    page = client_at(None, helper).get(own(made)).content.decode()
    for words in ("Involvement lead, involvement@example.org", "£250 for each visit", f"{until:%-d %B %Y}"):
        assert words in page and words in staff.get(at_scheme(made)).content.decode()


def test_an_agreement_ends_on_the_day_that_was_agreed_beforehand(client_at, group, lead, scheme):
    agreed(group, scheme, until=clock.today() + timedelta(days=10))
    place = client_at(scheme, lead)
    assert place.get("/group/").status_code == 200
    clock.set_to(clock.now() + timedelta(days=10))
    assert client_at(scheme, lead).get("/group/").status_code == 404


def test_an_agreement_gives_no_right_before_it_begins(client_at, staff, group, lead, scheme):
    later = agreed(group, scheme, since=clock.today() + timedelta(days=3))
    assert client_at(scheme, lead).get("/group/").status_code == 404
    assert "Voices" in staff.get("/agreements/").content.decode()
    assert client_at(None, lead).get(own(later)).status_code == 200
    clock.set_to(clock.now() + timedelta(days=3))
    assert client_at(scheme, lead).get("/group/").status_code == 200


def test_no_two_agreements_with_a_group_run_at_one_time(group, scheme, other_scheme):
    today = clock.today()
    first = agreed(group, scheme, until=today + timedelta(days=10))
    with pytest.raises(AlreadyAgreed):
        agreed(group, scheme, since=today + timedelta(days=9))
    agreed(group, other_scheme)
    agreed(group, scheme, since=today + timedelta(days=10))
    with pytest.raises(AlreadyAgreed):
        change_terms(first, scheme, until=None)
    change_terms(first, scheme, until=today + timedelta(days=5))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"contact_way": "Mo"}, "Enter a work email address or a work telephone number"),
        ({"contact_way": "mo@"}, "Enter a work email address or a work telephone number"),
        ({"contact_role": ""}, "Enter the role of whom the group turns to"),
        ({"payment": ""}, "Say what you pay the group and when"),
        ({"until_day": "1", "until_month": "1", "until_year": "2020"}, "Enter a date that is"),
    ],
)
def test_terms_that_cannot_be_are_sent_back_with_what_was_typed(wrong, said, staff, agreement):
    page = staff.post(at_scheme(agreement, "terms/"), terms() | {"payment": "£99 a day"} | wrong).content.decode()
    assert said in page and ("£99 a day" in page or "payment" in wrong)
    agreement.refresh_from_db()
    assert agreement.contact_role == ""


def test_an_agreement_that_is_still_to_begin_does_not_end_before_that(staff, group, scheme):
    later = agreed(group, scheme, since=clock.today() + timedelta(days=9))
    sent = terms() | typed("until", clock.today() + timedelta(days=3))
    assert "when it begins" in staff.post(at_scheme(later, "terms/"), sent).content.decode()
    later.refresh_from_db()
    assert later.until is None


def test_the_terms_are_changed_and_the_scheme_remembers_who_did(staff, agreement, scheme):
    assert "value=" in staff.get(at_scheme(agreement, "terms/")).content.decode()
    assert staff.post(at_scheme(agreement, "terms/"), terms()).status_code == 302
    agreement.refresh_from_db()
    assert (agreement.contact_role, agreement.until) == ("Involvement lead", None)
    with enter(scheme):
        assert Entry.objects.filter(what="changed an agreement with a group").exclude(by=None).count() == 1
