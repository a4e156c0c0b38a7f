"""An invitation to a team: for one address, one scheme, one role, once, within 72 hours."""

import re
from datetime import timedelta

import pytest

from audit.models import Entry
from kit import clock, outbox
from kit.models import OutboxMessage
from tenants.schemes import actions
from tenants.schemes.entering import enter
from tenants.schemes.errors import AlreadyInTheTeam
from tenants.schemes.models import Invitation, Membership
from tenants.schemes.rights import Permission, Role, rights_of
from tests.factories.people import someone
from tests.factories.schemes import invited, works_at

ADDRESS = "new.worker@example.org"


@pytest.fixture
def worker():
    return someone("Wren", email=ADDRESS)


@pytest.fixture
def opened(client_at, scheme):
    """`opened(person)`: a browser in which the link of a fresh invitation was opened."""

    def make(person=None):
        _, token = invited(scheme, ADDRESS)
        client = client_at(None, person)
        client.get(f"/invitations/{token}/")
        return client

    return make


def test_accepting_gives_the_role_at_that_scheme_alone(opened, worker, scheme, other_scheme):
    answer = opened(worker).post("/invitations/accept/")
    assert "You are in the team" in answer.content.decode()
    assert Membership.objects.get(person_id=worker.pk).role == Role.PRACTITIONER
    assert Permission.SEE_REGISTER in rights_of(worker.pk, scheme)
    assert Permission.SEE_REGISTER not in rights_of(worker.pk, other_scheme)


def test_the_secret_leaves_the_address_at_once_and_is_nowhere_stored(client_at, scheme):
    invitation, token = invited(scheme, ADDRESS)
    client = client_at(None)
    answer = client.get(f"/invitations/{token}/")
    assert answer.headers["Location"] == "/invitations/"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"].startswith("no-store")
    stored = [str(client.session.items()), str(vars(Invitation.objects.get(pk=invitation.pk)))]
    stored += [str(vars(message)) for message in OutboxMessage.objects.all()]
    assert not [words for words in stored if token in words]


def test_the_message_holds_the_link_and_says_nothing_else(scheme, work, messages):
    invitation, token = invited(scheme, ADDRESS)
    work()
    message = messages()[-1]
    assert message["To"] == ADDRESS
    assert message["Subject"] == "You have been invited"
    assert f"/invitations/{token}/" in message.get_content()
    assert not re.search(rf"{scheme.name}|practitioner|liaison|diversion|scheme", str(message), re.I)


def test_a_message_that_is_sent_again_is_the_same_message(scheme, work, messages):
    invitation, _ = invited(scheme, ADDRESS)
    work()
    first = messages()[-1]
    OutboxMessage.objects.filter(kind="schemes.invited").delete()
    outbox.put("schemes.invited", key="again", in_schema="public", invitation=invitation.pk)
    work()
    assert len(messages()) == 1
    assert messages()[-1].get_content() == first.get_content()
    assert messages()[-1]["Message-ID"] == first["Message-ID"]


def test_an_invitation_that_was_taken_back_is_not_sent(scheme, work, messages):
    invitation, _ = invited(scheme, ADDRESS)
    actions.withdraw_invitation(invitation=invitation, by=None)
    work()
    assert messages() == []


def test_who_is_not_signed_in_is_told_what_to_do_and_comes_back(opened, worker):
    client = opened()
    page = client.get("/invitations/").content.decode()
    assert "/sign-in/?next=/invitations/" in page
    assert client.post("/invitations/accept/").status_code == 302
    client.force_login(worker, backend="people.backends.PersonBackend")
    assert "Take up the role" in client.get("/invitations/").content.decode()


def test_the_invitation_survives_signing_in_by_code(client_at, scheme, worker, code_in):
    _, token = invited(scheme, ADDRESS)
    client = client_at(None)
    client.get(f"/invitations/{token}/")
    client.post("/sign-in/code/?next=/invitations/", {"email": ADDRESS, "next": "/invitations/"})
    answer = client.post("/sign-in/code/enter/", {"code": code_in(), "next": "/invitations/"})
    assert answer.headers["Location"] == "/invitations/"
    assert "Take up the role" in client.get("/invitations/").content.decode()


def test_an_invitation_for_another_address_gives_nothing(opened):
    other = someone("Otto")
    client = opened(other)
    assert "another email address" in client.get("/invitations/").content.decode()
    answer = client.post("/invitations/accept/")
    assert answer.status_code == 410
    assert "another email address" in answer.content.decode()
    assert not Membership.objects.filter(person_id=other.pk).exists()


def test_an_address_that_was_never_shown_to_be_theirs_does_not_count(opened, worker):
    worker.emailaddress_set.update(verified=False)
    assert opened(worker).post("/invitations/accept/").status_code == 410
    assert not Membership.objects.filter(person_id=worker.pk).exists()


def test_an_invitation_works_once(client_at, scheme, worker):
    _, token = invited(scheme, ADDRESS)
    client = client_at(None, worker)
    client.get(f"/invitations/{token}/")
    client.post("/invitations/accept/")
    membership = Membership.objects.get(person_id=worker.pk)
    actions.end_membership(membership=membership, by=None)
    client.get(f"/invitations/{token}/")
    answer = client.post("/invitations/accept/")
    assert answer.status_code == 410
    assert "You do not belong there any more" in answer.content.decode()
    assert not Membership.objects.running().filter(person_id=worker.pk).exists()


