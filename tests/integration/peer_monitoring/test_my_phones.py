"""My phones: which may deliver, when each last did, and one press that shuts one out."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.models import Entry
from groups.models import GroupMembership
from kit import clock
from peer_monitoring.models import Phone
from tenants.schemes.models import Scheme
from tests.factories.peer_monitoring import ready_group, settled
from tests.factories.phones import Delivering, made_ready, record_of
from tests.factories.questions import published


@pytest.fixture
def ready():
    return ready_group(Scheme.objects.get(slug="ashmere"), "Voices")


@pytest.fixture
def mine(ready, client_at):
    return client_at(None, ready.monitors[0])


def words(client):
    return " ".join(client.get("/visits/phones/").content.decode().split())


def test_who_has_none_is_led_to_the_app(mine):
    assert "No phone of yours is ready" in words(mine)
    assert 'href="/app/"' in words(mine)


def test_each_phone_says_when_it_last_delivered_and_one_press_shuts_it_out(ready, mine, client_at):
    visit = settled(ready, version=published(ready.group))
    phone, token = made_ready(ready.monitors[0])
    line = Delivering(client_at(None), token)
    assert "It has sent nothing yet" in words(mine)
    assert line.record(record_of(visit)).status_code == 200
    assert "It last sent something on" in words(mine)
    address = f"/visits/phones/{phone.pk}/shut-out/"
    for _ in range(2):
        assert mine.post(address)["Location"] == "/visits/phones/"
    assert "Shut out on" in words(mine) and address not in words(mine)
    assert line.record(record_of(visit)).status_code == 401
    assert Entry.objects.filter(what="shut out a phone", thing_id=phone.pk).count() == 1


def test_a_phone_of_somebody_else_is_neither_shown_nor_shut_out(ready, mine):
    phone, _ = made_ready(ready.monitors[1], "Green phone")
    assert "Green phone" not in words(mine)
    assert mine.post(f"/visits/phones/{phone.pk}/shut-out/").status_code == 404
    assert Phone.objects.get().may_deliver


def test_who_left_the_group_still_finds_the_way_to_shut_a_lost_phone_out(ready, mine):
    phone, _ = made_ready(ready.monitors[0])
    GroupMembership.objects.filter(person_id=ready.monitors[0].pk).update(until=clock.today())
    assert mine.get("/visits/").status_code == 404
    assert 'href="/visits/phones/"' in mine.get("/my/").content.decode()
    mine.post(f"/visits/phones/{phone.pk}/shut-out/")
    assert not Phone.objects.get().may_deliver


def test_many_phones_cost_what_one_does(ready, mine):
    def cost():
        with CaptureQueriesContext(connection) as asked:
            words(mine)
        return len(asked)

    made_ready(ready.monitors[0])
    one = cost()
    for _ in range(5):
        made_ready(ready.monitors[0])
    assert cost() == one
