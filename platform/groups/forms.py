"""Forms of groups and of agreements with them."""

from typing import Any

from groups.models import Group, GroupMembership
from groups.queries import groups_to_agree_with
from kit.fields import Email, ModelRadios, Radios, Text, Textarea
from kit.forms import Form
from tenants.schemes.models import Scheme


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


class GroupInviteForm(Form):
    """Somebody to join a group."""

    email = Email("Their email address", hint="The invitation works only with this address, once, for 72 hours.")
    seat = Radios("They join as", GroupMembership.Seat.choices, initial=GroupMembership.Seat.MEMBER)


class SeatForm(Form):
    """Somebody's seat in a group."""

    seat = Radios("Seat", GroupMembership.Seat.choices)
    capacity = Radios(
        "For whom they speak",
        [
            (GroupMembership.Capacity.INDIVIDUAL, "For themselves"),
            (GroupMembership.Capacity.REPRESENTATIVE, "For the group"),
        ],
        hints={GroupMembership.Capacity.REPRESENTATIVE: "The group has agreed that they may speak for it"},
    )


class AgreementForm(Form):
    """A group to agree with."""

    group = ModelRadios(
        "Which group?", queryset=Group.objects.none(), empty_label=None,
        error_messages={"invalid_choice": "There is already an agreement with this group, or it closed. Choose one"},
    )  # fmt: skip

    def __init__(self, *args: Any, scheme: Scheme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"].queryset = groups_to_agree_with(scheme)  # type: ignore[attr-defined]
