"""What is done to a draft: names, moving, taking away, languages."""

import pytest

from questions import editing
from questions.errors import QuestionsRefused
from questions.shape import EASY_READ, ENGLISH, MOST_QUESTIONS, Kind, Section
from tests.factories.questions import a_form, a_question, every_kind, words


def three() -> editing.Form:
    first = Section("first", words("First"), (a_question("a", Kind.TEXT), a_question("b", Kind.TEXT)))
    return a_form(first, Section("second", words("Second"), (a_question("c", Kind.TEXT),)))


def order(form):
    return [[question.name for question in section.questions] for section in form.sections]


@pytest.mark.parametrize(
    ("english", "name"),
    [
        ("Were you told your rights?", "were_you_told_your_rights"),
        ("15 steps", "q_15_steps"),
        ("Ægir’s Café", "girs_cafe"),
        ("?", "q"),
        ("A", "a_2"),
    ],
)
def test_a_name_is_made_of_words_and_never_one_that_is_taken(english, name):
    assert editing.new_name(english, three()) == name


@pytest.mark.parametrize(
    ("name", "by", "expected"),
    [
        ("b", editing.UP, [["b", "a"], ["c"]]),
        ("b", editing.DOWN, [["a"], ["b", "c"]]),
        ("c", editing.UP, [["a", "b", "c"], []]),
        ("a", editing.UP, [["a", "b"], ["c"]]),
        ("c", editing.DOWN, [["a", "b"], ["c"]]),
        ("second", editing.UP, [["c"], ["a", "b"]]),
        ("second", editing.DOWN, [["a", "b"], ["c"]]),
        ("nothing", editing.UP, [["a", "b"], ["c"]]),
    ],
)
def test_a_part_moves_one_place_and_a_question_on_into_the_next_section(name, by, expected):
    assert order(editing.moved(three(), name, by)) == expected


def test_a_section_goes_with_all_in_it_and_a_question_alone():
    assert order(editing.without(three(), "first")) == [["c"]]
    assert order(editing.without(three(), "a")) == [["b"], ["c"]]


def test_a_set_never_grows_past_what_a_phone_can_ask():
    full = a_form(Section("all", words("All"), tuple(a_question(f"q{n}", Kind.TEXT) for n in range(MOST_QUESTIONS))))
    with pytest.raises(QuestionsRefused, match="500 questions at most"):
        editing.with_question(full, section="all", question=a_question("more", Kind.TEXT))


def test_a_new_language_brings_the_words_of_the_shared_lists_and_goes_with_all_its_words():
    with_easy = editing.with_language(every_kind(), EASY_READ)
    assert with_easy.lists["yes_partly_no"][1].label == {ENGLISH: "Partly", EASY_READ: "A bit"}
    said = editing.said_in(with_easy, EASY_READ, {"yes_no.label": "Did they tell you?"})
    assert said.question("yes_no").label[EASY_READ] == "Did they tell you?"
    assert editing.without_language(said, EASY_READ) == every_kind()


def test_english_cannot_be_taken_away():
    assert editing.without_language(every_kind(), ENGLISH) == every_kind()


def test_words_that_are_emptied_are_gone_and_nothing_else_changes():
    said = editing.said_in(editing.with_language(three(), EASY_READ), EASY_READ, {"a.label": "About a"})
    emptied = editing.said_in(said, EASY_READ, {"a.label": ""})
    assert EASY_READ not in emptied.question("a").label
    assert emptied == editing.with_language(three(), EASY_READ)


def test_every_word_of_a_set_belongs_to_one_part():
    form = every_kind()
    parts = editing.words_by_part(form)
    together = [of for words_of_part in parts.values() for of in words_of_part]
    assert sorted(together) == sorted(editing.all_words(form))
    assert list(parts) == ["all", "people", editing.REST]
    assert "title" in parts[editing.REST]
    assert "people.label" in parts["people"]
