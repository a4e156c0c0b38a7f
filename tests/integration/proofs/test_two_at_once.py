"""Two people act on one thing at the same moment, each on a connection of their own, and what they do is committed.

The first does its part and holds it until the second, who began meanwhile, waits for it or is through. So whatever the
second reads it reads while the first is not yet to be seen: only a lock keeps them apart.
"""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db.models import QuerySet

from groups import actions as groups
from groups.errors import AlreadyAgreed, AlreadyPermitted, LastLead, NoLongerOpen, SeatEnded
from groups.models import Agreement, GroupMembership, HostPermission, Training
from groups.seats import Seat
from kit import clock, tokens
from people.models import Person
from tenants.feedback import actions
from tenants.feedback.errors import AlreadyAnswered, SlipNotUsable, TellingEnded
from tenants.feedback.models import Confirmation, Consent, Point, PrintedSlip, Round, Told
from tenants.feedback.rules import Answer, Channel, Decision, Method, Purpose, Stage, TellingState
from tenants.schemes.actions import INVITATION_LIVES, accept_invitation, end_membership
from tenants.schemes.errors import InvitationUsed, LastManager
from tenants.schemes.models import Invitation, Membership, Scheme
from tenants.schemes.rights import Role
from tests.factories.feedback import claimed, decided, said, slip, slip_batch, somebody, staff
from tests.factories.groups import a_group, agreed, let_in, promised, seated, trained
from tests.factories.people import someone
from tests.integration.proofs.at_once import at_once


def one_decision_and_one_telling_for_each(scheme: Scheme) -> None:
    owner, point = staff(scheme)[1], said(slip(), slip(channel=Channel.LETTER))
    decide = lambda: decided(point, owner)  # noqa: E731
    assert isinstance(at_once(scheme, decide, lambda: decided(point, owner, Decision.CANNOT)), AlreadyAnswered)
    assert Round.objects.get().decision == Decision.WILL
    assert Told.objects.count() == 2


def a_no_is_not_outvoted_by_a_yes_of_the_same_moment(scheme: Scheme) -> None:
    point = said(slip(), slip())
    claimed(point, staff(scheme)[1])
    one, other = point.sayers.all()
    at_once(
        scheme,
        lambda: actions.confirm(sayer=one, answer=Answer.NO, by=None),
        lambda: actions.confirm(sayer=other, answer=Answer.YES, by=None),
    )
    assert Point.objects.get().stage == Stage.SEEN


def the_same_answer_sent_twice_is_one(scheme: Scheme) -> None:
    point = said()
    claimed(point, staff(scheme)[1])
    answer = lambda: actions.confirm(sayer=point.sayers.get(), answer=Answer.YES, by=None)  # noqa: E731
    assert at_once(scheme, answer, answer) == Confirmation.objects.get()


def somebody_is_told_once(scheme: Scheme) -> None:
    person, owner = staff(scheme)
    told = decided(said(slip(channel=Channel.LETTER)), owner).tellings.get()
    end = lambda: actions.end_telling(told=told, by=person)  # noqa: E731
    assert isinstance(at_once(scheme, end, end), TellingEnded)


def a_printed_slip_is_used_by_one(scheme: Scheme) -> None:
    slip_batch()
    paper = PrintedSlip.objects.get().pk
    first, second = (lambda words=words: said(slip(paper=paper, code=""), words=words) for words in ("One.", "Two."))
    assert isinstance(at_once(scheme, first, second), SlipNotUsable)
    assert Point.objects.get().said == "One."


def the_last_two_tellings_open_the_answer(scheme: Scheme) -> None:
    person, owner = staff(scheme)
    one, other = decided(said(slip(channel=Channel.LETTER), slip(channel=Channel.LETTER)), owner).tellings.all()
    at_once(
        scheme,
        lambda: actions.end_telling(told=one, by=person),
        lambda: actions.end_telling(told=other, by=person),
    )
    assert Told.objects.filter(state=TellingState.DELIVERED).count() == 2
    assert Round.objects.open_to_public().count() == 1
    assert Point.objects.get().stage == Stage.TOLD


def an_agreement_sent_twice_is_one(scheme: Scheme) -> None:
    person, key = staff(scheme)[0], uuid4()
    _sent(person, key, may_publish=False)
    again = lambda: _sent(person, key, may_publish=True)  # noqa: E731
    assert isinstance(at_once(scheme, again, again), actions.Heard)
    assert Consent.objects.filter(purpose=Purpose.PUBLISH).count() == 1


def one_manager_stays(scheme: Scheme) -> None:
    one, other = (staff(scheme, Role.MANAGER)[1] for _ in range(2))
    ended = at_once(
        scheme,
        lambda: end_membership(membership=one, by=other.person_id),
        lambda: end_membership(membership=other, by=one.person_id),
    )
    assert isinstance(ended, LastManager)
    assert Membership.objects.at(scheme).running().filter(role=Role.MANAGER).count() == 1


def an_invitation_is_taken_up_once(scheme: Scheme) -> None:
    one, other = (Person.objects.create_user(f"{uuid4().hex}@example.org", name="Sam") for _ in range(2))
    secret = tokens.fingerprint("secret")
    Invitation.objects.create(
        scheme=scheme, email="sam@example.org", role=Role.EDITOR, token_hash=secret,
        expires_at=clock.now() + INVITATION_LIVES,
    )  # fmt: skip
    taken = at_once(
        scheme,
        lambda: accept_invitation(token_hash=secret, addresses=["sam@example.org"], by=one.pk),
        lambda: accept_invitation(token_hash=secret, addresses=["sam@example.org"], by=other.pk),
    )
    assert isinstance(taken, InvitationUsed)
    assert Membership.objects.at(scheme).get().person_id == one.pk


