"""The answers that a board reads with the figures of a month: approved words alone, of points the public may read."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, Q

from kit.pair import PairView
from tenants.feedback.models import Confirmation, Point, Progress, Round
from tenants.feedback.months import Month
from tenants.feedback.queries.answers import public_pair
from tenants.feedback.querysets.rounds import RoundQuerySet
from tenants.feedback.rules import PROMISES

# Of each kind: what cannot be done gets as much room as what is done.
SHOWN = 12


@dataclass(frozen=True, slots=True)
class BoardAnswers:
    """What was answered, done or answered for in a month: the newest of either kind, and how many more there are."""

    done: Sequence[PairView]
    not_done: Sequence[PairView]
    done_left_out: int
    not_done_left_out: int

    @property
    def many(self) -> int:
        """How many there are that the public may read."""
        return len(self.done) + len(self.not_done) + self.done_left_out + self.not_done_left_out


def board_answers(month: Month) -> BoardAnswers:
    """Those of a month, as they stood when it ended."""
    rounds = _of_month(month)
    promised = Q(decision__in=PROMISES)
    done, not_done = (rounds.filter(kind).order_by("-decided_at", "pk") for kind in (promised, ~promised))
    shown = [_pairs(kind, month) for kind in (done, not_done)]
    return BoardAnswers(
        done=shown[0],
        not_done=shown[1],
        done_left_out=done.count() - len(shown[0]),
        not_done_left_out=not_done.count() - len(shown[1]),
    )


def _of_month(month: Month) -> RoundQuerySet:
    """The last answer of each point that had one by the end, where something happened to it in the month."""
    within = {"at__gte": month.begins_at, "at__lt": month.ends_at}
    by_then = Round.objects.filter(decided_at__lt=month.ends_at)
    later = by_then.filter(point=OuterRef("point"), number__gt=OuterRef("number"))
    done = Progress.objects.filter(round=OuterRef("pk"), kind=Progress.Kind.DONE, **within)
    answered = Confirmation.objects.filter(round=OuterRef("pk"), **within)
    happened = Q(decided_at__gte=month.begins_at) | Exists(done) | Exists(answered)
    may_be_read = Point.objects.told_first().values("pk")
    return by_then.open_to_public().filter(~Exists(later), happened, point__in=may_be_read)


def _pairs(rounds: RoundQuerySet, month: Month) -> list[PairView]:
    shown = rounds.select_related("point").prefetch_related(
        "point__groups",
        "point__outcomes",
        "point__joined__groups",
        "point__joined__sayers",
        "point__sayers",
        "tellings__sayer",
        Prefetch("progress", Progress.objects.filter(at__lt=month.ends_at)),
        Prefetch("confirmations", Confirmation.objects.filter(at__lt=month.ends_at)),
    )
    return [public_pair(round_.point, round_, on=month.until) for round_ in shown[:SHOWN]]
