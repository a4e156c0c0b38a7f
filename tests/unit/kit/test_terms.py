"""Terms of the field are the same in the code and in the paper that says why (ADR 0055)."""

from kit.terms import NOT_COUNTED
from tests.integration.reading.test_reading_age import terms_of_the_field


def test_what_is_not_counted_is_what_the_paper_lists() -> None:
    assert list(NOT_COUNTED) == terms_of_the_field()
