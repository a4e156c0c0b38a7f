"""A team that is not let in, or has to leave: it is noted, and the visit is over without a record."""

from datetime import timedelta

import pytest

from kit import clock
from peer_monitoring import actions, queries
from peer_monitoring.errors import TooLate
from peer_monitoring.models import Trouble, Visit
from tests.factories.peer_monitoring import settled, under_way, written

AT_THE_DOOR = {"kind": "refused", "by_role": "Custody sergeant", "why": "Too busy", "minutes": ""}


def place(visit: Visit, path: str = "") -> str:
    return f"/groups/voices/visits/{visit.pk}/{path}"


def now(visit: Visit) -> Visit:
    return Visit.objects.get(pk=visit.pk)


@pytest.mark.parametrize("kind", ["refused", "cut_short"])
def test_it_is_noted_at_the_door_and_the_lead_ends_the_visit(kind, led, going, scheme, ready) -> None:
    visit = settled(ready, is_held_back=True)
    assert going.post(place(visit, "trouble/"), {**AT_THE_DOOR, "kind": kind}).status_code == 302
    assert now(visit).state == Visit.State.UNDER_WAY, "somebody was there"
    assert not Visit.objects.visible_to_scheme(scheme.pk).exists()
    assert "This is all" in led.get(place(visit, "records/")).content.decode()
    led.post(place(visit, "records/logged/"))
    assert now(visit).state == Visit.State.LOGGED
    assert Visit.objects.visible_to_scheme(scheme.pk).get() == visit
    led.post(place(visit, "close/"))
    assert now(visit).state == Visit.State.CLOSED


@pytest.mark.parametrize("kind", ["delayed", "area"])
def test_a_team_that_was_let_in_is_waited_for(kind, led, going, ready) -> None:
    visit = settled(ready)
    going.post(place(visit, "trouble/"), {**AT_THE_DOOR, "kind": kind})
    assert "This is all" not in led.get(place(visit, "records/")).content.decode()
    led.post(place(visit, "records/logged/"))
    assert now(visit).state == Visit.State.UNDER_WAY


def test_what_happened_at_another_visit_ends_none(led, going, ready) -> None:
    visit, other = under_way(ready), under_way(ready)
    going.post(place(other, "trouble/"), AT_THE_DOOR)
    led.post(place(visit, "records/logged/"))
    assert now(visit).state == Visit.State.UNDER_WAY


def test_where_the_team_was_not_let_in_the_place_stays_due(led, going, ready) -> None:
    programme = actions.begin_programme(
        group=ready.group, name="Once", question_set=ready.plan().version.question_set, by=ready.lead.pk
    )
    actions.add_place(programme=programme, site=ready.site, months=3, by=ready.lead.pk)
    visit = settled(ready)
    going.post(place(visit, "trouble/"), AT_THE_DOOR)
    led.post(place(visit, "records/logged/"))
    due = queries.what_is_due(programme)[0]
    assert (due.last, due.is_due) == (None, True)


def test_nothing_is_noted_of_a_day_that_has_not_come(going, ready) -> None:
    visit = settled(ready, day=clock.today() + timedelta(days=3))
    assert "trouble/" not in going.get(place(visit)).content.decode()
    assert "call it off" in going.post(place(visit, "trouble/"), AT_THE_DOOR).content.decode()
    assert not Trouble.objects.exists()


def test_nothing_is_noted_of_a_visit_that_was_called_off(going, ready) -> None:
    visit = actions.cancel(visit=settled(ready), why="Ill", by=ready.lead.pk)
    assert "was called off" in going.post(place(visit, "trouble/"), AT_THE_DOOR).content.decode()
    assert not Trouble.objects.exists()


def test_a_visit_that_has_begun_is_not_called_off_and_the_page_says_what_to_do(led, ready) -> None:
    visit = under_way(ready)
    for page in (led.get(place(visit)), led.get(place(visit, "call-off/"))):
        assert "it cannot be called off. If the team was not let in" in page.content.decode()
    assert 'name="why"' not in led.get(place(visit, "call-off/")).content.decode()
    assert "cannot be called off" in led.post(place(visit, "call-off/"), {"why": "Ill"}).content.decode()
    with pytest.raises(TooLate):
        actions.cancel(visit=visit, why="Ill", by=ready.lead.pk)
    assert now(visit).cancelled_at is None


def test_a_visit_of_which_a_phone_sent_something_is_not_called_off(ready) -> None:
    visit = settled(ready)
    written(visit, ready.monitors[0])
    with pytest.raises(TooLate):
        actions.cancel(visit=visit, why="Ill", by=ready.lead.pk)
