"""The report of links, for who edits the site."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from cms import links
from people.here import me
from tenants.schemes.requires import requires
from tenants.schemes.rights import Permission


@requires(Permission.EDIT_SITE)
@require_safe
def site_links(request: HttpRequest) -> HttpResponse:
    """Links that lead nowhere any more, and links to other sites with the day on which somebody followed them."""
    return render(request, "cms/site_links.jinja", {"report": links.report(request.get_host())})


@requires(Permission.EDIT_SITE)
@require_POST
def site_link_followed(request: HttpRequest) -> HttpResponse:
    """Somebody followed a link of the site today."""
    address = request.POST.get("address", "")
    if address in {one.address for one in links.report(request.get_host()).outside}:
        links.followed(address=address, works=request.POST.get("works") == "yes", by=me(request))
        messages.success(request, "Written down, with the day of today.")
    else:
        messages.error(request, "This link is not on the site any more.")
    return redirect("site_links")
