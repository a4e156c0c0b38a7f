"""Wagtail's admin, every page of it behind one permission, and the public site."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, path, re_path
from wagtail.admin import urls as wagtail_admin
from wagtail.urls import serve_pattern
from wagtail.utils.urlpatterns import decorate_urlpatterns
from wagtail.views import serve

from cms import finding_views, languages, links_views, named_views, paper_views, picture_views, views
from cms.guarding import for_editors
from cms.moving import moved_to
from cms.wagtail_time import IN_THE_EDITOR, give_our_clock
from tenants.schemes.requires import requires
from tenants.schemes.rights import Permission

give_our_clock(IN_THE_EDITOR)

# Signing in and out, and what belongs to an account, is the platform's: Wagtail only asks that these names exist.
_ours = [
    path("login/", views.not_here, name="wagtailadmin_login"),
    path("logout/", views.sign_out, name="wagtailadmin_logout"),
    path("account/", views.my_account, name="wagtailadmin_account"),
]
_NOT_WAGTAILS = {str(pattern.pattern) for pattern in _ours} | {"password_reset/", "failwhale/", "test404/"}

admin_patterns: list[URLPattern | URLResolver] = decorate_urlpatterns(
    [*_ours, *(pattern for pattern in wagtail_admin.urlpatterns if str(pattern.pattern) not in _NOT_WAGTAILS)],
    for_editors,
)


@requires(Permission.ANYONE)
def page(request: HttpRequest, path: str) -> HttpResponse:
    """A page of the public site, as its editors published it; where it stood before, the way to it (ADR 0062)."""
    try:
        # Where Wagtail looks first for what it would find itself, without the frames of other languages.
        request._wagtail_route_for_request = languages.route(request, path)  # type: ignore[attr-defined]
        return serve(request, path)
    except languages.ReadElsewhere as there:
        return redirect(there.address)
    except Http404:
        moved = moved_to(request.path)
        if moved is None:
            raise
        return views.moved(moved)


_people = [
    path("pictures/", picture_views.pictures, name="pictures"),
    path("pictures/<int:picture_id>/", picture_views.picture, name="picture"),
    path("pictures/<int:picture_id>/agreed/", picture_views.picture_agreed, name="picture_agreed"),
    path("pictures/films/add/", picture_views.film_add, name="film_add"),
    path("pictures/films/<uuid:film_id>/", picture_views.film, name="film"),
    path("pictures/films/<uuid:film_id>/agreed/", picture_views.film_agreed, name="film_agreed"),
    path("pictures/agreed/<uuid:consent_id>/take-back/", picture_views.consent_take_back, name="consent_take_back"),
    path("uploaded/", paper_views.uploaded, name="uploaded"),
    path("uploaded/<int:paper_id>/file/", paper_views.uploaded_file, name="uploaded_file"),
    path("uploaded/<int:paper_id>/delete/", paper_views.uploaded_delete, name="uploaded_delete"),
    path("named/", named_views.named, name="named"),
    path("named/add/", named_views.named_add, name="named_add"),
    path("named/<uuid:named_id>/", named_views.named_change, name="named_change"),
    path("named/<uuid:named_id>/take-back/", named_views.named_take_back, name="named_take_back"),
]

# What stands at one address in every language: files, and what machines read.
media_patterns: list[URLPattern | URLResolver] = [
    path("media/<path:name>", views.media, name="media"),
    path("calendar/<int:page_id>/event.ics", views.event_calendar, name="event_calendar"),
    path("calendar/<int:page_id>/meeting.ics", views.event_calendar_neutral, name="event_calendar_neutral"),
    path("feeds/answers/", finding_views.feed_of_answers, name="feed_of_answers"),
    path("feeds/pages/", finding_views.feed_of_pages, name="feed_of_pages"),
    path("sitemap.xml", finding_views.sitemap, name="sitemap"),
    path("robots.txt", finding_views.robots, name="robots"),
    path("print/<int:page_id>/", views.resource, name="resource"),
]
site_patterns: list[URLPattern | URLResolver] = [
    *_people,
    path("site-links/", links_views.site_links, name="site_links"),
    path("site-links/followed/", links_views.site_link_followed, name="site_link_followed"),
    path("search/", finding_views.search, name="search"),
    re_path(serve_pattern, page, name="wagtail_serve"),
]
