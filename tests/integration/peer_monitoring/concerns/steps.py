"""What a phone sends of a concern, and where people read how it stands."""

import json
from uuid import uuid4

from kit import clock, outbox
from tenants.feedback.models import Concern
from tenants.schemes.entering import enter

WORDS = "A man in cell 4 has had no water since the morning."


def concern_on(visit, **more):
    told = {"id": str(uuid4()), "visit": str(visit.pk), "words": WORDS, "inside": False}
    return {**told, "raised_at": clock.now().isoformat(), **more}


def send(phone, told):
    return phone.part(told["id"], "concern", json.dumps(told).encode())


def arrived(scheme):
    while outbox.work_once():
        pass
    with enter(scheme):
        return list(Concern.objects.all())


def seen_by(client_at, visit, person):
    """What somebody reads of concerns on the page of a visit."""
    page = client_at(None, person).get(f"/groups/voices/visits/{visit.pk}/").content.decode()
    return page.partition("Concerns ")[2].partition("What was written is not shown here.")[0]


def mine_of(client_at, person):
    return client_at(None, person).get("/app/mine.json").json()
