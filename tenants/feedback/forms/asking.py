"""A question to those who said a point, and what they say to it."""

import uuid
from typing import Any, Self

from django import forms
from django.utils.translation import gettext_noop as N_

from kit import fields
from kit.forms import Form
from tenants.feedback.models import Point


class AskForm(Form):
    """What staff want to know before they decide."""

    words = fields.Textarea(
        "Your question",
        hint="Those who said it read this. Short sentences, plain words. Ask one thing.",
        max_length=1000,
        rows=4,
    )
    send = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


class ReplyForm(Form):
    """What one of those who said it says to the question."""

    words = fields.Textarea(
        N_("What you want to say"),
        hint=N_("You do not have to answer. Only our staff read this. Do not write anybody’s name."),
        required_error=N_("Write in the box what you want to say"),
        max_length=5000,
        rows=4,
        autocomplete="off",
    )
    question = forms.UUIDField(widget=forms.HiddenInput)

    @classmethod
    def about(cls, point: Point, data: Any = None) -> Self:
        """The form for one point; a page may hold several, so each has ids of its own."""
        return cls(data, auto_id=f"reply-%s-{point.pk}")
