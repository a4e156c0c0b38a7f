"""The notices to which the foot of every page leads, once a scheme has published them."""

from collections.abc import Mapping

from django.http import HttpRequest
from django.utils.translation import gettext_noop as N_

from cms.languages import address, read_here
from cms.models import NoticePage

# How the foot of the page calls them.
CALLED = {"privacy": N_("Privacy"), "accessibility": N_("Accessibility"), "cookies": N_("Cookies")}


def published(request: HttpRequest) -> Mapping[str, str]:
    """The address of each notice that this scheme has published, by what the footer calls it."""
    return {CALLED[page.kind]: address(page, request) for page in read_here(NoticePage.objects.all())}
