"""The demonstration looks alike on whichever day somebody starts it, whatever weekday, month or hour that is."""

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.conf import settings
from django.db.models import QuerySet

from alongside.demo import provision, visits
from alongside.demo.agreed import INVENTED
from alongside.demo.case_study import ANSWERS
from alongside.demo.places import PLACES
from alongside.demo.provisioning import SHOWN_AT_THE_FIRST, SIGN_INS
from alongside.demo.stories import STORIES
from alongside.demo.visited import CUT_SHORT, LOOKED_ROUND
from kit import clock
from kit.models import OutboxMessage
from peer_monitoring import written
from peer_monitoring.models import Attachment, Draft, Record, Trouble, Visit
from tenants.feedback.models import Confirmation, Point, Round
from tenants.schemes.entering import enter
from tenants.schemes.models import Scheme
from tests.factories.peer_monitoring import ready_group

EVERYTHING_BEGAN = timedelta(days=200)
State = Visit.State
STATES = [
    (-CUT_SHORT, State.CLOSED, True),
    (-LOOKED_ROUND, State.LOGGED, False),
    (0, State.UNDER_WAY, False),
    (5, State.PLANNED, False),
    (9, State.ANNOUNCED, False),
    (16, State.HELD_BACK, True),
]
MOMENTS = {
    "a Friday": datetime(2027, 5, 7, 14),
    "a Sunday, when it is still Saturday in Greenwich": datetime(2027, 5, 9, 0, 5),
    "29 February": datetime(2028, 2, 29, 23, 55),
    "the last of December": datetime(2026, 12, 31, 23, 55),
    "the first of January": datetime(2027, 1, 1, 0, 5),
    "an hour that there is not": datetime(2027, 3, 28, 1, 30),
    "an hour that there is twice": datetime(2027, 10, 31, 1, 30),
}


def begun_on(scheme: Scheme, moment: datetime) -> None:
    """What the demonstration's group plans and finds, when somebody starts it at this moment."""
    clock.set_to(moment - EVERYTHING_BEGAN, frozen=True)
    ready = ready_group(scheme, "Voices")
    clock.set_to(moment, frozen=True)
    visits.go(ready.group, scheme)
    assert clock.now().timestamp() == moment.timestamp()


def in_order(day: date) -> list[tuple[int, Visit.State, bool]]:
    found: QuerySet[Visit] = Visit.objects.order_by("day")
    return [((one.day - day).days, one.state, one.is_held_back) for one in found]


@pytest.mark.parametrize("moment", MOMENTS.values(), ids=MOMENTS)
def test_there_are_visits_in_each_state(moment: datetime, scheme: Scheme, work: Callable[[], None]) -> None:
    day = moment.date()
    begun_on(scheme, moment.replace(tzinfo=clock.LONDON))
    work()
    assert in_order(day) == STATES
    early, late, today = Visit.objects.order_by("day")[:3]
    assert (early.troubles.get().kind, early.records.count()) == (Trouble.Kind.CUT_SHORT, 1)
    assert {one.received_at.astimezone(clock.LONDON).date() for one in late.records.all()} == {late.day}
    found = written.side_by_side(late)
    assert (len(found.writers), found.waited_for) == (2, [])
    assert 3 <= sum(row.differ for row in found.rows) < len(found.rows) / 2
    assert sorted(one.state for one in Attachment.objects.on(late)) == ["missing", "shown"]
    assert (today.records.count(), Draft.objects.filter(visit=today).count()) == (1, 1)
    unfinished = early.records.get()
    assert unfinished.stopped.startswith("We had to leave early. ") and INVENTED in unfinished.stopped
    assert unfinished.problems and "signs" in unfinished.answers
    assert not [record.problems for record in Record.objects.exclude(pk=unfinished.pk) if record.problems]


@pytest.mark.long
@pytest.mark.parametrize("moment", MOMENTS.values(), ids=MOMENTS)
def test_the_whole_of_it_stands(moment: datetime, as_owner: str) -> None:
    clock.set_to(moment.replace(tzinfo=clock.LONDON))
    assert provision()
    assert not provision(), "it is made once"
    schemes = [Scheme.objects.get(slug=place.slug) for place in PLACES]
    for scheme in schemes:
        told = STORIES[scheme.slug]
        study = list(ANSWERS.values()) if scheme.slug == PLACES[0].slug else []
        replies = [story.reply for story in told if story.reply] + [reply for _, reply in study]
        with enter(scheme):
            assert Point.objects.filter(example_note="").count() == len(told)
            assert sorted(Round.objects.values_list("decision", flat=True)) == sorted(one.decision for one in replies)
            assert Confirmation.objects.count() == sum(bool(one.confirmed) for one in replies)
    assert in_order(moment.date()) == STATES
    assert {one["who"] for one in json.loads((settings.DATA_FOLDER / SIGN_INS).read_text())} >= {
        role.label for role in SHOWN_AT_THE_FIRST
    }
    assert not OutboxMessage.objects.exclude(last_error="").exists()
