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


class CannotBeAway(SchemesRefused):
    """The days or the cover of an absence cannot be like that."""

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


class SiteNameTaken(SchemesRefused):
    """The scheme has a site of this name."""
