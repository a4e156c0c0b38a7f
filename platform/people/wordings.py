"""The words a person agrees to, each with a version: new wording is a new version, old agreements keep theirs."""

from dataclasses import dataclass

from people.models import Consent


@dataclass(frozen=True, slots=True)
class Wording:
    """What is asked for one purpose."""

    version: str
    words: str


WORDINGS: dict[str, Wording] = {
    Consent.Purpose.ACCOUNT: Wording(
        "2026-12",
        "You can keep my name and my email address or mobile number, so that I can come back and see what happened.",
    ),
    Consent.Purpose.CONTACT: Wording("2026-11", "You can send me messages in the way I chose."),
}


def current_wording(purpose: str) -> Wording:
    """What is asked today."""
    return WORDINGS[purpose]
