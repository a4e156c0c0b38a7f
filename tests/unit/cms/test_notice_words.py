"""Gaps that only a scheme can fill are found wherever they stand."""

import pytest

from cms.notice_words import KINDS, first_body, gaps_in


@pytest.mark.parametrize("kind", KINDS)
def test_our_words_for_a_notice_have_gaps(kind):
    assert gaps_in([str(block["value"]) for block in first_body(kind)])


@pytest.mark.parametrize(
    ("text", "gaps"),
    [
        ("<p>Ask [[whom to ask]], or [[ whom\nto  ask ]].</p>", ["whom to ask"]),
        ("<p>[[<b>day</b>]]</p>", ["day"]),
        ("[[]]", ["an empty gap"]),
        ("<p>See [1] and [2].</p>", []),
    ],
)
def test_each_open_gap_is_named_once(text, gaps):
    assert gaps_in([text]) == gaps
