"""Another number that is rung in an emergency is worse than none: it is dialled where it is clear, and nowhere else."""

import pytest

from peer_monitoring.reaching import is_a_number, number_in


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("0044 7700 900 982", "+447700900982"), ("0044 20 7946 0018", "+442079460018"),
        ("00 44 7700 900 982", "+447700900982"), ("00447700900982", "+447700900982"),
        ("0044 (0)20 7946 0018", "+442079460018"), ("00 44 (0) 7700 900 982", "+447700900982"),
        ("Robin: 0044 7700 900 982, not at night", "+447700900982"), ("Room 12 0044 7700 900982", "+447700900982"),
        ("+44 (20) 7946 0018", "+442079460018"), ("+44 (0) 20 7946 0018", "+442079460018"),
        ("01632 960123, 01632 960 123", "01632960123"), ("Room 12 (07700 900 982)", "07700900982"),
        ("020 7946 0018 (24 hours)", "02079460018"), ("From 1/12/2026, 01632 960123", "01632960123"),
        ("1/12 01632 960123", "01632960123"),
    ],
)  # fmt: skip
def test_a_number_is_dialled_as_it_was_meant(words, number):
    assert number_in(words) == number


@pytest.mark.parametrize(
    "words",
    [
        "0800 1111 (24 hours)", "0800 1111", "01632 960123/4", "01632 96012(3/4)", "01632 960123 / 07700 900 982",
        "07700/900982", "+44 7700 900 982 4567", "0203 0117700 1234", "01632 960123 12", "0044 7700 900 982 4567",
        "00447700900982 07700 900 983", "0044 7700 900 982, 0044 7700 900 983", "0000 7700 900 982",
        "0044/7700 900 982", "00 1 2", "0044",
    ],
)  # fmt: skip
def test_where_it_is_not_clear_nothing_is_dialled(words):
    assert number_in(words) == ""


@pytest.mark.parametrize(
    ("typed", "is_one"),
    [
        ("0044 7700 900 982", True), ("00 44 (0)7700 900982", True), ("+44 (20) 7946 0018", True),
        ("(01632) 960-123", True), ("0044 7700 900 982 (home)", False), ("0800 1111 (24 hours)", False),
        ("01632 960123/4", False), ("01632 960123, 01632 960123", False), ("Mo 01632 960123", False),
    ],
)  # fmt: skip
def test_a_number_alone_is_a_number_and_nothing_else(typed, is_one):
    assert is_a_number(typed) == is_one
