"""Nobody visits where they work, or worked within two years (F7)."""

from datetime import date

import pytest

from groups import actions
from groups.errors import NotTheirs
from groups.models import ConflictOfInterest
from kit import clock
from tenants.schemes.models import Site
from tests.factories.groups import typed, works_there
from tests.integration.groups.readiness.steps import in_days, page, ready


def test_a_member_says_where_they_work_and_later_that_they_left(own, seat, site, group):
    where = {"where": f"{site.scheme_id}:{site.pk}"} | typed("since", in_days(-100))
    assert own.post(page(seat, "conflicts/add/"), where).status_code == 302
    conflict = ConflictOfInterest.objects.for_person(seat.person_id).get()
    assert f"{site.scheme.name}, {site.name}, from" in own.get(page(seat)).content.decode()
    assert own.post(page(seat, f"conflicts/{conflict.pk}/"), where | typed("until", in_days(-1))).status_code == 302
    conflict.refresh_from_db()
    assert (conflict.until, conflict.declared_by) == (in_days(-1), "self")
    assert own.post(page(seat, f"conflicts/{conflict.pk}/remove/")).status_code == 302
    assert not ready(group, site).conflict


def test_nobody_visits_where_they_work_or_worked_within_two_years(group, seat, site):
    left = date(2024, 2, 29)
    conflict = works_there(seat, site, since=date(2020, 1, 1), until=left)
    days = {date(2019, 12, 31): False, date(2020, 1, 1): True, date(2026, 2, 28): True, date(2026, 3, 1): False}
    assert {day: ready(group, site, day).conflict for day in days} == days
    actions.change_conflict(
        conflict=conflict, scheme_id=site.scheme_id, site_id=site.pk, since=date(2020, 1, 1),
        until=date(2024, 3, 4), by=seat.person_id,
    )  # fmt: skip
    assert ready(group, site, date(2026, 3, 3)).conflict and not ready(group, site, date(2026, 3, 4)).conflict


def test_work_for_a_whole_service_keeps_away_from_all_of_its_places_and_from_no_other(
    group, seat, site, scheme, other_scheme
):
    other, elsewhere = scheme.sites.latest("name"), other_scheme.sites.earliest("name")
    conflict = works_there(seat, site)
    assert [ready(group, one).conflict for one in (site, other, elsewhere)] == [True, False, False]
    actions.remove_conflict(conflict=conflict, by=seat.person_id)
    works_there(seat, site, whole=True)
    assert [ready(group, one).conflict for one in (site, other, elsewhere)] == [True, True, False]


def test_the_lead_says_it_of_others_and_they_read_it_and_do_not_strike_it_out(led, own, lead, seat, site):
    where = {"where": f"{site.scheme_id}:"} | typed("since", in_days(-100))
    assert led.post(page(seat, "conflicts/add/"), where).status_code == 302
    conflict = ConflictOfInterest.objects.for_person(seat.person_id).get()
    shown = own.get(page(seat)).content.decode()
    assert "The lead said so." in shown and f"conflicts/{conflict.pk}/" not in shown
    for more in ("", "remove/"):
        assert own.post(page(seat, f"conflicts/{conflict.pk}/{more}"), where).status_code == 404
    with pytest.raises(NotTheirs):
        actions.remove_conflict(conflict=conflict, by=seat.person_id)
    assert led.post(page(seat, f"conflicts/{conflict.pk}/remove/")).status_code == 302


def test_what_a_member_declared_the_lead_does_not_strike_out(led, lead, seat, site):
    conflict = works_there(seat, site)
    for more in ("", "remove/"):
        assert led.post(page(seat, f"conflicts/{conflict.pk}/{more}")).status_code == 404
    with pytest.raises(NotTheirs):
        actions.change_conflict(
            conflict=conflict, scheme_id=site.scheme_id, site_id=None, since=in_days(-1), until=None, by=lead.pk
        )


def test_only_places_of_services_with_an_agreement_are_offered(own, seat, scheme, other_scheme):
    Site.objects.filter(pk=scheme.sites.latest("name").pk).update(closed_on=clock.today())
    shown = own.get(page(seat, "conflicts/add/")).content.decode()
    assert scheme.sites.earliest("name").name in shown
    for hidden in (scheme.sites.latest("name"), other_scheme.sites.earliest("name")):
        assert str(hidden.pk) not in shown
    wrong = {"where": f"{other_scheme.pk}:"} | typed("since", in_days(-1))
    assert "Choose one of the answers on the page" in own.post(page(seat, "conflicts/add/"), wrong).content.decode()
