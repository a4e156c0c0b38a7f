"""Answers in Easy Read, apart from any database: one idea to a line, by the rule of `kit.easy` (ADR 0055)."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext_noop as N_

from kit.dates import day
from kit.easy import MOST_WORDS, Fault, Idea, broken
from tenants.feedback.rules import Decision

MOST_LINES = 8
DECIDED = {
    Decision.WILL: N_("We will do this."),
    Decision.DOING: N_("We are doing this now."),
    Decision.NOT_NOW: N_("We cannot do this now."),
    Decision.CANNOT: N_("We cannot do this."),
}


def lines_of(text: str) -> list[str]:
    """The ideas of a box, one to a line."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def problems(text: str) -> Iterator[str]:
    """What makes lines hard to read, in sentences that show which line it is."""
    lines = lines_of(text)
    for number, line in enumerate(lines, start=1):
        found = broken(line)
        if found and found.fault is Fault.LONG:
            yield f"Line {number} has {found.words} words. Use {MOST_WORDS} at most, or make it two lines: “{line}”"
        elif found:
            yield f"Line {number} says two things. Start a new line for each: “{line}”"
    if len(lines) > MOST_LINES:
        yield f"There are {len(lines)} lines. Use {MOST_LINES} at most: say only what matters most."


def ideas(
    *, said_on: date, decision: str, what: str, why: str, who: str, due: date | None, review_on: date | None
) -> list[Idea]:
    """An answer in Easy Read, from the words that staff wrote for it and what is known of the decision."""
    found = [Idea("said", f"You told us something on {day(said_on)}."), Idea(decision, DECIDED[Decision(decision)])]
    found += [Idea("what", line) for line in lines_of(what)]
    found += [Idea("why", line) for line in lines_of(why)]
    found.append(Idea("who", f"The {who.lower()} looks after this."))
    if due:
        found.append(Idea("when", f"We plan to finish by {day(due)}."))
    if review_on:
        found.append(Idea("when", f"We look at it again on {day(review_on)}."))
    return found
