"""What goes with a person's addresses, where their id stands nowhere."""

from kit import scope
from people.erasure import erases_by_address
from tenants.feedback.models import Supporter


@erases_by_address
def erase_invitations_to_help(addresses: set[str]) -> None:
    """Invitations that were sent to the person and that nobody has accepted."""
    for schema in scope.all_schemas():
        with scope.enter(schema):
            Supporter.objects.filter(sent_to__in=addresses).delete()
