"""Mobile numbers, however they are typed."""

import pytest

from kit import numbers


@pytest.mark.parametrize(
    "typed",
    ["07700900123", "07700 900 123", "(07700) 900-123", "+44 7700 900123", "+44 (0)7700 900123", "00447700900123"],
)
def test_a_number_is_kept_in_one_form(typed):
    assert numbers.mobile(typed) == "+447700900123"


@pytest.mark.parametrize(
    "typed", ["", "0770090012", "077009001234", "0161 496 0000", "07000 900123", "07600 900123", "+33 612345678", "sam"]
)
def test_what_is_no_mobile_number_is_refused(typed):
    with pytest.raises(numbers.BadNumber, match="UK mobile"):
        numbers.mobile(typed)


def test_a_number_is_shown_as_people_read_it():
    assert numbers.shown("+447700900123") == "07700 900 123"
