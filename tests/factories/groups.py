"""Groups with people in them."""

from datetime import date, timedelta
from itertools import count
from typing import Any
from uuid import UUID

from django.utils.text import slugify

from groups import actions
from groups.models import (
    AgreedResource,
    Agreement,
    ConflictOfInterest,
    DeliveryReport,
    Group,
    GroupDecision,
    GroupInvitation,
    GroupMembership,
    HostPermission,
    PeerSupport,
    Training,
)
from groups.seats import Seat, ordinary
from kit import clock
from people.models import Person
from tenants.schemes.models import Scheme, Site

_numbers = count(1)


def a_group(name: str = "", *, kind: str = Group.Kind.USER_LED, lead: Person | None = None) -> Group:
    """A group, with a lead if one is named."""
    called = name or f"Group {next(_numbers)}"
    group = Group.objects.create(name=called, slug=slugify(called), kind=kind)
    if lead is not None:
        seated(group, lead, seat=Seat.LEAD)
    return group


def seated(group: Group, person: Person, *, seat: str = "") -> GroupMembership:
    """Somebody with a seat: the ordinary one of the group, unless another is named."""
    return GroupMembership.objects.create(group=group, person_id=person.pk, seat=seat or ordinary(group.kind))


def invited(group: Group, email: str = "new@example.org", *, by: Person) -> GroupInvitation:
    """An invitation that can still be accepted."""
    return actions.invite(group=group, email=email, seat=ordinary(group.kind), by=by.pk)


def agreed(group: Group, scheme: Scheme, **terms: Any) -> Agreement:
    """An agreement that runs."""
    return actions.agree(scheme=scheme, group=group, **{"by": None} | terms)


def terms(group: Group | None = None, **more: Any) -> dict[str, Any]:
    """What staff fill in of an agreement."""
    filled = {
        "contact_role": "Involvement lead", "contact_way": "involvement@example.org", "payment": "£250 for each visit",
    }  # fmt: skip
    return filled | typed("since", clock.today()) | ({"group": str(group.pk)} if group else {}) | more


def typed(name: str, day: date) -> dict[str, Any]:
    """A day in its three boxes."""
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def promised(agreement: Agreement, scheme: Scheme, **more: Any) -> AgreedResource:
    """Something that the scheme hands over, and that has not come."""
    given: dict[str, Any] = {"kind": "money", "pounds": 5000, "words": "", "agreed_on": clock.today(), "by": None}
    return actions.promise_resource(agreement=agreement, scheme=scheme, **given | more)


def decided(agreement: Agreement, lead: Person, what: str = "A peer worker starts in the court.") -> GroupDecision:
    """What a group decided, to happen in a month."""
    today = clock.today()
    return actions.decide(agreement=agreement, what=what, decided_on=today, due=today + timedelta(days=30), by=lead.pk)


def let_in(agreement: Agreement, site: Site, lead: Person, **more: Any) -> HostPermission:
    """That a place lets the group in, from today on."""
    today = clock.today()
    given: dict[str, Any] = {
        "given_by_role": "Custody inspector", "given_by_organisation": "The police", "given_on": today,
        "since": today, "until": None, "conditions": "",
    }  # fmt: skip
    return actions.permit_site(agreement=agreement, site=site, by=lead.pk, **given | more)


def trained(seat: GroupMembership, **more: Any) -> Training:
    """A training that a member did and that counts."""
    given: dict[str, Any] = {"name": "Safety", "done_on": clock.today() - timedelta(days=10), "valid_until": None}
    return actions.add_training(membership=seat, by=seat.person_id, **given | more)


def works_there(
    seat: GroupMembership, site: Site, *, by: UUID | None = None, whole: bool = False, **more: Any
) -> ConflictOfInterest:
    """That a member works at a place, or for its whole scheme: said by themselves unless somebody else is named."""
    given: dict[str, Any] = {"since": clock.today() - timedelta(days=900), "until": None}
    return actions.declare_conflict(
        membership=seat, scheme_id=site.scheme_id, site_id=None if whole else site.pk, by=by or seat.person_id,
        **given | more,
    )  # fmt: skip


def peer_support(group: Group, lead: Person, **more: Any) -> PeerSupport:
    """A peer support scheme in the group's register."""
    told: dict[str, Any] = {
        "name": "Alongside at court", "lead_group": group.name, "remit": "Meets people at the court",
        "serves": "Women at the court", "supervised_by": "A psychologist", "supervised_how_often": "every 2 weeks",
        "since": clock.today(), "until": None,
    }  # fmt: skip
    return actions.add_peer_support(group=group, by=lead.pk, **told | more)


def reported(decision: GroupDecision, scheme: Scheme, **more: Any) -> DeliveryReport:
    """What the scheme says of it."""
    given: dict[str, Any] = {"state": "done", "day": clock.today(), "words": "She began on Monday.", "by": None}
    return actions.report_delivery(decision=decision, scheme=scheme, **given | more)
