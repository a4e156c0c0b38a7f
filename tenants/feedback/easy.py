"""Easy Read, apart from any database: one idea to a line, in few words, each beside a picture (ADR 0055)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kit.dates import day
from tenants.feedback.rules import Decision

MOST_WORDS = 15
MOST_LINES = 8
DECIDED = {
    Decision.WILL: "We will do this.",
    Decision.DOING: "We are doing this now.",
    Decision.NOT_NOW: "We cannot do this now.",
    Decision.CANNOT: "We cannot do this.",
}
_NEXT_SENTENCE = re.compile(r"[.?!]\s+\S")


@dataclass(frozen=True, slots=True)
class Idea:
    """One idea with the picture that stands beside it: the name of one in `kit/static/kit/easy/`."""

    picture: str
    words: str


def lines_of(text: str) -> list[str]:
    """The ideas of a box, one to a line."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def problems(text: str) -> Iterator[str]:
    """What makes lines hard to read, in sentences that show which line it is."""
    lines = lines_of(text)
    for number, line in enumerate(lines, start=1):
        many = len(line.split())
        if many > MOST_WORDS:
            yield f"Line {number} has {many} words. Use {MOST_WORDS} at most, or make it two lines: “{line}”"
        elif _NEXT_SENTENCE.search(line):
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
