"""Whose answer was followed."""

from django import forms

from kit.forms import Form


class SameForm(Form):
    """One answer of another scheme, chosen by its button."""

    MOST_WORDS = 100

    answer_id = forms.UUIDField(
        widget=forms.HiddenInput, error_messages={"required": "Choose an answer of another scheme"}
    )
