"""Why something in the loop cannot be done, in sentences that may be shown."""

from kit.errors import Refused


class FeedbackError(Refused):
    """Base of all that the loop refuses; `field` names what to change, as the action calls it."""

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


class NothingSaid(FeedbackError):
    """The box was empty, or a needed part of a record is missing."""


class TooMuch(FeedbackError):
    """More than can be held at once, or than fits where it should go."""


class AlreadyAnswered(FeedbackError):
    """Somebody else decided in the meantime."""


class NotYet(FeedbackError):
    """A step was tried before the one it stands on."""


class NotThen(FeedbackError):
    """A day on which it cannot have been."""


class NoReason(FeedbackError):
    """A decision without a reason, an owner or its date."""


class NoRegard(FeedbackError):
    """A decision without the word on equality that comes before it."""


class NotTheirs(FeedbackError):
    """Only those who said it can confirm, and only staff of this scheme can own a promise."""


class NotAgreed(FeedbackError):
    """Those who said it did not agree to that."""


class QuotedAlready(FeedbackError):
    """Other words of the same one are quoted."""


class NotTheirWords(FeedbackError):
    """Words that nobody said like this, put into somebody's mouth."""


class TellingEnded(FeedbackError):
    """This telling has already ended."""


class AlreadyTaken(FeedbackError):
    """Somebody else has taken up, or closed, the same concern meanwhile."""


class InvitationUsed(FeedbackError):
    """A supporter's invitation that was used, taken back, is too old or was sent to somebody else."""


class TooManySupporters(FeedbackError):
    """Somebody asks more people for help than anybody needs."""


class WordsErased(FeedbackError):
    """The words are gone, with the only one who said them: nobody is left to answer."""


class AnsweredWithAnother(FeedbackError):
    """It says the same as another point, and is answered there."""


class SlipNotUsable(FeedbackError):
    """A printed slip that was used or cancelled, or that was never one of this scheme."""


class TooManySlips(FeedbackError):
    """More printed slips than a scheme can have lying about unused."""


class NoLetter(FeedbackError):
    """Nobody to write a letter to: they were told, are told in another way now, or are gone."""
