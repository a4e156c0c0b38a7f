"""“Ask only if” and limits, chosen on a page, as expressions and back."""

import pytest

from questions import limits
from questions.limits import OnlyIf
from questions.shape import Choice, Kind, Section
from tests.factories.questions import a_form, a_question, words


def form():
    first = Section("first", words("First"), (a_question("one", Kind.ONE), a_question("many", Kind.MANY)))
    people = Section(
        "people", words("People"), (a_question("who", Kind.ONE), a_question("how", Kind.TEXT)), repeats=True
    )
    return a_form(first, people, Section("last", words("Last"), (a_question("end", Kind.YES_NO),)))


@pytest.mark.parametrize(
    ("only_if", "expression"),
    [
        (OnlyIf("one", "a"), "${one} = 'a'"),
        (OnlyIf("one", "a", is_so=False), "${one} != 'a'"),
        (OnlyIf("many", "b"), "selected(${many}, 'b')"),
        (OnlyIf("many", "b", is_so=False), "not(selected(${many}, 'b'))"),
    ],
)
def test_what_is_chosen_on_a_page_is_found_again_in_its_expression(only_if, expression):
    assert only_if.expression(form()) == expression
    assert OnlyIf.read(expression) == only_if


@pytest.mark.parametrize(
    "expression", ["${n} > 3", "not(selected(${many}, 'b')", "selected(${many}, 'b'))", "1 = 1", ""]
)
def test_any_other_expression_is_left_to_whoever_wrote_it(expression):
    assert OnlyIf.read(expression) is None


def names(found):
    return {choice.partition("=")[0] for choice, _ in found}


def test_only_what_comes_before_can_be_asked_of():
    assert names(limits.earlier_choices(form(), "one")) == set()
    assert names(limits.earlier_choices(form(), "many")) == {"one"}
    assert names(limits.earlier_choices(form(), "last")) == {"one", "many"}


def test_what_stands_in_a_repeat_is_offered_there_alone():
    assert names(limits.earlier_choices(form(), "how")) == {"one", "many", "who"}
    assert names(limits.earlier_choices(form(), "", "people")) == {"one", "many", "who"}
    assert names(limits.earlier_choices(form(), "end")) == {"one", "many"}
    assert names(limits.earlier_choices(form(), "")) == {"one", "many", "end"}


@pytest.mark.parametrize("least", [None, 0, -3, 7])
@pytest.mark.parametrize("most", [None, 0, 12])
def test_a_limit_of_numbers_is_found_again(least, most):
    assert limits.numbers_of(limits.numbers(least, most)) == (least, most)


def test_a_limit_of_letters_is_found_again_and_others_are_not():
    assert limits.letters_of(limits.letters(30)) == 30
    assert limits.letters_of(". = 'x'") is None
    assert limits.numbers_of(". > 3") is None


def test_an_answer_that_stands_alone_is_found_again_and_other_limits_name_none():
    assert limits.alone_of(limits.alone("none")) == "none"
    assert limits.alone("") == ""
    assert limits.alone_of("selected(., 'none')") == ""


@pytest.mark.parametrize(
    ("constraint", "said"),
    [
        ("", ""),
        (limits.numbers(0, 9), "Give a number from 0 to 9."),
        (limits.numbers(-3, None), "Give -3 or more."),
        (limits.letters(30), "Write 30 letters at most."),
        (limits.NOT_LATER, "Give today or a day before."),
        (". mod 2 = 0", "This answer is outside of its limits. Change it."),
    ],
)
def test_what_is_said_of_a_limit_follows_from_it(constraint, said):
    assert limits.said_of(constraint) == said


def test_what_is_said_of_an_answer_that_stands_alone_names_it_in_words():
    choices = (Choice("water", words("Water")), Choice("none", words("None of these")))
    assert limits.said_of(limits.alone("none"), choices) == "Choose either “None of these” or the other answers."


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("${one} = 'a'", "“Answer a” to “About one?”"),
        ("not(selected(${many}, 'b'))", "not “Answer b” to “About many?”"),
        ("${one} = 'gone'", "“gone” to “About one?”"),
        ("${gone} = 'a'", "${gone} = 'a'"),
        ("count(${people}) > 1", "count(${people}) > 1"),
    ],
)
def test_a_page_says_in_words_when_something_is_asked(rule, said):
    assert limits.in_words(form(), rule) == said
