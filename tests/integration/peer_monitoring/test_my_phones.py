"""My phones: which may deliver, when each last did, which one this is, and a page that asks before one is shut out."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.models import Entry
from groups.models import GroupMembership
from kit import clock
from kit.dates import moment
from peer_monitoring.models import Phone
from tests.factories.peer_monitoring import settled
from tests.factories.phones import Delivering, made_ready, record_of
from tests.factories.questions import published


@pytest.fixture
def mine(ready, client_at):
    return client_at(None, ready.monitors[0])


def words(client, address="/visits/phones/"):
    return " ".join(client.get(address).content.decode().split())


def main_of(page):
    return page.partition("<main")[2].partition("</main>")[0]


def test_who_has_none_is_led_to_the_app(mine):
    assert "No phone of yours is ready" in words(mine)
    assert 'href="/app/"' in words(mine)


def test_each_phone_says_when_it_last_delivered_and_is_shut_out_once_somebody_said_yes(ready, mine, client_at):
    visit = settled(ready, version=published(ready.group))
    phone, token = made_ready(ready.monitors[0])
    line = Delivering(client_at(None), token)
    assert "It has sent nothing yet" in words(mine)
    assert line.record(record_of(visit)).status_code == 200
    assert "It last sent something on" in words(mine)
    address = f"/visits/phones/{phone.pk}/shut-out/"
    assert f'href="{address}"' in words(mine) and "<form" not in main_of(words(mine))
    asked = words(mine, address)
    assert "what you finished, and it has not sent, is locked on that phone. Nobody can read it" in asked
    assert "what it sent before stays with your group" in asked and "It last sent something on" in asked
    came = "raise it again on the page of the visit, which says what has come"
    assert came in asked
    assert Phone.objects.get().may_deliver
    for _ in range(2):
        assert mine.post(address)["Location"] == "/visits/phones/"
    assert "This phone was shut out on" in words(mine, address) and "<button" not in main_of(words(mine, address))
    assert "Shut out on" in words(mine) and address not in words(mine)
    for page in (words(mine), words(mine, address)):
        assert "Tell somebody in person of what has not, and raise it again there." in page
    assert line.record(record_of(visit)).status_code == 401
    assert Entry.objects.filter(what="shut out a phone", thing_id=phone.pk).count() == 1


def test_a_phone_of_somebody_else_is_neither_shown_nor_shut_out(ready, mine):
    phone, _ = made_ready(ready.monitors[1], "Green phone")
    assert "Green phone" not in words(mine)
    for method in (mine.get, mine.post):
        assert method(f"/visits/phones/{phone.pk}/shut-out/").status_code == 404
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


def this_one(page):
    """What stands before it in the list."""
    return [one.partition("</strong>")[0] for one in page.split("<li> <strong>")[1:] if "This phone" in one]


def test_it_says_which_one_is_this_phone_as_the_app_told_it(ready, mine):
    theirs, _ = made_ready(ready.monitors[1])
    old, _ = made_ready(ready.monitors[0], "Old phone")
    assert this_one(words(mine)) == []
    mine.post("/app/phones/new/", {"name": "New phone"}, content_type="application/json")
    assert this_one(words(mine)) == ["New phone"]
    new = Phone.objects.get(name="New phone")
    assert "This is the phone that you are using now." in words(mine, f"/visits/phones/{new.pk}/shut-out/")
    assert "This is the phone" not in words(mine, f"/visits/phones/{old.pk}/shut-out/")
    for said, found in ((old.pk, ["Old phone"]), (theirs.pk, ["Old phone"]), ("x", ["Old phone"])):
        mine.get("/app/mine.json", headers={"X-Phone": str(said)})
        assert this_one(words(mine)) == found


def test_one_that_was_made_ready_twice_is_told_apart_by_when_and_by_what_was_shut_out(ready, mine, at_moment):
    first, _ = made_ready(ready.monitors[0])
    assert "Some have the same name" not in words(mine)
    at_moment(clock.now() + timedelta(days=1))
    second, _ = made_ready(ready.monitors[0])
    page = words(mine)
    assert "Some have the same name" in page
    assert all(page.count(f"Made ready on {moment(one.made_at)}.") == 1 for one in (first, second))
    mine.post(f"/visits/phones/{first.pk}/shut-out/")
    ready_still, _, gone = words(mine).partition("Shut out</h2>")
    assert moment(second.made_at) in ready_still and moment(first.made_at) in gone
    assert "Some have the same name" not in ready_still
