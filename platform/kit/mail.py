"""Plain-text mail that gives nothing away: neutral subjects, one message per key however often it is sent."""

from enum import StrEnum

from kit import channels
from kit.channels import BadAddress

__all__ = ["BadAddress", "RevealingSubject", "Subject", "send"]


class Subject(StrEnum):
    """Every subject there is: whoever sees it over a shoulder learns nothing from it (S2)."""

    ANSWER = "There is an answer for you"
    NEW = "There is something new for you"
    CODE = "Your sign-in code"
    INVITED = "You have been invited"
    ACCOUNT = "About your account"
    WAITING = "Something waits for you"


class RevealingSubject(ValueError):
    """A subject that is not one of the neutral ones."""


def send(*, key: str, to: str, subject: str, words: str) -> channels.Sent:
    """Send one person one message by e-mail; the same key is always the same message (`kit.channels`)."""
    return channels.send_email(key=key, to=to, subject=_neutral(subject), words=words)


def _neutral(subject: str) -> str:
    try:
        return Subject(subject).value
    except ValueError:
        raise RevealingSubject("Choose a subject of kit.mail.Subject.") from None
