"""What is looked up about groups is narrowed to one group and one person, and to what still holds."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.http import Http404

from groups import actions, queries
from groups.errors import InvitationUsed, LastLead
from groups.models import Agreement, Group, GroupInvitation, GroupMembership
from groups.my_section import erase_invitations
from kit import clock
from people.models import Person
from tenants.schemes.models import Scheme
from tests.factories.groups import a_group, agreed, invited, seated
from tests.factories.people import someone

LEAD, MONITOR = GroupMembership.Seat.LEAD, GroupMembership.Seat.MONITOR
AS_MYSELF = GroupMembership.Capacity.INDIVIDUAL


@pytest.fixture
def lead() -> Person:
    return someone("Lead")


def ended(seat: GroupMembership) -> GroupMembership:
    GroupMembership.objects.filter(pk=seat.pk).update(until=clock.today())
    return seat


def test_a_link_that_leads_nowhere_opens_and_gives_no_seat(lead: Person) -> None:
    group = a_group(lead=lead)
    actions.invite(group=group, email="new@example.org", seat=MONITOR, by=lead.pk)
    assert queries.invitation("nonsense") is None
    with pytest.raises(InvitationUsed):
        actions.join(token_hash="nonsense", addresses={"new@example.org"}, by=someone("New").pk)


def test_the_last_in_a_group_may_leave_whoever_was_there_before(lead: Person) -> None:
    group = a_group(lead=lead)
    ended(seated(group, someone("Member")))
    actions.leave(membership=GroupMembership.objects.for_person(lead.pk).get(), by=lead.pk)
    assert queries.members(group) == []


def test_the_lead_of_another_group_is_no_lead_of_this_one(lead: Person) -> None:
    a_group("Others", lead=someone("Outsider"))
    group = a_group(lead=lead)
    own = GroupMembership.objects.for_group(group).get()
    with pytest.raises(LastLead):
        actions.change_seat(membership=own, seat=MONITOR, capacity=AS_MYSELF, by=lead.pk)


def test_a_lead_who_leads_no_more_is_no_other_lead(lead: Person) -> None:
    group = a_group(lead=lead)
    ended(seated(group, someone("Before"), seat=LEAD))
    own = GroupMembership.objects.for_person(lead.pk).get()
    with pytest.raises(LastLead):
        actions.change_seat(membership=own, seat=MONITOR, capacity=AS_MYSELF, by=lead.pk)


def test_the_only_lead_of_others_stays_whoever_leads_another_group(lead: Person) -> None:
    a_group("Others", lead=someone("Outsider"))
    group = a_group(lead=lead)
    seated(group, someone("Member"))
    with pytest.raises(LastLead):
        actions.leave(membership=GroupMembership.objects.for_person(lead.pk).get(), by=lead.pk)


def test_an_invitation_is_taken_back_once(lead: Person) -> None:
    invitation = invited(a_group(lead=lead), by=lead)
    actions.withdraw_invitation(invitation=invitation, by=lead.pk)
    with pytest.raises(InvitationUsed):
        actions.withdraw_invitation(invitation=invitation, by=lead.pk)


def test_invitations_and_agreements_stand_with_their_own_group(lead: Person, scheme: Scheme) -> None:
    group, other = a_group("Voices", lead=lead), a_group("Others")
    invitation, agreement = invited(group, by=lead), agreed(group, scheme)
    assert (list(queries.open_invitations(group)), list(queries.open_invitations(other))) == ([invitation], [])
    assert [one.agreement for one in queries.agreements_of(group)] == [agreement]
    assert queries.agreements_of(other) == []


def test_erasing_an_address_takes_no_invitation_of_another(lead: Person) -> None:
    invitation = invited(a_group(lead=lead), "otto@example.org", by=lead)
    erase_invitations({"robin@example.org"})
    assert GroupInvitation.objects.filter(pk=invitation.pk).exists()


def test_a_group_that_closed_is_offered_to_nobody() -> None:
    group = a_group()
    Group.objects.filter(pk=group.pk).update(closed_at=clock.now())
    assert (list(queries.all_open_groups()), list(queries.user_led_groups())) == ([], [])


def test_a_group_that_closed_changes_no_more(lead: Person, scheme: Scheme) -> None:
    group = a_group(lead=lead)
    own = GroupMembership.objects.for_group(group).get()
    Group.objects.filter(pk=group.pk).update(closed_at=clock.now())
    with pytest.raises(Group.DoesNotExist):
        actions.leave(membership=own, by=lead.pk)
    with pytest.raises(Group.DoesNotExist):
        actions.change_seat(membership=own, seat=LEAD, capacity=AS_MYSELF, by=lead.pk)
    with pytest.raises(Group.DoesNotExist):
        actions.agree(scheme=scheme, group=group, by=None)


def test_an_invitation_that_can_no_longer_be_accepted_is_not_sent(
    lead: Person, work: Callable[[], None], settings: Any, mail_folder: Path
) -> None:
    settings.EMAIL_BACKEND = "kit.channels.files.FileBackend"
    invitation = actions.invite(group=a_group(lead=lead), email="new@example.org", seat=MONITOR, by=lead.pk)
    type(invitation).objects.filter(pk=invitation.pk).update(expires_at=clock.now())
    work()
    assert list(mail_folder.glob("*.eml")) == []


def test_a_seat_is_one_persons_in_one_group_while_it_runs(lead: Person) -> None:
    first, second = a_group("First", lead=lead), a_group("Second", lead=lead)
    for group in (first, second):
        found = queries.seat(lead.pk, group)
        assert found is not None and found.group == group
    left = ended(seated(first, someone("Left")))
    assert queries.seat(left.person_id, first) is None
    assert [one.name for one in queries.members(first)] == ["Lead"]
    with pytest.raises(Http404):
        queries.member(first, left.pk)


def test_an_agreement_that_ended_is_not_shown_to_the_group(lead: Person, scheme: Scheme) -> None:
    group = a_group(lead=lead)
    agreement = agreed(group, scheme)
    assert len(queries.agreements_of(group)) == 1
    Agreement.objects.filter(pk=agreement.pk).update(until=clock.today())
    assert queries.agreements_of(group) == []


def test_the_name_of_one_group_leaves_other_names_free() -> None:
    a_group("Voices")
    assert (queries.slug_is_taken("voices"), queries.slug_is_taken("others")) == (True, False)
