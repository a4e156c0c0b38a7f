"""What a group needs for visits is narrowed to one group, one person and one place, and to what still holds."""

from datetime import timedelta

import pytest

from groups import actions, queries
from groups.models import Agreement, Group, GroupMembership, LivedExperience, Training, Vetting
from kit import clock
from people.models import Person
from tenants.schemes.models import Scheme, Site
from tenants.schemes.rights import Permission, rights_of
from tests.factories.groups import a_group, agreed, decided, peer_support, reported, seated, terms, trained
from tests.factories.people import someone


@pytest.fixture
def lead() -> Person:
    return someone("Lead")


def over(agreement: Agreement) -> Agreement:
    Agreement.objects.filter(pk=agreement.pk).update(since=in_days(-9), until=in_days(-2))
    return agreement


def in_days(days: int) -> object:
    return clock.today() + timedelta(days=days)


def stands(seat: GroupMembership, site: Site) -> Vetting:
    return actions.set_vetting(membership=seat, site=site, status="asked", stands_until=None, by=None)


def test_what_groups_have_gives_nothing_to_who_is_in_none(lead: Person, scheme: Scheme) -> None:
    agreed(a_group(lead=lead), scheme)
    stranger = someone("Stranger")
    assert rights_of(stranger.pk, scheme) == rights_of(stranger.pk, None) == {Permission.ANYONE, Permission.SIGNED_IN}
    assert queries.seats_held(stranger.pk) == set()


def test_an_agreement_that_is_over_stands_with_its_own_group_as_ended(lead: Person, scheme: Scheme) -> None:
    group, other = a_group(lead=lead), a_group()
    old = over(agreed(group, scheme))
    new, theirs = agreed(group, scheme), over(agreed(other, scheme))
    assert list(queries.agreements_with(scheme)) == list(queries.my_agreements_with(lead.pk, scheme)) == [new]
    assert [one.agreement for one in queries.ended_agreements_of(group)] == [old]
    assert [one.agreement for one in queries.ended_agreements_of(other)] == [theirs]
    assert set(queries.ended_agreements(scheme)) == {old, theirs}


def test_what_one_group_agreed_hinders_no_other(lead: Person, scheme: Scheme) -> None:
    agreed(a_group(lead=lead), scheme)
    ours = agreed(a_group(), scheme, until=in_days(9))
    words = {name: value for name, value in terms().items() if name in ("contact_role", "contact_way", "payment")}
    changed = actions.change_terms(agreement=ours, scheme=scheme, until=None, by=None, **words)
    assert changed.until is None


def test_nothing_changes_in_a_group_that_closed(lead: Person, scheme: Scheme) -> None:
    group = a_group(lead=lead)
    agreement, register = agreed(group, scheme), peer_support(group, lead)
    Group.objects.filter(pk=group.pk).update(closed_at=clock.now())
    told = {"until": None, "contact_role": "r", "contact_way": "w", "payment": "p"}
    with pytest.raises(Group.DoesNotExist):
        actions.change_terms(agreement=agreement, scheme=scheme, by=None, **told)
    with pytest.raises(Group.DoesNotExist):
        peer_support(group, lead, name="Another")
    now = {field.name: getattr(register, field.name) for field in register._meta.fields}
    with pytest.raises(Group.DoesNotExist):
        actions.change_peer_support(
            peer_support=register,
            by=lead.pk,
            **{name: now[name] for name in now if name not in ("id", "group", "added_at")},
        )


def test_what_is_said_of_one_decision_is_not_said_of_another(lead: Person, scheme: Scheme) -> None:
    agreement = agreed(a_group(lead=lead), scheme)
    one, other = decided(agreement, lead, "One"), decided(agreement, lead, "Other")
    report, answer = reported(one, scheme), actions.answer_delivery(decision=one, answer="no", by=lead.pk)
    assert (queries.decision(agreement, one.pk).report, queries.decision(agreement, one.pk).answer) == (report, answer)
    assert (queries.decision(agreement, other.pk).report, queries.decision(agreement, other.pk).answer) == (None, None)


def test_leaving_one_group_takes_nothing_from_another(lead: Person) -> None:
    first, second = a_group(lead=lead), a_group(lead=lead)
    max_ = someone("Max")
    leaves, stays = seated(first, max_), seated(second, max_)
    for seat in (leaves, stays):
        trained(seat)
    actions.leave(membership=leaves, by=max_.pk)
    assert [one.group for one in Training.objects.for_person(max_.pk)] == [second]


def test_what_one_says_of_themselves_takes_nothing_from_others(lead: Person) -> None:
    group, second = a_group(lead=lead), a_group()
    max_, otto = someone("Max"), someone("Otto")
    one, other, elsewhere = seated(group, max_), seated(group, otto), seated(second, max_)
    for seat in (one, other, elsewhere):
        actions.say_lived_experience(membership=seat, has=True, by=seat.person_id)
    actions.say_lived_experience(membership=one, has=None, by=max_.pk)
    assert {(row.group, row.person_id) for row in LivedExperience.objects.all()} == {
        (group, otto.pk),
        (second, max_.pk),
    }


def test_where_one_stands_with_a_place_is_theirs_in_this_group_at_this_place(lead: Person, scheme: Scheme) -> None:
    group, second = a_group(lead=lead), a_group()
    max_, otto = someone("Max"), someone("Otto")
    here, there = scheme.sites.earliest("name"), scheme.sites.latest("name")
    one, other, elsewhere = seated(group, max_), seated(group, otto), seated(second, max_)
    kept = {stands(seat, site) for seat in (one, other, elsewhere) for site in (here, there)}
    assert queries.vetting(one, here) in kept and queries.vetting(other, there) in kept
    before = set(Vetting.objects.values_list("pk", flat=True))
    anew = stands(one, here)
    assert len(before - set(Vetting.objects.values_list("pk", flat=True))) == 1
    assert Vetting.objects.count() == 6
    for seat in (one, other, elsewhere):
        for site in (here, there):
            found = queries.vetting(seat, site)
            assert found is not None
            assert (found.group, found.person_id, found.site_id) == (seat.group, seat.person_id, site.pk)
    assert queries.vetting(one, here) == anew
