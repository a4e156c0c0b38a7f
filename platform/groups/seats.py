"""The seats there are: a user-led group has others than a reference group."""

from django.db import models


class Seat(models.TextChoices):
    """What somebody does in a group."""

    LEAD = "lead", "Lead"
    MONITOR = "monitor", "Monitor"
    SUPPORTER = "supporter", "Supporter"
    MEMBER = "member", "Member"


# By the kind of group; the second is what somebody has who is nothing else.
SEATS: dict[str, tuple[Seat, ...]] = {
    "user_led": (Seat.LEAD, Seat.MONITOR, Seat.SUPPORTER),
    "reference": (Seat.LEAD, Seat.MEMBER),
}
WHAT_THEY_DO: dict[str, dict[Seat, str]] = {
    "user_led": {
        Seat.LEAD: "Invites the others, plans visits and writes the questions",
        Seat.MONITOR: "Goes on visits and writes down what they find",
        Seat.SUPPORTER: "Helps a monitor. They see this group, and nothing of its visits",
    },
    "reference": {Seat.LEAD: "Invites the others", Seat.MEMBER: "Takes part and advises"},
}
# Who goes on visits.
MONITORS = (Seat.LEAD, Seat.MONITOR)


def ordinary(kind: str) -> Seat:
    """The seat of who is nothing else in a group of this kind."""
    return SEATS[kind][1]
