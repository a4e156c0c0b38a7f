"""Whoever leads a group no more, or goes on visits with it no more, finds nothing that leads to what is not theirs."""

from datetime import timedelta

import pytest

from groups import actions as of_groups
from groups.queries import seat
from kit import clock, scheduler
from kit.erasure import erase_in_schema
from kit.models import OutboxMessage
from peer_monitoring.actions.concerns import tell_leads
from peer_monitoring.models import Visit
from people.models import Notice, Person
from tests.factories.groups import seated
from tests.factories.peer_monitoring import Ready, inside, ready_group, settled
from tests.factories.people import noticed, someone
from tests.factories.phones import raised

LEADS_READ = {"visit_concern", "visit_concern_done"}


@pytest.fixture
def second(ready: Ready) -> Person:
    """Another lead."""
    made = someone("Second")
    seated(ready.group, made, seat="lead")
    return made


def give(person: Person, ready: Ready, to: str) -> None:
    held = seat(person.pk, ready.group)
    assert held is not None
    of_groups.change_seat(membership=held, seat=to, capacity=held.capacity, by=ready.lead.pk)


def leave(person: Person, ready: Ready) -> None:
    of_groups.leave(membership=seat(person.pk, ready.group), by=person.pk)


def missed(ready: Ready, *, by: Person) -> Visit:
    """Somebody is not back from a visit."""
    visit = settled(ready)
    check = inside(visit, by)
    scheduler.tick(check.due_out_at + timedelta(hours=1))
    return visit


def waiting(person: Person) -> set[str]:
    return set(Notice.objects.filter(person=person, read_at=None).values_list("kind", flat=True))


def everything(ready: Ready, second: Person, work) -> Visit:
    """All that can wait for a lead: what was raised, what was dealt with, who is not back, and who was."""
    visit = missed(ready, by=ready.monitors[0])
    tell_leads(concern_id=raised(visit, ready.monitors[0]).pk)
    work()
    path = Notice.objects.get(person=second, kind="visit_concern").path
    for kind in ("visit_concern_done", "visit_well"):
        noticed(second, kind=kind, path=path)
    assert waiting(second) == {*LEADS_READ, "visit_alarm", "visit_well"}
    return visit


@pytest.mark.parametrize("how", ["supporter", "monitor", "left"])
def test_for_who_leads_no_more_nothing_waits_that_leads_to_visits_of_others(how, ready, second, work):
    everything(ready, second, work)
    elsewhere = ready_group(ready.site.scheme, "Voices 2")
    noticed(second, kind="visit_concern", key="2", path=f"/groups/{elsewhere.group.slug}/visits/1/")
    noticed(second, kind="answer", key="3", path="/groups/voices/")
    leave(second, ready) if how == "left" else give(second, ready, how)
    work()
    assert set(Notice.objects.filter(person=second, read_at=None).values_list("kind", "key")) == {
        ("visit_concern", "2"), ("answer", "3"),
    }  # fmt: skip
    assert waiting(ready.lead) >= {"visit_concern", "visit_alarm"}, "who leads still has it waiting"


def test_who_is_a_monitor_now_still_learns_who_of_their_own_team_is_not_back(ready, second, work):
    visit = missed(ready, by=ready.monitors[0])
    visit.seats.create(person_id=second.pk)
    work()
    give(second, ready, "monitor")
    work()
    assert waiting(second) == {"visit_alarm"}
    visit.seats.filter(person_id=second.pk).update(left_at=clock.now())
    give(second, ready, "lead")
    give(second, ready, "monitor")
    work()
    assert waiting(second) == set()


def test_who_leads_again_before_that_keeps_what_waits(ready, second, work):
    everything(ready, second, work)
    before = waiting(second)
    give(second, ready, "monitor")
    give(second, ready, "lead")
    work()
    assert waiting(second) == before


@pytest.mark.parametrize("to", ["supporter", "monitor"])
def test_no_message_of_a_concern_or_an_alarm_goes_to_who_leads_no_more_by_then(to, ready, second, work, mailoutbox):
    work()
    visit = missed(ready, by=ready.monitors[0])
    tell_leads(concern_id=raised(visit, ready.monitors[0]).pk)
    mailoutbox.clear()
    ready.group.memberships.filter(person_id=second.pk).update(seat=to)
    work()
    told = [one.to[0] for one in mailoutbox]
    assert str(second.email) not in told and told.count(str(ready.lead.email)) >= 2


def test_no_promise_names_who_leads_or_who_leaves_and_erasing_them_first_breaks_none(ready, second, work):
    work()
    missed(ready, by=ready.monitors[0])
    give(second, ready, "monitor")
    leave(second, ready)
    kinds = {"peer_monitoring.alarm", "groups.leads_no_more", "groups.goes_no_more"}
    promised = OutboxMessage.objects.filter(done_at=None, kind__in=kinds)
    assert set(promised.values_list("kind", flat=True)) == kinds
    people = [str(pk) for pk in Person.objects.values_list("pk", flat=True)]
    assert not any(one in f"{row.key} {row.payload}" for row in promised for one in people)
    erase_in_schema(second.pk, "public")
    work()
    assert not OutboxMessage.objects.filter(kind__in=kinds, done_at=None).exists()
