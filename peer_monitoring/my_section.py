"""“My visits” on “My Alongside”."""

from collections import Counter
from collections.abc import Sequence
from uuid import UUID

from django.urls import reverse

from groups.queries import groups_i_monitor_in
from peer_monitoring.models import Visit
from peer_monitoring.queries import my_visits, phones_of, who_goes_beside
from people import besides
from people.sections import Link, Section, register

AT_MOST = 5


@register
def section(person_id: UUID) -> Section | None:
    """The visits that somebody goes on, and their phones; nothing at all for who has neither."""
    going = list(my_visits(person_id)[:AT_MOST])
    texts = _told_apart(going, person_id)
    links = [Link(text, _page(visit)) for visit, text in zip(going, texts, strict=True)]
    if going:
        links.append(Link("All my visits", reverse("my_visits")))
    if phones_of(person_id).exists():
        links.append(Link("My phones", reverse("my_phones")))
    return Section("My visits", links) if links else None


@besides.register
def written_to_about(person_id: UUID) -> str:
    """Whoever goes on visits with a group is written to about them."""
    return "your visits with a group" if groups_i_monitor_in(person_id).exists() else ""


def _told_apart(visits: Sequence[Visit], person_id: UUID) -> list[str]:
    """Where and when each is. Where two would read the same, also with which group; then, who goes; then, a number."""
    texts = [f"{one.site.name}, {one.when}" for one in visits]
    texts = [
        f"{one.site.name}, {one.site.scheme.name}, with {one.group.name}, {one.when}" if texts.count(text) > 1 else text
        for one, text in zip(visits, texts, strict=True)
    ]
    texts = _with_who_goes(visits, texts, person_id)
    seen: Counter[str] = Counter()
    for number, text in enumerate(texts):
        seen[text] += 1
        if seen[text] > 1:
            texts[number] = f"{text} ({seen[text]})"
    return texts


def _with_who_goes(visits: Sequence[Visit], texts: Sequence[str], person_id: UUID) -> list[str]:
    """The same, with who else goes where that tells one from the others."""
    alike = [one for one, text in zip(visits, texts, strict=True) if texts.count(text) > 1]
    beside = who_goes_beside(alike, person_id) if alike else {}
    named = [
        f"{text}, you and {' and '.join(beside[one.pk])}" if beside.get(one.pk) else text
        for one, text in zip(visits, texts, strict=True)
    ]
    return [more if named.count(more) == 1 else text for text, more in zip(texts, named, strict=True)]


def _page(visit: Visit) -> str:
    return reverse("visit", args=[visit.group.slug, visit.pk])
