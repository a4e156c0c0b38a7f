"""The page that shows every component, for whoever builds pages."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

from kit.gallery import gallery


def design(request: HttpRequest) -> HttpResponse:
    """Every component in every state; in production there is no such page."""
    if settings.ALONGSIDE_MODE == "production":
        raise Http404
    return gallery(request)
