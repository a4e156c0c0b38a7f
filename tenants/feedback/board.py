"""The paper for the Partnership Board: what a month came to, in tables, in charts and in words (ADR 0051).

The page and the PDF draw the same paper. A title says the finding; a chart stands beside the table that it is drawn
from, and is left out where there is too little to draw.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from kit import charts, clock, paper
from kit.charts import Bar
from kit.dates import short_day
from kit.pair import DECISION_LABELS
from tenants.feedback.board_words import (
    answers_finding,
    asks,
    clocks_finding,
    decisions_finding,
    groups_finding,
    heard_words,
    run_finding,
    speed_words,
    themes_finding,
    told_words,
)
from tenants.feedback.months import Month
from tenants.feedback.on_paper import on_paper
from tenants.feedback.queries.board import BoardFigures, GroupFigures, Tally, board_figures
from tenants.feedback.queries.board_answers import BoardAnswers, board_answers
from tenants.feedback.queries.reach import NOT_REPORTED

# With fewer things than this a picture says less than the table beside it.
ENOUGH = 5
# A table with more columns stands under its chart.
BESIDE = 5
TOO_LITTLE = "There is too little here for a chart. The table says all of it."
CLOCK_NAMES = {
    "seen": "Seen within 5 working days",
    "decided": "Decided within 20 working days",
    "changed": "Changed by the day promised",
}
COLUMNS = ("Said", "Answered", "Not now or cannot", "Said to be done", "Waiting", "Promised", "Late")
NOTHING_SAID = "nothing said"
GROUP_NOTES = (
    "A point can come from more than one group, so nothing here is added up.",
    "People are counted as somebody wrote them down: fewer than 10 are “a few people”, more are rounded to 5.",
    "A number of people is not given where one below 10 could be worked out from it.",
)


@dataclass(frozen=True, slots=True)
class Panel:
    """One finding: its title in words, its table, and its chart or why there is none."""

    finding: str
    caption: str
    head: Sequence[str]
    rows: Sequence[Sequence[str | int]]
    """A short row says one thing for all the columns that are left."""
    chart: str = ""
    described: str = ""
    too_little: str = ""
    notes: Sequence[str] = ()

    @property
    def numeric(self) -> list[int]:
        """The columns of numbers."""
        whole = [row for row in self.rows if len(row) == len(self.head)]
        return [n for n in range(1, len(self.head)) if all(isinstance(row[n], int) for row in whole)]

    @property
    def is_wide(self) -> bool:
        """Whether its table needs the whole width."""
        return len(self.head) > BESIDE

    @property
    def cells(self) -> Sequence[Sequence[object]]:
        """The rows for a table of a page: the last cell of a short one reaches over the columns that are left."""
        wide = len(self.head)
        return [
            row if len(row) == wide else (*row[:-1], {"text": row[-1], "colspan": wide - len(row) + 1})
            for row in self.rows
        ]


@dataclass(frozen=True, slots=True)
class Paper:
    """All that a board reads of a month."""

    month: Month
    figures: BoardFigures
    answers: BoardAnswers
    panels: Sequence[Panel]
    asks: Sequence[str]

    @property
    def summary(self) -> Sequence[tuple[int, str]]:
        """The month in numbers, each with its words."""
        tally = self.figures.all
        return [
            (tally.said, "said"),
            (tally.answered, "answered"),
            (tally.not_done, "of these “not now” or “we cannot”"),
            (tally.changed, "said to be done"),
            (tally.confirmed, "confirmed by those who said it"),
            (tally.denied, "answered with “no, it has not”"),
            (tally.waiting, "waiting for an answer at the end"),
            (tally.promised, "promised and still to do at the end"),
            (tally.late, "late, of what waits or is promised"),
        ]

    @property
    def words_left_out(self) -> int:
        """Answers of the month whose words are not printed: they may not be read by the public, or not yet."""
        return max(self.figures.apart - self.answers.many, 0)


def board_paper(month: Month) -> Paper:
    """The paper of one month, in a fixed number of statements."""
    figures, answers = board_figures(month), board_answers(month)
    panels = [_decisions(figures), _answers(figures), _clocks(figures), _run(figures)]
    panels += [_themes(figures), _groups(figures)]
    return Paper(month, figures, answers, panels, asks(figures))


def as_pdf(made: Paper, *, scheme: str) -> bytes:
    """The same as a tagged document."""
    pictures = {f"chart-{n}.svg": panel.chart.encode() for n, panel in enumerate(made.panels) if panel.chart}
    answers = made.answers
    data = {
        "scheme": scheme,
        "month": made.month.words,
        "made_on": short_day(clock.today()),
        "summary": made.summary,
        "asks": made.asks,
        "panels": [_panel_on_paper(panel, f"/chart-{n}.svg") for n, panel in enumerate(made.panels)],
        "done": [on_paper(pair) for pair in answers.done],
        "not_done": [on_paper(pair) for pair in answers.not_done],
        "done_left_out": answers.done_left_out,
        "not_done_left_out": answers.not_done_left_out,
        "words_left_out": made.words_left_out,
    }
    return paper.pdf("/feedback/board.typ", data, files=pictures)


def _panel_on_paper(panel: Panel, picture: str) -> dict[str, object]:
    return {
        "finding": panel.finding,
        "caption": panel.caption,
        "head": panel.head,
        "rows": [[str(cell) for cell in row] for row in panel.rows],
        "numeric": panel.numeric,
        "is_wide": panel.is_wide,
        "picture": picture if panel.chart else "",
        "described": f"{panel.finding}. {panel.described}",
        "too_little": panel.too_little,
        "notes": panel.notes,
    }


def _decisions(figures: BoardFigures) -> Panel:
    decided = figures.all.decided
    rows = [(DECISION_LABELS[decision], decided[decision]) for decision in DECISION_LABELS]
    panel = Panel(
        finding=decisions_finding(figures),
        caption="What was decided, by points",
        head=("Decision", "Points"),
        rows=rows,
        notes=told_words(figures.all),
    )
    return _with_chart(panel, [Bar(label, number) for label, number in rows], charts.bars)


def _answers(figures: BoardFigures) -> Panel:
    tally = figures.all
    return Panel(
        finding=answers_finding(figures),
        caption="Whether it changed, by points",
        head=("Answer", "Points"),
        rows=[
            ("We say it is done", tally.changed),
            ("Yes, it has changed", tally.confirmed),
            ("Partly", tally.partly),
            ("No, it has not: it waits again", tally.denied),
        ],
        notes=heard_words(figures),
    )


def _clocks(figures: BoardFigures) -> Panel:
    rows = [
        (CLOCK_NAMES[one.name], one.running, one.running - one.late, one.late, one.longest) for one in figures.clocks
    ]
    bars = [
        Bar(one.name.capitalize(), number, part)
        for one in figures.clocks
        for part, number in (("In time", one.running - one.late), ("Late", one.late))
    ]
    panel = Panel(
        finding=clocks_finding(figures),
        caption="The three clocks, at the end",
        head=("Clock", "Running", "In time", "Late", "Most days late"),
        rows=rows,
        notes=[speed_words(figures.speed), "A point that nobody has seen is on two clocks. Days are working days."],
    )
    return _with_chart(panel, bars, charts.bars)


def _run(figures: BoardFigures) -> Panel:
    rows = [(str(one.month), one.said, one.answered, one.waiting) for one in figures.run]
    bars = [
        Bar(f"{one.month.first:%b}", number, part)
        for one in figures.run
        for part, number in (("Said", one.said), ("Answered", one.answered))
    ]
    panel = Panel(
        finding=run_finding(figures),
        caption="Month by month, by points",
        head=("Month", "Said", "Answered", "Waiting at its end"),
        rows=rows,
    )
    return _with_chart(panel, bars if len(rows) > 1 else [], _upright)


def _themes(figures: BoardFigures) -> Panel:
    bars = [
        Bar(label, number, part)
        for label, tally in figures.themes
        if tally.waiting + tally.promised
        for part, number in (("In time", tally.waiting + tally.promised - tally.late), ("Late", tally.late))
    ]
    panel = Panel(
        finding=themes_finding(figures),
        caption="By theme, in points",
        head=("Theme", *COLUMNS),
        rows=[(label, *_cells(tally)) for label, tally in figures.themes],
    )
    return _with_chart(panel, bars, charts.bars)


def _groups(figures: BoardFigures) -> Panel:
    return Panel(
        finding=groups_finding(figures),
        caption="By group, in points",
        head=("Group", "People", *COLUMNS),
        rows=[_row_of(group) for group in figures.groups],
        notes=GROUP_NOTES,
    )


def _row_of(group: GroupFigures) -> Sequence[str | int]:
    if not group.tally.ever:
        return (group.label, NOT_REPORTED)
    return (group.label, group.people_words or NOTHING_SAID, *_cells(group.tally))


def _cells(tally: Tally) -> tuple[int, ...]:
    return (tally.said, tally.answered, tally.not_done, tally.changed, tally.waiting, tally.promised, tally.late)


def _upright(title: str, description: str, numbers: Sequence[Bar]) -> str:
    return charts.bars(title, description, numbers, upright=True, side_by_side=True)


def _with_chart(panel: Panel, bars: Sequence[Bar], draw: Callable[[str, str, Sequence[Bar]], str]) -> Panel:
    """The panel with its chart, or with why it has none."""
    if sum(bar.number for bar in bars) < ENOUGH:
        return replace(panel, too_little=TOO_LITTLE)
    described = f"{panel.caption}. {'; '.join(_said_aloud(bars))}."
    return replace(panel, chart=draw(panel.finding, described, bars), described=described)


def _said_aloud(bars: Sequence[Bar]) -> list[str]:
    found: dict[str, list[str]] = {}
    for bar in bars:
        found.setdefault(bar.of, []).append(f"{bar.part.lower()} {bar.number}".strip())
    return [f"{of}: {', '.join(numbers)}" for of, numbers in found.items()]