@pytest.mark.parametrize(("later", "status"), [(timedelta(hours=71), 200), (timedelta(hours=73), 410)])
def test_an_invitation_dies_after_72_hours(later, status, client_at, scheme, worker):
    _, token = invited(scheme, ADDRESS)
    clock.set_to(clock.now() + later)
    client = client_at(None, worker)
    client.get(f"/invitations/{token}/")
    assert client.get("/invitations/").status_code == status
    assert client.post("/invitations/accept/").status_code == status


def test_an_invitation_that_was_taken_back_gives_nothing(client_at, scheme, worker):
    invitation, token = invited(scheme, ADDRESS)
    actions.withdraw_invitation(invitation=invitation, by=None)
    client = client_at(None, worker)
    client.get(f"/invitations/{token}/")
    assert client.get("/invitations/").status_code == 410
    assert client.post("/invitations/accept/").status_code == 410


@pytest.mark.parametrize("token", ["guessed", "0" * 64, "%00", "a b"])
def test_a_guessed_link_says_only_that_it_cannot_be_used(token, client_at):
    client = client_at(None)
    client.get(f"/invitations/{token}/")
    assert client.get("/invitations/").status_code == 410


def test_an_open_invitation_is_not_sent_twice(scheme):
    invited(scheme, ADDRESS)
    with pytest.raises(AlreadyInTheTeam):
        invited(scheme, ADDRESS.upper())
    invited(scheme, ADDRESS, role=Role.EDITOR)


def test_the_schemes_own_audit_tells_who_invited_and_who_came(opened, worker, scheme, other_scheme):
    opened(worker).post("/invitations/accept/")
    with enter(scheme):
        told = list(Entry.objects.newest_first().values_list("what", flat=True))
    assert {"invited somebody to the team", "gave somebody a role"} <= set(told)
    with enter(other_scheme):
        assert not Entry.objects.filter(what="gave somebody a role").exists()


def test_who_gave_no_name_yet_is_asked_for_one_before_the_team_sees_them(opened, client_at, scheme):
    worker = someone("", email=ADDRESS)
    client = opened(worker)
    assert "What is your name?" in client.get("/invitations/").content.decode()
    for nothing in ({}, {"name": "  "}):
        page = client.post("/invitations/accept/", nothing).content.decode()
        assert "There is a problem" in page and page.count("Enter the name that the others will see") == 2
    assert not Membership.objects.filter(person_id=worker.pk).exists()
    assert "You are in the team" in client.post("/invitations/accept/", {"name": "Wren Fell"}).content.decode()
    worker.refresh_from_db()
    assert worker.name == "Wren Fell"
    manager = someone("Max")
    works_at(scheme, manager.pk, role=Role.MANAGER)
    assert "Wren Fell" in client_at(scheme, manager).get("/team/").content.decode()


def test_who_has_a_name_is_not_asked_again_and_keeps_it(opened, worker):
    client = opened(worker)
    assert "What is your name?" not in client.get("/invitations/").content.decode()
    client.post("/invitations/accept/", {"name": "Somebody else"})
    worker.refresh_from_db()
    assert worker.name == "Wren"


def test_ones_own_used_invitation_says_so_and_leads_on(opened, client_at, worker, scheme):
    client = opened(worker)
    client.post("/invitations/accept/")
    for answer in (client.get("/invitations/"), client.post("/invitations/accept/")):
        page = answer.content.decode()
        assert answer.status_code == 200 and "You have used this invitation" in page
        assert f"{scheme.origin}/sign-in/?next=%2Fstaff%2F" in page


def test_a_used_invitation_tells_others_nothing_and_asks_a_visitor_to_sign_in(opened, client_at, worker, scheme):
    _, token = invited(scheme, ADDRESS)
    taken = client_at(None, worker)
    taken.get(f"/invitations/{token}/")
    taken.post("/invitations/accept/")
    for who, is_visitor in ((None, True), (someone("Otto"), False)):
        other = client_at(None, who)
        other.get(f"/invitations/{token}/")
        answer = other.get("/invitations/")
        page = answer.content.decode()
        assert answer.status_code == 410 and scheme.name not in page
        assert ("/sign-in/?next=/invitations/" in page) is is_visitor


def test_whoever_used_an_invitation_is_told_nothing_about_another(opened, client_at, worker, scheme):
    opened(worker).post("/invitations/accept/")
    client = client_at(None, worker)
    client.get("/invitations/guessed/")
    answer = client.get("/invitations/")
    assert answer.status_code == 410 and scheme.name not in answer.content.decode()


def test_whose_role_has_ended_is_not_led_to_the_scheme(opened, worker, scheme):
    client = opened(worker)
    client.post("/invitations/accept/")
    works_at(scheme, someone("Max").pk, role=Role.MANAGER)
    actions.end_membership(membership=Membership.objects.of(worker.pk).get(), by=None)
    answer = client.get("/invitations/")
    assert answer.status_code == 410 and "/staff/" not in answer.content.decode()
