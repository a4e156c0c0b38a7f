"""Boxes for private words: the browser's Back brings nothing of them back to whoever has the phone next (S2)."""

import pytest
from django.forms import BoundField

from tenants.feedback.forms import AnswerForm, ConcernForm, ReplyForm, SayWithForm


@pytest.mark.parametrize(
    "box",
    [
        ConcernForm(known=False)["words"],
        ConcernForm(known=False)["reach_at"],
        AnswerForm()["words"],
        ReplyForm()["words"],
        SayWithForm(name="Jo")["said"],
    ],
    ids=lambda box: f"{type(box.form).__name__}.{box.name}",
)
def test_a_browser_keeps_nothing_of_what_was_typed_in_private(box: BoundField) -> None:
    assert 'autocomplete="off"' in box.as_field_group()
