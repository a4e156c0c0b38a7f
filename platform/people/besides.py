"""What apps above write to somebody about besides answers: said where they choose how we reach them."""

from collections.abc import Callable
from uuid import UUID

from people.models import Person, SafeContact

_makers: list[Callable[[UUID], str]] = []


def register(maker: Callable[[UUID], str]) -> Callable[[UUID], str]:
    """Add a function that names what somebody is written to about, such as “visits”, or nothing."""
    _makers.append(maker)
    return maker


def in_words(person: Person, contact: SafeContact) -> str:
    """By which way such messages reach them; nothing for who gets none."""
    what = " and ".join(filter(None, (maker(person.pk) for maker in _makers)))
    if not what or not person.email:
        return ""
    if not contact.is_chosen:
        return (
            f"Until you choose, messages about {what} come by email. They only say that something waits. If no email "
            "is safe, choose “On my page only”."
        )
    if contact.channel == SafeContact.Channel.EMAIL:
        return f"Messages about {what} come by email too, each when there is something new."
    return f"No message comes about {what}: what is new stands on your page."
