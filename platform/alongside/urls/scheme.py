"""Each scheme's host: the loop, staff pages, Wagtail's admin, and last the public site."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from alongside.urls.common import common, handler400, handler403, handler404, handler500
from cms.urls import admin_patterns, media_patterns, site_patterns

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns: list[URLPattern | URLResolver] = [
    *common,
    path("cms/", include(admin_patterns)),
    path("", include(media_patterns)),
    *i18n_patterns(
        path("", include("tenants.schemes.urls.scheme")),
        path("", include("people.urls.scheme")),
        path("", include("groups.urls.scheme")),
        path("", include("peer_monitoring.urls.scheme")),
        path("", include("tenants.feedback.urls")),
        path("", include(site_patterns)),
        prefix_default_language=False,
    ),
]
