"""Forms of programmes and visits."""

import re
from collections.abc import Collection, Iterable
from datetime import datetime, time
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.forms import HiddenInput, UUIDField

from groups.models import Group
from groups.queries import members
from kit import clock
from kit.dates import typed_time
from kit.fields import Checkboxes, Date, ModelRadios, ModelSelect, Number, Radios, Select, Text, Textarea, Tick
from kit.forms import Form
from peer_monitoring.actions.planning import SETTLED, Plan
from peer_monitoring.models import Record, Trouble, Visit
from peer_monitoring.reaching import MOST_OF_A_NAME, is_a_number, written_in
from peer_monitoring.records import MOST_REASON, Stopped
from peer_monitoring.rules import Candidate, next_time
from peer_monitoring.standing import PLACE_NOT_TOLD, PLACE_NOT_TOLD_EITHER
from questions.models import QuestionSet, QuestionSetVersion
from questions.queries import sets_in_use, versions_in_use
from tenants.schemes.models import Site

# An hour alone is in the morning from here on: before, 2 may mean the afternoon.
EARLIEST_HOUR, _HOUR = 7, re.compile(r"[0-9]{1,2}")
ANNOUNCED, HELD_BACK = "announced", "held_back"
CHOOSE, NOBODY = ("", "Choose"), ("", "Nobody")
NOT_A_PLACE = "Choose one of the answers on the page. A place that is not there does not let your group in"
A_NUMBER = "Enter one telephone number with its area code, like 07700 900 982 or 020 7946 0018"


def _told(is_held_back: bool) -> str:
    return HELD_BACK if is_held_back else ANNOUNCED


def _is_a_number(typed: str) -> None:
    if not is_a_number(typed):
        raise ValidationError(A_NUMBER)


