"""A visit on its day: it begins, something keeps the team from it, it is closed."""

from uuid import UUID

from django.db import transaction

import audit
from kit import clock
from kit.dates import short_day
from peer_monitoring.errors import NotOnTheTeam, TooLate
from peer_monitoring.models import Seat, Trouble, Visit


@transaction.atomic
def begin(*, visit: Visit, by: UUID) -> Visit:
    """Somebody of the team is there; from now on the visit keeps its version and its plan (rule 6)."""
    held = _held(visit)
    if not Seat.objects.on(held).filter(person_id=by).exists():
        raise NotOnTheTeam("Only somebody on the team can begin a visit.")
    if held.ready_at is None or held.cancelled_at or held.logged_at:
        raise TooLate("This visit is not settled yet, or is over. Its page says how it stands.")
    if held.day > clock.today():
        raise TooLate(f"This visit is on {short_day(held.day)}. It can begin on that day.")
    if held.began_at is None:
        held.began_at = clock.now()
        held.save(update_fields=["began_at"])
        audit.record(by=by, operation="change", what="began a visit", thing=held)
    return held


@transaction.atomic
def note_trouble(*, visit: Visit, kind: Trouble.Kind, by_role: str, why: str, minutes: int | None, by: UUID) -> Trouble:
    """Write down what kept the team out, let it in late, or cut the visit short: whoever knows that was there."""
    held = _held(visit)
    if held.ready_at is None or held.cancelled_at or held.closed_at:
        raise TooLate("This visit has not been settled yet, was called off, or is closed.")
    if held.day > clock.today():
        raise TooLate(f"This visit is on {short_day(held.day)}. If it cannot take place, call it off.")
    if held.began_at is None:
        held.began_at = clock.now()
        held.save(update_fields=["began_at"])
    trouble = Trouble.objects.create(visit=held, kind=kind, by_role=by_role.strip(), why=why.strip(), minutes=minutes)
    audit.record(by=by, operation="change", what="noted what kept a team from a visit", thing=held)
    return trouble


@transaction.atomic
def close(*, visit: Visit, by: UUID) -> Visit:
    """Nothing more comes of a visit that is logged; from now on one that was held back counts too."""
    held = _held(visit)
    if held.logged_at is None:
        raise TooLate("A visit is closed once it is logged.")
    if held.closed_at is None:
        held.closed_at, held.to_ring, held.to_ring_of_id = clock.now(), "", None
        held.save(update_fields=["closed_at", "to_ring", "to_ring_of_id"])
        audit.record(by=by, operation="change", what="closed a visit", thing=held)
    return held


def _held(visit: Visit) -> Visit:
    return Visit.objects.select_for_update(of=("self",)).get(pk=visit.pk)
