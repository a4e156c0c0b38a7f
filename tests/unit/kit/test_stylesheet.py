"""Our one stylesheet says in one place what a thing looks like."""

import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
RULE = re.compile(r"^([^\s@}][^{}]*)\{", re.MULTILINE)  # not those inside @media


def test_no_two_rules_are_for_the_same_thing() -> None:
    """Two makers who take the same name for a class change each other's pages."""
    style = COMMENT.sub("", (ROOT / "platform/kit/static/kit/alongside.css").read_text())
    told = Counter(" ".join(rule.split()) for rule in RULE.findall(style))
    assert len(told) > 100
    assert [rule for rule, times in told.items() if times > 1] == []
