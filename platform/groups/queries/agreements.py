"""What was agreed, always with one group or with one scheme."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from groups.models import Agreement, Group
from groups.queries.belonging import my_groups, user_led_groups
from tenants.schemes.models import Scheme


@dataclass(frozen=True, slots=True)
class SchemeAgreement:
    """An agreement with the scheme it was made with."""

    agreement: Agreement
    scheme: Scheme | None


def groups_to_agree_with(scheme: Scheme) -> QuerySet[Group]:
    """Those with which a scheme has no agreement yet."""
    return user_led_groups().exclude(pk__in=agreements_with(scheme).values("group"))


def agreements_of(group: Group) -> list[SchemeAgreement]:
    """What a group agreed with schemes, and with which."""
    running = list(Agreement.objects.for_group(group).running())
    schemes: Mapping[UUID, Scheme] = Scheme.objects.in_bulk([one.scheme_id for one in running])
    return [SchemeAgreement(one, schemes.get(one.scheme_id)) for one in running]


def agreements_with(scheme: Scheme) -> QuerySet[Agreement]:
    """What a scheme agreed, with the groups."""
    return Agreement.objects.with_scheme(scheme.pk).running().select_related("group").order_by("group__name")


def my_agreements_with(person_id: UUID, scheme: Scheme) -> QuerySet[Agreement]:
    """The agreements through which a person is at a scheme: those of their own groups."""
    return agreements_with(scheme).filter(group__in=my_groups(person_id))
