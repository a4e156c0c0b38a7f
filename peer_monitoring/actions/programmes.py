"""Programmes: begin one, say where it goes and how often, end it."""

from uuid import UUID

from django.db import transaction

import audit
from groups.models import Group
from kit import clock
from peer_monitoring.errors import VisitsRefused
from peer_monitoring.models import Programme, ProgrammeSite
from questions.models import QuestionSet
from tenants.schemes.models import Site


@transaction.atomic
def begin_programme(*, group: Group, name: str, question_set: QuestionSet, by: UUID) -> Programme:
    """A plan with no place in it yet."""
    made = Programme.objects.create(group=group, name=name.strip(), question_set=question_set)
    audit.record(by=by, operation="change", what="began a programme of visits", thing=made)
    return made


@transaction.atomic
def add_place(*, programme: Programme, site: Site, months: int, by: UUID) -> ProgrammeSite:
    """Go to a place too, again after so many months; saying it again changes the months."""
    if Programme.objects.select_for_update().get(pk=programme.pk).ended_on:
        raise VisitsRefused("This programme has ended. Begin another one.")
    place, _ = ProgrammeSite.objects.update_or_create(programme=programme, site=site, defaults={"months": months})
    audit.record(by=by, operation="change", what="said where a programme of visits goes", thing=programme)
    return place


@transaction.atomic
def remove_place(*, place: ProgrammeSite, by: UUID) -> None:
    """Go to a place no more; visits that are planned stay."""
    place.delete()
    audit.record(by=by, operation="change", what="said where a programme of visits goes", thing=place.programme)


@transaction.atomic
def end_programme(*, programme: Programme, by: UUID) -> None:
    """Nothing more falls due of it; visits that are planned stay. It ends once, on the day on which that was said."""
    held = Programme.objects.select_for_update().get(pk=programme.pk)
    if held.ended_on is None:
        held.ended_on = clock.today()
        held.save(update_fields=["ended_on"])
        audit.record(by=by, operation="change", what="ended a programme of visits", thing=held)
