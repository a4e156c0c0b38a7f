"""What the figures of a month say, in a sentence each: the titles of a board's paper, and what the board is asked."""

from collections.abc import Sequence

from tenants.feedback.queries.board import NO_GROUP, BoardFigures, GroupFigures, Speed, Tally
from tenants.feedback.rules import Decision


def points(number: int) -> str:
    """“1 point”, “no points”."""
    return "1 point" if number == 1 else f"{number or 'no'} points"


def decisions_finding(figures: BoardFigures) -> str:
    """What was decided, what cannot be done in the same breath as what will be."""
    tally = figures.all
    if not tally.answered:
        return "Nothing was answered"
    promised = tally.answered - tally.not_done
    not_now, cannot = tally.decided[Decision.NOT_NOW], tally.decided[Decision.CANNOT]
    answers = f"{promised} with a promise, {cannot} with “we cannot”, {not_now} with “not now”"
    return f"{_points(tally.answered)} got an answer: {answers}"


def told_words(tally: Tally) -> Sequence[str]:
    """How many of the answers have reached everybody who said it (S59)."""
    if not tally.answered:
        return []
    reached = "all" if tally.told == tally.answered else f"{tally.told} of {tally.answered}"
    return [f"Everybody who said it has been told about {reached}."]


def answers_finding(figures: BoardFigures) -> str:
    """What the scheme says is done, and what those who said it say."""
    tally = figures.all
    answered = tally.confirmed + tally.partly + tally.denied
    if not tally.changed and not answered:
        return "Nothing was said to be done"
    ours = f"We say that {points(tally.changed)} {'is' if tally.changed == 1 else 'are'} done"
    if not answered:
        return f"{ours}; nobody who said it has answered yet"
    theirs = f"{tally.confirmed} with yes, {tally.partly} with partly, {tally.denied} with no"
    return f"{ours}; people answered for {points(answered)}: {theirs}"


def heard_words(figures: BoardFigures) -> Sequence[str]:
    """What people answered, as a share by the rule of disclosure."""
    if not figures.heard:
        return []
    heard = f"{figures.heard[:1].upper()}{figures.heard[1:]}"
    return [f"{heard} who answered say: yes, it has changed."]


def clocks_finding(figures: BoardFigures) -> str:
    """How much is late, on any of the three clocks."""
    waiting, late = figures.all.waiting + figures.all.promised, figures.all.late
    if not waiting:
        return "Nothing waits for an answer, and no promise is still to keep"
    if not late:
        return f"Nothing is late: {points(waiting)} still to answer or to do, all in time"
    longest = max(one.longest for one in figures.clocks)
    return f"{late} of {points(waiting)} still to answer or to do {_is(late)} late, the longest by {_days(longest)}"


def speed_words(speed: Speed) -> str:
    """How long answers took; whatever still waits is counted as the slowest (docs/formulas.md §6)."""
    if not speed.points:
        return "Nothing waited for an answer in this month."
    waited = (
        f"{_points(speed.points)} waited in this month, and {speed.answered or 'none'} {_is(speed.answered)} answered."
    )
    if speed.half_within is not None:
        half = f"Half of all were answered within {_days(speed.half_within)}. Those that still wait count as slower."
    else:
        half = f"Not more than half are answered: half have waited, or took, {_days(speed.half_beyond or 0)} or more."
    return f"{waited} {half}"


def run_finding(figures: BoardFigures) -> str:
    """Whether the pile grows."""
    tally = figures.all
    if len(figures.run) < 2:
        return f"{_points(tally.said)} came in, and {tally.answered or 'none'} got an answer"
    before, now = figures.run[-2].waiting, tally.waiting
    wait = f"{_points(now)} wait{'s' if now == 1 else ''} for an answer"
    if before == now:
        return f"{wait}, as many as a month before"
    return f"{wait}, {'up' if now > before else 'down'} from {before or 'none'} a month before"


def themes_finding(figures: BoardFigures) -> str:
    """What most of the open points are about; no theme is better than another."""
    numbers = {label: tally.waiting + tally.promised for label, tally in figures.themes}
    many, most = sum(numbers.values()), max(numbers.values(), default=0)
    if not most:
        return "Nothing is open in any theme"
    about = [f"“{label}”" for label, number in numbers.items() if number == most]
    if len(about) > 2:
        return f"{_points(many)} still to answer or to do, and no theme stands out"
    each = f"{most} each" if len(about) > 1 else f"{most} of {many}"
    return f"Most of what is still to answer or to do is about {' and '.join(about)}: {each}"


def groups_finding(figures: BoardFigures) -> str:
    """From how many groups something came, and how many nobody ever heard from (S12, S81)."""
    named = named_groups(figures)
    heard, never = sum(bool(group.tally.said) for group in named), len(_never(figures))
    words = f"We heard from {heard or 'none'} of {len(named)} groups"
    return f"{words}, and from {never} we have never heard" if never else words


def named_groups(figures: BoardFigures) -> Sequence[GroupFigures]:
    """The groups of the list, without what came from none."""
    return [group for group in figures.groups if group.label != NO_GROUP]


def asks(figures: BoardFigures) -> list[str]:
    """What the board is asked, by what the month came to; never for praise."""
    tally, never = figures.all, _never(figures)
    found = {
        f"Say whether the board can help with {points(tally.not_done)} that we cannot do, or not now.": tally.not_done,
        f"Ask what is needed for {points(tally.late)} that {_is(tally.late)} late.": tally.late,
        f"Look at {points(tally.denied)} that we said {_is(tally.denied)} done, where people say no.": tally.denied,
        f"Help us to hear from: {', '.join(never)}.": len(never),
    }
    return [words for words, many in found.items() if many] or ["Note what was said, and what became of it."]


def _never(figures: BoardFigures) -> list[str]:
    """The groups from which nothing ever came."""
    return [group.label for group in named_groups(figures) if not group.tally.ever]


def _points(number: int) -> str:
    """The same at the beginning of a sentence."""
    return points(number).capitalize()


def _is(number: int) -> str:
    return "is" if number == 1 else "are"


def _days(number: int) -> str:
    return "1 working day" if number == 1 else f"{number} working days"
