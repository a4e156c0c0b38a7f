"""How harm is told on the page, and who has learned of it."""

import re
from collections.abc import Callable

from django.test import Client

from kit import outbox
from people.models import Notice, Person
from tenants.feedback.models import Concern
from tenants.schemes.entering import enter
from tenants.schemes.models import Scheme
from tenants.schemes.rights import Role
from tests.factories.people import someone
from tests.factories.schemes import works_at

ClientAt = Callable[..., Client]

WORDS = "My neighbour's boy is locked in at night."


def works(scheme: Scheme, role: Role) -> Person:
    made = someone(role.value)
    works_at(scheme, made.pk, role=role)
    return made


def told(visitor: Client, **filled: str) -> None:
    (send,) = re.findall(r'name="send" value="([^"]+)"', visitor.get("/tell-us/harm/").content.decode())
    assert visitor.post("/tell-us/harm/", {"words": WORDS, "send": send} | filled).status_code == 302


def the_concern(scheme: Scheme) -> Concern:
    with enter(scheme):
        return Concern.objects.get()


def work() -> None:
    while outbox.work_once():
        pass


def told_of(kind: str = "concern") -> set[object]:
    return set(Notice.objects.filter(kind=kind).values_list("person_id", flat=True))


def form_of(visitor: Client) -> dict[str, str]:
    (send,) = re.findall(r'name="send" value="([^"]+)"', visitor.get("/tell-us/harm/").content.decode())
    return {"words": WORDS, "send": send}
