"""What was agreed, always with one group or with one scheme."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.shortcuts import get_object_or_404

from groups.models import AgreedResource, Agreement, DeliveryAnswer, DeliveryReport, Group, GroupDecision
from groups.queries.belonging import my_groups, user_led_groups
from groups.querysets import AgreementQuerySet, GroupQuerySet
from kit import clock
from tenants.schemes.models import Scheme


@dataclass(frozen=True, slots=True)
class SchemeAgreement:
    """An agreement with the scheme it was made with."""

    agreement: Agreement
    scheme: Scheme | None


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision of the group, and what both sides say of it, the newest first."""

    decision: GroupDecision
    reports: list[DeliveryReport]
    answers: list[DeliveryAnswer]

    @property
    def report(self) -> DeliveryReport | None:
        """What the scheme said last."""
        return self.reports[0] if self.reports else None

    @property
    def answer(self) -> DeliveryAnswer | None:
        """What the group said last."""
        return self.answers[0] if self.answers else None

    @property
    def is_late(self) -> bool:
        """Whether its day has passed and the group does not say that it has happened, whatever the scheme says."""
        happened = self.answer is not None and self.answer.answer == DeliveryAnswer.Answer.YES
        return not happened and self.decision.withdrawn_on is None and self.decision.due < clock.today()


def groups_to_agree_with(scheme: Scheme) -> GroupQuerySet:
    """Those with which a scheme has no agreement now, and none to come."""
    return user_led_groups().exclude(pk__in=_made_by(scheme).not_over().values("group"))


def agreements_of(group: Group) -> list[SchemeAgreement]:
    """What a group agreed with schemes, and with which: what runs, and what begins later."""
    return _with_schemes(Agreement.objects.for_group(group).not_over())


def agreements_of_each(groups: Collection[Group]) -> Mapping[tuple[UUID, UUID], Agreement]:
    """What runs today, by the group and the id of the scheme, in one statement for all these groups."""
    found = Agreement.objects.running().filter(group__in=groups)
    return {(one.group_id, one.scheme_id): one for one in found}


def ended_agreements_of(group: Group) -> list[SchemeAgreement]:
    """What a group had agreed with schemes; what was decided there may still be to do."""
    return _with_schemes(Agreement.objects.for_group(group).over())


def agreement_of(group: Group, agreement_id: UUID) -> SchemeAgreement:
    """One that the group made, whether or not it runs; any other is not found."""
    one = get_object_or_404(Agreement.objects.for_group(group), pk=agreement_id)
    (found,) = _with_schemes([one])
    return found


def agreements_with(scheme: Scheme) -> AgreementQuerySet:
    """What a scheme agreed and what runs today, with the groups."""
    return _made_by(scheme).running()


def agreements_now(scheme: Scheme) -> AgreementQuerySet:
    """The same, and what begins later."""
    return _made_by(scheme).not_over()


def ended_agreements(scheme: Scheme) -> AgreementQuerySet:
    """What a scheme had agreed with groups."""
    return _made_by(scheme).over()


def agreement_with(scheme: Scheme, agreement_id: UUID) -> Agreement:
    """One that the scheme made, whether or not it runs; any other is not found."""
    return get_object_or_404(_made_by(scheme), pk=agreement_id)


def my_agreements_with(person_id: UUID, scheme: Scheme) -> AgreementQuerySet:
    """The agreements through which a person is at a scheme: those of their own groups."""
    return agreements_with(scheme).filter(group__in=my_groups(person_id))


def resources(agreement: Agreement) -> list[AgreedResource]:
    """What the scheme hands over, in the order in which it was agreed."""
    return list(AgreedResource.objects.under(agreement))


def resource(agreement: Agreement, resource_id: UUID) -> AgreedResource:
    """One of them; any other is not found."""
    return get_object_or_404(AgreedResource.objects.under(agreement), pk=resource_id)


def decisions(agreement: Agreement) -> list[Decided]:
    """What the group decided, the newest first."""
    found = GroupDecision.objects.under(agreement).prefetch_related("reports", "answers")
    return [Decided(one, list(one.reports.all()), list(one.answers.all())) for one in found]


def decision(agreement: Agreement, decision_id: UUID) -> Decided:
    """One of them; any other is not found."""
    one = get_object_or_404(GroupDecision.objects.under(agreement), pk=decision_id)
    reports, answers = DeliveryReport.objects.about(one), DeliveryAnswer.objects.about(one)
    return Decided(one, list(reports), list(answers))


def _made_by(scheme: Scheme) -> AgreementQuerySet:
    return Agreement.objects.with_scheme(scheme.pk).select_related("group").order_by("group__name", "since")


def _with_schemes(agreements: Iterable[Agreement]) -> list[SchemeAgreement]:
    made = list(agreements)
    schemes: Mapping[UUID, Scheme] = Scheme.objects.in_bulk([one.scheme_id for one in made])
    return [SchemeAgreement(one, schemes.get(one.scheme_id)) for one in made]
