"""Pages on their way from an editor to the site."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet
from wagtail.models import Page, WorkflowState

from kit import working_days
from kit.clock import LONDON

# Whoever may publish has so many working days to look; the same again to change what came back.
DAYS_TO_LOOK = 5


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A page that somebody has to look at or to change, and by when."""

    page_id: int
    title: str
    since: datetime

    @property
    def look_by(self) -> date:
        """The day until which nobody waits too long."""
        return working_days.add(self.since.astimezone(LONDON).date(), DAYS_TO_LOOK)


def handed_in() -> list[HandedIn]:
    """What waits for whoever may publish, oldest first."""
    return _pages(WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS))


def sent_back_to(person_id: UUID) -> list[HandedIn]:
    """What somebody handed in and was asked to change."""
    return _pages(WorkflowState.objects.filter(status=WorkflowState.STATUS_NEEDS_CHANGES, requested_by_id=person_id))


def _pages(states: QuerySet[WorkflowState]) -> list[HandedIn]:
    found = states.values_list(
        "object_id", "current_task_state__revision__created_at", "current_task_state__finished_at"
    )
    since = {int(page): ended or began for page, began, ended in found}
    titles = dict(Page.objects.filter(pk__in=since).values_list("pk", "draft_title"))
    pages = [HandedIn(pk, titles[pk], moment) for pk, moment in since.items() if pk in titles]
    return sorted(pages, key=lambda page: page.since)
