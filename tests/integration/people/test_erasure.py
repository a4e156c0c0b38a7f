"""Emptying a person everywhere: in public, in every scheme, by their address; and again after a restore."""

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import Group as WagtailGroup
from django.contrib.sessions.models import Session
from django.db import connection

from audit.models import Entry
from groups import actions as groups
from groups.models import (
    ConflictOfInterest,
    GroupInvitation,
    GroupMembership,
    LivedExperience,
    Training,
    Vetting,
)
from kit import clock
from peer_monitoring import actions as visits
from peer_monitoring.models import Draft, Phone, Photo, Received, Record, SafetyCheck, SealedDraft, Seat, SiteConcern
from people import actions, erasure
from people.errors import NoSuchPerson
from people.models import Consent, Erasure, HandOff, Mobile, Notice, Person, Place, SafeContact
from roles.models import PersonGroup
from tenants.feedback.models import Supporter
from tenants.schemes.entering import enter
from tenants.schemes.models import Invitation, Membership, NationalRole, Scheme
from tenants.schemes.privileges import ERASER, OWNER
from tenants.schemes.rights import NationalRoleName, Role
from tests.factories import peer_monitoring as monitoring
from tests.factories import phones
from tests.factories.feedback import asked_to_help
from tests.factories.groups import a_group, seated, trained, works_there
from tests.factories.people import noticed, reached_by_mail, someone
from tests.factories.schemes import invited, works_at
from tests.integration.conftest import connect_as

ADDRESS = "robin.goodfellow@example.org"
OF_A_MEMBER = [Training, ConflictOfInterest, LivedExperience, Vetting]
ON_A_VISIT = [Draft, Phone, Photo, Received, Record, SafetyCheck, SealedDraft, Seat, SiteConcern]
PUBLIC_MODELS = [Consent, HandOff, Notice, Place, SafeContact, EmailAddress, UserSession, Membership, NationalRole]


@pytest.fixture
def robin(as_owner, client_at, scheme, other_scheme):
    """Somebody about whom there is something in every place; from here on the test works as the eraser."""
    made = someone("Robin Goodfellow", email=ADDRESS, password="maple lamp river")
    reached_by_mail(made)
    noticed(made, scheme=scheme)
    actions.remember_place(person_id=made.pk, scheme=scheme)
    actions.hand_over(person=made, host=scheme.host, state_hash="x")
    works_at(scheme, made.pk, role=Role.MANAGER)
    NationalRole.objects.create(person_id=made.pk, role=NationalRoleName.ANALYST)
    invited(other_scheme, ADDRESS)
    group = a_group("Voices")
    ready_to_visit(seated(group, made), scheme.sites.earliest("name"))
    goes_on_a_visit(made, scheme)
    groups.invite(group=a_group("Others"), email=ADDRESS, seat="monitor", by=None)
    for place in (scheme, other_scheme):
        with enter(place):
            PersonGroup.objects.create(person=made, group=WagtailGroup.objects.create(name="Trial"))
    client = client_at(None)
    client.post("/sign-in/", {"login": ADDRESS, "password": "maple lamp river"})
    assert "_auth_user_id" in client.session
    connect_as(ERASER, as_owner)
    return made


def ready_to_visit(seat, site):
    """A row of each kind that is kept of somebody who visits."""
    trained(seat)
    works_there(seat, site)
    groups.say_lived_experience(membership=seat, has=True, by=seat.person_id)
    groups.set_vetting(membership=seat, site=site, status="asked", stands_until=None, by=None)


def goes_on_a_visit(person, scheme):
    """A row of each kind that is kept of somebody who goes on one."""
    ready = monitoring.ready_group(scheme)
    ready.monitors[0] = person
    seated(ready.group, person)
    monitoring.make_ready(person, ready.group, ready.lead, ready.site)
    visit = monitoring.settled(ready)
    monitoring.inside(visit, person)
    visits.make_phone(name="Blue", by=person.pk)
    record = monitoring.written(visit, person)
    visits.correct(record=record, by=person.pk)
    phones.with_a_photo(record)
    phones.raised(visit, person)
    phones.sealed_draft(visit, person)


def what_is_left(person) -> list[str]:
    """Every row that is still about the person, in public and in every scheme."""
    fields = {HandOff: "person", EmailAddress: "user", UserSession: "user"}
    left = [
        model.__name__
        for model in PUBLIC_MODELS
        if model.objects.filter(**{fields.get(model, "person_id"): person.pk}).exists()
    ]
    left += ["seat"] if GroupMembership.objects.for_person(person.pk).exists() else []
    left += [one.__name__ for one in OF_A_MEMBER if one.objects.for_person(person.pk).exists()]
    left += [one.__name__ for one in ON_A_VISIT if one.objects.filter(person_id=person.pk).exists()]
    left += ["invitation"] if Invitation.objects.filter(email=ADDRESS).exists() else []
    left += ["group invitation"] if GroupInvitation.objects.filter(email=ADDRESS).exists() else []
    for scheme in Scheme.objects.all():
        with enter(scheme):
            left += [scheme.slug] if PersonGroup.objects.filter(person_id=person.pk).exists() else []
    return left


def test_nothing_about_the_person_is_left_anywhere(robin):
    assert len(what_is_left(robin)) > 21
    erasure.erase(ADDRESS)
    assert what_is_left(robin) == []
    robin.refresh_from_db()
    assert (robin.email, robin.name, robin.password, robin.is_active) == (None, "", "", False)
    assert robin.erased_at is not None
    assert Erasure.objects.get(person_id=robin.pk).done_at is not None
    assert not Session.objects.exists()


