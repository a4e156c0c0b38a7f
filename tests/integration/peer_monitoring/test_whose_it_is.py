"""What stands in an address belongs together: a record and its visit, what came and its record, a place and a plan."""

from uuid import uuid4

import pytest

from peer_monitoring import actions
from peer_monitoring.models import ProgrammeSite, Received, Record, Visit
from tenants.schemes.models import Scheme
from tests.factories.peer_monitoring import Ready, ready_group, settled, written
from tests.factories.questions import published


@pytest.fixture
def others(scheme: Scheme) -> Ready:
    return ready_group(scheme, "Others")


def in_conflict(ready: Ready, told: tuple[str, str] = ("yes", "no")) -> Record:
    """A record of a visit of its own, of which two came under one id."""
    visit = settled(ready, version=published(ready.group))
    record = written(visit, ready.monitors[0], told=told[0])
    written(visit, ready.monitors[0], instance_id=record.pk, told=told[1])
    return Record.objects.get(pk=record.pk)


def last_of(record: Record) -> Received:
    found = Received.objects.of(record.pk).last()
    assert found is not None
    return found


def choosing(visit: Visit, record: Record, received: Received) -> str:
    return f"/groups/voices/visits/{visit.pk}/records/{record.pk}/choose/{received.pk}/"


def test_a_record_is_chosen_at_its_own_visit_and_by_what_was_sent_under_its_own_name(client_at, ready, others):
    ours, beside, theirs = in_conflict(ready), in_conflict(ready), in_conflict(others)
    client = client_at(None, ready.monitors[0])
    crossed = [
        choosing(ours.visit, beside, last_of(beside)),
        choosing(ours.visit, theirs, last_of(theirs)),
        choosing(theirs.visit, theirs, last_of(theirs)),
        choosing(ours.visit, ours, last_of(beside)),
        choosing(ours.visit, ours, last_of(theirs)),
    ]
    assert [client.post(one).status_code for one in crossed] == [404] * len(crossed)
    assert {one.state for one in Record.objects.all()} == {Record.State.CONFLICT}
    assert client.post(choosing(ours.visit, ours, last_of(ours))).status_code == 302
    assert {one.pk for one in Record.objects.filter(state=Record.State.COUNTS)} == {ours.pk}


def test_a_place_is_taken_from_its_own_programme(client_at, ready, others):
    def programme(of: Ready) -> ProgrammeSite:
        made = actions.begin_programme(
            group=of.group, name="Each year", question_set=of.plan().version.question_set, by=of.lead.pk
        )
        return actions.add_place(programme=made, site=of.site, months=12, by=of.lead.pk)

    ours, beside, theirs = programme(ready), programme(ready), programme(others)
    client = client_at(None, ready.lead)
    crossed = [(ours, beside.pk), (ours, theirs.pk), (theirs, theirs.pk), (ours, uuid4())]
    for of, place_id in crossed:
        address = f"/groups/voices/programmes/{of.programme_id}/places/{place_id}/take-away/"
        assert client.post(address).status_code == 404
    assert ProgrammeSite.objects.count() == 3
