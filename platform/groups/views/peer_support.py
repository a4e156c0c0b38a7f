"""The register of peer support schemes: the lead keeps it, everybody with a seat reads it (S48)."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from groups import actions, queries
from groups.forms import PeerSupportForm
from groups.views.acting import done
from kit.kept import posted_or_kept
from people.here import me
from tenants.schemes.requires import requires
from tenants.schemes.rights import Permission


@requires(Permission.SEE_MY_GROUPS)
@require_GET
def group_peer_support(request: HttpRequest, slug: str) -> HttpResponse:
    """Which peer support schemes there are."""
    mine = queries.user_led_group(me(request).pk, slug)
    leads = queries.is_led_by(mine, me(request).pk)
    context = {"group": mine, "leads": leads, "register": queries.peer_support(mine)}
    return render(request, "groups/group_peer_support.jinja", context)


@requires(Permission.SEE_MY_GROUPS)
@require_http_methods(["GET", "HEAD", "POST"])
def group_peer_support_add(request: HttpRequest, slug: str) -> HttpResponse:
    """The lead adds one."""
    led = queries.led_group(me(request).pk, slug)
    form = PeerSupportForm(posted_or_kept(request), initial={"lead_group": led.name})
    if done(form, partial(actions.add_peer_support, group=led, by=me(request).pk), beside="name"):
        return redirect("group_peer_support", slug)
    return render(request, "groups/group_peer_support_add.jinja", {"group": led, "form": form})


@requires(Permission.SEE_MY_GROUPS)
@require_http_methods(["GET", "HEAD", "POST"])
def group_peer_support_change(request: HttpRequest, slug: str, peer_support_id: UUID) -> HttpResponse:
    """The lead writes down what is so now."""
    led = queries.led_group(me(request).pk, slug)
    one = queries.one_peer_support(led, peer_support_id)
    now = {name: getattr(one, name) for name in PeerSupportForm.base_fields}
    form = PeerSupportForm(posted_or_kept(request), initial=now)
    if done(form, partial(actions.change_peer_support, peer_support=one, by=me(request).pk), beside="name"):
        return redirect("group_peer_support", slug)
    return render(request, "groups/group_peer_support_change.jinja", {"group": led, "one": one, "form": form})
