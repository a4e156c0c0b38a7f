"""What answers are meant to help: for the filter of the register, and what of it the public reads."""

from collections.abc import Iterable
from dataclasses import dataclass

from tenants.feedback.models import Outcome
from tenants.feedback.rules import OUTCOMES, PUBLIC_OUTCOMES


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of a filter."""

    code: str
    label: str

    def __str__(self) -> str:
        return self.label


def outcome_choices() -> list[Choice]:
    """All of them, in the order of the source."""
    return [Choice(code, label) for code, label in OUTCOMES]


def public_outcomes(outcomes: Iterable[Outcome]) -> list[str]:
    """In plain words, and only those that speak of services: the others would say something of a person."""
    tags = {outcome.tag for outcome in outcomes}
    return [words for tag, words in PUBLIC_OUTCOMES.items() if tag in tags]
