"""What is looked up at the boundary is narrowed to one scheme and one person, and to what still holds."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, RequestFactory

from kit import clock
from people.models import Person
from tenants.schemes import actions, here, queries
from tenants.schemes.errors import AlreadyInTheTeam, InvitationUsed, LastManager
from tenants.schemes.models import Invitation, Membership, Scheme, Site
from tenants.schemes.rights import NationalRoleName, Permission, Role, rights_of
from tests.factories.people import someone
from tests.factories.schemes import invited, works_at

ClientAt = Callable[..., Client]
ADDRESS = "new@example.org"


@pytest.fixture
def robin() -> Person:
    return someone("Robin", email=ADDRESS)


def ended(membership: Membership) -> Membership:
    Membership.objects.filter(pk=membership.pk).update(until=clock.today())
    return membership


def test_an_open_invitation_stands_in_the_way_of_the_same_one_alone(scheme: Scheme, other_scheme: Scheme) -> None:
    invited(other_scheme, ADDRESS)
    invited(scheme, "another@example.org")
    taken_back, _ = invited(scheme, ADDRESS)
    with pytest.raises(AlreadyInTheTeam):
        invited(scheme, ADDRESS)
    actions.withdraw_invitation(invitation=taken_back, by=None)
    with pytest.raises(InvitationUsed):
        actions.withdraw_invitation(invitation=taken_back, by=None)
    invited(scheme, ADDRESS)
    assert Invitation.objects.at(scheme).open().count() == 2


@pytest.mark.parametrize("held", ["by somebody else", "elsewhere", "once"])
def test_who_accepts_gets_the_role_whoever_held_it_where_and_when(
    held: str, robin: Person, scheme: Scheme, other_scheme: Scheme
) -> None:
    if held == "by somebody else":
        works_at(scheme, someone("Otto").pk)
    elif held == "elsewhere":
        works_at(other_scheme, robin.pk)
    else:
        ended(works_at(scheme, robin.pk))
    invitation, _ = invited(scheme, ADDRESS)
    made = actions.accept_invitation(token_hash=invitation.token_hash, addresses={ADDRESS}, by=robin.pk)
    assert (made.person_id, made.scheme, made.until) == (robin.pk, scheme, None)


def test_a_token_accepts_its_own_invitation_while_it_is_open(robin: Person, scheme: Scheme) -> None:
    invitation, _ = invited(scheme, ADDRESS)
    with pytest.raises(InvitationUsed):
        actions.accept_invitation(token_hash="nonsense", addresses={ADDRESS}, by=robin.pk)
    Invitation.objects.filter(pk=invitation.pk).update(expires_at=clock.now())
    with pytest.raises(InvitationUsed):
        actions.accept_invitation(token_hash=invitation.token_hash, addresses={ADDRESS}, by=robin.pk)


def test_a_role_is_given_whoever_else_has_it_and_again_after_it_ended(
    robin: Person, scheme: Scheme, other_scheme: Scheme
) -> None:
    for place, person in ((scheme, someone("Otto")), (other_scheme, robin), (scheme, robin)):
        first = actions.give_role(scheme=place, person_id=person.pk, role=Role.EDITOR, by=None)
    ended(first)
    again = actions.give_role(scheme=scheme, person_id=robin.pk, role=Role.EDITOR, by=None)
    assert again.pk != first.pk


def test_a_manager_elsewhere_or_of_before_does_not_let_the_last_one_go(
    robin: Person, scheme: Scheme, other_scheme: Scheme
) -> None:
    last = works_at(scheme, robin.pk, role=Role.MANAGER)
    works_at(other_scheme, someone("Otto").pk, role=Role.MANAGER)
    ended(works_at(scheme, someone("Before").pk, role=Role.MANAGER))
    with pytest.raises(LastManager):
        actions.end_membership(membership=last, by=None)


def test_who_may_invite_no_more_leaves_none_open_and_what_was_taken_back_stays_so(
    robin: Person, scheme: Scheme
) -> None:
    works_at(scheme, someone("Otto").pk, role=Role.MANAGER)
    own = works_at(scheme, robin.pk, role=Role.MANAGER)
    for address in ("one@example.org", "two@example.org"):
        last = actions.invite(scheme=scheme, email=address, role=Role.EDITOR, by=robin.pk)
    actions.withdraw_invitation(invitation=last, by=robin.pk)
    actions.end_membership(membership=own, by=None)
    assert not Invitation.objects.at(scheme).open().exists()


def test_a_national_role_that_ended_is_held_no_longer(robin: Person) -> None:
    role = actions.give_national_role(person_id=robin.pk, role=NationalRoleName.ANALYST, by=None)
    assert queries.national_role(robin.pk, NationalRoleName.ANALYST) == role
    assert queries.national_role(someone("Otto").pk, NationalRoleName.ANALYST) is None
    actions.end_national_role(role=role, by=None)
    assert queries.national_role(robin.pk, NationalRoleName.ANALYST) is None


def test_an_invitation_that_can_no_longer_be_accepted_is_not_sent(
    scheme: Scheme, work: Callable[[], None], settings: Any, mail_folder: Path
) -> None:
    settings.EMAIL_BACKEND = "kit.channels.files.FileBackend"
    invitation, _ = invited(scheme, ADDRESS)
    actions.withdraw_invitation(invitation=invitation, by=None)
    work()
    assert list(mail_folder.glob("*.eml")) == []


def test_sites_are_this_schemes_own(client_at: ClientAt, robin: Person, scheme: Scheme, other_scheme: Scheme) -> None:
    works_at(scheme, robin.pk, role=Role.MANAGER)
    theirs = actions.add_site(scheme=other_scheme, name="Lakeside", kind="community", by=None)
    own = actions.add_site(scheme=scheme, name="Lakeside", kind="community", by=None)
    desk = client_at(scheme, robin)
    page = desk.get("/sites/").content.decode()
    assert "Lakeside" in page and "Brackwell" not in page
    assert desk.get(f"/sites/{theirs.pk}/close/").status_code == 404
    assert desk.get(f"/sites/{own.pk}/close/").status_code == 200
    Site.objects.filter(pk=own.pk).update(closed_on=clock.today())
    assert desk.get(f"/sites/{own.pk}/close/").status_code == 404


def test_a_host_leads_to_its_own_scheme(scheme: Scheme, other_scheme: Scheme) -> None:
    assert [queries.scheme_at(one.host) for one in (scheme, other_scheme)] == [scheme, other_scheme]
    assert queries.scheme_at("nobody.alongside.localhost") is None


def test_no_clock_runs_in_a_scheme_that_closed(as_owner: str, scheme: Scheme) -> None:
    Scheme.objects.filter(pk=scheme.pk).update(status=Scheme.Status.CLOSED)
    assert queries.live_schema_names() == ["s_brackwell"]
    Scheme.objects.filter(pk=scheme.pk).update(status=Scheme.Status.SUSPENDED)
    assert queries.live_schema_names() == ["s_ashmere", "s_brackwell"]
    assert [one.slug for one in Scheme.objects.live()] == ["brackwell"]


def test_a_national_role_is_its_holders_alone(robin: Person) -> None:
    actions.give_national_role(person_id=robin.pk, role=NationalRoleName.ANALYST, by=None)
    assert Permission.SEE_ALL_SCHEMES in rights_of(robin.pk, None)
    assert Permission.SEE_ALL_SCHEMES not in rights_of(someone("Otto").pk, None)


def test_what_waits_comes_from_where_somebody_works_now_themselves(
    scheme: Scheme, other_scheme: Scheme, robin: Person, rf: RequestFactory
) -> None:
    works_at(scheme, robin.pk)
    ended(works_at(other_scheme, robin.pk))
    works_at(other_scheme, someone("Otto").pk)
    request = rf.get("/")
    request.user = robin
    assert here.works_at(request) == [scheme]
