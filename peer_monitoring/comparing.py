"""Answers of several people side by side, each to the version of the set that they answered."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from functools import cached_property
from typing import Any

from kit.dates import day, spoken_time
from peer_monitoring.models import Attachment
from questions.answering import Place, answer_at, is_asked, rounds_of
from questions.compiled import Compiled
from questions.shape import ENGLISH, Kind, words_in


@dataclass(frozen=True)
class Written:
    """What somebody wrote: the set that they answered, their answers, what is wrong with some, and photos by place."""

    compiled: Compiled
    answers: Mapping[str, Any]
    problems: Mapping[str, str] = field(default_factory=dict)
    photos: Mapping[str, Sequence[Attachment]] = field(default_factory=dict)

    def said(self, name: str, index: int) -> "Said":
        """The answer to a question in a round; nothing where their set does not ask it."""
        place = self._place(name, index)
        if place is None:
            return Said()
        value = answer_at(self.answers, place)
        words, photos = in_words(place.question, value), tuple(self.photos.get(place.key, ()))
        return Said(value, words, self.problems.get(place.key, ""), photos, is_asked(self.answers, place))

    def rounds(self, name: str) -> int:
        """How often they were asked."""
        place = self._place(name, 0)
        if place is None:
            return 0
        return len(rounds_of(self.answers, place.section)) if place.section.get("repeats") else 1

    def _place(self, name: str, index: int) -> Place | None:
        section, question = self._asked.get(name, (None, None))
        if section is None or question is None or (index and not section.get("repeats")):
            return None
        return Place(section, question, index)

    @cached_property
    def _asked(self) -> dict[str, tuple[Compiled, Compiled]]:
        return {
            question["name"]: (section, question)
            for section in self.compiled["sections"]
            for question in section["questions"]
        }


@dataclass(frozen=True, slots=True)
class Said:
    """One answer: as it is kept, in words, what is wrong with it, its photos, and whether it was asked for at all."""

    value: str = ""
    words: str = ""
    problem: str = ""
    photos: tuple[Attachment, ...] = ()
    is_asked: bool = False

    @property
    def silence(self) -> str:
        """What stands where nothing was answered."""
        return "No answer" if self.is_asked else "Not asked"


@dataclass(frozen=True, slots=True)
class Row:
    """One question with what each said to it; `is_of_another_version` where the visit's own version does not ask it."""

    section: str
    question: str
    name: str
    round: int
    said: tuple[Said, ...]
    is_of_another_version: bool
    is_photo: bool = False

    @property
    def differ(self) -> bool:
        """Whether two who answered say something else; photos always do."""
        return not self.is_photo and len({one.value for one in self.said if one.value}) > 1


def rows_of(compiled: Compiled, written: Sequence[Written]) -> list[Row]:
    """Every question that takes an answer, in order, then what only other versions ask that somebody answered.

    Of a section that repeats there are as many rounds as the longest has.
    """
    rows, known = list(_rows(compiled, written, known=set(), of_another=False)), _names(compiled)
    for one in written:
        rows += _rows(one.compiled, written, known=known, of_another=True)
        known |= _names(one.compiled)
    return rows


def _rows(compiled: Compiled, written: Sequence[Written], *, known: set[str], of_another: bool) -> Iterator[Row]:
    for section in compiled["sections"]:
        asked = [one for one in section["questions"] if one["kind"] != Kind.NOTE and one["name"] not in known]
        rounds = _rounds(section, asked, written)
        for index in range(rounds):
            for question in asked:
                yield Row(
                    section=words_in(section["label"], ENGLISH),
                    question=words_in(question["label"], ENGLISH),
                    name=question["name"],
                    round=index + 1 if section.get("repeats") or rounds > 1 else 0,
                    said=tuple(one.said(question["name"], index) for one in written),
                    is_of_another_version=of_another,
                    is_photo=question["kind"] == Kind.PHOTO,
                )


def _rounds(section: Compiled, asked: Sequence[Compiled], written: Sequence[Written]) -> int:
    most = max((one.rounds(question["name"]) for one in written for question in asked), default=0)
    return most if section.get("repeats") else max(most, 1)


def _names(compiled: Compiled) -> set[str]:
    return {question["name"] for section in compiled["sections"] for question in section["questions"]}


def in_words(question: Compiled, value: str, language: str = ENGLISH) -> str:
    """An answer as it reads: the words of a choice in place of its value, a day and a time as they are said."""
    if question["kind"] in _SAID:
        return _as_said(_SAID[question["kind"]], value)
    labels = {one["value"]: words_in(one["label"], language) for one in question.get("choices", ())}
    if not labels:
        return value
    chosen = value.split(" ") if question["kind"] == Kind.MANY else [value]
    return ", ".join(labels.get(one, one) for one in chosen if one)


def _as_said(how: Callable[[str], str], value: str) -> str:
    """What is no day or time stays as it was typed."""
    try:
        return how(value)
    except ValueError:
        return value


_SAID: Mapping[str, Callable[[str], str]] = {
    Kind.DATE: lambda value: day(date.fromisoformat(value)),
    Kind.TIME: lambda value: spoken_time(time.fromisoformat(value)),
}
