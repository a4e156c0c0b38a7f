"""What people's own pages refuse; each message may be shown."""

from kit.errors import Refused


class PeopleRefused(Refused):
    """The base of what cannot be done with an account."""


class TooOld(PeopleRefused):
    """A hand-off that was used, is too old, or was made for another host or browser."""


class NoSuchSite(PeopleRefused):
    """Somebody wants to be handed on to a host that no open scheme has."""


class NoSuchPerson(PeopleRefused):
    """Nobody has this address or id."""


class TakenAddress(PeopleRefused):
    """Another account has this address."""


class NotShown(PeopleRefused):
    """Nobody has shown that the address of an account is theirs."""


class WrongCode(PeopleRefused):
    """A code that was not sent to this number, is too old, or was guessed at too often."""


class TooOften(PeopleRefused):
    """Something was asked for so often that it must wait."""


class NoMoreCodes(TooOften):
    """So many codes went out that no more go there now, or from there."""


class NeedsSecondStep(PeopleRefused):
    """Whoever works for a scheme, or nationally, keeps at least one second step."""


class NoSecondStep(PeopleRefused):
    """Somebody has no second step from which something could be taken or made."""


class NotByYou(PeopleRefused):
    """Somebody else must do this: for oneself, or for somebody with a role elsewhere, nobody may."""


class NotThisWay(PeopleRefused):
    """A way to reach somebody lacks what it needs, such as a number that they showed to be theirs."""
