"""Answers to different versions of a set stand beside each other, and none is lost or told twice."""

from uuid import UUID, uuid4

import pytest

from peer_monitoring.comparing import Written, in_words, rows_of
from questions.compiled import compiled
from questions.models import QuestionSetVersion
from questions.shape import Kind, Section
from tests.factories.questions import a_form, a_question, words

OURS = uuid4()


def a_set(*names: str, repeats: bool = False, of: UUID = OURS) -> QuestionSetVersion:
    asked = tuple(a_question(name, Kind.TEXT) for name in names)
    form = compiled(a_form(Section("all", words("All"), asked, repeats=repeats)))
    return QuestionSetVersion(question_set_id=of, title="Welcome", compiled=form)


def shown(rows: object) -> list[tuple[object, ...]]:
    return [
        (row.name, row.round, row.only_in, *(one.words for one in row.said))
        for row in rows  # type: ignore[attr-defined]
    ]


def test_what_only_another_version_asks_stands_once_at_the_end() -> None:
    other = a_set("new", "told")
    found = rows_of(a_set("told", "old"), [Written(other, {"told": "a", "new": "b"}), Written(other, {"new": "c"})])
    assert shown(found) == [
        ("told", 0, "", "a", ""), ("old", 0, "", "", ""), ("new", 0, "only in another version", "b", "c"),
    ]  # fmt: skip


def test_a_question_of_another_set_is_another_question_also_under_the_same_name() -> None:
    asked, other = a_set("told"), a_set("told", of=uuid4())
    found = rows_of(asked, [Written(asked, {"told": "a"}), Written(other, {"told": "b"})])
    assert shown(found) == [("told", 0, "", "a", ""), ("told", 0, "only in “Welcome”", "", "b")]


def test_a_section_that_repeats_in_one_version_alone_tells_each_answer_once() -> None:
    once, again = a_set("told"), a_set("told", repeats=True)
    answered_once, answered_twice = {"told": "a"}, {"all": [{"told": "b"}, {"told": "c"}]}
    written = [Written(once, answered_once), Written(again, answered_twice)]
    for asked in (once, again):
        assert shown(rows_of(asked, written)) == [("told", 1, "", "a", "b"), ("told", 2, "", "", "c")]
    assert shown(rows_of(once, written[:1])) == [("told", 0, "", "a")]


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        (Kind.DATE, "2026-11-30", "Monday 30 November 2026"), (Kind.DATE, "30 2 2026", "30 2 2026"),
        (Kind.DATE, "", ""), (Kind.TIME, "14:05", "2:05 in the afternoon"), (Kind.TIME, "half past", "half past"),
        (Kind.TIME, "", ""),
        (Kind.TEXT, "2026-11-30", "2026-11-30"), (Kind.COUNT, "5", "5"),
    ],
)  # fmt: skip
def test_a_day_and_a_time_read_as_they_are_said(kind: Kind, value: str, words: str) -> None:
    (section,) = compiled(a_form(Section("all", {"en": "All"}, (a_question("asked", kind),))))["sections"]
    assert in_words(section["questions"][0], value) == words
