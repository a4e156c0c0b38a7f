"""Adjectives for entries of the audit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.db import models

if TYPE_CHECKING:
    from audit.models import Entry  # noqa: F401


class EntryQuerySet(models.QuerySet["Entry"]):
    """Entries of the schema entered."""

    def about(self, person_id: UUID) -> Self:
        """What was done with information about one person."""
        return self.filter(subject=person_id)

    def newest_first(self) -> Self:
        """The newest first, in an order that does not change between two pages."""
        return self.order_by("-at", "id")
