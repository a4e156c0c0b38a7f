"""Adjectives for the forms in which people need to read."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from tenants.feedback.models.needs import InformationNeed  # noqa: F401 (named in strings below)
    from tenants.feedback.models.points import Sayer


class NeedQuerySet(models.QuerySet["InformationNeed"]):
    def of(self, sayer: Sayer) -> Self:
        """That of one of those who said something: by their account, else by their slip."""
        if sayer.person_id:
            return self.filter(person_id=sayer.person_id)
        return self.exclude(slip="").filter(slip=sayer.slip)

    def standing(self) -> Self:
        """What is still needed."""
        return self.filter(ended_on=None)

    def to_look_at_again(self, today: date) -> Self:
        """Those whose day has come."""
        return self.standing().filter(review_on__lte=today)
