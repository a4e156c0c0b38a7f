"""An agreement has two sides: which of them may write what (S47). Neither writes what is the other's to say."""

from collections.abc import Iterable
from enum import Enum
from typing import TypeVar

from django.db import models

from groups.errors import OtherSide
from groups.models import AgreedResource, Agreement, DeliveryAnswer, DeliveryReport, GroupDecision, HostPermission


class Side(Enum):
    """Who writes."""

    SCHEME = "scheme"
    GROUP = "group"


Row = TypeVar("Row", bound=models.Model)

MAY_WRITE: dict[type[models.Model], dict[Side, frozenset[str]]] = {
    Agreement: {
        Side.SCHEME: frozenset(
            {"group", "scheme_id", "since", "until", "contact_role", "contact_way", "payment", "by_id"}
        ),
    },
    # The scheme says what it hands over, and only the group says that it has come.
    AgreedResource: {
        Side.SCHEME: frozenset(
            {"agreement", "kind", "pounds", "words", "agreed_on", "withdrawn_on", "by_id", "added_at"}
        ),
        Side.GROUP: frozenset({"received_on"}),
    },
    # What the group decides, it decides alone. The scheme reports, and only the group says whether it has happened.
    GroupDecision: {
        Side.GROUP: frozenset({"agreement", "what", "decided_on", "due", "withdrawn_on", "by_id", "added_at"}),
    },
    DeliveryReport: {
        Side.SCHEME: frozenset({"decision", "state", "day", "words", "by_id", "reported_at"}),
    },
    # A place lets the group in: whose site it is has no say in that.
    HostPermission: {
        Side.GROUP: frozenset(
            {
                "agreement",
                "site_id",
                "given_by_role",
                "given_by_organisation",
                "given_on",
                "since",
                "until",
                "conditions",
                "ended_reason",
                "by_id",
                "added_at",
            }  # fmt: skip
        ),
    },
    DeliveryAnswer: {Side.GROUP: frozenset({"decision", "answer", "by_id", "answered_at"})},
}


def add(side: Side, model: type[Row], **values: object) -> Row:
    """Add a row, of which one side writes all that is given."""
    _refuse_what_is_the_others(side, model, values.keys())
    row = model(**values)
    row.save(force_insert=True)
    return row


def change(side: Side, row: models.Model, **values: object) -> None:
    """Change of a row what one side may."""
    _refuse_what_is_the_others(side, type(row), values.keys())
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=list(values))


def _refuse_what_is_the_others(side: Side, model: type[models.Model], names: Iterable[str]) -> None:
    if set(names) - MAY_WRITE[model].get(side, frozenset()):
        raise OtherSide("This is for the other side of the agreement to say.")
