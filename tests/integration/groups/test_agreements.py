"""Agreements between schemes and user-led groups, and the right that they give."""

import pytest

from audit.models import Entry
from groups import actions
from groups.errors import AlreadyAgreed, NotUserLed
from groups.models import Agreement, Group
from tenants.schemes.entering import enter
from tenants.schemes.rights import Permission, Role, rights_of
from tests.factories.groups import a_group, agreed, seated, terms
from tests.factories.people import someone
from tests.factories.schemes import works_at


@pytest.fixture
def staff(client_at, scheme):
    worker = someone("Mo")
    works_at(scheme, worker.pk, role=Role.INVOLVEMENT_LEAD)
    return client_at(scheme, worker)


@pytest.fixture
def member():
    return someone("Max")


@pytest.fixture
def group(member):
    made = a_group("Voices")
    seated(made, member)
    return made


def test_an_agreement_lets_members_see_what_that_scheme_shares(client_at, group, member, scheme, other_scheme):
    at_scheme = client_at(scheme, member)
    assert at_scheme.get("/group/").status_code == 404
    agreed(group, scheme)
    assert "Voices" in at_scheme.get("/group/").content.decode()
    assert client_at(other_scheme, member).get("/group/").status_code == 404
    assert rights_of(member.pk, scheme) == {
        Permission.ANYONE,
        Permission.SIGNED_IN,
        Permission.SEE_GROUP_SPACE,
    }


def test_the_space_shows_the_agreements_of_ones_own_groups_only(client_at, group, member, scheme):
    agreed(group, scheme)
    agreed(a_group("Strangers"), scheme)
    assert "Strangers" not in client_at(scheme, member).get("/group/").content.decode()


def test_when_the_agreement_ends_members_see_nothing_more(staff, client_at, group, member, scheme):
    agreement = agreed(group, scheme)
    at_scheme = client_at(scheme, member)
    assert at_scheme.get("/group/").status_code == 200
    staff.post(f"/agreements/{agreement.pk}/end/")
    assert at_scheme.get("/group/").status_code == 404


def test_who_left_the_group_or_whose_group_closed_sees_nothing_more(client_at, group, member, scheme):
    agreed(group, scheme)
    seat = group.memberships.get(person_id=member.pk)
    actions.leave(membership=seat, by=member.pk)
    assert client_at(scheme, member).get("/group/").status_code == 404
    other = someone("Otto")
    seated(group, other)
    assert client_at(scheme, other).get("/group/").status_code == 200
    Group.objects.filter(pk=group.pk).update(closed_at="2026-01-01T00:00Z")
    assert client_at(scheme, other).get("/group/").status_code == 404


def test_staff_agree_and_end_and_the_schemes_audit_tells_of_both(staff, group, scheme):
    staff.post("/agreements/make/", terms(group))
    agreement = Agreement.objects.with_scheme(scheme.pk).get()
    assert "Voices" in staff.get("/agreements/").content.decode()
    staff.post(f"/agreements/{agreement.pk}/end/")
    assert "There is no agreement now" in staff.get("/agreements/").content.decode()
    with enter(scheme):
        told = set(Entry.objects.values_list("what", flat=True))
    assert {"agreed with a group", "ended an agreement with a group"} <= told


def test_agreeing_twice_is_refused_in_words(staff, group, scheme):
    for _ in range(2):
        answer = staff.post("/agreements/make/", terms(group))
    assert "There is already an agreement with this group" in answer.content.decode()
    with pytest.raises(AlreadyAgreed):
        agreed(group, scheme)


def test_a_group_that_agreed_is_not_offered_again(staff, group, scheme, other_scheme):
    another = a_group("Others")
    agreed(group, scheme)
    agreed(another, other_scheme)
    page = staff.get("/agreements/make/").content.decode()
    assert str(another.pk) in page and str(group.pk) not in page
    agreed(another, scheme)
    assert "You have agreed with every user-led group there is." in staff.get("/agreements/make/").content.decode()


def test_a_reference_group_belongs_to_no_scheme(staff, scheme):
    reference = a_group("Advisers", kind=Group.Kind.REFERENCE)
    assert staff.post("/agreements/make/", terms(reference)).status_code == 200
    with pytest.raises(NotUserLed):
        actions.agree(scheme=scheme, group=reference, by=None)
    assert not Agreement.objects.with_scheme(scheme.pk).exists()


def test_an_agreement_of_another_scheme_cannot_be_ended_from_here(staff, group, other_scheme):
    theirs = agreed(group, other_scheme)
    assert staff.get(f"/agreements/{theirs.pk}/end/").status_code == 404
    assert staff.post(f"/agreements/{theirs.pk}/end/").status_code == 404
    theirs.refresh_from_db()
    assert theirs.until is None


def test_the_page_says_with_which_groups_a_service_can_agree(staff, client_at, member):
    reference = a_group("Across services", kind=Group.Kind.REFERENCE)
    seated(reference, member)
    page = staff.get("/agreements/make/").content.decode()
    assert "A reference group has members from several services and needs no agreement" in page
    assert "A reference group needs none." in client_at(None, member).get(f"/groups/{reference.slug}/").content.decode()
