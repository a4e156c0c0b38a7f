"""What a page of answers sends is read whole."""

from dataclasses import replace

import pytest
from django.conf import settings

from questions.answering import MOST_ROUNDS
from questions.checking import problems
from questions.page_size import MOST_FIELDS, fields_of
from questions.shape import Choice, Kind, Section
from tests.factories.questions import a_form, a_question, words

# The token, for whom the page was made, the section, what travels with it, a button.
OF_THE_PAGE = 10


def a_section(*kinds: Kind, repeats: bool = False) -> Section:
    asked = tuple(a_question(f"q{number}", kind) for number, kind in enumerate(kinds))
    return Section("all", words("All"), asked, repeats=repeats)


@pytest.mark.parametrize(
    ("kinds", "fields"), [((Kind.YES_NO, Kind.TEXT), 4), ((Kind.DATE,), 4), ((Kind.MANY,), 3), ((Kind.NOTE,), 1)]
)
def test_a_page_sends_so_many_fields(kinds: tuple[Kind, ...], fields: int) -> None:
    section, again = a_section(*kinds), a_section(*kinds, repeats=True)
    assert fields_of(a_form(section), section) == fields
    assert fields_of(a_form(again), again) == fields * MOST_ROUNDS


def test_as_much_as_a_page_sends_is_read() -> None:
    assert MOST_FIELDS + OF_THE_PAGE <= settings.DATA_UPLOAD_MAX_NUMBER_FIELDS


def test_a_section_that_would_send_more_is_not_published() -> None:
    choices = tuple(Choice(f"c{number}", words(f"Answer {number}")) for number in range(MOST_FIELDS // MOST_ROUNDS))
    most = a_question("pick", Kind.MANY, choices=choices[1:])
    fits = Section("all", words("All"), (most,), repeats=True)
    assert fields_of(a_form(fits), fits) == MOST_FIELDS
    assert problems(a_form(fits)) == ()
    more = replace(fits, questions=(replace(most, choices=choices),))
    (problem,) = problems(a_form(more))
    assert "more than one page can send" in str(problem)
