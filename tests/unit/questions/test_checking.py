"""What keeps a draft from being published, and in which words."""

from dataclasses import replace

import pytest

from questions import editing
from questions.checking import problems
from questions.shape import EASY_READ, Kind, Section
from tests.factories.questions import a_form, a_question, every_kind, words


def said(form):
    return " ".join(str(one) for one in problems(form))


def one_section(*questions):
    return a_form(Section("all", words("All"), questions))


def test_a_good_set_has_no_problem():
    assert problems(every_kind()) == ()


@pytest.mark.parametrize(
    ("form", "says"),
    [
        (editing.new_form("Empty"), "There is no question yet"),
        (one_section(a_question("mind", Kind.NOTE)), "There is no question yet"),
        (
            a_form(Section("all", words("All"), (a_question(),)), Section("none", words("None"))),
            "“None”: This section is empty",
        ),
        (one_section(a_question("pick", Kind.ONE, choices=())), "“About pick?”: Give at least 2 answers"),
        (one_section(a_question(label={})), "“told”: This has no words"),
        (one_section(a_question(relevant="${later} = 'a'"), a_question("later", Kind.ONE)), "“About told?”: "),
        (one_section(a_question("n", Kind.COUNT, constraint=". >")), "“About n?”: "),
        (one_section(a_question(relevant="${told} = 'yes'")), "“About told?”: "),
        (one_section(a_question(), a_question("x", Kind.TEXT, relevant=". = 'yes'")), "“About x?”: "),
        (one_section(a_question("mind", Kind.NOTE), a_question(relevant="${mind} = 'x'")), "“About told?”: "),
    ],
)
def test_what_is_to_be_put_right_is_named_with_its_place(form, says):
    assert says in said(form)


@pytest.mark.parametrize(
    ("form", "says"),
    [
        (
            one_section(a_question("why", Kind.TEXT, relevant="${told} = 'no'"), a_question("told")),
            "“About why?”: “About told?” must come before this. Move it up.",
        ),
        (
            a_form(
                Section("all", words("All"), (a_question("many", Kind.TEXT, relevant="count(${people}) > 1"),)),
                Section("people", words("People"), (a_question("who", Kind.TEXT),), repeats=True),
            ),
            "“About many?”: “People” must come before this. Move it up.",
        ),
        (
            a_form(
                Section("why", words("Why"), (a_question("reason", Kind.TEXT),), relevant="${told} = 'no'"),
                Section("all", words("All"), (a_question("told"),)),
            ),
            "“Why”: “About told?” must come before this. Move it up.",
        ),
    ],
)
def test_what_is_asked_too_late_for_a_rule_is_named_in_its_own_words(form, says):
    assert said(form) == says


@pytest.mark.parametrize("rule", ["${told} = 'x'", "${mind} = 'x'", "${gone} = 'x'"])
def test_nobody_is_told_to_move_up_what_would_not_help(rule):
    """Neither the question itself, nor a note, which has no answer, nor one that was taken away."""
    found = said(one_section(a_question(relevant=rule), a_question("mind", Kind.NOTE)))
    assert "There is no question" in found
    assert "Move it up" not in found


def test_a_limit_may_look_at_its_own_answer_and_back():
    first = a_question("first", Kind.COUNT)
    assert problems(one_section(first, a_question("then", Kind.COUNT, constraint=". <= ${first}"))) == ()


def test_a_language_that_is_half_written_is_named_with_what_is_missing():
    half = editing.with_language(a_form(), EASY_READ)
    assert "Easy Read: 3 things have no words yet, the first is “Rights”" in said(half)


def test_every_question_of_an_easy_read_set_has_a_picture():
    form = editing.with_language(a_form(), EASY_READ)
    written = editing.said_in(form, EASY_READ, dict.fromkeys(editing.all_words(form), "Words"))
    assert said(written) == "“About told?”: Choose a picture for Easy Read."
    question = replace(written.question("told"), picture="talk")
    assert problems(editing.with_changed_question(written, question)) == ()


def test_what_another_tool_could_not_read_is_not_published():
    twice = one_section(a_question("told"), replace(a_question("told"), label=words("The same name")))
    assert "Other tools could not read this set" in said(twice)
