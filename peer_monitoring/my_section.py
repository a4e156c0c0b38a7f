"""“My visits” on “My Alongside”."""

from uuid import UUID

from django.urls import reverse

from peer_monitoring.queries import my_visits
from people.sections import Link, Section, register


@register
def section(person_id: UUID) -> Section | None:
    """The visits that somebody goes on; nothing at all for who goes on none."""
    going = my_visits(person_id)[:5]
    links = [Link(f"{visit.site.name}, {visit.day:%-d %B}", reverse("my_visits")) for visit in going]
    return Section("My visits", links) if links else None
