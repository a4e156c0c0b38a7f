"""Adjectives for what the site shows of people: pictures, films, agreements, and people who are named."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Count, F, Q
from wagtail.images.models import ImageQuerySet

from kit import clock

if TYPE_CHECKING:
    from cms.models import Film, Named  # noqa: F401


def _running(prefix: str = "") -> Q:
    """An agreement that was not taken back, whose person was not erased, and whose last day is not over."""
    lasts = Q(**{f"{prefix}until": None}) | Q(**{f"{prefix}until__gte": clock.today()})
    return lasts & Q(**{f"{prefix}withdrawn_at": None, f"{prefix}erased": False})


def _counted(rows: models.QuerySet) -> models.QuerySet:
    """Each picture or film with how many people agreed, and how many took it back, as `agreed` and `taken_back`."""
    over = Q(consents__withdrawn_at__isnull=False) | Q(consents__erased=True)
    return rows.annotate(
        agreed=Count("consents", filter=_running("consents__"), distinct=True),
        taken_back=Count("consents", filter=over, distinct=True),
    )


def _agreed_to(model: type[models.Model]) -> models.QuerySet:
    """The keys of those in which everybody who can be recognised has agreed, and nobody ever took it back."""
    everybody = _counted(model._base_manager.all()).filter(people__isnull=False, agreed__gte=F("people"), taken_back=0)
    return everybody.values("pk")


class PictureQuerySet(ImageQuerySet):
    """Pictures."""

    def open_to_public(self) -> Self:
        """Those that the public may see."""
        return self.filter(pk__in=_agreed_to(self.model))

    def not_taken_back(self) -> Self:
        """Those that nobody in them has taken back: they are in the library, shown or not."""
        return self.filter(pk__in=_counted(self.model._base_manager.all()).filter(taken_back=0).values("pk"))

    def with_agreement(self) -> Self:
        """Each with how many people agreed (`agreed`), and how many took it back (`taken_back`)."""
        return _counted(self)  # type: ignore[return-value]


class FilmQuerySet(models.QuerySet["Film"]):
    """Films that stand elsewhere."""

    def open_to_public(self) -> Self:
        """Those that a page may lead to."""
        return self.filter(pk__in=_agreed_to(self.model))

    def with_agreement(self) -> Self:
        """Each with how many people agreed (`agreed`), and how many took it back (`taken_back`)."""
        return _counted(self)  # type: ignore[return-value]


class NamedQuerySet(models.QuerySet["Named"]):
    """People whom the site names."""

    def open_to_public(self) -> Self:
        """Those who agreed and did not take it back."""
        return self.filter(_running())
