"""What staff fill in, and what they read."""

from collections.abc import Callable
from typing import Any

from django.test import Client

from people.models import Person
from tenants.feedback.models import Point
from tenants.schemes.entering import enter
from tenants.schemes.models import Membership, Scheme

ClientAt = Callable[..., Client]
SAME_FOR_ALL = {"changes": "no", "why_not": "It is the same for everybody."}


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def stage(scheme: Scheme) -> str:
    with enter(scheme):
        return Point.objects.get().stage


def decision(team: tuple[Person, Membership], **filled: Any) -> dict[str, Any]:
    given = {"decision": "will", "answer": "A card.", "reason": "You asked.", "owner": str(team[1].pk), "replaces": ""}
    return given | {"due_day": "24", "due_month": "12", "due_year": "2026"} | filled
