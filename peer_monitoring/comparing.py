"""Answers of several people to the same set, side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from questions.answering import Place, answer_at, rounds_of
from questions.compiled import Compiled
from questions.shape import ENGLISH, Kind, words_in


@dataclass(frozen=True, slots=True)
class Row:
    """One question with the answer of each, in words; `differ` where two who answered say something else."""

    section: str
    question: str
    name: str
    round: int
    values: tuple[str, ...]
    answers: tuple[str, ...]

    @property
    def differ(self) -> bool:
        """Whether they do not agree."""
        return len({value for value in self.values if value}) > 1


def rows_of(compiled: Compiled, all_answers: Sequence[Mapping[str, Any]]) -> list[Row]:
    """Every question that takes an answer, in order; of a section that repeats, as many rounds as the longest has."""
    rows = []
    for section in compiled["sections"]:
        for index in range(_rounds(section, all_answers)):
            for question in section["questions"]:
                if question["kind"] != Kind.NOTE:
                    rows.append(_row(Place(section, question, index), all_answers))
    return rows


def _rounds(section: Compiled, all_answers: Sequence[Mapping[str, Any]]) -> int:
    if not section.get("repeats"):
        return 1
    return max((len(rounds_of(answers, section)) for answers in all_answers), default=0)


def _row(place: Place, all_answers: Sequence[Mapping[str, Any]]) -> Row:
    values = tuple(answer_at(answers, place) for answers in all_answers)
    return Row(
        section=words_in(place.section["label"], ENGLISH),
        question=words_in(place.question["label"], ENGLISH),
        name=place.question["name"],
        round=place.index + 1 if place.section.get("repeats") else 0,
        values=values,
        answers=tuple(in_words(place.question, value) for value in values),
    )


def in_words(question: Compiled, value: str) -> str:
    """An answer as it reads: the words of a choice in place of its value."""
    labels = {one["value"]: words_in(one["label"], ENGLISH) for one in question.get("choices", ())}
    if not labels:
        return value
    chosen = value.split(" ") if question["kind"] == Kind.MANY else [value]
    return ", ".join(labels.get(one, one) for one in chosen if one)
