"""What the clock asks of a scheme's site."""

from cms.actions import follow_all_rights
from kit import scope
from kit.scheduler import duty
from tenants.schemes.models import Scheme


@duty(where="scheme")
def editors_whose_role_ended() -> None:
    """Take those out of the editors whose role has ended by its date."""
    follow_all_rights(scheme=Scheme.objects.get(schema_name=scope.current()))
