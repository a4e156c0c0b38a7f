"""Who helps whom here: each side sees its own, and nothing else of the other."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from audit.models import Entry
from people.queries import names
from tenants.feedback.models import Point, Supporter
from tenants.feedback.queries.own import Own, of_people
from tenants.feedback.querysets.supporting import SupporterQuerySet
from tenants.schemes import queries as boundary
from tenants.schemes.models import Scheme

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Helper:
    """One whom a person chose, and what that one did lately."""

    supporter: Supporter
    did: list[tuple[datetime, str]]


@dataclass(frozen=True, slots=True)
class Helped:
    """One whom somebody helps: by the name they gave, with what they may see of theirs."""

    supporter: Supporter
    name: str
    points: list[Own]


def helping(scheme: Scheme, person_id: UUID) -> SupporterQuerySet:
    """Those as whom somebody may help now, in the scheme entered; nobody who works there may."""
    found = Supporter.objects.helping_as(person_id)
    return found.none() if boundary.members(scheme).of(person_id).exists() else found


def helps_anybody(person_id: UUID) -> bool:
    """Whether the page of those whom somebody helps has anything on it."""
    return Supporter.objects.helping_as(person_id).exists()


def helped(scheme: Scheme, person_id: UUID) -> list[Helped]:
    """Everybody whom a person helps here."""
    return _helped(helping(scheme, person_id))


def helped_one(scheme: Scheme, person_id: UUID, supporter_id: UUID) -> Helped | None:
    """One whom a person helps here, or nothing if they do not."""
    return next(iter(_helped(helping(scheme, person_id).filter(pk=supporter_id))), None)


def helpers(person_id: UUID) -> list[Helper]:
    """Everybody whom a person asked, and who may still help or accept; the newest first."""
    links = list(Supporter.objects.of(person_id).not_ended())
    entries = Entry.objects.about(person_id).filter(by__in=[link.supporter_id for link in links if link.supporter_id])
    did = list(entries.newest_first()[:SHOWN])
    return [
        Helper(link, [(entry.at, entry.what) for entry in did if entry.by == link.supporter_id])
        for link in links
        if link.is_running or link.waits
    ]


def chosen_by(person_id: UUID, supporter_id: UUID) -> Supporter | None:
    """One whom a person asked; anybody else's is not found."""
    return Supporter.objects.of(person_id).not_ended().filter(pk=supporter_id).first()


def invited_to_help(token_hash: str) -> Supporter | None:
    """The invitation of a link, while it can be accepted."""
    return Supporter.objects.waiting().filter(token_hash=token_hash).first()


def who_helps_with(point: Point) -> list[str]:
    """For staff: the first name of each who helps with a point, empty where the person did not agree to show it."""
    links = list(Supporter.objects.running().for_point(point))
    named = names(link.supporter_id for link in links if link.name_shown)
    shown = [named.get(link.supporter_id, "") if link.supporter_id and link.name_shown else "" for link in links]
    return [name.partition(" ")[0] for name in shown]


def _helped(links: SupporterQuerySet) -> list[Helped]:
    named = names(link.person_id for link in links)
    said = of_people(named)
    return [
        Helped(
            link,
            named.get(link.person_id, ""),
            [own for own in said if own.sayer.person_id == link.person_id and link.point_id in (None, own.point.pk)],
        )
        for link in links
    ]
