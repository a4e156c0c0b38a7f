"""What staff fill in to answer points together, and to take one apart."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django import forms

from kit import fields
from kit.dates import short_day
from kit.forms import Form
from tenants.feedback.models import Point, Theme
from tenants.feedback.queries import first_words

SHOWN, LONGEST = 200, 5000


class TogetherForm(Form):
    """Which points say the same."""

    others = fields.Checkboxes(
        "Which of these say the same?",
        hint="Everybody keeps their own words and gets the answer in their own way.",
        required_error="Choose at least one, or go back",
    )

    def __init__(self, *args: Any, offered: Sequence[Point], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = {str(point.pk): point for point in offered}
        others: Any = self.fields["others"]
        others.choices = [(key, first_words(point, SHOWN)) for key, point in self.offered.items()]
        others.hints = {key: _about(point) for key, point in self.offered.items()}

    @property
    def chosen(self) -> list[Point]:
        return [self.offered[key] for key in self.cleaned_data["others"]]


class SplitForm(Form):
    """One point that says two things, as two: words are left out, and none are added."""

    stays = fields.Textarea("The first thing", hint="Leave out what belongs to the second.", max_length=LONGEST, rows=5)
    goes = fields.Textarea("The second thing", hint="Leave out what belongs to the first.", max_length=LONGEST, rows=5)
    theme = fields.ModelSelect(
        "What the second thing is about", Theme.objects.none(), required=False, empty_label="Not sorted yet"
    )
    send = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def __init__(self, *args: Any, point: Point, **kwargs: Any) -> None:
        super().__init__(*args, initial={"stays": point.said, "goes": point.said}, **kwargs)
        themes: Any = self.fields["theme"]
        themes.queryset = Theme.objects.filter(active=True)


def _about(point: Point) -> str:
    theme = f", about: {point.theme}" if point.theme else ""
    return f"Received {short_day(point.received_on)}{theme}"
