"""A source of rights: whoever works for a scheme, or looks at all of them, may follow themes on the platform."""

from collections.abc import Iterable
from uuid import UUID

from answers.queries import may_follow
from tenants.schemes.models import Scheme
from tenants.schemes.rights import Permission, register_source


@register_source
def from_any_staff_role(person_id: UUID, scheme: Scheme | None) -> Iterable[Permission]:
    """It opens nothing that not everybody can read, so it asks for no second step."""
    return (Permission.FOLLOW_ANSWERS,) if scheme is None and may_follow(person_id) else ()
