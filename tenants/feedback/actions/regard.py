"""Before it decides, a scheme says whether that changes how people are treated, and how it looked at equality."""

from collections.abc import Mapping

from django.db import transaction

import audit
from people.models import Person
from tenants.feedback.actions.locking import locked_to_answer
from tenants.feedback.actions.owning import check_owner
from tenants.feedback.errors import NoRegard
from tenants.feedback.models import DueRegard, Point
from tenants.feedback.rules import REGARD
from tenants.schemes.models import Membership


@transaction.atomic
def no_regard_needed(*, point: Point, why_not: str, by: Person) -> DueRegard:
    """Say in a line why a decision changes no policy and not how people are treated."""
    if not why_not.strip():
        raise NoRegard("Say in one line why not.", field="why_not")
    return _add(point, by, changes_policy=False, why_not=why_not.strip())


@transaction.atomic
def record_regard(*, point: Point, words: Mapping[str, str], decision_maker: Membership, by: Person) -> DueRegard:
    """Write down how the duties were taken into account (S13, S14); `words` by the names in `rules.REGARD`."""
    check_owner(decision_maker, (), field="decision_maker")
    given = {name: words.get(name, "").strip() for name in REGARD}
    empty = next((name for name in REGARD if not given[name]), None)
    if empty:
        raise NoRegard("Fill this in. If there is nothing to say, say so, and how you know.", field=empty)
    return _add(
        point, by, changes_policy=True, decision_maker_id=decision_maker.pk,
        decision_maker_role=decision_maker.get_role_display(), **given,
    )  # fmt: skip


def standing_regard(point: Point) -> DueRegard | None:
    """The latest record on which no decision rests yet, of the point or of one that is answered with it."""
    together = Point.objects.together_with(point.pk)
    return DueRegard.objects.filter(point__in=together, rounds=None).order_by("made_at", "number").last()


def _add(point: Point, by: Person, **fields: object) -> DueRegard:
    point = locked_to_answer(point.pk)
    last = DueRegard.objects.filter(point=point, rounds=None).order_by("number").last()
    if last and last.by_id == by.pk and all(getattr(last, name) == value for name, value in fields.items()):
        return last
    number = DueRegard.objects.filter(point=point).count() + 1
    made = DueRegard.objects.create(point=point, number=number, by_id=by.pk, **fields)
    audit.record(by=by, operation="change", what="wrote down regard to equality before deciding", thing=point)
    return made
