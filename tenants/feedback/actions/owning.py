"""Who may be named in a record of the loop: staff of this very scheme, today."""

from kit import scope
from tenants.feedback.errors import NotTheirs
from tenants.schemes.models import Membership


def check_owner(owner: Membership, *, field: str = "owner") -> None:
    """Refuse somebody who does not work for the scheme now."""
    here = Membership.objects.running().filter(pk=owner.pk, scheme__schema_name=scope.current())
    if not here.exists():
        raise NotTheirs("Choose somebody who works for this scheme now as the owner.", field=field)
