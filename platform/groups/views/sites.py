"""Places that let a group in, for its lead (F6)."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from groups import actions, queries
from groups.forms import PermissionEndForm, PermissionForm
from groups.views.acting import done
from kit.kept import posted_or_kept
from people.here import me
from tenants.schemes.requires import requires
from tenants.schemes.rights import Permission


@requires(Permission.SEE_MY_GROUPS)
@require_http_methods(["GET", "HEAD", "POST"])
def group_site(request: HttpRequest, slug: str, agreement_id: UUID, site_id: UUID) -> HttpResponse:
    """The lead writes down that a place lets the group in."""
    led = queries.led_group(me(request).pk, slug)
    one = queries.agreement_of(led, agreement_id)
    site = queries.site_to_ask(one.agreement, one.scheme, site_id)
    form = PermissionForm(posted_or_kept(request))
    if done(form, partial(actions.permit_site, agreement=one.agreement, site=site, by=me(request).pk)):
        return redirect("group_agreement", slug, agreement_id)
    given = queries.permissions(one.agreement, site)
    context = {"group": led, "one": one, "site": site, "permissions": given, "form": form}
    return render(request, "groups/group_site.jinja", context)


@requires(Permission.SEE_MY_GROUPS)
@require_http_methods(["GET", "HEAD", "POST"])
def group_permission_end(request: HttpRequest, slug: str, agreement_id: UUID, permission_id: UUID) -> HttpResponse:
    """The lead ends a permission, with a reason."""
    led = queries.led_group(me(request).pk, slug)
    agreement = queries.agreement_of(led, agreement_id).agreement
    permission = queries.permission(agreement, permission_id)
    form = PermissionEndForm(posted_or_kept(request))
    if done(form, partial(actions.end_permission, permission=permission, by=me(request).pk)):
        return redirect("group_agreement", slug, agreement_id)
    context = {"group": led, "agreement": agreement, "permission": permission, "form": form}
    return render(request, "groups/group_permission_end.jinja", context)
