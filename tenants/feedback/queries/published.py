"""A scheme's answers as it hands them over to be found nationally: what its own public page shows (ADR 0059)."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.db.models.functions import Coalesce

from answers.published import A_FEW, Elsewhere, Published
from kit import disclosure, scope
from kit.pair import PairView
from tenants.feedback.models import GroupTag, Point, Round, Same, Sayer
from tenants.feedback.queries.answers import pairs_of, readable
from tenants.feedback.queries.lines import how_many_people, what_they_say
from tenants.feedback.rules import Kind
from tenants.schemes.models import Scheme


def published_answers(point_ids: Collection[UUID] | None = None) -> Mapping[UUID, Published]:
    """Those that the public may read now, by their point: of some points, or all; in a fixed number of statements.

    Without quotes: whoever is quoted agreed to their words beside the answer on this scheme's site, and nowhere else.
    """
    points = readable().select_related("theme")
    if point_ids is not None:
        points = points.filter(pk__in=point_ids)
    pairs = pairs_of(points)
    rounds = {point.pk: point.rounds_open_to_public[0] for point, _ in pairs}  # type: ignore[attr-defined]
    kinds = _kinds_of_places() if any(point.site_id for point, _ in pairs) else {}
    followed = Same.objects.filter(round__in=[round_.pk for round_ in rounds.values()])
    same = {one.round_id: Elsewhere(one.other_scheme_id, one.other_point_id) for one in followed}
    return {
        point.pk: _published(point, pair, rounds[point.pk], kinds, same.get(rounds[point.pk].pk))
        for point, pair in pairs
    }


def published_points() -> set[UUID]:
    """The points whose answers the public may read now: by their ids alone, which is asked every minute."""
    return set(Point.objects.told_first().order_by().values_list("pk", flat=True))


def resting_on_who_is_gone() -> set[UUID]:
    """The points that are answered for somebody, too, whose record was erased."""
    gone = Sayer.objects.filter(kind=Kind.GONE).order_by()
    return set(gone.values_list(Coalesce("point__answered_with", "point"), flat=True))


def _published(
    point: Point, pair: PairView, round_: Round, kinds: Mapping[UUID, str], same: Elsewhere | None
) -> Published:
    rests_on = [one for one in (point, *point.joined.all()) if not one.words_left_out or not point.joined.all()]
    groups = _core_first({group for one in rests_on for group in one.groups.all()})
    return Published(
        said=pair.said,
        decision=round_.decision,
        answer=pair.answer,
        reason=pair.why,
        who=pair.who,
        due=pair.by,
        review_on=pair.review_on,
        theme_code=point.theme.code if point.theme else "",
        theme=point.theme.label if point.theme else "",
        theme_is_core=bool(point.theme and point.theme.core),
        groups=[group.code for group in groups if group.core],
        group_labels=[group.label for group in groups],
        site_kind=kinds.get(point.site_id, "") if point.site_id else "",
        people=_people(point, rests_on),
        said_on=pair.said_on,
        line=[(stop.done, stop.on.isoformat() if stop.on else "") for stop in pair.stops],
        says=what_they_say(round_),
        waits_again=point.is_open,
        helps=pair.helps,
        example_note=pair.example_note,
        answered_at=round_.public_from,  # type: ignore[arg-type]  # it is open to the public
        same=same,
    )


def _core_first(groups: Collection[GroupTag]) -> list[GroupTag]:
    """So that codes and words of those that every scheme has stand at the same places of their lists."""
    return sorted(groups, key=lambda group: (not group.core, group.label))


def _people(point: Point, rests_on: Collection[Point]) -> int | None:
    """How many people, by the rule of disclosure."""
    many = how_many_people(rests_on) if point.joined.all() else point.how_many
    if many is None:
        return None
    return disclosure.rounded(many) or A_FEW


def _kinds_of_places() -> dict[UUID, str]:
    scheme = Scheme.objects.get(schema_name=scope.current())
    return dict(scheme.sites.values_list("pk", "kind"))
