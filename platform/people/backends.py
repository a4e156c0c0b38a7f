"""Who is signing in, and what the site editor asks about them."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.models import Permission
from django.db import connection
from django.db.models import QuerySet

FOUND = ("_perm_cache", "_user_perm_cache", "_group_perm_cache")


class PersonBackend(AuthenticationBackend):
    """Signs in by address and password; permissions come from groups of the scheme entered, never from the account."""

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        """Everything the person's groups in this schema may do."""
        _forget_other_schemas(user_obj)
        found: set[str] = super().get_all_permissions(user_obj, obj)
        return found

    def get_group_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        """The same: groups are the only place they come from."""
        _forget_other_schemas(user_obj)
        found: set[str] = super().get_group_permissions(user_obj, obj)
        return found

    def _get_user_permissions(self, user_obj: Any) -> QuerySet[Permission]:
        return Permission.objects.none()


def _forget_other_schemas(person: Any) -> None:
    # Django remembers the answer on the account, and one account may be looked at in two schemas.
    here = connection.schema_name
    if person.__dict__.get("_permissions_found_in") != here:
        for name in FOUND:
            person.__dict__.pop(name, None)
        person.__dict__["_permissions_found_in"] = here
