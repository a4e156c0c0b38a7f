"""Forms about who is ready to visit. None of them has a box for why somebody was refused, and none must get one."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from groups.models import ConflictOfInterest, Vetting
from groups.queries import PlaceToVisit
from kit import clock
from kit.fields import Date, Radios, Select, Text
from kit.forms import Form
from tenants.schemes.models import Scheme

YES, NO, NOT_SAID = "yes", "no", "not_said"


class TrainingForm(Form):
    """A training that one did."""

    name = Text("What was the training?", hint="For example: keeping yourself and others safe", max_length=120)
    done_on = Date("When did you do it?", latest=clock.today)
    valid_until = Date(
        "What is the last day on which it counts? (if there is one)", required=False,
        hint="It may stand on your certificate. For example, 27 3 2027",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """It counts from the day on which it was done."""
        given = super().clean() or self.cleaned_data
        done_on, until = given.get("done_on"), given.get("valid_until")
        if done_on and until and until < done_on:
            self.add_error("valid_until", "Enter a day after you did the training")
        return given


class ConflictForm(Form):
    """Where somebody works or worked: one place, or a whole service."""

    where = Select("Where?")
    since = Date(
        "From which day?", latest=clock.today,
        hint="If you do not know the day, give the first of the month, like 1 3 2024",
    )  # fmt: skip
    until = Date(
        "What was the last day? (leave it empty if it still goes on)", required=False, latest=clock.today,
        hint="For example, 27 3 2027",
    )  # fmt: skip

    def __init__(self, *args: Any, places: Iterable[PlaceToVisit], now: ConflictOfInterest | None = None, **more: Any):
        initial = {"where": _mark(now.scheme_id, now.site_id), "since": now.since, "until": now.until} if now else {}
        super().__init__(*args, initial=initial, **more)
        schemes: dict[UUID, Scheme] = {}
        self.places: dict[str, tuple[UUID, UUID | None]] = {}
        choices = [("", "Choose a place")]
        for place in places:
            if place.scheme.pk not in schemes:
                schemes[place.scheme.pk] = place.scheme
                choices.append(self._offer(place.scheme.pk, None, f"{place.scheme.name}, the whole service"))
            choices.append(self._offer(place.scheme.pk, place.site.pk, f"{place.scheme.name}, {place.site.name}"))
        if now and initial["where"] not in self.places:
            choices.append(self._offer(now.scheme_id, now.site_id, "The place that is written down now"))
        where: Any = self.fields["where"]
        where.choices = choices

    def _offer(self, scheme_id: UUID, site_id: UUID | None, words: str) -> tuple[str, str]:
        mark = _mark(scheme_id, site_id)
        self.places[mark] = (scheme_id, site_id)
        return mark, words

    def clean(self) -> dict[str, Any]:
        """It ends after it began."""
        given = super().clean() or self.cleaned_data
        since, until = given.get("since"), given.get("until")
        if since and until and until < since:
            self.add_error("until", "Enter a day after it began")
        return given

    @property
    def declared(self) -> dict[str, Any]:
        """What was declared, as the actions want it."""
        scheme_id, site_id = self.places[self.cleaned_data["where"]]
        dates = {name: self.cleaned_data[name] for name in ("since", "until")}
        return {"scheme_id": scheme_id, "site_id": site_id} | dates


class LivedExperienceForm(Form):
    """What somebody says of their own life."""

    said = Radios(
        "Have you lived through it yourself?",
        [(YES, "Yes"), (NO, "No"), (NOT_SAID, "I would rather not say")],
        hints={NOT_SAID: "Then we keep nothing about it."},
    )  # fmt: skip

    @property
    def has(self) -> bool | None:
        return {YES: True, NO: False}.get(self.cleaned_data["said"])


class VettingForm(Form):
    """Where a member stands with a place: one of four things."""

    status = Radios("Where do they stand?", Vetting.Status.choices)
    stands_until = Date(
        "If it stands: what is the last day?", required=False, earliest=clock.today, hint="For example, 27 3 2027"
    )

    def clean(self) -> dict[str, Any]:
        """It stands until a day, and nothing else has one."""
        given = super().clean() or self.cleaned_data
        stands = given.get("status") == Vetting.Status.STANDS
        if stands and not given.get("stands_until") and "stands_until" not in self.errors:
            self.add_error("stands_until", "Enter the last day on which it stands")
        if given.get("status") and not stands:
            given["stands_until"] = None
            self.errors.pop("stands_until", None)
        return given


def _mark(scheme_id: UUID, site_id: UUID | None) -> str:
    return f"{scheme_id}:{site_id or ''}"
