"""What the page says of the figures, in words and in a chart."""

from collections.abc import Sequence

from comparison.measures import DAYS, Share
from comparison.queries import Agreement, Row
from kit.charts import Bar, bars
from kit.dates import moment

# With more the bars are too many to read, and the table says it better.
MOST_BARS = 20
IN_TIME, LATE = "Within 20 working days", "Later"
OVERDUE, WAITING = "Not yet, and day 20 has passed", "Not yet, and still in time"
# Short, for on a phone each stands in front of its number.
HEAD = ("Scheme", "Decided in time", "Of how many", "Percentage", "Not decided, day 20 passed", "Still in time")


def cells(rows: Sequence[Row]) -> Sequence[Sequence[object]]:
    """The table: each percentage with what it is of, or why there is none."""
    return [
        (
            row.name, row.share.in_time, row.share.counted, percentage(row.share), row.share.overdue, row.share.waiting,
        )
        for row in rows
    ]  # fmt: skip


def percentage(share: Share) -> str:
    """“80%”, “no points”, or that none is due yet, or none was when the scheme closed."""
    if share.percentage is not None:
        return f"{share.percentage}%"
    if share.waiting:
        return "none due yet"
    return "none was due" if share.left else "no points"


def summary(share: Share) -> str:
    """All schemes together, in a sentence."""
    if not share.points:
        return "No scheme had a point in these months."
    waiting = _points(share.waiting)
    still = f"{waiting} {'is' if share.waiting == 1 else 'are'} not decided and still in time."
    if share.left:
        was = "was not decided when its" if share.left == 1 else "were not decided when their"
        still += f" {_points(share.left)} {was} scheme closed, and had time left then."
    if not share.counted:
        return f"All schemes together: nothing was decided, and no day {DAYS} has passed. {still}"
    share_of_all = f"{share.in_time} of {_points(share.counted)} ({share.percentage}%)"
    overdue = f"{_points(share.overdue)} {'waits' if share.overdue == 1 else 'wait'} though day {DAYS} has passed."
    return f"All schemes together: {share_of_all} decided within {DAYS} working days. {overdue} {still}"


def agreed(agreement: Agreement) -> str:
    """When the figures were last found to be what the schemes' own registers say, in sentences."""
    said = ["Each scheme is counted again every night from its own register."]
    if agreement.since:
        said.append(f"All of them last agreed on {moment(agreement.since)} or later.")
    if agreement.differing:
        said.append(f"The last count did not agree at {', '.join(agreement.differing)}.")
    if agreement.never:
        said.append(f"Not counted again yet: {', '.join(agreement.never)}.")
    if agreement.put_right:
        was = "was" if agreement.put_right == 1 else "were"
        said.append(f"{_points(agreement.put_right)} differed the last time, and {was} put right.")
    return " ".join(said)


def chart(rows: Sequence[Row]) -> str:
    """Bars of points for each scheme of the table; nothing where no scheme had any, or there are too many to read.

    Schemes that had none have a line of their own as long as there is room for all.
    """
    some = [row for row in rows if row.share.counted + row.share.waiting]
    shown = list(rows) if len(rows) <= MOST_BARS else some
    if not some or len(shown) > MOST_BARS:
        return ""
    numbers = [
        Bar(row.name, number, part)
        for row in shown
        for part, number in (
            (IN_TIME, row.share.in_time),
            (LATE, row.share.late),
            (OVERDUE, row.share.overdue),
            (WAITING, row.share.waiting),
        )
    ]
    said = " ".join(
        f"{row.name}: {row.share.in_time} within {DAYS} working days, {row.share.late} later, {row.share.overdue} not "
        f"yet though day {DAYS} has passed, {row.share.waiting} still in time."
        for row in shown
    )
    return bars(f"Points and when they were decided, {len(shown)} schemes", said, numbers)


def _points(number: int) -> str:
    return "1 point" if number == 1 else f"{number} points"
