"""Answers to a set: which questions are asked, what was answered, and what is wrong with it.

Answers are plain values as XLSForm keeps them: `{"rights_told": "yes", "people_met": [{"age": "20"}]}`; a number, a day
(`2026-11-30`) and a time (`14:05`) are text, several choices are divided by a space, and empty text is no answer. What
was typed as `2:05pm` is read as `14:05`.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from kit.dates import typed_time
from questions.compiled import Compiled, repeat_of_each
from questions.expressions import holds
from questions.shape import ENGLISH, Kind, words_in

Answers = dict[str, Any]
MOST_LETTERS = 5_000
MOST_ROUNDS = 50
WHOLE = re.compile(r"-?[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Place:
    """Where an answer stands: the question, its section, and in which round of one that repeats (0 is the first)."""

    section: Compiled
    question: Compiled
    index: int = 0

    @property
    def is_note(self) -> bool:
        """Whether it only says something."""
        return bool(self.question["kind"] == Kind.NOTE)

    @property
    def is_photo(self) -> bool:
        """Whether it asks for a photo, which no page takes."""
        return bool(self.question["kind"] == Kind.PHOTO)

    @property
    def has_a_box(self) -> bool:
        """Whether a page has something to fill in for it."""
        return not (self.is_note or self.is_photo)

    @property
    def key(self) -> str:
        """What a form calls it: `rights_told`, or `age.2` in the third round."""
        return f"{self.question['name']}.{self.index}" if self.section.get("repeats") else self.question["name"]


@dataclass(slots=True)
class Reading:
    """A set with somebody's answers, read once from top to bottom."""

    names: Mapping[str, str | None]
    answers: Answers = field(default_factory=dict)
    places: list[Place] = field(default_factory=list)
    problems: dict[str, str] = field(default_factory=dict)

    def missing(self) -> list[Place]:
        """Asked, required, and not answered; a photo never is, for there are places that let nobody take one."""
        return [
            place
            for place in self.places
            if place.question.get("required") and not place.is_photo and not answer_at(self.answers, place)
        ]


def answer_at(answers: Mapping[str, Any], place: Place) -> str:
    """The answer at a place, or empty text."""
    if not place.section.get("repeats"):
        given = answers.get(place.question["name"], "")
    else:
        rounds = rounds_of(answers, place.section)
        given = rounds[place.index].get(place.question["name"], "") if place.index < len(rounds) else ""
    return given if isinstance(given, str) else ""


def is_asked(answers: Mapping[str, Any], place: Place) -> bool:
    """Whether a place was come to, in answers as they are read: what was left empty is kept there as empty words."""
    home: Any = answers
    if place.section.get("repeats"):
        rounds = rounds_of(answers, place.section)
        home = rounds[place.index] if place.index < len(rounds) else {}
    return place.question["name"] in home


def how_many(answers: Mapping[str, Any]) -> int:
    """How many answers there are, those of every round too."""
    return sum(
        sum(bool(one) for round_ in given for one in round_.values()) if isinstance(given, list) else bool(given)
        for given in answers.values()
    )


def rounds_of(answers: Mapping[str, Any], section: Compiled) -> Sequence[Mapping[str, Any]]:
    """The rounds of a section that repeats, as far as they are any."""
    rounds = answers.get(section["name"], ())
    if not isinstance(rounds, list):
        return ()
    return [one if isinstance(one, dict) else {} for one in rounds[:MOST_ROUNDS]]


def read_answers(
    compiled: Compiled,
    given: Mapping[str, Any],
    *,
    today: date,
    language: str = ENGLISH,
    leaves_out: Callable[[Place], bool] | None = None,
) -> Reading:
    """Go through a set as somebody who answers does: what is not asked counts as not answered.

    Nothing given is believed: an answer that is none of the choices, or that breaks a limit, is kept and named in
    `problems` by its key, in words that say what to do. A place that `leaves_out` names is not among the `places`.
    """
    reading = Reading(names=repeat_of_each(compiled))
    for section in compiled["sections"]:
        if not _asks(section, reading, today=today):
            continue
        if section.get("repeats"):
            _read_rounds(section, given, reading, today=today, language=language)
        else:
            for question in section["questions"]:
                _read_one(Place(section, question), given, reading, today=today, language=language)
    if leaves_out is not None:
        reading.places = [place for place in reading.places if not leaves_out(place)]
    return reading