class ProgrammeForm(Form):
    """A new programme."""

    name = Text("What is it called?", max_length=120, required_error="Enter what the programme is called")
    question_set = ModelRadios(
        "Which questions?", queryset=QuestionSet.objects.none(), empty_label=None,
        required_error="Choose the questions. A set must be published first",
    )  # fmt: skip

    def __init__(self, *args: Any, group: Group, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["question_set"].queryset = sets_in_use(group)  # type: ignore[attr-defined]


class PlaceForm(Form):
    """A place to go to again and again."""

    site = Select("Where?", required_error="Choose a place")
    months = Number("Again after how many months?", min_value=1, max_value=36, initial=6)

    def __init__(self, *args: Any, sites: Iterable[Site], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sites = {str(one.pk): one for one in sites}
        self.fields["site"].choices = [(key, str(one)) for key, one in self.sites.items()]  # type: ignore[attr-defined]

    def chosen_site(self) -> Site:
        """The place that was chosen."""
        return self.sites[self.cleaned_data["site"]]


class RingForm(Form):
    """Whom the team of a visit can ring: somebody of the group, and their number."""

    to_ring_of = Select(
        "Whom can the team ring on that day?", required=False,
        hint="Somebody of your group, who agrees to it. The team sees their name and number, without signal too",
    )  # fmt: skip
    ring_number = Text(
        "Their telephone number", required=False, max_length=30, validators=[_is_a_number], autocomplete="off",
        hint="For example, 07700 900 982. It goes when the visit is closed or called off, and 7 days after its day",
    )  # fmt: skip

    def __init__(self, *args: Any, group: Group, visit: Visit | None = None, **kwargs: Any) -> None:
        super().__init__(*args, initial=_as_planned(visit), **kwargs)
        self.people = {str(one.membership.person_id): one.name for one in members(group)}
        field: Any = self.fields["to_ring_of"]
        field.choices = [NOBODY, *self.people.items()]
        if visit and visit.to_ring and not written_in(visit.to_ring):
            field.help_text = f"So far: {visit.to_ring}"

    def clean(self) -> dict[str, Any]:
        """A number is somebody's, and somebody is rung at a number."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if (given.get("ring_number") or "ring_number" in self.errors) and given.get("to_ring_of") == "":
            self.add_error("to_ring_of", "Choose whose telephone number it is")
        if given.get("to_ring_of") and given.get("ring_number") == "":
            self.add_error("ring_number", "Enter their telephone number")
        return given

    def whom_to_ring(self) -> tuple[str, UUID | None]:
        """What the team reads, and whose number it is."""
        of, number = self.cleaned_data["to_ring_of"], self.cleaned_data["ring_number"]
        return (f"{self.people[of][:MOST_OF_A_NAME]}, {number}", UUID(of)) if of else ("", None)


class VisitForm(RingForm):
    """Where and when, with which questions, announced or held back, and whom the team can ring."""

    field_order = ("site", "day", "starts_at", "version", "told", "photos_allowed", "meeting_point", "note")

    site = Select("Where?", required_error="Choose a place", error_messages={"invalid_choice": NOT_A_PLACE})
    day = Date("On which day?", earliest=clock.today, too_early="Choose today or a later day")
    starts_at = Text(
        "At what time?", required=False, width=10, hint="For example, 10:30 or 2:30pm. Leave it empty if it is open"
    )
    version = ModelSelect(
        "Which questions?", queryset=QuestionSetVersion.objects.none(), empty_label="Choose",
        required_error="Choose the questions",
    )  # fmt: skip
    told = Radios(
        "Is the scheme told before?",
        [(ANNOUNCED, "Yes, announce it"), (HELD_BACK, "No, hold it back")],
        hints={HELD_BACK: "Nobody at the scheme can see it before it is logged"},
        required_error="Choose whether the scheme is told before",
    )
    photos_allowed = Tick("The host has agreed to photos")
    meeting_point = Text("Where does the team meet?", required=False, max_length=300)
    note = Textarea("What should the team know?", required=False, max_length=2000, rows=4)

    def __init__(
        self, *args: Any, group: Group, sites: Iterable[Site], visit: Visit | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, group=group, visit=visit, **kwargs)
        own = [visit.site] if visit else []
        self.sites = {str(one.pk): one for one in (*sites, *own)}
        places = [(key, _where(one)) for key, one in self.sites.items()]
        self.fields["site"].choices = places if visit else [CHOOSE, *places]  # type: ignore[attr-defined]
        usable = versions_in_use(group, also=visit.version_id if visit else None)
        self.fields["version"].queryset = usable  # type: ignore[attr-defined]
        self.settled_as = visit.is_held_back if visit and visit.ready_at else None
        if self.settled_as is not None:
            del self.fields["told"]

    def clean(self) -> dict[str, Any]:
        """Whoever chose otherwise while somebody else settled it is not left to think that their choice is saved."""
        if self.settled_as is not None and self.data.get("told") not in (None, _told(self.settled_as)):
            self.add_error(None, SETTLED)
        return super().clean()

    def clean_starts_at(self) -> time | None:
        """A time as it is typed in this country; of hours alone only those that can mean one time of a day."""
        typed = self.cleaned_data["starts_at"]
        hour = int(typed) if _HOUR.fullmatch(typed.strip()) else 0
        return time(hour) if EARLIEST_HOUR <= hour < 24 else _as_time(typed)

    def plan(self) -> Plan:
        """What was planned."""
        given = self.cleaned_data
        to_ring, of_id = self.whom_to_ring()
        return Plan(
            site=self.sites[given["site"]],
            day=given["day"],
            starts_at=given["starts_at"],
            version=given["version"],
            is_held_back=given["told"] == HELD_BACK if self.settled_as is None else self.settled_as,
            photos_allowed=given["photos_allowed"],
            meeting_point=given["meeting_point"].strip(),
            note=given["note"].strip(),
            to_ring=to_ring,
            to_ring_of_id=of_id,
        )


class TeamForm(Form):
    """Who goes."""

    people = Checkboxes("Who goes?", required_error="Choose at least 2 people")

    def __init__(self, *args: Any, candidates: Iterable[Candidate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        able = list(candidates)
        field: Any = self.fields["people"]
        field.choices = [(str(one.person_id), one.name) for one in able]
        field.hints = {
            str(one.person_id): f"Cannot go: {', '.join(one.hindrances())}" for one in able if not one.can_go
        }

    def chosen(self) -> list[UUID]:
        """The people who were chosen."""
        return [UUID(one) for one in self.cleaned_data["people"]]


class NeedsForm(Form):
    """What somebody needs on the day of a visit."""

    needs = Textarea(
        "What do you need on that day?", required=False, max_length=500, rows=4,
        hint="For example a lift, breaks, large print, somebody beside you. Only whoever leads your group reads it",
    )  # fmt: skip


class TroubleForm(Form):
    """What kept the team from a visit."""

    kind = Radios("What happened?", Trouble.Kind.choices, required_error="Choose what happened")
    by_role = Text(
        "Who said so? Their role, and no name", max_length=120, required_error="Enter the role of who said so",
        hint="For example, custody sergeant",
    )  # fmt: skip
    why = Text("What reason did they give?", max_length=500, required_error="Enter the reason, or “none given”")
    minutes = Number("For how many minutes?", required=False, min_value=0, max_value=1440)


class StopForm(Form):
    """Why somebody sends what they have without finishing it."""

    kind = Radios("Why is it not finished?", Record.Unfinished.choices, required_error="Choose why it is not finished")
    why = Text(
        "What happened? You can leave this empty", required=False, max_length=MOST_REASON,
        hint="In a few words. Write no names",
    )  # fmt: skip

    def stopped(self) -> Stopped:
        """Why, and in which words."""
        return Stopped(Record.Unfinished(self.cleaned_data["kind"]), self.cleaned_data["why"].strip())


class ConcernForm(Form):
    """A concern that is raised now."""

    words = Textarea(
        "What are you worried about?", rows=5, max_length=5000, autocomplete="off",
        hint="Say what you saw or heard, and where. Write no names: a cell or custody number is enough.",
        required_error="Write what you are worried about",
    )  # fmt: skip
    inside = Radios(
        "Have you been let in?", [("yes", "Yes"), ("no", "No")], required_error="Choose whether you have been let in"
    )
    send = UUIDField(widget=HiddenInput, initial=uuid4)

    def __init__(self, *args: Any, hide_the_place: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = PLACE_NOT_TOLD_EITHER if "yes" in hide_the_place else PLACE_NOT_TOLD
        self.fields["inside"].hints = dict.fromkeys(hide_the_place, said)  # type: ignore[attr-defined]


class CancelForm(Form):
    """Why a visit is called off."""

    why = Text("Why is it called off?", max_length=300, required_error="Enter why it is called off")


class SafetyForm(Form):
    """By when somebody means to be out."""

    out_by = Text(
        "By what time will you be out?", width=10, hint="For example, 16:30 or 4:30pm",
        required_error="Enter a time, like 16:30",
    )  # fmt: skip

    def clean_out_by(self) -> datetime:
        """The next moment at which it is that time."""
        at = _as_time(self.cleaned_data["out_by"])
        if at is None:
            raise ValidationError("Enter a time, like 16:30")
        return next_time(at)


def _as_time(words: str) -> time | None:
    at = typed_time(words)
    if at is None and words.strip():
        raise ValidationError("Enter a time, like 10:30 or 2:30pm")
    return at


def _where(site: Site) -> str:
    return f"{site.name} ({site.scheme.name})"


def _as_planned(visit: Visit | None) -> dict[str, Any]:
    if visit is None:
        return {}
    return {
        "site": str(visit.site_id),
        "day": visit.day,
        "starts_at": f"{visit.starts_at:%H:%M}" if visit.starts_at else "",
        "version": visit.version_id,
        "told": _told(visit.is_held_back),
        "photos_allowed": visit.photos_allowed,
        "meeting_point": visit.meeting_point,
        "note": visit.note,
        "to_ring_of": str(visit.to_ring_of_id or ""),
        "ring_number": written_in(visit.to_ring),
    }
