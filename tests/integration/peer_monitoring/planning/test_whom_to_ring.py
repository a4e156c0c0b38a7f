"""Whom the team rings on the day: one number of somebody of the group, and not for longer than it is needed."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from kit import clock, scheduler
from peer_monitoring import actions
from peer_monitoring.errors import NotOfTheGroup, TooLate
from peer_monitoring.models import Visit
from tests.factories.peer_monitoring import logged, planned, settled, under_way
from tests.factories.people import someone
from tests.integration.peer_monitoring.planning.steps import NEW, fields, place


@pytest.mark.parametrize(
    "wrong",
    ["Robin", "robin@example.org", "Robin, 07700 900 982", "9-17, 07700 900 982", "07700 900 982 07700 900 983", "999"],
)
def test_whom_to_ring_on_the_day_has_one_number_and_nothing_else_in_its_place(wrong, led, ready):
    given = fields(ready, to_ring_of=str(ready.lead.pk), ring_number=wrong)
    assert "Enter one telephone number with its area code" in led.post(NEW, given).content.decode()
    assert not Visit.objects.for_group(ready.group).exists()


@pytest.mark.parametrize("number", ["07700 900 982", "(020) 7946-0018", "+44 (0)7700 900 982"])
def test_whom_to_ring_on_the_day_is_somebody_of_the_group_with_their_number(number, led, ready):
    who = ready.monitors[1]
    led.post(NEW, fields(ready, to_ring_of=str(who.pk), ring_number=f" {number} "))
    visit = Visit.objects.for_group(ready.group).get()
    assert (visit.to_ring, visit.to_ring_of_id) == (f"{who.name}, {number}", who.pk)
    page = led.get(place(visit, "change/")).content.decode()
    assert f'value="{number}"' in page and f'<option value="{who.pk}" selected>' in page


def test_a_number_is_somebody_s_and_somebody_is_rung_at_a_number(led, ready):
    page = led.post(NEW, fields(ready, ring_number="07700 900 982")).content.decode()
    assert "Choose whose telephone number it is" in page
    page = led.post(NEW, fields(ready, ring_number="0770")).content.decode()
    assert "Choose whose telephone number it is" in page and "Enter one telephone number" in page, "both at once"
    page = led.post(NEW, fields(ready, to_ring_of=str(ready.lead.pk))).content.decode()
    assert "Enter their telephone number" in page
    stranger = someone("Stranger")
    led.post(NEW, fields(ready, to_ring_of=str(stranger.pk), ring_number="07700 900 982"))
    assert not Visit.objects.for_group(ready.group).exists()
    with pytest.raises(NotOfTheGroup):
        planned(ready, to_ring="Stranger, 07700 900 982", to_ring_of_id=stranger.pk)


def test_words_in_which_no_number_is_clear_are_not_forgotten_by_who_changes_the_plan(led, ready):
    visit = planned(ready, to_ring="Robin or Kim, 07700 900 982 07700 900 983")
    assert f"So far: {visit.to_ring}" in led.get(place(visit, "change/")).content.decode()


def test_once_a_visit_has_begun_whom_to_ring_can_still_be_said_and_nothing_else(led, going, ready):
    visit, who = under_way(ready), str(ready.lead.pk)
    assert place(visit, "change/") in led.get(place(visit)).content.decode()
    assert "Where does the team meet?" not in led.get(place(visit, "change/")).content.decode()
    led.post(place(visit, "change/"), {"to_ring_of": who, "ring_number": "07700 900 982", "meeting_point": "Elsewhere"})
    visit.refresh_from_db()
    assert (visit.to_ring, visit.meeting_point) == (f"{ready.lead.name}, 07700 900 982", "")
    assert 'href="tel:07700900982"' in going.get(place(visit)).content.decode()
    led.post(place(visit, "change/"), {"to_ring_of": "", "ring_number": ""})
    visit.refresh_from_db()
    assert (visit.to_ring, visit.to_ring_of_id) == ("", None)
    over = actions.close(visit=logged(ready), by=ready.lead.pk)
    assert place(over, "change/") not in led.get(place(over)).content.decode()
    with pytest.raises(TooLate):
        actions.say_whom_to_ring(visit=over, to_ring="Robin, 07700 900 982", of_id=None, by=ready.lead.pk)


@pytest.mark.parametrize("make", [planned, settled, under_way, logged])
def test_a_number_to_ring_goes_a_week_after_the_day_also_of_a_visit_that_was_never_held_or_closed(make, ready):
    visit = make(ready, to_ring="Robin, 07700 900 982")
    for days, kept in ((7, "Robin, 07700 900 982"), (8, "")):
        Visit.objects.filter(pk=visit.pk).update(day=clock.today() - timedelta(days=days))
        scheduler.tick()
        visit.refresh_from_db()
        assert visit.to_ring == kept
    assert visit.to_ring_of_id is None


def without_its_constraint():
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE peer_monitoring_visit DROP CONSTRAINT number_to_ring_is_somebodys")


def test_a_number_from_before_is_a_lead_s_and_goes_where_nobody_leads(as_owner, ready):
    without_its_constraint()
    say_whose = import_module("peer_monitoring.migrations.0012_whose_number_it_is").say_whose
    visit = settled(ready, to_ring="Robin, 07700 900 982")
    for whose, words in ((ready.lead.pk, "Robin, 07700 900 982"), (None, "")):
        Visit.objects.filter(pk=visit.pk).update(to_ring_of_id=None)
        say_whose(apps, None)
        visit.refresh_from_db()
        assert (visit.to_ring_of_id, visit.to_ring) == (whose, words)
        ready.group.memberships.filter(seat="lead").update(until=clock.today())


@pytest.mark.parametrize("moment", ["closed_at", "cancelled_at"])
def test_no_number_stands_on_a_visit_that_is_over(moment, ready):
    visit = logged(ready) if moment == "closed_at" else settled(ready)
    with pytest.raises(IntegrityError, match="nobody_is_rung_once_it_is_over"), transaction.atomic():
        Visit.objects.filter(pk=visit.pk).update(**{moment: clock.now(), "to_ring": "Robin, 07700 900 982"})


@pytest.mark.parametrize("wrong", ["a number of nobody", "nobody's number"])
def test_no_visit_keeps_a_number_without_whose_it_is_nor_whose_a_number_was(wrong, ready):
    visit = settled(ready, to_ring="Robin, 07700 900 982")
    field = {"to_ring_of_id": None} if wrong == "a number of nobody" else {"to_ring": ""}
    with pytest.raises(IntegrityError, match="number_to_ring_is_somebodys"), transaction.atomic():
        Visit.objects.filter(pk=visit.pk).update(**field)


def test_a_number_of_nobody_goes_before_it_is_refused_and_no_other(as_owner, ready):
    without_its_constraint()
    kept, nobodys, no_number, empty = (settled(ready, to_ring="Robin, 07700 900 982") for _ in range(4))
    Visit.objects.filter(pk=nobodys.pk).update(to_ring_of_id=None)
    Visit.objects.filter(pk=no_number.pk).update(to_ring="")
    Visit.objects.filter(pk=empty.pk).ring_nobody()
    import_module("peer_monitoring.migrations.0019_a_number_is_somebodys").put_right(apps, None)
    found = [(bool(one.to_ring), one.to_ring_of_id) for one in map(again, (kept, nobodys, no_number, empty))]
    assert found == [(True, ready.lead.pk), (False, None), (False, None), (False, None)]


def again(visit):
    return Visit.objects.get(pk=visit.pk)
