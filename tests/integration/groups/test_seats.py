"""The seats of a group: which there are, what each allows, and that a page asks of which group."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.http import Http404

from groups import actions, queries
from groups.errors import NotASeatHere
from groups.models import Group, GroupInvitation, GroupMembership
from groups.seats import SEATS, Seat
from kit import clock, tokens
from tenants.schemes.rights import Permission, rights_of
from tests.factories.groups import a_group, seated
from tests.factories.people import someone

OF_VISITS = {Permission.PLAN_VISITS, Permission.EDIT_QUESTIONS, Permission.LOG_VISITS}


@pytest.fixture
def lead():
    return someone("Lee")


def a_group_of(kind, lead=None):
    return a_group("Voices", kind=kind, lead=lead)


@pytest.mark.parametrize(("kind", "offered"), [(kind, set(seats)) for kind, seats in SEATS.items()])
def test_a_lead_is_offered_the_seats_of_their_own_kind_of_group(kind, offered, client_at, lead):
    group = a_group_of(kind, lead)
    other = seated(group, someone("Max"))
    client = client_at(None, lead)
    for page in ("invite/", f"seats/{other.pk}/"):
        shown = client.get(f"/groups/voices/{page}").content.decode()
        assert {seat for seat in Seat if f'name="seat" type="radio" value="{seat}"' in shown} == offered


@pytest.mark.parametrize(("kind", "seat"), [("user_led", Seat.MEMBER), ("reference", Seat.MONITOR)])
def test_a_seat_of_another_kind_of_group_is_given_to_nobody(kind, seat, client_at, lead):
    group = a_group_of(kind, lead)
    other = seated(group, someone("Max"))
    client = client_at(None, lead)
    client.post("/groups/voices/invite/", {"email": "new@example.org", "seat": seat})
    client.post(f"/groups/voices/seats/{other.pk}/", {"seat": seat, "capacity": "individual"})
    assert not GroupInvitation.objects.for_group(group).exists()
    with pytest.raises(NotASeatHere):
        actions.invite(group=group, email="new@example.org", seat=seat, by=lead.pk)
    with pytest.raises(NotASeatHere):
        actions.change_seat(membership=other, seat=seat, capacity="individual", by=lead.pk)
    other.refresh_from_db()
    assert other.seat != seat


@pytest.mark.parametrize(
    ("kind", "seat", "may"),
    [
        ("user_led", Seat.LEAD, OF_VISITS),
        ("user_led", Seat.MONITOR, {Permission.LOG_VISITS}),
        ("user_led", Seat.SUPPORTER, set()),
        ("reference", Seat.LEAD, set()),
        ("reference", Seat.MEMBER, set()),
    ],
)
def test_a_seat_allows_what_it_is_for_and_only_on_the_platform(kind, seat, may, scheme):
    person = someone("Max")
    seated(a_group_of(kind), person, seat=seat)
    assert rights_of(person.pk, None) == {Permission.ANYONE, Permission.SIGNED_IN, Permission.SEE_MY_GROUPS} | may
    assert not rights_of(person.pk, scheme) & (OF_VISITS | {Permission.SEE_MY_GROUPS})


@pytest.mark.parametrize("how", ["the seat ended", "the group closed"])
def test_a_seat_that_is_over_allows_nothing(how, lead):
    group = a_group_of("user_led", lead)
    if how == "the seat ended":
        GroupMembership.objects.for_group(group).update(until=clock.today())
    else:
        Group.objects.filter(pk=group.pk).update(closed_at=clock.now())
    assert rights_of(lead.pk, None) == {Permission.ANYONE, Permission.SIGNED_IN}


FINDS = {
    queries.group_to_lead: {"lead", "lead of a reference group"},
    queries.led_group: {"lead"},
    queries.group_where_monitor: {"lead", "monitor"},
    queries.user_led_group: {"lead", "monitor", "supporter"},
}


@pytest.mark.parametrize("find", FINDS, ids=lambda find: find.__name__)
@pytest.mark.parametrize(
    "who", ["lead", "monitor", "supporter", "lead of a reference group", "lead elsewhere", "former lead", "stranger"]
)
def test_a_group_is_found_by_those_whose_seat_in_it_is_for_this(find, who):
    person = someone("Max")
    group = a_group_of("reference" if "reference" in who else "user_led", lead=someone("Lee"))
    if who in ("monitor", "supporter"):
        seated(group, person, seat=who)
    if who in ("lead", "former lead", "lead of a reference group"):
        seated(group, person, seat=Seat.LEAD)
    if who == "former lead":
        GroupMembership.objects.for_group(group).for_person(person.pk).update(until=clock.today())
    if who == "lead elsewhere":
        seated(group, person, seat=Seat.SUPPORTER)
        a_group("Others", lead=person)
    finds = who in FINDS[find] or (who == "lead elsewhere" and find is queries.user_led_group)
    if finds:
        assert find(person.pk, "voices") == group
    else:
        with pytest.raises(Http404):
            find(person.pk, "voices")


def test_the_groups_one_visits_with_are_user_led_and_ones_own():
    person = someone("Max")
    for name, kind, seat in (
        ("Mine", "user_led", "monitor"),
        ("Led", "user_led", "lead"),
        ("Helped", "user_led", "supporter"),
        ("Advised", "reference", "lead"),
    ):
        seated(a_group(name, kind=kind), person, seat=seat)
    a_group("Theirs", lead=someone("Otto"))
    assert {group.name for group in queries.groups_i_monitor_in(person.pk)} == {"Mine", "Led"}


def test_a_supporter_sees_the_group_and_is_called_one(client_at, lead):
    person = someone("Sue")
    seated(a_group_of("user_led", lead), person, seat=Seat.SUPPORTER)
    assert "Sue: supporter" in client_at(None, person).get("/groups/voices/").content.decode()


def test_members_of_user_led_groups_became_monitors_and_those_invited_too(lead):
    groups = {kind: a_group(kind, kind=kind, lead=lead) for kind in SEATS}
    for kind, group in groups.items():
        seated(group, someone(f"Max of {kind}"), seat=Seat.MEMBER)
        GroupInvitation.objects.create(
            group=group, email="new@example.org", seat=Seat.MEMBER, token_hash=kind, expires_at=clock.now()
        )
    import_module("groups.migrations.0003_seats_of_user_led_groups").make_monitors_of_members(apps, None)
    for kind, now in (("user_led", Seat.MONITOR), ("reference", Seat.MEMBER)):
        held = GroupMembership.objects.for_group(groups[kind]).values_list("seat", flat=True)
        assert set(held) == {Seat.LEAD, now}
        assert GroupInvitation.objects.for_group(groups[kind]).get().seat == now


def test_who_was_invited_as_a_member_of_a_user_led_group_joins_as_a_monitor(lead):
    group, newcomer = a_group_of("user_led", lead), someone("Nia", email="new@example.org")
    made = actions.invite(group=group, email="new@example.org", seat=Seat.MONITOR, by=lead.pk)
    GroupInvitation.objects.for_group(group).update(seat=Seat.MEMBER)
    secret = tokens.fingerprint(actions.invitation_token(made))
    actions.join(token_hash=secret, addresses={"new@example.org"}, by=newcomer.pk)
    assert queries.seat(newcomer.pk, group).seat == Seat.MONITOR


def test_there_is_no_seat_but_those_that_are_known(lead):
    group = a_group_of("user_led", lead)
    with pytest.raises(IntegrityError, match="group_seat_is_known"), transaction.atomic():
        seated(group, someone("Max"), seat="custodian")
