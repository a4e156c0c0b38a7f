"""A role is one only while it runs, and only whose it is."""

from datetime import timedelta

from kit import clock
from people import queries
from tenants.schemes.models import Membership, NationalRole, Scheme
from tenants.schemes.queries import holds_a_staff_role, works_elsewhere
from tenants.schemes.rights import NationalRoleName, Permission, Role, rights_of
from tests.factories.people import someone


def test_a_role_that_is_over_is_no_role(scheme: Scheme, other_scheme: Scheme) -> None:
    robin, yesterday = someone("Robin"), clock.today() - timedelta(days=1)
    held = Membership.objects.create(person_id=robin.pk, scheme=other_scheme, role=Role.PRACTITIONER, since=yesterday)
    nationally = NationalRole.objects.create(person_id=robin.pk, role=NationalRoleName.ANALYST, since=yesterday)
    other = someone("Olu")
    for role in (held, nationally):
        assert not holds_a_staff_role(other.pk) and not works_elsewhere(scheme, other.pk)
        assert holds_a_staff_role(robin.pk) and works_elsewhere(scheme, robin.pk)
        assert not queries.may_be_recovered(robin)
        assert {Permission.SEE_REGISTER, Permission.SEE_ALL_SCHEMES} & rights_of(robin.pk, _place(role))
        role.until = clock.today()
        role.save()
        assert not {Permission.SEE_REGISTER, Permission.SEE_ALL_SCHEMES} & rights_of(robin.pk, _place(role))
    assert not holds_a_staff_role(robin.pk) and not works_elsewhere(scheme, robin.pk)
    assert queries.may_be_recovered(robin)


def _place(role: Membership | NationalRole) -> Scheme | None:
    return role.scheme if isinstance(role, Membership) else None
