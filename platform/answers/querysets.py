"""Adjectives for published answers, and for who follows them."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db import models
from django.db.models import F

from tenants.schemes.models import Scheme

if TYPE_CHECKING:
    from answers.models import PublishedAnswer, ThemeFollowed  # noqa: F401 (named in strings below)

# As what language PostgreSQL takes the words; the column of answers says the same.
LANGUAGE = "english"
MOST_COMPARED = 2000


class PublishedAnswerQuerySet(models.QuerySet["PublishedAnswer"]):
    def readable(self) -> Self:
        """Those of schemes whose own site answers: what nobody can read there, nobody reads here."""
        # Asked first: hardly ever is there one, and a join of each search with a small table misleads the planner.
        closed = list(Scheme.objects.exclude(status=Scheme.Status.OPEN).values_list("pk", flat=True))
        return self.exclude(scheme_id__in=closed) if closed else self

    def of_scheme(self, scheme_id: UUID) -> Self:
        return self.filter(scheme_id=scheme_id)

    def of_others(self, scheme_id: UUID) -> Self:
        return self.exclude(scheme_id=scheme_id)

    def about(self, theme: str) -> Self:
        return self.filter(theme_code=theme, theme_is_core=True)

    def from_group(self, group: str) -> Self:
        return self.filter(groups__contains=[group])

    def at_kind(self, kind: str) -> Self:
        """Those about one kind of place."""
        return self.filter(site_kind=kind)

    def decided_as(self, decision: str) -> Self:
        return self.filter(decision=decision)

    def newest_first(self) -> Self:
        return self.order_by("-answered_at", "pk")

    def saying(self, words: str) -> Self:
        """Those that have all these words, as people type them; what fits best first."""
        return self._ranked(SearchQuery(words, config=LANGUAGE, search_type="websearch"), close=True)

    def like(self, query: SearchQuery) -> Self:
        """Those that have any words of a query of PostgreSQL's own; what shares most of them first."""
        return self._ranked(query, close=False)

    def _ranked(self, query: SearchQuery, *, close: bool) -> Self:
        """What fits best first; with `close` also by how close together the words stand.

        Of words that very many have, the newest are compared: to weigh each of them would cost more than it tells.
        """
        newest = self.filter(search=query).newest_first()[:MOST_COMPARED]
        ranked = type(self)(self.model).filter(pk__in=newest.values("pk"))
        fits = SearchRank(F("search"), query, cover_density=close)
        return ranked.order_by(fits.desc(), "-answered_at", "pk")

    def following(self, point_ids: Collection[UUID]) -> Self:
        """Those that did the same as one of these."""
        return self.filter(same_point_id__in=point_ids)


class ThemeFollowedQuerySet(models.QuerySet["ThemeFollowed"]):
    def of(self, person_id: UUID) -> Self:
        return self.filter(person_id=person_id)
