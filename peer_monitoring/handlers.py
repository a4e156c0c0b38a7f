"""What the outbox has this app do."""

from uuid import UUID

from kit.outbox import Message, handles
from peer_monitoring.queries import whom_to_tell
from people.actions import notice


@handles("peer_monitoring.announced")
def tell_the_scheme(message: Message) -> None:
    """On their page, those who agree with groups learn that a visit was announced; never one that is held back."""
    visit = str(message.payload["visit"])
    for person_id, scheme in whom_to_tell(UUID(visit)):
        notice(person_id=person_id, kind="visit", key=visit, path="/monitoring/", scheme=scheme)
