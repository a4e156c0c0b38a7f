"""Groups: joining, leaving, leading, and what is hidden from who has no seat."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.models import Entry
from groups import actions
from groups.errors import LastLead
from groups.models import Group, GroupInvitation, GroupMembership
from kit import clock
from tenants.schemes.rights import NationalRoleName, Permission, rights_of
from tests.factories.groups import a_group, agreed, seated
from tests.factories.people import someone

ADDRESS = "new.member@example.org"
LEAD, MONITOR = GroupMembership.Seat.LEAD, GroupMembership.Seat.MONITOR


@pytest.fixture
def lead():
    return someone("Lee")


@pytest.fixture
def group(lead):
    return a_group("Voices", lead=lead)


@pytest.fixture
def led(client_at, lead, group):
    return client_at(None, lead)


def invitation(group, **more):
    made = actions.invite(group=group, email=ADDRESS, seat=MONITOR, by=None, **more)
    return actions.invitation_token(made)


def test_members_see_who_belongs_and_how_they_speak(led, group):
    seated(group, someone("Ada"))
    page = led.get("/groups/voices/").content.decode()
    assert "Ada: monitor, speaks for themselves" in page
    assert "Lee: lead" in page


@pytest.mark.parametrize("path", ["", "invite/", "leave/", "seats/{seat}/"])
@pytest.mark.parametrize("who", ["stranger", "member of another group", "former member"])
def test_who_has_no_seat_finds_nothing(path, who, client_at, group, lead):
    other = someone("Otto")
    if who == "member of another group":
        a_group("Others", lead=other)
    if who == "former member":
        actions.leave(membership=seated(group, other), by=other.pk)
    seat = GroupMembership.objects.get(person_id=lead.pk).pk
    client = client_at(None, other)
    address = f"/groups/voices/{path.format(seat=seat)}"
    assert client.get(address).status_code == 404
    assert not path or client.post(address).status_code == 404


@pytest.mark.parametrize("path", ["invite/", "seats/{seat}/"])
def test_what_only_the_lead_may_do_a_member_does_not_find(path, client_at, group):
    member = someone("Max")
    seat = seated(group, member)
    client = client_at(None, member)
    assert client.get(f"/groups/voices/{path.format(seat=seat.pk)}").status_code == 404
    assert "Invite somebody" not in client.get("/groups/voices/").content.decode()


def test_a_seat_of_another_group_cannot_be_changed_by_this_groups_lead(led, group):
    theirs = seated(a_group("Others"), someone("Otto"))
    assert led.post(f"/groups/voices/seats/{theirs.pk}/", {"seat": "lead", "capacity": "individual"}).status_code == 404
    theirs.refresh_from_db()
    assert theirs.seat == MONITOR


def test_the_lead_invites_and_the_invited_joins(led, group, client_at, work, mail_folder, settings):
    settings.EMAIL_BACKEND = "kit.channels.files.FileBackend"
    led.post("/groups/voices/invite/", {"email": "New.Member@Example.org", "seat": "monitor"})
    work()
    words = next(mail_folder.glob("*.eml")).read_text()
    made = GroupInvitation.objects.get()
    token = actions.invitation_token(made)
    assert f"/groups/join/{token}/" in words.replace("=\r\n", "").replace("=\n", "")
    assert "Voices" not in words
    newcomer = someone("Nia", email=ADDRESS)
    client = client_at(None, newcomer)
    assert client.get(f"/groups/join/{token}/").headers["Location"] == "/groups/join/"
    assert "Voices" in client.get("/groups/join/").content.decode()
    assert client.post("/groups/join/accept/").headers["Location"] == "/groups/voices/"
    assert client.get("/groups/voices/").status_code == 200


def test_an_invitation_to_a_group_works_once_and_only_with_its_address(client_at, group):
    token = invitation(group)
    other, newcomer = someone("Otto"), someone("Nia", email=ADDRESS)
    for person, status in ((other, 410), (newcomer, 302), (newcomer, 200)):
        client = client_at(None, person)
        client.get(f"/groups/join/{token}/")
        assert client.post("/groups/join/accept/").status_code == status
    assert not GroupMembership.objects.for_group(group).for_person(other.pk).exists()


def test_an_invitation_to_a_group_dies_after_72_hours(client_at, group):
    token = invitation(group)
    newcomer = someone("Nia", email=ADDRESS)
    clock.set_to(clock.now() + timedelta(hours=73))
    client = client_at(None, newcomer)
    client.get(f"/groups/join/{token}/")
    assert client.get("/groups/join/").status_code == 410
    assert client.post("/groups/join/accept/").status_code == 410


def test_leaving_ends_the_right_at_the_next_request(client_at, group):
    member = someone("Max")
    seated(group, member)
    client = client_at(None, member)
    assert client.get("/groups/voices/").status_code == 200
    client.post("/groups/voices/leave/")
    assert client.get("/groups/voices/").status_code == 404
    assert Permission.SEE_MY_GROUPS not in rights_of(member.pk, None)


def test_the_only_lead_cannot_leave_the_others_without_one(led, group, lead):
    other = seated(group, someone("Max"))
    way = f'href="/groups/voices/seats/{other.pk}/">Max'
    page = led.get("/groups/voices/leave/").content.decode()
    assert "make somebody else lead first" in page and way in page and "<button" not in page.partition("<main")[2]
    refused = led.post("/groups/voices/leave/")
    assert refused.status_code == 409 and "Make somebody else lead first." in refused.content.decode()
    led.post(f"/groups/voices/seats/{other.pk}/", {"seat": "lead", "capacity": "representative"})
    other.refresh_from_db()
    assert (other.seat, other.capacity) == (LEAD, "representative")
    assert led.post("/groups/voices/leave/").status_code == 302


def test_the_only_lead_cannot_step_down(group, lead):
    own = GroupMembership.objects.get(person_id=lead.pk)
    with pytest.raises(LastLead):
        actions.change_seat(membership=own, seat=MONITOR, capacity="individual", by=lead.pk)


def test_who_is_alone_in_a_group_can_leave(led, group):
    assert led.post("/groups/voices/leave/").status_code == 302


def test_national_staff_set_a_group_up_and_its_lead_is_invited(client_at, person):
    client = client_at(None, person("Pam", national=NationalRoleName.PROGRAMME_MANAGER))
    fields = {"name": "New Voices", "kind": "reference", "purpose": "To advise", "lead_email": "lead@example.org"}
    page = client.post("/groups/new/", fields, follow=True).content.decode()
    assert "New Voices is set up" in page and "invitation to its first lead" in page
    for address in ("/groups/new/", "/groups/new/?made=nothing"):
        assert "is set up" not in client.get(address).content.decode()
    group = Group.objects.open().get(slug="new-voices")
    assert GroupInvitation.objects.for_group(group).get().seat == LEAD
    assert "There is already a group with this name" in client.post("/groups/new/", fields).content.decode()
    assert client.get("/groups/new-voices/").status_code == 404


def test_nobody_else_sets_groups_up(client_at, person, lead, group):
    for who in (lead, person("Ann", national=NationalRoleName.ANALYST)):
        assert client_at(None, who).get("/groups/new/").status_code == 404


def test_my_page_lists_my_groups_and_no_others(led, group):
    a_group("Others", lead=someone("Otto"))
    page = led.get("/my/").content.decode()
    assert "/groups/voices/" in page
    assert "Others" not in page


@pytest.mark.parametrize("many", [1, 5])
def test_a_group_costs_the_same_for_any_number_of_members(many, led, group, scheme, other_scheme):
    for number in range(many):
        seated(group, someone(f"Member{number}"))
    for place in (scheme, other_scheme)[:many]:
        agreed(group, place)
    led.get("/groups/voices/")
    with CaptureQueriesContext(connection) as asked:
        led.get("/groups/voices/")
    assert len(asked) <= 15


def test_a_lead_takes_an_invitation_back(client_at, led, group, lead):
    token = invitation(group)
    one = GroupInvitation.objects.for_group(group).get()
    assert led.post(f"/groups/voices/invitations/{one.pk}/take-back/").status_code == 302
    newcomer = client_at(None, someone("Nia", email=ADDRESS))
    newcomer.get(f"/groups/join/{token}/")
    assert newcomer.post("/groups/join/accept/").status_code == 410
    assert led.post(f"/groups/voices/invitations/{one.pk}/take-back/").status_code == 404
    assert Entry.objects.filter(by=lead.pk, what="took back an invitation to a group").exists()


def test_a_lead_ends_a_members_seat(client_at, led, group, lead):
    member = someone("Max")
    seat = seated(group, member)
    client = client_at(None, member)
    assert led.get(f"/groups/voices/seats/{seat.pk}/end/").status_code == 200
    assert led.post(f"/groups/voices/seats/{seat.pk}/end/").status_code == 302
    assert client.get("/groups/voices/").status_code == 404
    assert Entry.objects.about(member.pk).filter(by=lead.pk, what="ended a seat in a group").exists()


def test_nobody_but_a_lead_ends_a_seat(client_at, group, lead):
    member = someone("Max")
    seated(group, member)
    own = GroupMembership.objects.for_group(group).for_person(lead.pk).get()
    assert client_at(None, member).post(f"/groups/voices/seats/{own.pk}/end/").status_code == 404


def test_to_end_ones_own_seat_is_to_leave(led, group, lead):
    own = GroupMembership.objects.for_group(group).for_person(lead.pk).get()
    assert led.post(f"/groups/voices/seats/{own.pk}/end/").headers["Location"] == "/groups/voices/leave/"


@pytest.mark.parametrize("how", ["leaves", "is demoted"])
def test_who_no_longer_leads_leaves_no_open_invitation_behind(how, group, lead):
    other = someone("Olu")
    seated(group, other, seat=LEAD)
    for by, address in ((lead, "a@example.org"), (other, "b@example.org")):
        actions.invite(group=group, email=address, seat=MONITOR, by=by.pk)
    own = GroupMembership.objects.for_group(group).for_person(lead.pk).get()
    if how == "leaves":
        actions.leave(membership=own, by=lead.pk)
    else:
        actions.change_seat(membership=own, seat=MONITOR, capacity="individual", by=other.pk)
    assert [one.email for one in GroupInvitation.objects.for_group(group).open()] == ["b@example.org"]


def test_who_joins_without_a_name_is_asked_for_one_and_finds_the_group_by_the_same_link_again(client_at, group):
    token = invitation(group)
    newcomer = someone("", email=ADDRESS)
    client = client_at(None, newcomer)
    client.get(f"/groups/join/{token}/")
    assert "Enter the name that the others will see" in client.post("/groups/join/accept/").content.decode()
    assert not GroupMembership.objects.for_group(group).for_person(newcomer.pk).exists()
    assert (
        "Nia Fell: monitor" in client.post("/groups/join/accept/", {"name": "Nia Fell"}, follow=True).content.decode()
    )
    client.get(f"/groups/join/{token}/")
    page = client.get("/groups/join/").content.decode()
    assert "You have used this invitation" in page and 'href="/groups/voices/"' in page
    client.post("/groups/voices/leave/")
    gone = client.get("/groups/join/")
    assert gone.status_code == 410 and 'href="/groups/voices/"' not in gone.content.decode()


def test_a_used_invitation_is_told_to_whoever_used_it_and_about_no_other(client_at, group):
    token = invitation(group)
    newcomer = someone("Nia", email=ADDRESS)
    taken = client_at(None, newcomer)
    taken.get(f"/groups/join/{token}/")
    taken.post("/groups/join/accept/")
    for who, link in ((someone("Otto"), token), (newcomer, "guessed")):
        other = client_at(None, who)
        other.get(f"/groups/join/{link}/")
        answer = other.get("/groups/join/")
        assert answer.status_code == 410 and group.name not in answer.content.decode()
