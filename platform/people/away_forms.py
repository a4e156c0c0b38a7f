"""From when until when somebody is away, and who covers."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from kit import clock
from kit.fields import Date, Select
from kit.forms import Form


class AwayForm(Form):
    """Two days, both away, and somebody else in the team."""

    first_day = Date("First day away", initial=clock.today)
    last_day = Date("Last day away")
    cover = Select("Who covers", hint="What waits for you, and what you are told of, goes to them too.")

    def __init__(self, *args: Any, team: Mapping[UUID, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = sorted(((str(pk), name) for pk, name in team.items()), key=lambda one: one[1].lower())
        self.fields["cover"].choices = [("", "Choose one"), *choices]  # type: ignore[attr-defined]

    def clean_cover(self) -> UUID:
        return UUID(self.cleaned_data["cover"])
