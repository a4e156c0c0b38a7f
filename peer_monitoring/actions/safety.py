"""Who is inside: somebody says that they are in and when they will be out, and others learn if they do not come."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse

import audit
from kit import clock, outbox
from peer_monitoring import queries, wordless
from peer_monitoring.actions.where_raised import promise_where
from peer_monitoring.errors import NotATime, NotOnTheTeam, TooLate
from peer_monitoring.models import SafetyCheck, Seat, Visit
from peer_monitoring.rules import LONGEST_INSIDE
from people.actions import end_notices, notice
from people.queries import work_email

ALARM, WELL = "visit_alarm", "visit_well"


@transaction.atomic
def say_in(*, visit: Visit, out_by: datetime, by: UUID) -> SafetyCheck:
    """Somebody is inside until then. Said again, it moves the time on, and whoever missed them learns that all is well.

    Whoever is inside can move the time on whatever became of the visit; to go in, it must be settled and not over.
    """
    now = clock.now()
    if not now < out_by <= now + LONGEST_INSIDE:
        raise NotATime("Choose a time within the next 12 hours.")
    held = Visit.objects.select_for_update(of=("self",)).get(pk=visit.pk)
    check = SafetyCheck.objects.on(held).filter(person_id=by).select_for_update().first()
    if check is not None and check.is_in:
        _end_alarm(check)
        check.due_out_at = out_by
    else:
        _may_go_in(held, by)
        check = check or SafetyCheck(visit=held, person_id=by)
        check.went_in_at, check.due_out_at, check.came_out_at = now, out_by, None
        promise_where(held)
    check.save()
    audit.record(by=by, operation="change", what="said how long they are inside", subject=by, thing=held)
    return check


@transaction.atomic
def come_out(*, check: SafetyCheck, by: UUID) -> SafetyCheck:
    """They are out, by their own word or a lead's. An alarm ends, and whoever was told of it learns that."""
    held = SafetyCheck.objects.select_for_update(of=("self",)).select_related("visit__group").get(pk=check.pk)
    if not held.is_in:
        return held
    _end_alarm(held)
    held.came_out_at = clock.now()
    held.save(update_fields=["came_out_at", "alarm_at"])
    audit.record(by=by, operation="change", what="said that somebody is out", subject=held.person_id, thing=held.visit)
    return held


@transaction.atomic
def raise_alarms() -> None:
    """Of everybody who meant to be out by now and has not said so, the others learn, once."""
    now = clock.now()
    # Whoever says at this moment that they are out holds the row, and is not overdue once it is let go.
    overdue = SafetyCheck.objects.overdue(now).order_by("pk").select_related("visit__group")
    for check in overdue.select_for_update(of=("self",)):
        check.alarm_at = now
        check.save(update_fields=["alarm_at"])
        key = check.alarm_key
        for number, one in enumerate(queries.whom_to_alarm(check)):
            notice(person_id=one.person_id, kind=ALARM, key=key, path=_path(check))
            outbox.put(
                "peer_monitoring.alarm", key=f"{key}:{number}", in_schema="public",
                check=check.pk, alarm=key, member=one.pk,
            )  # fmt: skip


@transaction.atomic
def send_alarm(*, check_id: UUID, alarm: str, member_id: UUID, key: str) -> None:
    """One neutral message at once, to the address with which they sign in; none once all is well, nor to whoever is
    not to know of it any more."""
    check = SafetyCheck.objects.select_related("visit__group").filter(pk=check_id).first()
    if check is None or check.alarm_key != alarm:
        return
    told = next((one for one in queries.whom_to_alarm(check) if one.pk == member_id), None)
    if told and (address := work_email(told.person_id)):
        wordless.send(key=f"visit_alarm:{key}", to=address)


def _may_go_in(visit: Visit, person_id: UUID) -> None:
    if not Seat.objects.on(visit).filter(person_id=person_id).exists():
        raise NotOnTheTeam("Only somebody on the team can go in.")
    if not visit.is_on:
        raise TooLate("This visit is not settled yet, or is over. Its page says how it stands.")


def _end_alarm(check: SafetyCheck) -> None:
    if check.alarm_at is None:
        return
    for person_id in end_notices(kind=ALARM, key=check.alarm_key):
        notice(person_id=person_id, kind=WELL, key=check.alarm_key, path=_path(check))
    check.alarm_at = None


def _path(check: SafetyCheck) -> str:
    where = [check.visit.group.slug, check.visit_id]
    return reverse("visit_safety", args=where, urlconf=settings.PUBLIC_SCHEMA_URLCONF)
