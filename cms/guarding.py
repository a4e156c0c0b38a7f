"""What stands in front of every page of Wagtail's admin: one permission, and a Content-Security-Policy of its own."""

from collections.abc import Callable
from typing import Any

from csp.constants import SELF
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.datastructures import MultiValueDictKeyError

from cms.actions import follow_rights, groups_of
from tenants.schemes.here import scheme_here
from tenants.schemes.requires import requires, rights
from tenants.schemes.rights import Permission

HEADER = "Content-Security-Policy"
View = Callable[..., HttpResponseBase]


def for_editors(view: View) -> View:
    """Let an admin view run for who may edit this site; asked on every request, whatever the groups still say."""

    @requires(Permission.EDIT_SITE)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        _let_the_groups_follow(request)
        try:
            return with_admin_policy(view(request, *args, **kwargs))
        except MultiValueDictKeyError as lacking:
            # A form of Wagtail's that was sent by hand, without a field that its own pages always send.
            raise BadRequest from lacking

    return guarded


def _let_the_groups_follow(request: HttpRequest) -> None:
    """A role may have begun, changed or ended a moment ago, before the worker has come by."""
    person: Any = request.user
    if set(person.groups.values_list("name", flat=True)) != groups_of(rights(request)):
        follow_rights(person_id=person.pk, scheme=scheme_here(request))
        request.user = get_user_model().objects.get(pk=person.pk)


def with_admin_policy(response: HttpResponseBase) -> HttpResponseBase:
    """Wagtail's admin has inline scripts. A preview is a page of the public site: strict, but framed by the editor."""
    came_through_middleware = response.has_header(HEADER)
    if came_through_middleware:
        del response[HEADER]
        policy: dict[str, list[str]] = {"frame-ancestors": [SELF]}
    else:
        policy = settings.CMS_CONTENT_SECURITY_POLICY
    response._csp_replace = policy  # type: ignore[attr-defined]
    return response
