"""“My visits” on “My Alongside”."""

from datetime import date
from uuid import UUID

from django.urls import reverse

from kit import clock
from kit.dates import short_day
from peer_monitoring.queries import my_visits, phones_of
from people.sections import Link, Section, register


@register
def section(person_id: UUID) -> Section | None:
    """The visits that somebody goes on, and their phones; nothing at all for who has neither."""
    going = my_visits(person_id)[:5]
    links = [Link(f"{visit.site.name}, {_day(visit.day)}", reverse("my_visits")) for visit in going]
    if phones_of(person_id).exists():
        links.append(Link("My phones", reverse("my_phones")))
    return Section("My visits", links) if links else None


def _day(day: date) -> str:
    """Without the year where it is this one."""
    return f"{day:%-d %B}" if day.year == clock.today().year else short_day(day)
