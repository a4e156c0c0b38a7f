"""What the boundary refuses; each message may be shown."""

from kit.errors import Refused


class SchemesRefused(Refused):
    """The base of what cannot be done with a scheme's staff and sites."""


class InvitationUsed(SchemesRefused):
    """The invitation was used, withdrawn or is too old."""


class InvitationForAnother(SchemesRefused):
    """The invitation was sent to another address than the one signed in."""


class AlreadyInTheTeam(SchemesRefused):
    """Somebody already has the role, or an open invitation to it."""


class LastManager(SchemesRefused):
    """A scheme would be left with nobody who can manage its team."""


class SiteNameTaken(SchemesRefused):
    """The scheme has a site of this name."""
