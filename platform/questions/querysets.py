"""Question sets are reached only through these scopes (data rule 8)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.db import models
from django.db.models import OuterRef, Q

if TYPE_CHECKING:
    from groups.models import Group


class QuestionSetQuerySet(models.QuerySet):
    def of_group(self, group: Group) -> Self:
        """A group's own sets, which its lead can change."""
        return self.filter(group=group)

    def for_group(self, group: Group) -> Self:
        """What a group can use: its own sets, and ours."""
        return self.filter(Q(group=group) | Q(group=None))


class QuestionSetVersionQuerySet(models.QuerySet):
    def of_set(self, question_set_id: UUID | OuterRef) -> Self:
        """The versions of one set, newest first."""
        return self.filter(question_set=question_set_id).order_by("-number")

    def for_group(self, group: Group) -> Self:
        """Versions of sets that a group can use."""
        return self.for_groups([group.pk])

    def for_groups(self, groups: Iterable[UUID]) -> Self:
        """Versions of sets that one of these groups can use."""
        return self.filter(Q(question_set__group__in=set(groups)) | Q(question_set__group=None))

    def of_group(self, group: Group) -> Self:
        """Versions of a group's own sets."""
        return self.filter(question_set__group=group)

    def in_use(self) -> Self:
        """Those that a new visit can take."""
        return self.filter(retirement=None)
