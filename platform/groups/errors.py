"""What groups refuse; each message may be shown."""

from kit.errors import Refused


class GroupsRefused(Refused):
    """The base of what cannot be done with a group."""


class NameTaken(GroupsRefused):
    """Another group has this name."""


class AlreadyInvited(GroupsRefused):
    """There is an open invitation for this address."""


class InvitationUsed(GroupsRefused):
    """The invitation was used, taken back, or is too old."""


class InvitationForAnother(GroupsRefused):
    """The invitation was sent to another address than the one signed in."""


class LastLead(GroupsRefused):
    """The group would be left with members and no lead."""


class NotASeatHere(GroupsRefused):
    """A group of this kind has no such seat."""


class AlreadyAgreed(GroupsRefused):
    """The scheme and the group have an agreement that runs."""


class AgreementOver(GroupsRefused):
    """The agreement has ended, so nothing is added to it."""


class AlreadyPermitted(GroupsRefused):
    """A permission for this place holds at a part of that time."""


class NotTheirSite(GroupsRefused):
    """The place is not one of the scheme with which the agreement was made."""


class NotTheirs(GroupsRefused):
    """Somebody else wrote it, or only the person themselves may."""


class SeatEnded(GroupsRefused):
    """The person left the group meanwhile."""


class OtherSide(GroupsRefused):
    """What one side of an agreement wanted to write is the other's to say."""


class NoLongerOpen(GroupsRefused):
    """It was taken back or received meanwhile."""


class EndsTooEarly(GroupsRefused):
    """The agreement would end before it begins."""


class NotUserLed(GroupsRefused):
    """Schemes agree with user-led groups, not with reference groups."""
