"""What waits for whoever writes and whoever publishes pages: the title here, a number on the platform."""

from collections.abc import Collection

from django.http import HttpRequest
from django.urls import reverse

from cms.handing_in import HandedIn, handed_in, sent_back_to
from kit.waiting import Waiting
from people import waiting
from people.here import me
from people.links import into_scheme
from tenants.schemes import second_step
from tenants.schemes.entering import enter
from tenants.schemes.here import is_platform, works_at
from tenants.schemes.requires import rights
from tenants.schemes.rights import Permission, rights_of


@waiting.register
def pages(request: HttpRequest) -> list[Waiting]:
    """Pages to look at, for who may publish; pages that came back, for who handed them in."""
    if is_platform(request) or not request.user.is_authenticated:
        return []
    return [
        Waiting(f"{words}: “{page.title}”", reverse("wagtailadmin_pages:edit", args=[page.page_id]), by=page.look_by)
        for words, found in _work(request, rights(request))
        for page in found
    ]


@waiting.register
def pages_on_their_own_page(request: HttpRequest) -> list[Waiting]:
    """On the platform: how many, at each scheme they work for."""
    if not is_platform(request) or not request.user.is_authenticated:
        return []
    lines = []
    for scheme in works_at(request):
        allowed = rights_of(me(request).pk, scheme, second_step=second_step.passed(request))
        with enter(scheme):
            found = [page for _, some in _work(request, allowed) for page in some]
        if found:
            words = "1 page waits" if len(found) == 1 else f"{len(found)} pages wait"
            by = min(page.look_by for page in found)
            lines.append(Waiting(f"{words} for you at {scheme.name}", into_scheme(scheme, "/staff/"), by=by))
    return lines


def _work(request: HttpRequest, allowed: Collection[Permission]) -> list[tuple[str, list[HandedIn]]]:
    if Permission.EDIT_SITE not in allowed:
        return []
    back = ("Change a page that came back to you", sent_back_to(me(request).pk))
    if Permission.PUBLISH_SITE not in allowed:
        return [back]
    return [("Look at a page for the site", handed_in()), back]
