"""What the outbox has this app do."""

from uuid import UUID

from kit.outbox import Message, handles
from people import actions
from people.actions.telling import TELLING


@handles(TELLING)
def tell_a_way(message: Message) -> None:
    """Say on an old way in that a way to sign in changed."""
    actions.tell_way(way_id=UUID(str(message.payload["way"])), what=str(message.payload["what"]))


@handles("people.recovery")
def tell_an_old_way(message: Message) -> None:
    """Say on a way in that there was what is going to change, and how to stop it."""
    actions.tell_old_way(recovery_id=UUID(str(message.payload["recovery"])), way=str(message.payload["way"]))
