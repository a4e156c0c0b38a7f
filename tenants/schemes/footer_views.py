"""The plain pages that every footer leads to: what is kept of people, who can use these pages, and whom to ask."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kit import page_cache
from tenants.schemes.requires import requires
from tenants.schemes.rights import Permission


@requires(Permission.ANYONE)
@page_cache.for_everybody
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept, who reads it, and how to take it back."""
    return render(request, "schemes/privacy.jinja", _who_runs_it())


@requires(Permission.ANYONE)
@page_cache.for_everybody
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """For whom these pages are made, how that was tried, and what does not work yet."""
    return render(request, "schemes/accessibility.jinja")


@requires(Permission.ANYONE)
@page_cache.for_everybody
@require_safe
def contact(request: HttpRequest) -> HttpResponse:
    """Whom to ask about what; only ways that there are."""
    return render(request, "schemes/contact.jinja", _who_runs_it())


def _who_runs_it() -> dict[str, str]:
    return {"operator": settings.OPERATOR_NAME, "operator_email": settings.OPERATOR_EMAIL}
