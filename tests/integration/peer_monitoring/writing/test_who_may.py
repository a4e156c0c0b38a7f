"""Who reads and writes what of a visit, and what is kept when a sign-in ends meanwhile."""

import html
import re

import pytest

from peer_monitoring import actions
from peer_monitoring.models import Record
from tenants.schemes.models import Scheme
from tests.factories.groups import seated
from tests.factories.peer_monitoring import ready_group
from tests.factories.people import someone
from tests.factories.questions import filled, published_again
from tests.integration.conftest import PLATFORM, sign_in
from tests.integration.peer_monitoring.writing.steps import place, write

LOG = ["log/", "log/sections/rights/", "log/review/"]


@pytest.mark.parametrize("path", [*LOG, "records/"])
@pytest.mark.parametrize("who", ["another monitor", "another group"])
def test_who_does_not_go_finds_nothing_of_it(path, who, first, client_at, ready, visit):
    write(first, visit)
    person = someone("Other")
    if who == "another monitor":
        seated(ready.group, person, seat="monitor")
    else:
        person = ready_group(Scheme.objects.get(slug="ashmere")).lead
    client = client_at(None, person)
    assert client.get(place(visit, path)).status_code == 404
    assert client.post(place(visit, path)).status_code in (404, 405)


@pytest.mark.parametrize("path", LOG)
def test_the_lead_reads_records_and_writes_none_of_a_visit_they_do_not_go_on(path, first, client_at, ready, visit):
    write(first, visit)
    led = client_at(None, ready.lead)
    assert led.get(place(visit, path)).status_code == 404
    assert led.get(place(visit, "records/")).status_code == 200


def test_a_draft_is_read_by_its_own_writer_alone(first, second, visit):
    write(first, visit, why="Only mine yet")
    second.post(place(visit, "log/"))
    for path in ("log/", "log/sections/rights/", "log/review/", "records/"):
        assert "Only mine yet" not in second.get(place(visit, path)).content.decode()


def test_nothing_is_written_of_a_visit_that_is_not_settled(first, ready):
    visit = actions.plan(group=ready.group, what=ready.plan(), programme=None, by=ready.lead.pk)
    actions.choose_team(visit=visit, people=[one.pk for one in ready.monitors], by=ready.lead.pk)
    assert first.get(place(visit, "log/")).status_code == 404


def asked_on(page):
    return set(re.findall(r'name="(answer-\w+)"', page.content.decode()))


def sent_signed_out(client, address, **answers):
    """What is pressed on a page whose sign-in has ended meanwhile."""
    mark = re.search(r'name="_for" value="([^"]+)"', client.get(address).content.decode()).group(1)
    client.logout()
    assert client.post(address, filled(**answers) | {"_for": html.unescape(mark)}).status_code == 302


def test_words_are_there_again_when_the_sign_in_had_ended(first, ready, visit):
    write(first, visit, why="")
    address = place(visit, "log/sections/rights/")
    sent_signed_out(first, address, told="no", why="A long sentence about a night")
    sign_in(first, ready.monitors[0], PLATFORM)
    assert "A long sentence about a night" in first.get(address).content.decode()


def test_they_answer_the_same_questions_when_others_were_published_meanwhile(first, ready, visit):
    write(first, visit, why="")
    address = place(visit, "log/sections/rights/")
    before = asked_on(first.get(address))
    sent_signed_out(first, address, told="no", why="A long sentence about a night")
    published_again(visit.version)
    sign_in(first, ready.monitors[0], PLATFORM)
    again = first.get(address)
    assert asked_on(again) == before == {"answer-told", "answer-why"}
    assert "A long sentence about a night" in again.content.decode()
    first.post(address, filled(told="no", why="A long sentence about a night"))
    first.post(place(visit, "log/review/"))
    record = Record.objects.on(visit).get()
    assert (record.version_id, record.answers["why"]) == (visit.version_id, "A long sentence about a night")
