"""The pages by which a site is found: search, feeds, the map for search engines and what they are to leave out."""

from xml.sax.saxutils import escape

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cms import finding
from kit import page_cache
from tenants.schemes.here import scheme_here
from tenants.schemes.requires import requires
from tenants.schemes.rights import Permission

ATOM = "application/atom+xml; charset=utf-8"


@requires(Permission.ANYONE)
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Pages of this site and answers, by words."""
    return render(request, "cms/search.jinja", {"search": (found := finding.search(request)), "form": found.form})


@requires(Permission.ANYONE)
@page_cache.for_everybody
@require_safe
def feed_of_answers(request: HttpRequest) -> HttpResponse:
    """For who follows the answers with a reader of feeds."""
    return HttpResponse(finding.feed_of_answers(scheme_here(request)), content_type=ATOM)


@requires(Permission.ANYONE)
@page_cache.for_everybody
@require_safe
def feed_of_pages(request: HttpRequest) -> HttpResponse:
    """For who follows what is new on the site."""
    return HttpResponse(finding.feed_of_pages(request, scheme_here(request)), content_type=ATOM)


@requires(Permission.ANYONE)
@page_cache.for_everybody
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every page that everybody may read."""
    rows = "".join(
        f"<url><loc>{escape(address)}</loc>{f'<lastmod>{day:%Y-%m-%d}</lastmod>' if day else ''}</url>"
        for address, day in finding.addresses(request)
    )
    words = f'<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</urlset>'
    return HttpResponse(words, content_type="application/xml; charset=utf-8")


@requires(Permission.ANYONE)
@page_cache.for_everybody
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines are asked to leave out. Made-up answers of a demonstration are found nowhere."""
    lines = ["User-agent: *", "Disallow: /cms/", "Disallow: /staff/", "Disallow: /search/"]
    if settings.DEMONSTRATION:
        lines = ["User-agent: *", "Disallow: /"]
    words = "\n".join([*lines, "", f"Sitemap: {scheme_here(request).origin}/sitemap.xml", ""])
    return HttpResponse(words, content_type="text/plain; charset=utf-8")