def _read_rounds(section: Compiled, given: Mapping[str, Any], reading: Reading, *, today: date, language: str) -> None:
    name = section["name"]
    reading.answers[name] = []
    for index in range(len(rounds_of(given, section))):
        reading.answers[name].append({})
        for question in section["questions"]:
            _read_one(Place(section, question, index), given, reading, today=today, language=language)


def _read_one(place: Place, given: Mapping[str, Any], reading: Reading, *, today: date, language: str) -> None:
    if not _asks(place.question, reading, place=place, today=today):
        return
    reading.places.append(place)
    if place.is_note:
        return
    answer = _as_kept(place.question, answer_at(given, place).strip())
    _keep(reading.answers, place, answer)
    if answer and (problem := _wrong_with(place, answer, reading, today=today, language=language)):
        reading.problems[place.key] = problem


def _as_kept(question: Compiled, answer: str) -> str:
    if question["kind"] == Kind.TIME and (at := typed_time(answer)) is not None:
        return f"{at:%H:%M}"
    return answer


def _keep(answers: Answers, place: Place, answer: str) -> None:
    home = answers[place.section["name"]][place.index] if place.section.get("repeats") else answers
    home[place.question["name"]] = answer


def _asks(thing: Compiled, reading: Reading, *, today: date, place: Place | None = None) -> bool:
    relevant = thing.get("relevant", "")
    return not relevant or holds(relevant, reading.answers, today=today, names=reading.names, **_here(place))


def _here(place: Place | None) -> dict[str, Any]:
    if place is None or not place.section.get("repeats"):
        return {}
    return {"repeat": place.section["name"], "index": place.index}


def _wrong_with(place: Place, answer: str, reading: Reading, *, today: date, language: str) -> str:
    question = place.question
    if problem := _WRONG.get(question["kind"], _wrong_text)(question, answer):
        return problem
    limit = question.get("constraint", "")
    if limit and not _keeps(limit, answer, place, reading, today=today):
        return words_in(question.get("message", {}), language) or "This answer is outside of its limits. Change it."
    return ""


def _keeps(limit: str, answer: str, place: Place, reading: Reading, *, today: date) -> bool:
    return holds(limit, reading.answers, today=today, own=answer, names=reading.names, **_here(place))


def _wrong_choice(question: Compiled, answer: str) -> str:
    known = {one["value"] for one in question["choices"]}
    chosen = answer.split(" ") if question["kind"] == Kind.MANY else [answer]
    return "" if known.issuperset(chosen) else "Choose one of the answers that are offered."


def _wrong_number(question: Compiled, answer: str) -> str:
    return "" if WHOLE.fullmatch(answer) else "Enter a number, like 12."


def _wrong_day(question: Compiled, answer: str) -> str:
    if _reads(date.fromisoformat, answer, r"\d{4}-\d\d-\d\d"):
        return ""
    return "Write a real day in numbers, such as 30, 11 and 2026."


def _wrong_time(question: Compiled, answer: str) -> str:
    return "" if _reads(time.fromisoformat, answer, r"\d\d:\d\d") else "Give a time, such as 14:05 or 2:05pm."


def _wrong_text(question: Compiled, answer: str) -> str:
    return "" if len(answer) <= MOST_LETTERS else f"Write {MOST_LETTERS:,} letters at most."


def _reads(reader: Any, answer: str, pattern: str) -> bool:
    try:
        return re.fullmatch(pattern, answer, re.ASCII) is not None and reader(answer) is not None
    except ValueError:
        return False


_WRONG = {
    Kind.YES_NO: _wrong_choice,
    Kind.GRADE: _wrong_choice,
    Kind.SCALE: _wrong_choice,
    Kind.ONE: _wrong_choice,
    Kind.MANY: _wrong_choice,
    Kind.COUNT: _wrong_number,
    Kind.DATE: _wrong_day,
    Kind.TIME: _wrong_time,
}
