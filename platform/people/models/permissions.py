"""What Wagtail's admin asks of an account; the answers come from the groups of the scheme entered."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_backends


class AsksForPermissions:
    """Django's four questions about permissions, without its superusers and without rights of the account itself."""

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Whether some group of this person, here, has the permission."""
        return perm in self.get_all_permissions(obj)

    def has_perms(self, perm_list: Iterable[str], obj: Any = None) -> bool:
        """Whether they have all of these."""
        return self.get_all_permissions(obj).issuperset(perm_list)

    def has_module_perms(self, app_label: str) -> bool:
        """Whether they have any permission in an app."""
        return any(permission.startswith(f"{app_label}.") for permission in self.get_all_permissions())

    def get_all_permissions(self, obj: Any = None) -> set[str]:
        """Everything their groups here may do; an account that is closed may do nothing."""
        person: Any = self
        return {permission for backend in get_backends() for permission in backend.get_all_permissions(person, obj)}
