"""What the clock asks of a scheme's site."""

from cms.actions import follow_all_rights, publish_what_is_due
from cms.paper_actions import delete_what_no_page_has
from kit import scope
from kit.scheduler import DoneInPart, duty
from tenants.schemes.models import Scheme


@duty(where="scheme")
def editors_whose_role_ended() -> None:
    """Take those out of the editors whose role has ended by its date."""
    follow_all_rights(scheme=Scheme.objects.get(schema_name=scope.current()))


@duty(where="scheme")
def pages_whose_moment_has_come() -> DoneInPart:
    """Take pages off the site, and put them on it, at the moment that was chosen for them; one stops no other."""
    return DoneInPart(publish_what_is_due())


@duty(where="scheme")
def papers_that_no_page_has() -> None:
    """Delete uploaded PDFs some days after the last page that had them is gone."""
    delete_what_no_page_has()
