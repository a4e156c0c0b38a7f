"""Forms about who belongs to a group."""

from typing import Any

from groups.models import Group, GroupMembership
from groups.seats import WHAT_THEY_DO
from kit.fields import Email, Radios, Text, Textarea
from kit.forms import Form


class GroupForm(Form):
    """A new group."""

    name = Text("Name of the group", required_error="Enter the name of the group", max_length=120)
    kind = Radios(
        "What kind of group is it?",
        Group.Kind.choices,
        required_error="Choose what kind of group it is",
        hints={
            Group.Kind.USER_LED: "People with lived experience who look at services themselves",
            Group.Kind.REFERENCE: "People from several services who advise",
        },
    )
    purpose = Textarea("What it is for", required=False, max_length=1000, rows=3)
    lead_email = Email(
        "Email address of its first lead", hint="They are invited, and from then on they invite the others."
    )


class _OfAGroup(Form):
    """A form with the seats that one group has."""

    seat: Radios

    def __init__(self, *args: Any, group: Group, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seat: Any = self.fields["seat"]
        seat.choices = [(one.value, one.label) for one in group.own_seats]
        seat.hints = {str(one): words for one, words in WHAT_THEY_DO[group.kind].items()}


class GroupInviteForm(_OfAGroup):
    """Somebody to join a group."""

    email = Email("Their email address", hint="The invitation works only with this address, once, for 72 hours.")
    seat = Radios("They join as", required_error="Choose what they join as")


class SeatForm(_OfAGroup):
    """Somebody's seat in a group."""

    seat = Radios("Seat")
    capacity = Radios(
        "For whom they speak",
        [
            (GroupMembership.Capacity.INDIVIDUAL, "For themselves"),
            (GroupMembership.Capacity.REPRESENTATIVE, "For the group"),
        ],
        hints={GroupMembership.Capacity.REPRESENTATIVE: "The group has agreed that they may speak for it"},
    )
