"""The register of user-led peer support schemes that a group keeps (S48)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.models import Entry
from groups.models import PeerSupport
from groups.seats import Seat
from kit import clock
from tests.factories.groups import a_group, peer_support, seated, typed
from tests.factories.people import someone
from tests.factories.schemes import works_at

REGISTER = "/groups/voices/peer-support/"


@pytest.fixture
def lead():
    return someone("Lee")


@pytest.fixture
def group(lead):
    return a_group("Voices", lead=lead)


@pytest.fixture
def led(client_at, lead, group):
    return client_at(None, lead)


def told(**more):
    filled = {
        "name": "Beside you", "lead_group": "Voices", "remit": "Waits with people.", "serves": "Women",
        "supervised_by": "A psychologist", "supervised_how_often": "every 2 weeks",
    }  # fmt: skip
    return filled | typed("since", clock.today()) | more


@pytest.mark.parametrize("seat", [Seat.MONITOR, Seat.SUPPORTER])
def test_the_lead_keeps_the_register_and_members_read_it(seat, led, client_at, group):
    """S48: lead group, remit and supervision."""
    assert "There is none on the list yet." in led.get(REGISTER).content.decode()
    assert led.post(f"{REGISTER}add/", told()).status_code == 302
    other = someone("Max")
    seated(group, other, seat=seat)
    reader = client_at(None, other)
    shown = reader.get(REGISTER).content.decode()
    for words in ("Beside you", "Voices", "Waits with people.", "Women", "A psychologist, every 2 weeks", "It goes on"):
        assert words in shown
    one = PeerSupport.objects.for_group(group).get()
    for page in ("add/", f"{one.pk}/"):
        assert f'href="{REGISTER}{page}"' not in shown
        assert reader.get(REGISTER + page).status_code == reader.post(REGISTER + page, told()).status_code == 404


def test_it_is_changed_and_ends_and_what_goes_on_stands_first(led, lead, group):
    peer_support(group, lead, name="A first one")
    peer_support(group, lead, name="B second one")
    one = PeerSupport.objects.for_group(group).get(name="A first one")
    assert 'value="A first one"' in led.get(f"{REGISTER}{one.pk}/").content.decode()
    sent = told(name="A first one", serves="Everybody") | typed("until", clock.today())
    assert led.post(f"{REGISTER}{one.pk}/", sent).status_code == 302
    shown = led.get(REGISTER).content.decode()
    assert "Everybody" in shown and shown.index("B second one") < shown.index("A first one")
    entries = set(Entry.objects.filter(by=lead.pk).values_list("what", flat=True))
    assert {"wrote a peer support scheme into the register", "changed a peer support scheme"} <= entries


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"supervised_by": ""}, "Say who supervises them"),
        ({"supervised_how_often": ""}, "Say how often"),
        ({"remit": ""}, "Say what it does"),
        (typed("until", clock.today() - timedelta(days=1)), "or a later day"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(wrong, said, led, group):
    shown = led.post(f"{REGISTER}add/", told(**wrong)).content.decode()
    assert said in shown and "Beside you" in shown
    assert not PeerSupport.objects.for_group(group).exists()


def test_a_name_stands_once_in_the_register_of_a_group(led, lead, group):
    one = peer_support(group, lead, name="Beside you")
    other = peer_support(group, lead, name="Another")
    assert "in the register already" in led.post(f"{REGISTER}add/", told(name="BESIDE you")).content.decode()
    assert "in the register already" in led.post(f"{REGISTER}{other.pk}/", told()).content.decode()
    assert led.post(f"{REGISTER}{one.pk}/", told()).status_code == 302
    peer_support(a_group("Others"), lead, name="Beside you")


@pytest.mark.parametrize("who", ["lead of another group", "lead of a reference group", "staff", "national", "stranger"])
def test_nobody_else_finds_the_register(who, client_at, person, group, lead, scheme):
    other = someone("Otto")
    if who.startswith("lead"):
        a_group("Others", lead=other, kind="reference" if "reference" in who else "user_led")
    if who == "staff":
        works_at(scheme, other.pk, role="manager")
    if who == "national":
        other = person("Pam", national="programme_manager")
    one = peer_support(group, lead)
    client = client_at(None, other)
    for page in ("", "add/", f"{one.pk}/"):
        assert client.get(REGISTER + page).status_code == 404
        assert client.post(REGISTER + page, told()).status_code in (404, 405)


def test_one_of_another_group_is_not_found_by_way_of_ones_own(led, lead, group):
    theirs = peer_support(a_group("Others"), lead)
    assert led.get(f"{REGISTER}{theirs.pk}/").status_code == 404
    assert theirs.name not in led.get(REGISTER).content.decode()


@pytest.mark.parametrize("many", [1, 5])
def test_the_register_costs_the_same_for_any_number(many, led, lead, group):
    for number in range(many):
        peer_support(group, lead, name=f"Scheme {number}")
    led.get(REGISTER)
    with CaptureQueriesContext(connection) as asked:
        led.get(REGISTER)
    assert len(asked) <= 10
