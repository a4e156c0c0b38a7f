"""Groups that may go somewhere, and visits in each state."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from uuid import UUID, uuid4

from groups import actions as of_groups
from groups.models import Agreement, Group, GroupMembership, Vetting
from groups.seats import Seat
from kit import clock
from peer_monitoring import actions, records
from peer_monitoring.actions.planning import Plan
from peer_monitoring.models import Record, SafetyCheck, Visit
from peer_monitoring.records import Sent, Stopped
from people.models import Person
from questions.models import QuestionSetVersion
from tenants.schemes.models import Scheme, Site
from tests.factories.groups import a_group, agreed, let_in, seated, trained
from tests.factories.people import someone

_numbers = count(1)


@dataclass
class Ready:
    """A user-led group with an agreement, a place that lets it in, and people who may go."""

    group: Group
    lead: Person
    monitors: list[Person]
    agreement: Agreement
    site: Site

    def plan(self, **more: object) -> Plan:
        """What a lead plans: this place today, announced, with questions of our own."""
        version = QuestionSetVersion.objects.get(question_set__group=None, title="Welcome and dignity")
        planned = {"site": self.site, "day": clock.today(), "starts_at": None, "version": version}
        return Plan(**{**planned, "is_held_back": False, **more})  # type: ignore[arg-type]


def make_ready(person: Person, group: Group, lead: Person, site: Site, *, lived: bool = True) -> GroupMembership:
    """Let somebody of a group go to a place: trained, vetted, and with lived experience unless it is said."""
    seat = GroupMembership.objects.for_group(group).running().get(person_id=person.pk)
    trained(seat)
    of_groups.say_lived_experience(membership=seat, has=lived, by=person.pk)
    of_groups.set_vetting(
        membership=seat, site=site, status=Vetting.Status.STANDS,
        stands_until=clock.today() + timedelta(days=300), by=lead.pk,
    )  # fmt: skip
    return seat


def ready_group(scheme: Scheme, name: str = "") -> Ready:
    """A group of a lead and two monitors who may all go to the scheme's first place."""
    number = next(_numbers)
    lead = someone(f"Lead{number}")
    group = a_group(name or f"Visitors {number}", lead=lead)
    agreement = agreed(group, scheme)
    site = Site.objects.filter(scheme=scheme).order_by("name").first()
    assert site is not None
    let_in(agreement, site, lead)
    monitors = [someone(f"Monitor{number}{letter}") for letter in "ab"]
    for monitor in monitors:
        seated(group, monitor, seat=Seat.MONITOR)
    for person in (lead, *monitors):
        make_ready(person, group, lead, site)
    return Ready(group, lead, monitors, agreement, site)


def planned(ready: Ready, **more: object) -> Visit:
    """A visit with a team of two that is not settled yet."""
    visit = actions.plan(group=ready.group, what=ready.plan(**more), programme=None, by=ready.lead.pk)
    actions.choose_team(visit=visit, people=[one.pk for one in ready.monitors], by=ready.lead.pk)
    return visit


def settled(ready: Ready, **more: object) -> Visit:
    """One that is announced, or held back."""
    return actions.make_ready(visit=planned(ready, **more), by=ready.lead.pk)


def under_way(ready: Ready, **more: object) -> Visit:
    """One on which the team is."""
    return actions.begin(visit=settled(ready, **more), by=ready.monitors[0].pk)


def written(
    visit: Visit,
    person: Person,
    *,
    instance_id: UUID | None = None,
    supersedes: UUID | None = None,
    version: QuestionSetVersion | None = None,
    **answers: object,
) -> Record:
    """What somebody on the team sent of a visit, under a new name and to its own version unless others are given."""
    asked = version or visit.version
    sent = Sent(instance_id or uuid4(), visit.pk, asked.pk, supersedes, None, clock.now(), dict(answers))
    return Record.objects.get(pk=actions.receive(body=records.written(sent), by=person.pk).instance_id)


def stopped(
    visit: Visit,
    person: Person,
    why: Record.Unfinished = Record.Unfinished.CALLED_OFF,
    *,
    words: str = "",
    instance_id: UUID | None = None,
    supersedes: Record | None = None,
) -> Record:
    """What somebody on the team sent without finishing it, and why."""
    old = supersedes.pk if supersedes else None
    stop, name = Stopped(why, words), instance_id or uuid4()
    sent = Sent(name, visit.pk, visit.version_id, old, None, clock.now(), {}, stopped=stop)
    return Record.objects.get(pk=actions.receive(body=records.written(sent), by=person.pk).instance_id)


def logged(ready: Ready, **more: object) -> Visit:
    """One that has been logged."""
    visit = under_way(ready, **more)
    Visit.objects.filter(pk=visit.pk).update(logged_at=clock.now())
    visit.refresh_from_db()
    return visit


def inside(visit: Visit, person: Person) -> SafetyCheck:
    """Somebody who went in just now, and means to be out in two hours."""
    now = clock.now()
    return SafetyCheck.objects.create(
        visit=visit, person_id=person.pk, went_in_at=now, due_out_at=now + timedelta(hours=2)
    )
