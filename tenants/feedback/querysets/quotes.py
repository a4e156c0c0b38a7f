"""Adjectives for words that are quoted as they were said."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.db import models
from django.db.models import Q

from tenants.feedback.rules import Kind

if TYPE_CHECKING:
    from tenants.feedback.models.quotes import Quote  # noqa: F401 (named in strings below)


class QuoteQuerySet(models.QuerySet["Quote"]):
    def agreed_to(self) -> Self:
        """Those to which whoever said them agrees now."""
        return self.filter(consent__withdrawn_at=None).exclude(sayer__kind=Kind.GONE)

    def beside(self, point_ids: Collection[UUID]) -> Self:
        """Those that can stand beside these points: said with one of them, or with what is answered with it.

        Never of what the words for the website leave out, nor of what was passed on.
        """
        said_with = Q(sayer__point__in=point_ids) | Q(sayer__point__answered_with__in=point_ids)
        return self.filter(said_with, sayer__point__words_left_out=False, sayer__point__passed_on_at=None)
