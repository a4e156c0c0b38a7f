"""Who is ready to visit: members write down what is theirs, the lead writes down vetting."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import transaction

import audit
from groups.errors import NotTheirs, SeatEnded
from groups.models import ConflictOfInterest, Group, GroupMembership, LivedExperience, Training, Vetting
from tenants.schemes.models import Site

DeclaredBy = ConflictOfInterest.DeclaredBy


@transaction.atomic
def add_training(
    *, membership: GroupMembership, name: str, done_on: date, valid_until: date | None, by: UUID
) -> Training:
    """A member writes down a training that they did."""
    _refuse_unless(by == membership.person_id)
    _hold(membership)
    training = Training.objects.create(
        group=membership.group, person_id=by, name=name, done_on=done_on, valid_until=valid_until
    )
    _record(by, "wrote down a training", by, membership.group)
    return training


@transaction.atomic
def change_training(*, training: Training, name: str, done_on: date, valid_until: date | None, by: UUID) -> Training:
    """Put right what was written down of one's own training."""
    _refuse_unless(by == training.person_id)
    training.name, training.done_on, training.valid_until = name, done_on, valid_until
    training.save(update_fields=["name", "done_on", "valid_until"])
    _record(by, "changed a training", training.person_id, training.group)
    return training


@transaction.atomic
def remove_training(*, training: Training, by: UUID) -> None:
    """Take one's own training off the list."""
    _refuse_unless(by == training.person_id)
    _record(by, "removed a training", training.person_id, training.group)
    training.delete()


@transaction.atomic
def declare_conflict(
    *, membership: GroupMembership, scheme_id: UUID, site_id: UUID | None, since: date, until: date | None, by: UUID
) -> ConflictOfInterest:
    """Say that somebody works or worked at a place: they do so themselves, or their lead does."""
    _hold(membership)
    declared_by = DeclaredBy.SELF if by == membership.person_id else DeclaredBy.LEAD
    conflict = ConflictOfInterest.objects.create(
        group=membership.group, person_id=membership.person_id, scheme_id=scheme_id, site_id=site_id, since=since,
        until=until, declared_by=declared_by,
    )  # fmt: skip
    _record(by, "declared a conflict of interest", membership.person_id, membership.group)
    return conflict


@transaction.atomic
def change_conflict(
    *, conflict: ConflictOfInterest, scheme_id: UUID, site_id: UUID | None, since: date, until: date | None, by: UUID
) -> ConflictOfInterest:
    """Put it right, or say that they left: who declared it can."""
    _refuse_unless(may_change(conflict, by))
    conflict.scheme_id, conflict.site_id, conflict.since, conflict.until = scheme_id, site_id, since, until
    conflict.save(update_fields=["scheme_id", "site_id", "since", "until"])
    _record(by, "changed a conflict of interest", conflict.person_id, conflict.group)
    return conflict


@transaction.atomic
def remove_conflict(*, conflict: ConflictOfInterest, by: UUID) -> None:
    """Take it off the list: who declared it can."""
    _refuse_unless(may_change(conflict, by))
    _record(by, "removed a conflict of interest", conflict.person_id, conflict.group)
    conflict.delete()


def may_change(conflict: ConflictOfInterest, by: UUID) -> bool:
    """Whether it was this side that declared it: nobody strikes out what another says of them."""
    return (conflict.declared_by == DeclaredBy.SELF) == (by == conflict.person_id)


@transaction.atomic
def say_lived_experience(*, membership: GroupMembership, has: bool | None, by: UUID) -> None:
    """A person says it for themselves, or says nothing any more; nobody says it for them."""
    _refuse_unless(by == membership.person_id)
    _hold(membership)
    LivedExperience.objects.for_group(membership.group).for_person(by).delete()
    if has is not None:
        LivedExperience.objects.create(group=membership.group, person_id=by, has=has)
    # The record must not tell what they said, nor that they said it.
    _record(by, "changed what counts for a team", by, membership.group)


@transaction.atomic
def set_vetting(
    *, membership: GroupMembership, site: Site, status: str, stands_until: date | None, by: UUID | None
) -> Vetting:
    """The lead writes down where somebody stands with a place, and never why."""
    _hold(membership)
    Vetting.objects.for_group(membership.group).for_person(membership.person_id).to_enter(site.pk).delete()
    vetting = Vetting.objects.create(
        group=membership.group, person_id=membership.person_id, site_id=site.pk, status=status,
        stands_until=stands_until,
    )  # fmt: skip
    _record(by, "wrote down where a member stands with a place", membership.person_id, membership.group)
    return vetting


def record_reading(*, group: Group, people: Iterable[UUID], by: UUID) -> None:
    """That a lead read what is kept of others."""
    others = [(person_id, group) for person_id in people if person_id != by]
    audit.record_each(by=by, operation="read", what="read who is ready to visit", about=others)


def forget(membership: GroupMembership) -> None:
    """What was kept of somebody for visits goes with their seat."""
    for model in (Training, ConflictOfInterest, LivedExperience, Vetting):
        model.objects.for_group(membership.group).for_person(membership.person_id).delete()


def _hold(membership: GroupMembership) -> None:
    """Hold the seat, so that nothing is kept for one that ends at this moment."""
    seats = GroupMembership.objects.for_group(membership.group).running().select_for_update()
    if seats.filter(pk=membership.pk).first() is None:
        raise SeatEnded("This person has no seat in the group any more.")


def _refuse_unless(theirs: bool) -> None:
    if not theirs:
        raise NotTheirs("This is for somebody else to say.")


def _record(by: UUID | None, what: str, subject: UUID, group: Group) -> None:
    audit.record(by=by, operation="change", what=what, subject=subject, thing=group)
