"""What is looked up about people is narrowed to whose it is, at which scheme, and whether it still holds."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client

import audit
from kit import clock
from people import actions, erasure, queries
from people.models import Consent, ErasureRequest, Notice, Person, SafeContact
from tenants.schemes import actions as schemes
from tenants.schemes.entering import enter
from tenants.schemes.models import Invitation, Membership, Scheme
from tenants.schemes.privileges import ERASER
from tenants.schemes.rights import Role
from tests.factories.people import noticed, reached_by_mail, someone
from tests.factories.schemes import invited, works_at
from tests.integration.conftest import connect_as

ClientAt = Callable[..., Client]
PASSWORD = "maple lamp river"
CONTACT, ACCOUNT = Consent.Purpose.CONTACT, Consent.Purpose.ACCOUNT


@pytest.fixture
def robin() -> Person:
    return someone("Robin", email="robin@example.org", password=PASSWORD)


@pytest.fixture
def otto() -> Person:
    """Somebody else, who chose e-mail and the words in it."""
    return reached_by_mail(someone("Otto", email="otto@example.org", password=PASSWORD), words=True)


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def standing(person: Person) -> set[str]:
    return set(queries.standing_consents(person))


def test_taking_one_agreement_back_leaves_ones_others_and_those_of_everybody_else(robin: Person, otto: Person) -> None:
    reached_by_mail(robin)
    actions.withdraw_consent(person=robin, purpose=CONTACT, by=robin)
    assert (standing(robin), standing(otto)) == ({ACCOUNT}, {ACCOUNT, CONTACT})
    assert SafeContact.objects.get(person=otto).channel == SafeContact.Channel.EMAIL
    first = Consent.objects.get(person=robin, purpose=CONTACT).withdrawn_at
    reached_by_mail(robin)
    clock.set_to(clock.now() + timedelta(hours=1))
    actions.withdraw_consent(person=robin, purpose=CONTACT, by=robin)
    assert first in Consent.objects.filter(person=robin, purpose=CONTACT).values_list("withdrawn_at", flat=True)


def test_the_notice_of_one_leads_elsewhere_and_that_of_another_where_it_led(robin: Person, otto: Person) -> None:
    for person in (robin, otto):
        noticed(person, path="/mine/one/")
    actions.move_notice(person_id=robin.pk, kind="answer", key="1", path="/mine/other/")
    assert [Notice.objects.get(person=one).path for one in (robin, otto)] == ["/mine/other/", "/mine/one/"]


def test_a_notice_is_read_by_its_own_person_and_once(robin: Person, otto: Person) -> None:
    for person in (robin, otto):
        noticed(person, key="1")
    actions.read_notice(person_id=robin.pk, kind="answer", key="1")
    first = Notice.objects.get(person=robin).read_at
    clock.set_to(clock.now() + timedelta(hours=1))
    actions.read_notice(person_id=robin.pk, kind="answer", key="1")
    assert Notice.objects.get(person=robin).read_at == first
    assert (list(queries.unread_notices(otto)), list(queries.lately(otto))) == ([Notice.objects.get(person=otto)], [])
    noticed(robin, key="2")
    assert [notice.key for notice in queries.lately(robin)] == ["1"]


def test_signing_out_everywhere_ends_ones_own_sessions_alone(client_at: ClientAt, robin: Person, otto: Person) -> None:
    browsers = {}
    for person in (robin, otto):
        browsers[person] = client_at(None)
        browsers[person].post("/sign-in/", {"login": person.email, "password": PASSWORD})
    assert [one.session_key for one in queries.sign_ins(robin)] == [browsers[robin].session.session_key]
    actions.sign_out_everywhere(person=robin, by=robin)
    assert [row.user for row in UserSession.objects.all()] == [otto]
    assert Session.objects.filter(session_key=browsers[otto].session.session_key).exists()


def test_erasing_somebody_takes_nothing_of_anybody_else(
    as_web: str, robin: Person, otto: Person, scheme: Scheme, mail_folder: Path
) -> None:
    invited(scheme, "otto@example.org")
    (mail_folder / "otto.eml").write_bytes(b"To: otto@example.org\r\n\r\nx")
    connect_as(ERASER, as_web)
    erasure.erase(robin)
    erasure.replay_ledger()
    assert Invitation.objects.filter(email="otto@example.org").exists()
    assert (mail_folder / "otto.eml").exists()
    otto.refresh_from_db()
    assert (otto.name, otto.is_active, otto.erased_at) == ("Otto", True, None)


def test_an_address_finds_its_own_account(robin: Person, otto: Person) -> None:
    assert Person.objects.get_by_natural_key("Robin@Example.org") == robin


def test_no_message_goes_where_the_agreement_was_taken_back(robin: Person, otto: Person) -> None:
    reached_by_mail(robin)
    way = queries.way_to(robin.pk)
    assert way and way.to == "robin@example.org"
    Consent.objects.filter(person=robin, purpose=CONTACT).update(withdrawn_at=clock.now())
    assert queries.way_to(robin.pk) is None


def test_words_in_messages_are_everybodys_own_choice(robin: Person, otto: Person) -> None:
    reached_by_mail(robin)
    assert (queries.wants_words(robin.pk), queries.wants_words(otto.pk)) == (False, True)


def test_my_schemes_are_those_i_work_for_now(robin: Person, otto: Person, scheme: Scheme) -> None:
    works_at(scheme, otto.pk)
    ended = works_at(scheme, robin.pk)
    assert [mine.scheme for mine in queries.my_schemes(robin)] == [scheme]
    Membership.objects.filter(pk=ended.pk).update(until=clock.today())
    assert queries.my_schemes(robin) == []


def test_a_suspended_scheme_is_led_to_from_nowhere(as_owner: str, client_at: ClientAt, scheme: Scheme) -> None:
    robin = someone("Robin")
    notice = noticed(robin, scheme=scheme)
    assert "Ashmere" in read(client_at(None), "/")
    assert scheme.host in client_at(None, robin).get(f"/my/notices/{notice.pk}/")["Location"]
    Scheme.objects.filter(pk=scheme.pk).update(status=Scheme.Status.SUSPENDED)
    assert "Ashmere" not in read(client_at(None), "/")
    assert scheme.host not in read(client_at(None, robin), f"/my/notices/{notice.pk}/")


def test_my_pages_show_my_own_choice(client_at: ClientAt, robin: Person, otto: Person) -> None:
    browser = client_at(None, robin)
    assert SafeContact.Channel.EMAIL.label in read(client_at(None, otto), "/my/details/")
    assert SafeContact.Channel.EMAIL.label not in read(browser, "/my/details/")
    page = read(browser, "/my/contact/way/")
    assert not [line for line in page.splitlines() if 'value="email"' in line and "checked" in line]


def test_the_staff_page_names_the_roles_i_have_here_and_now(
    client_at: ClientAt, robin: Person, otto: Person, scheme: Scheme, other_scheme: Scheme
) -> None:
    works_at(scheme, otto.pk, role=Role.INVOLVEMENT_LEAD)
    works_at(other_scheme, robin.pk, role=Role.MANAGER)
    works_at(scheme, robin.pk, role=Role.PRACTITIONER)
    ended = works_at(scheme, robin.pk, role=Role.EDITOR)
    Membership.objects.filter(pk=ended.pk).update(until=clock.today())
    answer = client_at(scheme, robin).get("/staff/")
    assert [role for role in Role.labels if role in answer.content.decode()] == ["Practitioner"]


def test_the_team_is_who_works_here_now_and_who_can_still_accept(
    client_at: ClientAt, robin: Person, otto: Person, scheme: Scheme, other_scheme: Scheme
) -> None:
    works_at(scheme, robin.pk, role=Role.MANAGER)
    left = works_at(scheme, otto.pk)
    invited(other_scheme, "elsewhere@example.org")
    taken_back, _ = invited(scheme, "taken.back@example.org")
    Membership.objects.filter(pk=left.pk).update(until=clock.today())
    schemes.withdraw_invitation(invitation=taken_back, by=None)
    invited(scheme, "still@example.org")
    browser = client_at(scheme, robin)
    page = read(browser, "/team/")
    assert "still@example.org" in page
    assert not [words for words in ("Otto", "elsewhere@example.org", "taken.back@example.org") if words in page]
    assert browser.get(f"/team/{left.pk}/end/").status_code == 404
    assert browser.post(f"/team/invitations/{taken_back.pk}/take-back/").status_code == 404


def test_a_link_that_leads_nowhere_shows_nobody_elses_invitation(client_at: ClientAt, scheme: Scheme) -> None:
    invited(scheme, "somebody@example.org")
    browser = client_at(None)
    browser.get("/invitations/nonsense/")
    assert browser.get("/invitations/").status_code == 410


def test_the_audit_names_the_team_of_this_scheme_alone(
    client_at: ClientAt, robin: Person, otto: Person, scheme: Scheme, other_scheme: Scheme
) -> None:
    works_at(scheme, robin.pk, role=Role.MANAGER)
    works_at(other_scheme, otto.pk, role=Role.MANAGER)
    with enter(scheme):
        audit.record(by=otto, operation="read", what="read a point")
        audit.record(by=robin, operation="read", what="read a page")
    page = read(client_at(scheme, robin), "/audit/")
    assert "Read a page" in page and "Read a point" in page and "Otto" not in page


def test_taking_back_that_one_asked_for_erasure_is_ones_own(robin: Person, otto: Person) -> None:
    for person in (robin, otto):
        actions.ask_for_erasure(person=person, by=person)
    actions.take_back_erasure(person=robin, by=robin)
    assert [asked.person for asked in ErasureRequest.objects.all()] == [otto]
    assert queries.erasure_asked_for(robin) is None


def test_an_account_is_emptied_that_never_showed_its_address_whatever_others_showed_and_hold(otto: Person) -> None:
    old = someone("Old", settled=False)
    Person.objects.filter(pk=old.pk).update(created_at=clock.now() - timedelta(days=30))
    old.emailaddress_set.update(verified=False)
    assert actions.empty_unshown_accounts() == 1
    old.refresh_from_db()
    assert (old.name, old.is_active) == ("", False)


def test_an_account_that_was_never_asked_to_show_an_address_is_left_alone(otto: Person) -> None:
    old = Person.objects.create_user("old@example.org", name="Old")
    Person.objects.filter(pk=old.pk).update(created_at=clock.now() - timedelta(days=30))
    assert actions.empty_unshown_accounts() == 0
