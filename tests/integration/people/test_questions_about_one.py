"""What is asked about one person is answered from their rows alone, whatever somebody else has."""

from datetime import timedelta
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

from groups.models import GroupInvitation
from groups.my_section import withdraw_invitations
from kit import clock, tokens
from kit.channels import Outcome
from people import queries
from people.models import Mobile, MobileCode, Person, RecoveryCode, SafeContact, Word, WordLink
from tenants.schemes.models import Invitation, Scheme
from tenants.schemes.queries import is_invited
from tests.factories.groups import a_group
from tests.factories.groups import invited as invited_to
from tests.factories.people import someone
from tests.factories.schemes import invited

NUMBER = "+447700900456"


@pytest.fixture
def robin() -> Person:
    return someone("Robin")


@pytest.fixture
def sam() -> Person:
    """Somebody else, who has all that Robin has not."""
    made, now = someone("Sam"), clock.now()
    SafeContact.objects.create(person=made, channel=SafeContact.Channel.TEXT, format=SafeContact.Format.LARGE)
    Mobile.objects.create(person=made, number=NUMBER)
    MobileCode.objects.create(person=made, number=NUMBER, code_hash="x", expires_at=now + timedelta(minutes=5))
    RecoveryCode.objects.create(
        person=made, source=RecoveryCode.Source.PAPER, code_hash="x", expires_at=now + timedelta(days=1)
    )
    Authenticator.objects.create(user=made, type=Authenticator.Type.TOTP, data={})
    RecoveryCodes.activate(made)
    Word.objects.create(person=made, channel="text", due_at=now, sent_at=now, outcome=Outcome.FAILED)
    return made


def test_who_has_nothing_is_not_taken_for_somebody_who_has(robin: Person, sam: Person) -> None:
    for about, nothing in (
        (lambda one: queries.chosen_form(one.pk), ("", "")),
        (queries.mobile_of, None),
        (queries.code_on_its_way, None),
        (queries.paper_code_of, None),
        (queries.codes_left, 0),
        (queries.last_word_failed, False),
        (lambda one: queries.contact_of(one).is_chosen, False),
    ):
        assert about(robin) == nothing
        assert about(sam) != nothing
    assert queries.reached_at(robin) == {robin.email}
    assert queries.reached_at(sam) == {sam.email, NUMBER}


def test_only_the_messages_that_are_asked_about_are_told_of(robin: Person, sam: Person) -> None:
    now = clock.now()
    mine = Word.objects.create(person=robin, channel="email", due_at=now, sent_at=now, outcome=Outcome.DELIVERED)
    assert queries.outcomes_of([mine.pk]) == {mine.pk: Outcome.DELIVERED}


def test_a_link_opens_what_it_was_made_for(robin: Person) -> None:
    word = Word.objects.create(person=robin, channel="email", due_at=clock.now())
    one, two = uuid4(), uuid4()
    for key in (one, two):
        WordLink.objects.create(
            word=word, scheme_id=uuid4(), key=key, token_hash=tokens.fingerprint(tokens.token_for(key)),
            until=clock.now() + timedelta(days=1),
        )  # fmt: skip
    for key in (one, two):
        found = queries.link_behind(tokens.token_for(key))
        assert found is not None and found.key == key
    assert queries.link_behind(tokens.token_for(uuid4())) is None


def test_an_account_that_is_closed_is_found_by_no_way(sam: Person) -> None:
    assert queries.person_by_way(str(sam.email)) == queries.person_by_way(NUMBER) == sam
    Person.objects.filter(pk=sam.pk).update(is_active=False)
    assert queries.person_by_way(str(sam.email)) is queries.person_by_way(NUMBER) is None


def test_only_an_invitation_that_is_open_lets_somebody_in_by_their_work_account(scheme: Scheme) -> None:
    invitation, _ = invited(scheme, "new@example.org")
    assert is_invited("new@example.org") and not is_invited("other@example.org")
    Invitation.objects.filter(pk=invitation.pk).update(expires_at=clock.now())
    assert not is_invited("new@example.org")


def test_when_somebody_goes_only_their_open_invitations_to_groups_are_withdrawn(robin: Person, sam: Person) -> None:
    group = a_group("Voices", lead=robin)
    taken, waits = invited_to(group, "one@example.org", by=robin), invited_to(group, "two@example.org", by=robin)
    others = invited_to(group, "three@example.org", by=sam)
    GroupInvitation.objects.filter(pk=taken.pk).update(accepted_at=clock.now(), accepted_by_id=sam.pk)
    withdraw_invitations(robin.pk)
    gone = GroupInvitation.objects.exclude(withdrawn_at=None).values_list("pk", flat=True)
    assert list(gone) == [waits.pk] and others.pk not in gone
