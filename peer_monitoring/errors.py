"""What is refused about visits; each message may be shown."""

from kit.errors import Refused


class VisitsRefused(Refused):
    """The base of what cannot be done with a visit."""


class NotLetIn(VisitsRefused):
    """No permission of the host holds on that day."""


class SchemeShut(NotLetIn):
    """The host lets the group in, and its scheme is suspended or closed."""


class TeamNotReady(VisitsRefused):
    """The team breaks a rule of ours."""


class TooLate(VisitsRefused):
    """The visit has gone on, so that this can no longer be done."""


class ToldAlready(TooLate):
    """The visit was settled as one that is announced, or held back."""


class NotATime(VisitsRefused):
    """By then nobody can be asked to be out: it has passed, or lies too far away."""


class NotOnTheTeam(VisitsRefused):
    """Whoever asks is not on the team."""


class NotOfTheGroup(VisitsRefused):
    """Somebody is named who has no seat in the group."""


class NotARecord(VisitsRefused):
    """Bytes that are no record, or one that cannot be taken from whoever sends it."""


class NotOpened(VisitsRefused):
    """Bytes that nobody sealed for us, or that are not as they were sealed."""


class NotAPhoto(VisitsRefused):
    """Bytes that are no photo, or none that belongs to a record of whoever sends it."""


class NotAConcern(VisitsRefused):
    """Bytes that raise no concern."""


class TooManyConcerns(VisitsRefused):
    """One person raises more within an hour than anybody can."""


class RecordFirst(VisitsRefused):
    """A photo came before the record that names it."""


class TooManyDrafts(VisitsRefused):
    """More drafts of one person wait than anybody writes."""


class TooManyPhones(VisitsRefused):
    """Somebody makes one phone after another ready."""


class NotFinished(VisitsRefused):
    """Something that must be answered is not."""
