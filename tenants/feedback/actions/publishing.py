"""What the public reads here is found nationally too: whatever changes it is announced, and read anew (ADR 0059)."""

import logging
import random
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import partial
from uuid import UUID, uuid4

from django.db import transaction

from answers import actions as national
from answers import queries as kept
from kit import outbox, scope
from kit.faults import class_and_place, is_away
from tenants.feedback.models import Point
from tenants.feedback.queries.published import published_answers, published_points, resting_on_who_is_gone
from tenants.schemes.models import Scheme

logger = logging.getLogger(__name__)

KIND = "feedback.public"
# So many are brought into step at a time, since each is locked until all are done; the clock comes again in a minute.
AT_ONCE = 300


@dataclass(frozen=True, slots=True)
class Compared:
    """How far what is found nationally was from what a scheme's own site shows: points that were missing, stood
    otherwise, or stood there though the public may not read them."""

    missing: Collection[UUID]
    otherwise: Collection[UUID]
    gone: Collection[UUID]

    @property
    def points(self) -> list[UUID]:
        """What is to be mended, in this order."""
        return [*self.gone, *self.otherwise, *self.missing]

    @property
    def is_kept(self) -> bool:
        return not self.points


def announce(point: Point) -> None:
    """Promise that what everybody may read about a point now is what is found nationally."""
    carrier = point.answered_with_id or point.pk
    # Each change has a message of its own. What it leads to is read when it is handled: late or twice, it does no harm.
    outbox.put(KIND, key=f"{carrier}:{uuid4()}", point=carrier)


@transaction.atomic
def publish_nationally(*, point_id: UUID) -> None:
    """Hand over what everybody may read about a point now, or take it away."""
    for error in _bring([point_id], announced=True):
        raise error


def follow_an_erasure() -> None:
    """Bring at once what an erasure changed: answers that the public may not read any more, and those on whose line
    somebody stood who is gone.

    Words go, or the erasure fails. A line that cannot be written holds none back: the night tries it again.
    """
    changed = compare(among=resting_on_who_is_gone()).otherwise
    gone = kept.kept_points(_here().pk) - published_points()
    for error in _bring({*gone, *changed}, must_go=True):
        logger.warning("An erasure in %s left a line as it was: %s", scope.current(), class_and_place(error))


def keep_in_step() -> list[Exception]:
    """Take away what is gone and then bring what is missing, some of it: every minute, whatever nobody announced.

    Each answer by itself: what failed is given back.
    """
    there, here = kept.kept_points(_here().pk), published_points()
    return _bring([*_shuffled(there - here), *_shuffled(here - there)][:AT_ONCE])


def compare(*, mend: bool = False, among: Collection[UUID] | None = None) -> Compared:
    """Every answer of this scheme, or those about some points, word by word with what is found nationally; `mend`
    brings it into step, each part of it in a transaction of its own."""
    there, here = kept.kept(_here().pk, among), published_answers(among)
    step = Compared(
        missing=sorted(here.keys() - there.keys()),
        otherwise=sorted(pk for pk in here.keys() & there.keys() if not national.stands_as(there[pk], here[pk])),
        gone=sorted(there.keys() - here.keys()),
    )
    if mend:
        for start in range(0, len(step.points), AT_ONCE):
            _bring(step.points[start : start + AT_ONCE])
    return step


def compare_by_night() -> list[Exception]:
    """Compare and mend once a night, from a minute of the scheme's own on, some of it each minute until all is mended;
    what failed is given back, and tried again."""
    scheme = _here()
    night = national.night_to_compare(scheme_id=scheme.pk)
    if night is None:
        return []
    step = compare()
    failed = _bring([*_shuffled(step.gone), *_shuffled([*step.otherwise, *step.missing])][:AT_ONCE])
    if not step.is_kept:
        counts = len(step.missing), len(step.otherwise), len(step.gone)
        logger.warning("Found nationally in %s: %d missing, %d different, %d to be gone", scope.current(), *counts)
    if not failed and len(step.points) <= AT_ONCE:
        national.note_compared(scheme_id=scheme.pk, night=night)
    return failed


def _shuffled(points: Collection[UUID]) -> list[UUID]:
    """In another order each time, so that many that cannot be mended do not keep others from their turn."""
    return random.sample(list(points), len(points))


@transaction.atomic
def _bring(point_ids: Collection[UUID], *, announced: bool = False, must_go: bool = False) -> list[Exception]:
    """Hand over what everybody may read about these points now, and take the others away; what failed of it.

    They are held in the order of their ids, all at once, so that two who do this never wait for each other. What
    `must_go` goes, or nothing of all this is done.
    """
    here = _here().pk
    national.alone_with(scheme_id=here, point_ids=point_ids)
    published = published_answers(point_ids) if point_ids else {}
    gone = set(point_ids) - published.keys()
    promised = set(point_ids) if announced else _promised()
    failed = _failed_of(partial(national.drop, scheme_id=here, point_ids=[one]) for one in gone)
    if failed and must_go:
        raise failed[0]
    return failed + _failed_of(
        partial(national.keep, scheme_id=here, point_id=point_id, published=one, announced=point_id in promised)
        for point_id, one in published.items()
    )


def _failed_of(acts: Iterable[Callable[[], object]]) -> list[Exception]:
    """Do each of these, in a savepoint of its own: none that fails stops another."""
    failed = []
    for act in acts:
        try:
            act()
        except Exception as error:
            if is_away(error):
                raise
            failed.append(error)
    return failed


def _promised() -> set[UUID]:
    """The points of which a message waits: whoever comes before it brings what was announced."""
    return {UUID(str(payload["point"])) for payload in outbox.waiting_payloads(KIND, schema=scope.current())}


def _here() -> Scheme:
    return Scheme.objects.get(schema_name=scope.current())
