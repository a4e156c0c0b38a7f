"""Which answers stand on a poster, and how big it is."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError

from kit import fields
from kit.forms import Form
from tenants.feedback.queries import ForPoster
from tenants.feedback.rules import Sheet

MOST = 4
GONE = "One of these may no longer be shown. Choose again from those on the page"


class PosterForm(Form):
    """A few answers of those that the public may read now."""

    points = fields.Checkboxes(
        "Which answers stand on it",
        hint=f"Up to {MOST}, of any theme. Choose some that you could not do, too: people trust who says both.",
        small=True,
        error_messages={"required": "Choose at least one answer", "invalid_choice": GONE},
    )
    sheet = fields.Radios("How big is the paper", choices=Sheet.choices, initial=Sheet.A4, inline=True)

    def __init__(self, data: Any = None, *, offered: Sequence[ForPoster], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.offered = {str(one.point_id): one for one in offered}
        points: Any = self.fields["points"]
        points.choices = [(key, one.pair.said) for key, one in self.offered.items()]
        points.hints = {key: f"{one.pair.decision_label}: {one.pair.answer}" for key, one in self.offered.items()}

    def clean_points(self) -> list[ForPoster]:
        """The answers themselves, in the order of the page."""
        chosen: list[str] = self.cleaned_data["points"]
        if len(chosen) > MOST:
            raise ValidationError(f"Choose {MOST} at most. Nobody reads a poster with more on it")
        return [one for key, one in self.offered.items() if key in chosen]

    def clean_sheet(self) -> Sheet:
        return Sheet(self.cleaned_data["sheet"])
