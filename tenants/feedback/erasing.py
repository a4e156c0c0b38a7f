"""What goes with a person's addresses, where their id stands nowhere."""

from kit import scope
from kit.erasure import Report
from people.erasure import erases_by_address, follows
from tenants.feedback.actions.publishing import follow_an_erasure
from tenants.feedback.models import Supporter


@erases_by_address
def erase_invitations_to_help(addresses: set[str]) -> None:
    """Invitations that were sent to the person and that nobody has accepted."""
    for schema in scope.all_schemas():
        with scope.enter(schema):
            Supporter.objects.filter(sent_to__in=addresses).delete()


@follows
def what_they_said_is_found_nowhere(report: Report) -> None:
    """Answers that rested on their words, and lines on which they stood, in the transaction that empties these."""
    if report.schema != scope.PUBLIC:
        follow_an_erasure()
