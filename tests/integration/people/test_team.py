"""The team's pages on a scheme's host, the audit, and what a role that ended allows."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import audit
from audit.models import Entry
from kit.models import OutboxMessage
from tenants.schemes import actions
from tenants.schemes.entering import enter
from tenants.schemes.errors import AlreadyInTheTeam, LastManager
from tenants.schemes.models import Invitation, Membership, NationalRole
from tenants.schemes.rights import NationalRoleName, Permission, Role, rights_of
from tests.factories.people import someone
from tests.factories.schemes import invited, works_at


@pytest.fixture
def manager(scheme):
    made = someone("Mo")
    works_at(scheme, made.pk, role=Role.MANAGER)
    return made


@pytest.fixture
def office(client_at, scheme, manager):
    return client_at(scheme, manager)


def test_the_team_is_listed_by_name_with_roles(office, scheme, other_scheme):
    works_at(scheme, someone("Ada").pk, role=Role.STR_WORKER)
    works_at(other_scheme, someone("Elsewhere").pk)
    page = office.get("/team/").content.decode().partition("<tbody")[2]
    assert page.index("Ada") < page.index("Mo")
    assert "STR worker" in page
    assert "Elsewhere" not in page


def test_who_read_the_list_of_the_team_is_written_down(office, scheme, manager):
    office.get("/team/")
    with enter(scheme):
        assert Entry.objects.filter(by=manager.pk, operation="read", what="read who is in the team").count() == 1


@pytest.mark.parametrize("many", [1, 5])
def test_the_team_costs_the_same_for_any_number_of_people(many, office, scheme):
    for number in range(many):
        works_at(scheme, someone(f"Worker{number}").pk)
        invited(scheme, f"invited{number}@example.org")
    office.get("/team/")
    with CaptureQueriesContext(connection) as asked:
        office.get("/team/")
    assert len(asked) <= 13


def test_inviting_from_the_page_sends_the_invitation(office, scheme, manager):
    answer = office.post("/team/invite/", {"email": "New@Example.org", "role": "editor"})
    assert answer.headers["Location"] == "/team/"
    invitation = Invitation.objects.at(scheme).get()
    assert (invitation.email, invitation.role, invitation.invited_by_id) == ("new@example.org", "editor", manager.pk)
    assert OutboxMessage.objects.filter(kind="schemes.invited", schema="public").exists()


def test_inviting_the_same_address_twice_is_said_beside_the_field(office):
    for _ in range(2):
        answer = office.post("/team/invite/", {"email": "new@example.org", "role": "editor"})
    assert "There is already an invitation for this address" in answer.content.decode()


def test_an_invitation_can_be_taken_back_but_not_that_of_another_scheme(office, scheme, other_scheme):
    ours, _ = invited(scheme, "ours@example.org")
    theirs, _ = invited(other_scheme, "theirs@example.org")
    assert office.post(f"/team/invitations/{theirs.pk}/take-back/").status_code == 404
    assert office.post(f"/team/invitations/{ours.pk}/take-back/").status_code == 302
    assert not Invitation.objects.at(scheme).open().exists()
    assert Invitation.objects.at(other_scheme).open().exists()


def test_a_role_that_ended_allows_nothing_from_the_next_request_on(client_at, office, scheme):
    worker = someone("Wren")
    membership = works_at(scheme, worker.pk)
    at_work = client_at(scheme, worker)
    assert at_work.get("/staff/").status_code == 200
    office.post(f"/team/{membership.pk}/end/")
    assert at_work.get("/staff/").status_code == 404


def test_a_role_at_another_scheme_cannot_be_ended_from_here(office, other_scheme):
    theirs = works_at(other_scheme, someone("Elsewhere").pk)
    assert office.get(f"/team/{theirs.pk}/end/").status_code == 404
    assert office.post(f"/team/{theirs.pk}/end/").status_code == 404
    theirs.refresh_from_db()
    assert theirs.until is None


def test_the_only_manager_cannot_leave_the_scheme_without_one(office, scheme, manager):
    own = Membership.objects.get(person_id=manager.pk)
    answer = office.post(f"/team/{own.pk}/end/")
    assert answer.status_code == 409
    assert "This is the only manager" in answer.content.decode()
    works_at(scheme, someone("Second").pk, role=Role.MANAGER)
    assert office.post(f"/team/{own.pk}/end/").status_code == 302


def test_the_last_manager_is_counted_at_their_own_scheme(scheme, other_scheme, manager):
    works_at(other_scheme, someone("Elsewhere").pk, role=Role.MANAGER)
    with pytest.raises(LastManager):
        actions.end_membership(membership=Membership.objects.get(person_id=manager.pk), by=None)


def test_a_role_can_be_taken_up_again_on_the_day_it_ended(scheme, manager):
    worker = someone("Wren")
    first = actions.give_role(scheme=scheme, person_id=worker.pk, role=Role.EDITOR, by=manager.pk)
    with pytest.raises(AlreadyInTheTeam):
        actions.give_role(scheme=scheme, person_id=worker.pk, role=Role.EDITOR, by=manager.pk)
    actions.end_membership(membership=first, by=manager.pk)
    assert Permission.EDIT_SITE not in rights_of(worker.pk, scheme)
    actions.give_role(scheme=scheme, person_id=worker.pk, role=Role.EDITOR, by=manager.pk)
    assert Permission.EDIT_SITE in rights_of(worker.pk, scheme)


def test_whoever_gains_or_loses_a_role_is_told_of_to_the_site_in_the_schemes_schema(scheme, manager):
    worker = someone("Wren")
    membership = actions.give_role(scheme=scheme, person_id=worker.pk, role=Role.EDITOR, by=manager.pk)
    actions.end_membership(membership=membership, by=manager.pk)
    told = OutboxMessage.objects.filter(kind="schemes.membership_changed", payload__person=str(worker.pk))
    assert [message.schema for message in told] == [scheme.schema_name] * 2


def test_national_roles_work_on_the_platform_alone_and_can_be_ended(scheme):
    analyst = someone("Nat")
    role = actions.give_national_role(person_id=analyst.pk, role=NationalRoleName.ANALYST, by=None)
    assert actions.give_national_role(person_id=analyst.pk, role=NationalRoleName.ANALYST, by=None).pk == role.pk
    assert Permission.SEE_ALL_SCHEMES in rights_of(analyst.pk, None)
    assert Permission.SEE_ALL_SCHEMES not in rights_of(analyst.pk, scheme)
    actions.end_national_role(role=NationalRole.objects.get(pk=role.pk), by=None)
    assert Permission.SEE_ALL_SCHEMES not in rights_of(analyst.pk, None)


def test_the_audit_names_this_schemes_staff_and_nobody_else(office, scheme, manager):
    stranger = someone("A Service User")
    with enter(scheme):
        audit.record(by=manager, operation="read", what="read a point", subject=stranger)
        audit.record(by=stranger, operation="change", what="said it changed", subject=stranger)
        audit.record(by=None, operation="change", what="cleared something away")
    page = office.get("/audit/").content.decode()
    assert "Mo" in page and "Read a point" in page
    assert "A Service User" not in page
    assert "Somebody who is not in the team" in page
    assert "The service itself" in page


def test_the_audit_still_names_who_has_left_the_team(office, scheme):
    left = someone("Gone")
    membership = works_at(scheme, left.pk)
    actions.end_membership(membership=membership, by=None)
    with enter(scheme):
        audit.record(by=left, operation="read", what="read a point")
    assert "Gone" in office.get("/audit/").content.decode()


def test_the_audit_of_another_scheme_is_not_shown(office, other_scheme, manager):
    with enter(other_scheme):
        audit.record(by=manager, operation="read", what="read elsewhere")
    assert "Read elsewhere" not in office.get("/audit/").content.decode()


@pytest.mark.parametrize("entries", [1, 60])
def test_the_audit_costs_the_same_for_any_number_of_entries_and_is_paged(entries, office, scheme, manager):
    with enter(scheme):
        for _ in range(entries):
            audit.record(by=manager, operation="read", what="read a point")
    office.get("/audit/")
    with CaptureQueriesContext(connection) as asked:
        page = office.get("/audit/").content.decode()
    assert len(asked) <= 12
    assert ("?page=2" in page) == (entries > 50)


def test_whoever_may_no_longer_invite_leaves_no_invitation_behind(scheme, other_scheme, manager):
    works_at(scheme, someone("Second").pk, role=Role.MANAGER)
    elsewhere = actions.invite(scheme=other_scheme, email="me@example.org", role=Role.EDITOR, by=manager.pk)
    actions.invite(scheme=scheme, email="me@example.org", role=Role.MANAGER, by=manager.pk)
    invited(scheme, "new@example.org")
    also_lead = works_at(scheme, manager.pk, role=Role.INVOLVEMENT_LEAD)
    actions.end_membership(membership=also_lead, by=None)
    assert Invitation.objects.at(scheme).open().count() == 2
    actions.end_membership(membership=Membership.objects.get(person_id=manager.pk, role=Role.MANAGER), by=None)
    assert [one.email for one in Invitation.objects.at(scheme).open()] == ["new@example.org"]
    assert Invitation.objects.open().filter(pk=elsewhere.pk).exists()
