"""Who is signing in, and what the site editor asks about them."""

from collections.abc import Callable
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.models import Permission
from django.db.models import QuerySet

from kit import scope

FOUND = ("_perm_cache", "_user_perm_cache", "_group_perm_cache")


class PersonBackend(AuthenticationBackend):
    """Signs in by address and password; permissions come from groups of the scheme entered, never from the account."""

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        """Everything the person's groups in this schema may do."""
        return self._in_a_scheme(user_obj, super().get_all_permissions, obj)

    def get_group_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        """The same: groups are the only place they come from."""
        return self._in_a_scheme(user_obj, super().get_group_permissions, obj)

    def _in_a_scheme(self, person: Any, ask: Callable[[Any, Any], set[str]], obj: Any) -> set[str]:
        # Public's groups stay empty, and the web role may not even look.
        if scope.current() == scope.PUBLIC:
            return set()
        _forget_other_schemas(person)
        return ask(person, obj)

    def _get_user_permissions(self, user_obj: Any) -> QuerySet[Permission]:
        return Permission.objects.none()


def _forget_other_schemas(person: Any) -> None:
    # Django remembers the answer on the account, and one account may be looked at in two schemas.
    here = scope.current()
    if person.__dict__.get("_permissions_found_in") != here:
        for name in FOUND:
            person.__dict__.pop(name, None)
        person.__dict__["_permissions_found_in"] = here
