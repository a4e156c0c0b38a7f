"""What the clock asks of a scheme's site."""

from cms.actions import follow_all_rights, publish_what_is_due
from kit import scope
from kit.scheduler import duty
from tenants.schemes.models import Scheme


@duty(where="scheme")
def editors_whose_role_ended() -> None:
    """Take those out of the editors whose role has ended by its date."""
    follow_all_rights(scheme=Scheme.objects.get(schema_name=scope.current()))


@duty(where="scheme")
def pages_whose_moment_has_come() -> None:
    """Put pages on the site, and take them off, at the moment that was chosen for them."""
    publish_what_is_due()
