"""Adjectives for published answers, and for who follows them."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any, Self
from uuid import UUID

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db import models
from django.db.models import Expression, F

from tenants.schemes.models import Scheme

if TYPE_CHECKING:
    from answers.models import PublishedAnswer, ThemeFollowed  # noqa: F401 (named in strings below)

# As what language PostgreSQL takes the words; the column of answers says the same.
LANGUAGE = "english"
MOST_COMPARED = 2000
# About so many answers are weighed for words of which any may be shared, and so many words weigh.
MOST_LIKE, MOST_WORDS = 5000, 40

# Words by how few answers have them, as PostgreSQL counts for its own plans. Those it does not know are the rarest, and
# all taken; then the rarest that it knows, and more until so many answers are expected to have one of them.
RAREST = """(
    WITH known AS (
        SELECT unnest(most_common_elems::text::text[]) AS word, unnest(most_common_elem_freqs) AS share
        FROM pg_stats
        WHERE schemaname = 'public' AND tablename = 'answers_publishedanswer' AND attname = 'search'
    ), rarest AS (
        SELECT word, count(share) OVER up_to_it AS place, sum(share) OVER up_to_it AS together
        FROM unnest({words}) word LEFT JOIN known USING (word)
        WINDOW up_to_it AS (ORDER BY share NULLS FIRST, word)
    )
    SELECT COALESCE(string_agg(quote_literal(word), ' | '), '')::tsquery
    FROM rarest
    WHERE place <= 1 OR place <= %s AND together <= %s / (
        SELECT GREATEST(reltuples, 1) FROM pg_class WHERE oid = 'public.answers_publishedanswer'::regclass
    ))"""


class AnyOf(SearchQuery):
    """Any of an array of words: the rarest of them, and no more than about `at_most` answers have one of them."""

    def __init__(self, words: Expression, at_most: float = float("inf")) -> None:
        super().__init__("")
        self.words, self.at_most = words, at_most

    def as_sql(self, compiler: Any, connection: Any, *args: Any, **more: Any) -> Any:
        """Looked up once for a whole question, inside the database."""
        words, params = compiler.compile(self.words)
        return RAREST.format(words=words), [*params, MOST_WORDS, self.at_most]


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

    def having(self, words: str) -> Self:
        """Those that have all these words, in no order."""
        return self.filter(search=as_typed(words))

    def saying(self, words: str) -> Self:
        """Those that have all these words, as people type them; what fits best first, also by how close they stand.

        Of words that very many have, the newest are compared: to weigh each of them would cost more than it tells.
        """
        query = as_typed(words)
        newest = self.having(words).newest_first()[:MOST_COMPARED]
        fits = SearchRank(F("search"), query, cover_density=True)
        ranked = type(self)(self.model).filter(pk__in=newest.values("pk"))
        return ranked.order_by(fits.desc(), "-answered_at", "pk")

    def like(self, words: Expression) -> Self:
        """Those that have one of the rarest of these words, an array; what shares most of the words first."""
        fits = SearchRank(F("search"), AnyOf(words))
        return self.filter(search=AnyOf(words, at_most=MOST_LIKE)).order_by(fits.desc(), "-answered_at", "pk")

    def following(self, point_ids: Collection[UUID]) -> Self:
        """Those that did the same as one of these."""
        return self.filter(same_point_id__in=point_ids)


def as_typed(words: str) -> SearchQuery:
    """Words as people type them: all of them, `"in quotes"` as they stand, `-word` without it."""
    return SearchQuery(words, config=LANGUAGE, search_type="websearch")


class ThemeFollowedQuerySet(models.QuerySet["ThemeFollowed"]):
    def of(self, person_id: UUID) -> Self:
        return self.filter(person_id=person_id)
