"""Answers of several people side by side, each to the version of the set that they answered.

A name is that of one question in all versions of its set, and of another question in any other set.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from functools import cached_property
from typing import Any
from uuid import UUID

from kit.dates import day, spoken_time
from peer_monitoring.models import Attachment
from questions.answering import Place, answer_at, is_asked, rounds_of
from questions.compiled import Compiled
from questions.models import QuestionSetVersion
from questions.shape import ENGLISH, Kind, words_in

Name = tuple[UUID, str]
"""A question in all versions of its set: which set it is, and what it is called there."""


@dataclass(frozen=True)
class Written:
    """What somebody wrote: what they answered, their answers, what is wrong with some, and photos by place."""

    version: QuestionSetVersion
    answers: Mapping[str, Any]
    problems: Mapping[str, str] = field(default_factory=dict)
    photos: Mapping[str, Sequence[Attachment]] = field(default_factory=dict)

    def said(self, asked: Name, index: int) -> "Said":
        """The answer to a question in a round; nothing where their set does not ask it."""
        place = self._place(asked, index)
        if place is None:
            return Said()
        value = answer_at(self.answers, place)
        words, photos = in_words(place.question, value), tuple(self.photos.get(place.key, ()))
        return Said(value, words, self.problems.get(place.key, ""), photos, is_asked(self.answers, place))

    def rounds(self, asked: Name) -> int:
        """How often they were asked."""
        place = self._place(asked, 0)
        if place is None:
            return 0
        return len(rounds_of(self.answers, place.section)) if place.section.get("repeats") else 1

    def _place(self, asked: Name, index: int) -> Place | None:
        section, question = self._asked.get(asked, (None, None))
        if section is None or question is None or (index and not section.get("repeats")):
            return None
        return Place(section, question, index)

    @cached_property
    def _asked(self) -> dict[Name, tuple[Compiled, Compiled]]:
        return {
            _name(self.version, question): (section, question)
            for section in self.version.compiled["sections"]
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
    """One question with what each said to it, and of which set it is.

    `only_in` says in words where it is asked, if the visit's own version does not ask it.
    """

    section: str
    question: str
    name: str
    round: int
    said: tuple[Said, ...]
    question_set: UUID
    only_in: str = ""
    is_photo: bool = False

    @property
    def differ(self) -> bool:
        """Whether two who answered say something else; photos always do."""
        return not self.is_photo and len({one.value for one in self.said if one.value}) > 1


def rows_of(version: QuestionSetVersion, written: Sequence[Written]) -> list[Row]:
    """Every question that takes an answer, in order, then what only another version or another set asks that somebody
    answered.

    Of a section that repeats there are as many rounds as the longest has.
    """
    rows, known = list(_rows(version, written, known=set())), _names(version)
    for one in written:
        rows += _rows(one.version, written, known=known, only_in=_only_in(one.version, version))
        known |= _names(one.version)
    return rows


def _only_in(version: QuestionSetVersion, asked: QuestionSetVersion) -> str:
    is_of_the_set = version.question_set_id == asked.question_set_id
    return "only in another version" if is_of_the_set else f"only in “{version.title}”"


def _rows(
    version: QuestionSetVersion, written: Sequence[Written], *, known: set[Name], only_in: str = ""
) -> Iterator[Row]:
    for section in version.compiled["sections"]:
        takes_answers = [one for one in section["questions"] if one["kind"] != Kind.NOTE]
        asked = [one for one in takes_answers if _name(version, one) not in known]
        rounds = _rounds(section, [_name(version, one) for one in asked], written)
        for index in range(rounds):
            for question in asked:
                yield Row(
                    section=words_in(section["label"], ENGLISH),
                    question=words_in(question["label"], ENGLISH),
                    name=question["name"],
                    round=index + 1 if section.get("repeats") or rounds > 1 else 0,
                    said=tuple(one.said(_name(version, question), index) for one in written),
                    question_set=version.question_set_id,
                    only_in=only_in,
                    is_photo=question["kind"] == Kind.PHOTO,
                )


def _rounds(section: Compiled, asked: Sequence[Name], written: Sequence[Written]) -> int:
    most = max((one.rounds(name) for one in written for name in asked), default=0)
    return most if section.get("repeats") else max(most, 1)


def _names(version: QuestionSetVersion) -> set[Name]:
    return {_name(version, question) for section in version.compiled["sections"] for question in section["questions"]}


def _name(version: QuestionSetVersion, question: Compiled) -> Name:
    return version.question_set_id, question["name"]


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
