"""A paper is made of any words: what its typeface lacks is left out or marked, and stops nothing (ADR 0043)."""

import pytest

from kit.typeface import printable


@pytest.mark.parametrize(
    ("words", "printed"),
    [
        ("We listen – “always”…", "We listen – “always”…"),
        ("Ŵyl, Łódź, Straße, Ελλάδα, Київ", "Ŵyl, Łódź, Straße, Ελλάδα, Київ"),
        ("Well done 😊👍🏽!", "Well done !"),
        ("＜ｂ＞", "<b>"),
        ("e\u0301", "é"),
        ("谢谢", "??"),
        ("One\nTwo\tThree", "One\nTwo\tThree"),
        ("a bell\x07", "a bell"),
    ],
)
def test_words_are_printed_in_signs_that_the_typeface_has(words: str, printed: str) -> None:
    assert printable(words) == printed


def test_words_are_found_wherever_they_stand_in_what_a_template_is_given() -> None:
    assert printable({"a": ["😊 one", {"b": ("two 😊",)}], "c": 3}) == {"a": [" one", {"b": ["two "]}], "c": 3}
