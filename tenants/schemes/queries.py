"""What pages and commands ask of the boundary."""

from uuid import UUID

from tenants.schemes.models import Domain, NationalRole, Scheme
from tenants.schemes.querysets import SchemeQuerySet


def all_schemes() -> SchemeQuerySet:
    """Every scheme by name, with the number of its sites."""
    return Scheme.objects.with_site_count().order_by("name")


def live_schema_names() -> list[str]:
    """The schemas whose clocks run: closed schemes' do not."""
    return list(Scheme.objects.with_data().values_list("schema_name", flat=True))


def scheme_at(host: str) -> Scheme | None:
    """The scheme that a host name leads to, whatever its status."""
    domain = Domain.objects.select_related("tenant").filter(domain=host).first()
    return domain.tenant if domain else None


def national_role(person_id: UUID, role: str) -> NationalRole | None:
    """The national role of this name that a person holds today."""
    return NationalRole.objects.of(person_id).running().filter(role=role).first()