def test_invitations_that_the_person_sent_let_nobody_in_any_more(as_owner, robin, scheme):
    connect_as(OWNER, as_owner)
    others = a_group("Others still")
    ours, _ = invited(scheme, "kim@example.org", by=robin.pk)
    theirs, _ = invited(scheme, "sam@example.org")
    used, _ = invited(scheme, "ola@example.org", by=robin.pk)
    accepted = {"accepted_at": clock.now(), "accepted_by_id": someone("Ola").pk}
    Invitation.objects.filter(pk=used.pk).update(**accepted)
    group_ours = groups.invite(group=others, email="kim@example.org", seat="monitor", by=robin.pk)
    group_theirs = groups.invite(group=others, email="sam@example.org", seat="monitor", by=None)
    group_used = groups.invite(group=others, email="ola@example.org", seat="monitor", by=robin.pk)
    GroupInvitation.objects.filter(pk=group_used.pk).update(**accepted)
    connect_as(ERASER, as_owner)
    erasure.erase(ADDRESS)
    still_open = {one.pk for model in (Invitation, GroupInvitation) for one in model.objects.open()}
    assert not still_open & {ours.pk, group_ours.pk}
    assert {theirs.pk, group_theirs.pk} <= still_open
    assert GroupInvitation.objects.get(pk=group_ours.pk).invited_by_id is None
    assert Invitation.objects.get(pk=used.pk).withdrawn_at is None
    assert GroupInvitation.objects.get(pk=group_used.pk).withdrawn_at is None


def test_an_invitation_to_the_number_or_address_of_somebody_else_stays(robin, scheme):
    sam, kim = someone("Sam"), someone("Kim")
    Mobile.objects.create(person=sam, number="+447700900789")
    with enter(scheme):
        asked = asked_to_help(kim, "+447700900789")
        asked_by_mail = asked_to_help(kim, str(sam.email))
    erasure.erase(ADDRESS)
    with enter(scheme):
        assert {one.pk for one in Supporter.objects.all()} >= {asked.pk, asked_by_mail.pk}


def test_others_keep_what_is_theirs(robin, scheme):
    other = someone("Otto")
    works_at(scheme, other.pk)
    noticed(other, scheme=scheme)
    erasure.erase(robin)
    assert Membership.objects.get(person_id=other.pk)
    assert Notice.objects.get(person=other)
    assert EmailAddress.objects.get(user=other)


def test_it_is_written_in_each_audit_that_somebody_was_erased(robin, scheme):
    erasure.erase(str(robin.pk))
    assert Entry.objects.filter(operation="erase", subject=robin.pk).count() == 1
    with enter(scheme):
        assert Entry.objects.filter(operation="erase", subject=robin.pk).count() == 1


def test_erasing_twice_does_no_harm(robin):
    erasure.erase(robin)
    first = Person.objects.get(pk=robin.pk).erased_at
    assert not [report for report in erasure.erase(robin.pk) if report.erased]
    assert Person.objects.get(pk=robin.pk).erased_at == first


@pytest.mark.parametrize("step", [1, 2, 3])
def test_an_erasure_that_was_killed_goes_on_where_it_stopped(step, robin, monkeypatch):
    really, calls = erasure.erase_in_schema, []

    def killed(person_id, schema):
        calls.append(schema)
        if len(calls) == step:
            raise KeyboardInterrupt
        return really(person_id, schema)

    monkeypatch.setattr(erasure, "erase_in_schema", killed)
    with pytest.raises(KeyboardInterrupt):
        erasure.erase(robin)
    monkeypatch.undo()
    assert what_is_left(robin) != []
    assert not Person.objects.get(pk=robin.pk).is_active
    erasure.erase(ADDRESS)
    assert what_is_left(robin) == []
    assert Erasure.objects.get(person_id=robin.pk).done_at is not None


def test_after_a_restore_the_ledger_empties_whoever_is_back(robin, scheme):
    erasure.erase(robin)
    Person.objects.filter(pk=robin.pk).update(email=ADDRESS, name="Robin Goodfellow", is_active=True, erased_at=None)
    noticed(robin, scheme=scheme)
    works_at(scheme, robin.pk)
    assert erasure.replay_ledger() == 1
    assert what_is_left(robin) == []
    assert Person.objects.get(pk=robin.pk).name == ""
    assert Erasure.objects.get(person_id=robin.pk).last_replayed_at is not None


def test_a_scheme_that_closed_is_emptied_too(as_owner, robin, scheme):
    connect_as(OWNER, as_owner)
    Scheme.objects.filter(pk=scheme.pk).update(status=Scheme.Status.CLOSED)
    connect_as(ERASER, as_owner)
    erasure.erase(robin)
    assert scheme.slug not in what_is_left(robin)


def test_messages_to_the_person_that_lie_in_the_folder_go_too(robin, mail_folder):
    for name, address in (("theirs", ADDRESS), ("others", "otto@example.org")):
        (mail_folder / f"{name}.eml").write_bytes(f"Subject: x\r\nTo: {address}\r\n\r\nTo: {ADDRESS}\r\n".encode())
    erasure.erase(robin)
    assert [file.name for file in mail_folder.glob("*.eml")] == ["others.eml"]


@pytest.mark.parametrize("who", ["nobody@example.org", "00000000-0000-0000-0000-000000000000", "not an id"])
def test_nobody_is_erased_by_mistake(who, robin):
    with pytest.raises(NoSuchPerson):
        erasure.erase(who)
    assert Person.objects.get(pk=robin.pk).email == ADDRESS


def test_the_eraser_ends_in_the_schema_it_began_in(robin):
    erasure.erase(robin)
    assert connection.schema_name == "public"
