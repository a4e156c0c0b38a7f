"""A set as a tree and as the rows of an XLSForm: neither loses what the other knows."""

from dataclasses import replace

import pytest
from pyxform.xls2xform import convert

from questions.errors import NotAQuestionSet
from questions.shape import EASY_READ, ENGLISH, Kind, Section, read, words_in, write
from tests.factories.questions import a_form, a_question, every_kind, words


def test_what_is_written_is_read_again_whole():
    form = every_kind()
    assert read(write(form)) == form


def test_every_language_comes_back_and_is_kept_under_the_name_that_other_tools_know():
    question = a_question(label={ENGLISH: "Were you told?", EASY_READ: "Did they tell you?"})
    form = replace(
        a_form(Section("rights", {ENGLISH: "Rights", EASY_READ: "Your rights"}, (question,))),
        title={ENGLISH: "Rights", EASY_READ: "Your rights"},
        languages=(ENGLISH, EASY_READ),
    )
    rows = write(form)
    assert rows["survey"][1]["label::Easy Read (en-x-easy)"] == "Did they tell you?"
    assert read(rows) == form


def test_the_shared_lists_stay_while_nothing_asks_from_them():
    form = a_form(Section("rights", words("Rights"), (a_question("why", Kind.TEXT),)))
    assert read(write(form)).lists == form.lists


def test_pyxform_reads_what_we_write_and_finds_every_question():
    made = convert(xlsform=write(every_kind()), form_name="data").xform
    for _, question in every_kind().questions():
        assert f"/{question.name}" in made


def test_words_that_are_missing_in_a_language_are_the_english_ones():
    assert words_in({ENGLISH: "Yes"}, EASY_READ) == "Yes"


@pytest.mark.parametrize(
    ("survey", "says"),
    [
        ([{"type": "text", "name": "why"}], "every question stands in a section"),
        ([{"type": "begin_group", "name": "a"}, {"type": "begin_group", "name": "b"}], "cannot stand inside another"),
        ([{"type": "begin_group", "name": "a"}, {"type": "geopoint", "name": "where"}], "asked for “geopoint”"),
    ],
)
def test_rows_that_a_set_of_ours_never_holds_are_refused_with_their_number(survey, says):
    with pytest.raises(NotAQuestionSet, match=r"Row \d: .*" + says):
        read({"survey": survey})
