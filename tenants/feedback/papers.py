"""What the loop puts on paper (ADR 0050): words for the templates in `typst/feedback/`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from uuid import UUID

import segno
from django.urls import reverse

from kit import clock, paper
from kit.dates import clock_time, day, short_day
from kit.easy import Idea, drawn
from tenants.feedback.rules import Form

ORDINARY, EASY, LARGE = "12pt", "14pt", "16pt"


@dataclass(frozen=True, slots=True)
class OnPaper:
    """One printed slip: its id for a phone, its code for whoever keeps it, its number for whoever writes it down."""

    id: UUID
    code: str
    number: int


@dataclass(frozen=True, slots=True)
class Letter:
    """An answer by letter, and to whom; without an address the window stays empty, and staff find it by the number."""

    to: str
    reference: str
    decision: str
    answer: str
    reason: str
    due: date | None
    review_on: date | None
    large: bool
    easy: Sequence[Idea]
    has_account: bool
    on: date


@dataclass(frozen=True, slots=True)
class Asking:
    """The question whether it changed, by letter: days, and a code that opens this one question."""

    to: str
    reference: str
    said_on: date
    decided_on: date
    done_on: date
    code: str
    until: date
    form: Form
    on: date


def slips(made: Sequence[OnPaper], *, origin: str, printed_at: datetime, large: bool) -> bytes:
    """Slips to tell us something with, several to a sheet."""
    tell_us = f"{origin}{reverse('feedback:tell_us')}"
    files = {f"{one.number}.svg": _picture(f"{tell_us}?slip={one.id}") for one in made}
    shown = [{"words": _in_lines(one.code), "number": _spaced(one.number)} for one in made]
    at = printed_at.astimezone(clock.LONDON)
    data = {
        "slips": [one | {"picture": f"/{name}"} for one, name in zip(shown, files, strict=True)],
        "answer_at": _without_scheme(f"{origin}{reverse('feedback:slip')}"),
        "tell_us_at": _without_scheme(f"{origin}{reverse('feedback:tell_us_slip')}"),
        "printed": f"{short_day(at)}, {clock_time(at)}",
        "size": LARGE if large else ORDINARY,
    }
    return paper.pdf("/feedback/slips.typ", data, files=files)


def slip(code: str, *, answer_by: date, is_late: bool, origin: str, large: bool) -> bytes:
    """The slip of somebody who just told us something."""
    answer_at = f"{origin}{reverse('feedback:slip')}"
    data = {
        "words": _in_lines(code),
        "answer_by": day(answer_by),
        "is_late": is_late,
        "answer_at": _without_scheme(answer_at),
        "size": LARGE if large else ORDINARY,
    }
    return paper.pdf("/feedback/slip.typ", data, files={"answer.svg": _picture(answer_at)})


def letters(written: Sequence[Letter], *, origin: str) -> bytes:
    """Letters ready to fold, each on a sheet of its own: the decision, the answer and why; nothing that was said."""
    files = _drawn([idea for one in written for idea in one.easy])
    shown = [_shown(one, origin) for one in written]
    return paper.pdf("/feedback/letters.typ", {"title": "There is an answer for you", "letters": shown}, files=files)


def asking(one: Asking, *, origin: str) -> bytes:
    """A letter that asks "did it change?", ready to fold: nothing that was said or answered."""
    ideas = [
        Idea("said", f"You told us something on {day(one.said_on)}."),
        Idea("will", f"We answered on {day(one.decided_on)}."),
        Idea("what", f"On {day(one.done_on)} we said that it is done."),
        Idea("why", "Did it change? You can say yes, partly or no."),
        Idea("when", f"You can answer until {day(one.until)}."),
    ]
    shown = {
        **_sheet(one, ideas if one.form == Form.EASY else [], large=one.form == Form.LARGE),
        "asks": [idea.words for idea in ideas],
        "code": _in_lines(one.code),
        "more": "Answer with this code. No name is needed. Type it here:",
        "at": _without_scheme(f"{origin}{reverse('feedback:slip')}"),
    }
    files = _drawn(ideas) if one.form == Form.EASY else {}
    return paper.pdf("/feedback/letters.typ", {"title": "Did it change?", "letters": [shown]}, files=files)


def _shown(letter: Letter, origin: str) -> dict[str, object]:
    page = "feedback:mine" if letter.has_account else "feedback:slip"
    with_what = "on your page" if letter.has_account else "with the code on your slip"
    return {
        **_sheet(letter, letter.easy, large=letter.large),
        "decision": letter.decision,
        "answer": _lines(letter.answer),
        "reason": _lines(letter.reason),
        "by": day(letter.due),
        "again": day(letter.review_on),
        "more": f"You can also read this {with_what}, at",
        "at": _without_scheme(f"{origin}{reverse(page)}"),
    }


def _sheet(letter: Letter | Asking, easy: Sequence[Idea], *, large: bool) -> dict[str, object]:
    """What every letter has: where it goes, or the number beside the address in the scheme's records; its day, the
    size of its print, and its ideas in Easy Read, if it is."""
    return {
        "to": _lines(letter.to),
        "reference": "" if letter.to else letter.reference,
        "date": short_day(letter.on),
        "easy": [{"picture": f"/easy/{idea.picture}.svg", "words": idea.words} for idea in easy],
        "size": EASY if easy else LARGE if large else ORDINARY,
        "asks": [],
        "code": [],
    }


def _drawn(ideas: Sequence[Idea]) -> dict[str, bytes]:
    return drawn(one.picture for one in ideas)


def _lines(words: str) -> list[str]:
    return [line.strip() for line in words.splitlines() if line.strip()]


def _picture(address: str) -> bytes:
    """A code that a phone reads."""
    drawn = BytesIO()
    # Any mask can be read; looking for the best one would take most of the time that a batch takes.
    segno.make(address, error="m", mask=0, micro=False).save(drawn, kind="svg", border=4, xmldecl=False)
    return drawn.getvalue()


def _in_lines(code: str) -> list[str]:
    """A code as it is read from paper: two words in a line, then the numbers."""
    first, second, third, fourth, figures = code.split("-")
    return [f"{first} {second}", f"{third} {fourth}", figures]


def _spaced(number: int) -> str:
    return f"{number // 10_000} {number % 10_000:04}"


def _without_scheme(address: str) -> str:
    return address.partition("://")[2]
