"""What the public reads: answered points."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Prefetch, QuerySet, prefetch_related_objects

from kit.pair import PairView
from tenants.feedback.models import Point, Round, Theme
from tenants.feedback.queries.lines import groups_of, pair_of, people_words_of
from tenants.feedback.queries.outcomes import public_outcomes
from tenants.feedback.queries.quotes import quotes_beside
from tenants.feedback.querysets.points import PointQuerySet
from tenants.feedback.rules import Decision

ON_A_PAGE = 20


def answered(
    *,
    theme: str = "",
    site: UUID | None = None,
    decision: str = "",
    words: str = "",
    page: int | str = 1,
    on_a_page: int = ON_A_PAGE,
) -> Page[PairView]:
    """Pairs that the public may read, the latest answer first; `theme` is a code."""
    points = readable(theme=theme, site=site)
    if decision in Decision.values:
        points = points.publicly_decided_as(Decision(decision))
    if words:
        points = points.showing(words)
    found: Page[Any] = Paginator(points, on_a_page).get_page(page)
    found.object_list = [pair for _, pair in pairs_of(found.object_list)]
    return found


def readable(*, theme: str = "", site: UUID | None = None) -> PointQuerySet:
    """The points that the public may read now, the latest answer first, with what a pair is made of at hand."""
    points = Point.objects.told_first().by_latest_answer()
    if theme:
        points = points.filter(theme__code=theme)
    if site:
        points = points.filter(site_id=site)
    return points.prefetch_related("groups", "outcomes", "joined__groups", "joined__sayers", _open_rounds())


def pairs_of(points: Iterable[Point]) -> list[tuple[Point, PairView]]:
    """Points that the public may read, each with its latest public answer."""
    shown = list(points)
    prefetch_related_objects([point for point in shown if point.joined.all()], "sayers")
    quotes = quotes_beside([point.pk for point in shown]) if shown else {}
    latest = ((point, point.rounds_open_to_public[0]) for point in shown)  # type: ignore[attr-defined]
    return [(point, replace(public_pair(point, round_), quotes=quotes.get(point.pk, ()))) for point, round_ in latest]


def pairs_by_id(point_ids: Collection[UUID]) -> dict[UUID, PairView]:
    """Of these points those that the public may read now, as they stand; the others are left out.

    One that is answered with another reads as that one, where the words for the website rest on it.
    """
    if not point_ids:
        return {}
    found = Point.objects.filter(pk__in=point_ids).values_list("pk", "answered_with", "words_left_out")
    carriers = {pk: lead or pk for pk, lead, left_out in found.order_by() if not (lead and left_out)}
    pairs = {point.pk: pair for point, pair in pairs_of(readable().filter(pk__in=set(carriers.values())))}
    return {pk: pairs[lead] for pk, lead in carriers.items() if lead in pairs}


def choosable(*, saying: str = "") -> PointQuerySet:
    """Answers that somebody can choose to show elsewhere, the latest first: what the public may read, and found by
    nothing else. What was said in private is not even fetched.
    """
    points = Point.objects.told_first().by_latest_answer()
    if saying:
        points = points.saying_publicly(saying)
    return points.only("public_words")


def themes_with_answers() -> QuerySet[Theme]:
    """The themes by which answered points can be filtered."""
    return Theme.objects.filter(pk__in=Point.objects.told_first().values("theme"))


def public_pair(point: Point, round_: Round, *, on: date | None = None) -> PairView:
    """One answer as the public reads it, or as it stood `on` a day gone by.

    The point has its groups, its outcomes and what is answered with it at hand.
    """
    helps = public_outcomes(point.outcomes.all()) if round_.is_promise else []
    pair = replace(pair_of(point, round_, said=point.public_words, on=on), helps=helps)
    if not point.joined.all():
        return replace(pair, in_other_words=True)
    rests_on = [one for one in (point, *point.joined.all()) if not one.words_left_out]
    return replace(pair, in_other_words=True, people_words=people_words_of(rests_on), groups=groups_of(rests_on))


def _open_rounds() -> Prefetch:
    rounds = Round.objects.open_to_public().order_by("-number")
    return Prefetch(
        "rounds",
        rounds.prefetch_related("progress", "tellings__sayer", "confirmations"),
        to_attr="rounds_open_to_public",
    )
