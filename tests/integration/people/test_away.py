"""Staff who are away, and who covers for them."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from audit.models import Entry
from kit import clock, erasure
from tenants.schemes import actions
from tenants.schemes.entering import enter
from tenants.schemes.errors import CannotBeAway
from tenants.schemes.models import Absence, Membership
from tenants.schemes.queries import absences
from tenants.schemes.rights import Role
from tests.factories.people import someone
from tests.factories.schemes import away, works_at


@pytest.fixture
def colleague(scheme):
    made = someone("Ada")
    works_at(scheme, made.pk)
    return made


@pytest.fixture
def cover(scheme):
    made = someone("Cass")
    works_at(scheme, made.pk)
    return made


def filled(cover, *, first=0, last=7):
    today = clock.today()
    days = {"first_day": today + timedelta(first), "last_day": today + timedelta(last)}
    parts = {f"{n}_{p}": str(getattr(day, p)) for n, day in days.items() for p in ("day", "month", "year")}
    return parts | {"cover": str(cover.pk)}


def test_somebody_says_that_they_are_away_and_who_covers(client_at, scheme, colleague, cover):
    desk = client_at(scheme, colleague)
    for _ in range(20):
        assert desk.post("/team/away/", filled(cover))["Location"] == "/team/"
    (absence,) = absences(scheme)
    assert (absence.person_id, absence.cover_id, absence.by_id) == (colleague.pk, cover.pk, colleague.pk)
    page = desk.get("/team/").content.decode()
    assert "Cass covers." in page and "Take it back" in page
    with enter(scheme):
        assert Entry.objects.filter(what="wrote down that somebody is away", subject=colleague.pk).count() == 1


def test_a_manager_says_it_for_somebody_and_others_may_not(client_at, scheme, colleague, cover):
    boss = someone("Mo")
    works_at(scheme, boss.pk, role=Role.MANAGER)
    address = f"/team/{scheme.memberships.get(person_id=colleague.pk).pk}/away/"
    assert client_at(scheme, cover).post(address, filled(cover)).status_code == 404
    assert "When is Ada away?" in client_at(scheme, boss).get(address).content.decode()
    assert client_at(scheme, boss).post(address, filled(cover))["Location"] == "/team/"
    back = f"/team/away/{absences(scheme).get().pk}/take-back/"
    assert client_at(scheme, cover).post(back).status_code == 404
    assert client_at(scheme, boss).post(back)["Location"] == "/team/"
    assert not absences(scheme).exists()


@pytest.mark.parametrize(
    ("first", "last", "says"),
    [(3, 1, "not before the first"), (-9, -2, "not over"), (5, 9, "is written down already")],
)
def test_days_that_cannot_be_are_refused(client_at, scheme, colleague, cover, first, last, says):
    away(scheme, colleague.pk, cover=cover.pk)
    page = client_at(scheme, colleague).post("/team/away/", filled(cover, first=first, last=last))
    assert page.status_code == 200 and says in page.content.decode()


def test_nobody_covers_for_themselves_or_from_outside(client_at, scheme, other_scheme, colleague, cover):
    outside = someone("Olu")
    works_at(other_scheme, outside.pk)
    for who in (colleague, outside):
        assert client_at(scheme, colleague).post("/team/away/", filled(who)).status_code == 200
    assert not Absence.objects.exists()
    assert "Olu" not in client_at(scheme, colleague).get("/team/away/").content.decode()


def test_an_absence_goes_with_whoever_it_is_about(scheme, colleague, cover):
    away(scheme, colleague.pk, cover=cover.pk)
    erasure.erase_person(cover.pk)
    assert not Absence.objects.exists()


@pytest.mark.parametrize("name", ["absence_ends_after_it_begins", "absence_is_covered_by_another"])
def test_what_must_never_be_false_of_an_absence(scheme, colleague, cover, name):
    absence = away(scheme, colleague.pk, cover=cover.pk)
    wrong = {"last_day": date(2020, 1, 1)} if "ends" in name else {"cover_id": colleague.pk}
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Absence.objects.filter(pk=absence.pk).update(**wrong)


def say(scheme, person, cover):
    today = clock.today()
    return actions.say_away(
        scheme=scheme, person_id=person.pk, cover_id=cover.pk, first_day=today, last_day=today, by=None
    )


@pytest.mark.parametrize("who", ["whoever is away", "whoever covers"])
@pytest.mark.parametrize("how", ["worked here before", "works elsewhere"])
def test_only_who_works_here_now_is_away_or_covers(scheme, other_scheme, colleague, cover, who, how):
    outside = someone("Olu")
    role = works_at(scheme if how == "worked here before" else other_scheme, outside.pk)
    if how == "worked here before":
        Membership.objects.filter(pk=role.pk).update(since=clock.today() - timedelta(9), until=clock.today())
    with pytest.raises(CannotBeAway):
        say(scheme, *((outside, cover) if who == "whoever is away" else (colleague, outside)))


def test_days_away_of_somebody_else_elsewhere_or_taken_back_are_in_nobodys_way(scheme, other_scheme, colleague, cover):
    third = someone("Sol")
    for place, who in ((scheme, third), (other_scheme, third), (other_scheme, colleague)):
        works_at(place, who.pk)
    away(scheme, third.pk, cover=cover.pk)
    away(other_scheme, colleague.pk, cover=third.pk)
    actions.take_back_absence(absence=away(scheme, colleague.pk, cover=third.pk), by=None)
    assert say(scheme, colleague, cover).cover_id == cover.pk


def test_taking_it_back_twice_is_once(scheme, colleague, cover):
    absence = away(scheme, colleague.pk, cover=cover.pk)
    for _ in range(2):
        actions.take_back_absence(absence=absence, by=colleague.pk)
    with enter(scheme):
        assert Entry.objects.filter(what="took back that somebody is away").count() == 1


def test_days_away_that_are_over_are_on_no_list(scheme, colleague, cover):
    away(scheme, colleague.pk, cover=cover.pk, days=2)
    for days, many in ((2, 1), (1, 0)):
        clock.set_to(clock.now() + timedelta(days), frozen=True)
        assert absences(scheme).count() == many