def points_that_two_put_together_at_once_have_one_lead(scheme: Scheme) -> None:
    by, days = staff(scheme)[0], [clock.today() - timedelta(days=back) for back in (3, 2, 1)]
    oldest, both, newest = (said(received_on=day) for day in days)
    at_once(
        scheme,
        lambda: actions.answer_together(points=[oldest, both], by=by),
        lambda: actions.answer_together(points=[newest, both], by=by),
    )
    assert {point.carrier.pk for point in Point.objects.all()} == {oldest.pk}


def nothing_is_put_together_with_what_is_being_decided(scheme: Scheme) -> None:
    (by, owner), one, other = staff(scheme), said(), said()
    late = at_once(scheme, lambda: decided(one, owner), lambda: actions.answer_together(points=[one, other], by=by))
    assert isinstance(late, AlreadyAnswered)


def one_lead_stays(scheme: Scheme) -> None:
    group = a_group()
    one, other = (seated(group, someone(name), seat=Seat.LEAD) for name in ("One", "Other"))
    seated(group, someone("Max"))
    left = at_once(
        scheme,
        lambda: groups.leave(membership=one, by=one.person_id),
        lambda: groups.leave(membership=other, by=other.person_id),
    )
    assert isinstance(left, LastLead)
    assert GroupMembership.objects.for_group(group).running().filter(seat=Seat.LEAD).count() == 1


def a_scheme_agrees_with_a_group_once_at_a_time(scheme: Scheme) -> None:
    group, until = a_group(), clock.today() + timedelta(days=9)
    agree = lambda: agreed(group, scheme, until=until)  # noqa: E731
    assert isinstance(at_once(scheme, agree, agree), AlreadyAgreed)
    assert Agreement.objects.for_group(group).count() == 1


def what_came_is_not_taken_back_at_that_moment(scheme: Scheme) -> None:
    lead = someone("Lee")
    resource = promised(agreed(a_group(lead=lead), scheme), scheme)
    late = at_once(
        scheme,
        lambda: groups.receive_resource(resource=resource, received_on=clock.today(), by=lead.pk),
        lambda: groups.withdraw_resource(resource=resource, scheme=scheme, by=None),
    )
    assert isinstance(late, NoLongerOpen)


def a_place_lets_a_group_in_once_at_a_time(scheme: Scheme) -> None:
    lead, site, until = someone("Lee"), scheme.sites.earliest("name"), clock.today() + timedelta(days=9)
    agreement = agreed(a_group(lead=lead), scheme)
    let = lambda: let_in(agreement, site, lead, until=until)  # noqa: E731
    assert isinstance(at_once(scheme, let, let), AlreadyPermitted)
    assert HostPermission.objects.under(agreement).count() == 1


def nothing_is_kept_for_a_seat_that_ends_at_that_moment(scheme: Scheme) -> None:
    group = a_group()
    seat = seated(group, someone("Max"))
    late = at_once(scheme, lambda: groups.leave(membership=seat, by=seat.person_id), lambda: trained(seat))
    assert isinstance(late, SeatEnded)
    assert not Training.objects.for_group(group).exists()


LOCKED = [
    one_lead_stays,
    a_scheme_agrees_with_a_group_once_at_a_time,
    what_came_is_not_taken_back_at_that_moment,
    a_place_lets_a_group_in_once_at_a_time,
    nothing_is_kept_for_a_seat_that_ends_at_that_moment,
    points_that_two_put_together_at_once_have_one_lead,
    nothing_is_put_together_with_what_is_being_decided,
    one_decision_and_one_telling_for_each,
    a_no_is_not_outvoted_by_a_yes_of_the_same_moment,
    the_same_answer_sent_twice_is_one,
    somebody_is_told_once,
    a_printed_slip_is_used_by_one,
    the_last_two_tellings_open_the_answer,
    an_agreement_sent_twice_is_one,
    one_manager_stays,
    an_invitation_is_taken_up_once,
]


@pytest.mark.parametrize("holds", LOCKED)
def test_two_at_once_end_as_one_after_the_other(holds: Callable[[Scheme], None], as_web: str, inside: Scheme) -> None:
    holds(inside)


@pytest.mark.parametrize("holds", LOCKED)
def test_each_of_these_would_notice_that_its_lock_is_gone(
    holds: Callable[[Scheme], None], as_web: str, inside: Scheme, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QuerySet, "select_for_update", lambda query, **options: query.all())
    with pytest.raises(AssertionError):
        holds(inside)


def test_one_form_sent_twice_at_once_is_one_point_with_one_code(as_web: str, inside: Scheme) -> None:
    key, codes_ = uuid4(), []

    def send() -> None:
        heard = actions.hear(said="The door sticks.", sayers=[slip(code="")], method=Method.TELL_US, client_key=key,
                             by=None)  # fmt: skip
        codes_.append(heard.code)

    assert at_once(inside, send, send) is None
    assert Point.objects.count() == 1
    assert len(codes_) == 2 and len(set(codes_)) == 1


def _sent(person: Person, key: object, *, may_publish: bool) -> actions.Heard:
    return actions.hear(
        said="The door sticks.",
        sayers=[somebody(person, may_publish=may_publish)],
        method=Method.TELL_US,
        client_key=key,
        by=person,
    )
