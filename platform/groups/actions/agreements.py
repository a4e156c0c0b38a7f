"""Schemes and user-led groups agree; what the group then decides is the group's alone (S47)."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Model

import audit
from groups.errors import AgreementOver, AlreadyAgreed, EndsTooEarly, NoLongerOpen, NotUserLed
from groups.models import AgreedResource, Agreement, DeliveryAnswer, DeliveryReport, Group, GroupDecision
from groups.sides import Side, add, change
from kit import clock
from kit.dates import short_day
from tenants.schemes.entering import enter
from tenants.schemes.models import Scheme

OVER = "This agreement has ended. Nothing can be added to it."


@transaction.atomic
def agree(
    *,
    scheme: Scheme,
    group: Group,
    since: date | None = None,
    until: date | None = None,
    contact_role: str = "",
    contact_way: str = "",
    payment: str = "",
    by: UUID | None,
) -> Agreement:
    """From the first day on members of the group may see what the scheme shares with it."""
    if group.kind != Group.Kind.USER_LED:
        raise NotUserLed("A scheme agrees with user-led groups. Reference groups belong to no scheme.")
    Group.objects.open().select_for_update().get(pk=group.pk)
    since = since or clock.today()
    if Agreement.objects.for_group(group).with_scheme(scheme.pk).meeting(since, until).exists():
        raise AlreadyAgreed("There is already an agreement with this group.")
    agreement = add(
        Side.SCHEME, Agreement, group=group, scheme_id=scheme.pk, since=since, until=until, contact_role=contact_role,
        contact_way=contact_way, payment=payment, by_id=by,
    )  # fmt: skip
    _record_at(scheme, by, "agreed with a group", agreement)
    return agreement


@transaction.atomic
def change_terms(
    *,
    agreement: Agreement,
    scheme: Scheme,
    until: date | None,
    contact_role: str,
    contact_way: str,
    payment: str,
    by: UUID | None,
) -> Agreement:
    """The scheme says anew until when it runs, whom the group turns to, and what it pays."""
    Group.objects.open().select_for_update().get(pk=agreement.group_id)
    one = held(agreement)
    if until is not None and until <= one.since:
        raise EndsTooEarly(f"Enter a day after {short_day(one.since)}, when it begins.")
    others = Agreement.objects.for_group(one.group).with_scheme(scheme.pk).exclude(pk=one.pk)
    if others.meeting(one.since, until).exists():
        raise AlreadyAgreed("There is already an agreement with this group for a part of that time.")
    change(Side.SCHEME, one, until=until, contact_role=contact_role, contact_way=contact_way, payment=payment)
    _record_at(scheme, by, "changed an agreement with a group", one)
    return one


@transaction.atomic
def end_agreement(*, agreement: Agreement, scheme: Scheme, by: UUID | None) -> Agreement:
    """The agreement ends now: the group sees nothing more at the scheme. What was decided stays to be done."""
    change(Side.SCHEME, agreement, until=max(clock.today(), agreement.since))
    _record_at(scheme, by, "ended an agreement with a group", agreement)
    return agreement


@transaction.atomic
def promise_resource(
    *,
    agreement: Agreement,
    scheme: Scheme,
    kind: str,
    pounds: int | None,
    words: str,
    agreed_on: date,
    by: UUID | None,
) -> AgreedResource:
    """The scheme says what it hands over, so that the group can decide."""
    resource = add(
        Side.SCHEME, AgreedResource, agreement=held(agreement), kind=kind, pounds=pounds, words=words,
        agreed_on=agreed_on, by_id=by,
    )  # fmt: skip
    _record_at(scheme, by, "agreed to hand something over to a group", resource)
    return resource


@transaction.atomic
def withdraw_resource(*, resource: AgreedResource, scheme: Scheme, by: UUID | None) -> None:
    """The scheme takes back what it promised and the group has not received; both go on seeing that it did."""
    one = _promised(resource)
    change(Side.SCHEME, one, withdrawn_on=clock.today())
    _record_at(scheme, by, "took back what a group was to get", one)


@transaction.atomic
def receive_resource(*, resource: AgreedResource, received_on: date, by: UUID) -> AgreedResource:
    """The group says on which day something came."""
    one = _promised(resource)
    change(Side.GROUP, one, received_on=received_on)
    audit.record(by=by, operation="change", what="said that something came from a scheme", thing=one)
    return one


@transaction.atomic
def decide(*, agreement: Agreement, what: str, decided_on: date, due: date, by: UUID) -> GroupDecision:
    """The group decides. No scheme can change, stop or delete it."""
    decision = add(
        Side.GROUP, GroupDecision, agreement=held(agreement), what=what, decided_on=decided_on, due=due, by_id=by
    )
    audit.record(by=by, operation="change", what="wrote down what a group decided", thing=decision)
    return decision


@transaction.atomic
def withdraw_decision(*, decision: GroupDecision, by: UUID) -> None:
    """The group itself takes back what it decided; both go on seeing that it did."""
    one = _standing(decision)
    change(Side.GROUP, one, withdrawn_on=clock.today())
    audit.record(by=by, operation="change", what="took back what a group decided", thing=one)


@transaction.atomic
def report_delivery(
    *, decision: GroupDecision, scheme: Scheme, state: str, day: date, words: str, by: UUID | None
) -> DeliveryReport:
    """The scheme says whether a decision of the group has happened; that is all it can do with one."""
    report = add(Side.SCHEME, DeliveryReport, decision=_standing(decision), state=state, day=day, words=words, by_id=by)
    _record_at(scheme, by, "reported on what a group decided", report)
    return report


@transaction.atomic
def answer_delivery(*, decision: GroupDecision, answer: str, by: UUID) -> DeliveryAnswer:
    """The group says for itself whether what it decided has happened."""
    said = add(Side.GROUP, DeliveryAnswer, decision=_standing(decision), answer=answer, by_id=by)
    audit.record(by=by, operation="change", what="said whether a decision has happened", thing=said)
    return said


def held(agreement: Agreement) -> Agreement:
    """The agreement as it stands now, held until the transaction ends; refused if it is over."""
    one = Agreement.objects.for_group(agreement.group).select_for_update().get(pk=agreement.pk)
    if one.is_over:
        raise AgreementOver(OVER)
    return one


def _promised(resource: AgreedResource) -> AgreedResource:
    one = AgreedResource.objects.under(resource.agreement).select_for_update().get(pk=resource.pk)
    if one.received_on or one.withdrawn_on:
        raise NoLongerOpen("The group has this already, or the service took it back.")
    return one


def _standing(decision: GroupDecision) -> GroupDecision:
    one = GroupDecision.objects.under(decision.agreement).select_for_update().get(pk=decision.pk)
    if one.withdrawn_on:
        raise NoLongerOpen("The group took this decision back.")
    return one


def _record_at(scheme: Scheme, by: UUID | None, what: str, thing: Model) -> None:
    with enter(scheme):
        audit.record(by=by, operation="change", what=what, thing=thing)
