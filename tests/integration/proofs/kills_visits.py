"""Visits, and phones that deliver of them: `python -m tests.integration.proofs.kills_visits`, as the owner."""

import json
from base64 import b64encode
from typing import Any

import django

GROUPS, VISITS_OF_EACH = 4, 4
# A phone delivers so many parts an hour; whoever writes for the proof takes another one each time.
PHONES_OF_EACH = 20


def make() -> dict[str, Any]:
    """Groups whose monitors are on settled visits where photos are allowed, their phones, and the key to seal for."""
    from peer_monitoring import keys
    from tenants.schemes import provisioning
    from tests.factories.peer_monitoring import ready_group, settled
    from tests.factories.phones import made_ready
    from tests.factories.questions import every_kind, published

    scheme = provisioning.provision(
        name="Ashmere", slug="ashmere", area="Ashmere", provider="An invented NHS trust", sites=[("A suite", "custody")]
    )
    writers = []
    for _ in range(GROUPS):
        ready = ready_group(scheme)
        version = published(ready.group, every_kind())
        visits = [settled(ready, version=version, photos_allowed=True) for _ in range(VISITS_OF_EACH)]
        told = [{"id": str(one.pk), "version": str(version.pk)} for one in visits]
        for person in ready.monitors:
            tokens = [made_ready(person)[1] for _ in range(PHONES_OF_EACH)]
            writers.append({"person": str(person.pk), "visits": told, "tokens": tokens})
    key = keys.public_key()
    return {"writers": writers, "key": {"name": key.name, "spki": b64encode(key.spki).decode()}}


if __name__ == "__main__":
    django.setup()
    print(json.dumps(make()))
