"""Answers to a set: what is asked, what counts as answered, what is wrong and how that is said."""

import json
from datetime import date
from pathlib import Path

import pytest

import questions
from questions.answering import answer_at, how_many, read_answers
from questions.compiled import compiled
from questions.limits import alone, alone_of
from questions.shape import Choice, Kind, Section, read
from tests.factories.questions import a_form, a_question, every_kind, words

TODAY = date(2026, 11, 30)
OWN_SETS = Path(questions.__file__).parent / "own_sets"


def reading(form, answers):
    return read_answers(compiled(form), answers, today=TODAY)


def asked(found):
    return [place.key for place in found.places]


def chain():
    """Three questions, each asked only if the one before says no."""
    second = a_question("second", relevant="${first} = 'no'")
    third = a_question("third", relevant="${second} = 'no'")
    return a_form(Section("all", words("All"), (a_question("first"), second, third)))


def test_what_is_not_asked_counts_as_not_answered_all_the_way_down():
    found = reading(chain(), {"first": "yes", "second": "no", "third": "no"})
    assert asked(found) == ["first"]
    assert found.answers == {"first": "yes"}
    assert asked(reading(chain(), {"first": "no", "second": "no"})) == ["first", "second", "third"]


def test_a_section_that_is_not_asked_takes_its_questions_with_it():
    later = Section("later", words("Later"), (a_question("more"),), relevant="${told} = 'no'")
    form = a_form(Section("rights", words("Rights"), (a_question(),)), later)
    assert asked(reading(form, {"told": "yes", "more": "yes"})) == ["told"]
    assert asked(reading(form, {"told": "no"})) == ["told", "more"]


def test_a_note_asks_nothing():
    form = a_form(Section("all", words("All"), (a_question("mind", Kind.NOTE), a_question())))
    found = reading(form, {"mind": "x"})
    assert asked(found) == ["mind", "told"]
    assert "mind" not in found.answers


def test_a_photo_is_never_missing():
    form = a_form(Section("all", words("All"), (a_question("photo", Kind.PHOTO, required=True), a_question())))
    assert reading(form, {}).missing() == []


@pytest.mark.parametrize(
    ("name", "answer", "says"),
    [
        ("yes_no", "maybe", "Choose one of the answers"),
        ("grade", "yes", "Choose one of the answers"),
        ("one", "c", "Choose one of the answers"),
        ("many", "a c", "Choose one of the answers"),
        ("count", "three", "Enter a number, like 12"),
        ("count", "1.5", "Enter a number, like 12"),
        ("count", "٣", "Enter a number, like 12"),
        ("date", "2026-02-30", "Write a real day"),
        ("date", "30.11.2026", "Write a real day"),
        ("time", "25:00", "Give a time"),
        ("text", "x" * 5001, "5,000 letters at most"),
        ("limited", "10", "Give 9 or less"),
    ],
)
def test_what_is_wrong_is_kept_and_named_in_words_that_help(name, answer, says):
    found = reading(every_kind(), {name: answer})
    assert says in found.problems[name]
    assert found.answers[name] == answer


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("yes_no", "partly"),
        ("many", "a b"),
        ("count", "-4"),
        ("date", "2024-02-29"),
        ("time", "00:00"),
        ("limited", "9"),
    ],
)
def test_good_answers_have_no_problem(name, answer):
    assert reading(every_kind(), {name: answer}).problems == {}


def test_a_time_is_kept_in_one_form_however_it_was_typed():
    late = a_question("late", relevant="${time} > 0.9")
    found = reading(a_form(Section("all", words("All"), (a_question("time", Kind.TIME), late))), {"time": "10.30 pm"})
    assert (found.answers["time"], found.problems, asked(found)) == ("22:30", {}, ["time", "late"])


def test_what_must_be_answered_is_missing_only_while_it_is_asked():
    must = a_question("must", relevant="${told} = 'no'", required=True)
    form = a_form(Section("rights", words("Rights"), (a_question(), must)))
    assert [place.key for place in reading(form, {"told": "no"}).missing()] == ["must"]
    assert reading(form, {"told": "yes"}).missing() == []


def test_each_round_of_a_repeat_is_asked_by_itself():
    how = a_question("how", Kind.TEXT, relevant="${who} = 'a'")
    people = Section("people", words("People"), (a_question("who", Kind.ONE), how), repeats=True)
    found = reading(a_form(people), {"people": [{"who": "a", "how": "Well"}, {"who": "b", "how": "Not asked"}]})
    assert asked(found) == ["who.0", "how.0", "who.1"]
    assert found.answers == {"people": [{"who": "a", "how": "Well"}, {"who": "b"}]}
    assert answer_at(found.answers, found.places[1]) == "Well"
    assert how_many(found.answers) == 3


@pytest.mark.parametrize(
    "nonsense", [{"people": "x"}, {"people": [1, None]}, {"told": 3}, {"told": ["yes"]}, {"x": {}}]
)
def test_answers_of_another_shape_are_no_answers(nonsense):
    people = Section("people", words("People"), (a_question("who", Kind.TEXT),), repeats=True)
    found = reading(a_form(Section("rights", words("Rights"), (a_question(),)), people), nonsense)
    assert found.problems == {}
    assert how_many(found.answers) == 0


def test_no_more_rounds_are_read_than_a_page_can_hold():
    people = Section("people", words("People"), (a_question("who", Kind.TEXT),), repeats=True)
    assert len(reading(a_form(people), {"people": [{"who": "x"}] * 1000}).answers["people"]) == 50


@pytest.mark.parametrize(
    ("answer", "is_wrong"), [("none", False), ("a b", False), ("a none", True), ("none a b", True)]
)
def test_an_answer_that_stands_alone_goes_with_no_other(answer, is_wrong):
    choices = tuple(Choice(value, words(value)) for value in ("a", "b", "none"))
    question = a_question("there", Kind.MANY, choices=choices, constraint=alone("none"), message=words("Not both."))
    form = a_form(Section("all", words("All"), (question,)))
    assert reading(form, {"there": answer}).problems == ({"there": "Not both."} if is_wrong else {})
    assert compiled(form)["sections"][0]["questions"][0]["alone"] == "none"


@pytest.mark.parametrize("name", ["welcome_and_dignity", "rights_and_information", "health_and_needs"])
def test_none_of_these_stands_alone_in_every_set_of_ours(name):
    rows = json.loads((OWN_SETS / f"{name}.json").read_text())
    several = [one for _, one in read(rows).questions() if one.kind == Kind.MANY]
    assert [alone_of(one.constraint) for one in several] == ["none"]
