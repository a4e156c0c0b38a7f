"""Absences are those of a scheme and of some days; an invitation is that of its address."""

from datetime import timedelta

from kit import clock
from tenants.schemes.actions import say_away
from tenants.schemes.models import Scheme
from tenants.schemes.queries import absences, covered_by, is_invited
from tests.factories.people import someone
from tests.factories.schemes import away, invited, works_at


def test_whom_somebody_covers_for_at_another_scheme_is_not_told_here(scheme: Scheme, other_scheme: Scheme) -> None:
    ada, cass = someone("Ada"), someone("Cass")
    for place in (scheme, other_scheme):
        for who in (ada, cass):
            works_at(place, who.pk)
    there = away(other_scheme, ada.pk, cover=cass.pk)
    assert not covered_by(scheme, cass.pk).exists() and not absences(scheme).exists()
    assert covered_by(other_scheme, cass.pk).get() == absences(other_scheme).get() == there


def test_other_days_away_are_in_nobodys_way(scheme: Scheme) -> None:
    ada, cass = someone("Ada"), someone("Cass")
    for who in (ada, cass):
        works_at(scheme, who.pk)
    first = away(scheme, ada.pk, cover=cass.pk, days=2)
    day = first.last_day + timedelta(days=1)
    second = say_away(scheme=scheme, person_id=ada.pk, cover_id=cass.pk, first_day=day, last_day=day, by=None)
    assert second.pk != first.pk
    clock.set_to(clock.now() + timedelta(days=3), frozen=True)
    assert absences(scheme).get() == second


def test_an_invitation_is_of_its_address_alone(scheme: Scheme) -> None:
    invited(scheme, "new@example.org")
    assert is_invited("new@example.org") and not is_invited("other@example.org")
