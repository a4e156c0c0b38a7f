"""The platform host: sign-in, my page, groups, national and operating pages."""

from django.urls import URLPattern, URLResolver, include, path

from alongside.urls.common import common, handler400, handler403, handler404, handler500

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns: list[URLPattern | URLResolver] = [
    *common,
    path("", include("tenants.schemes.urls.platform")),
    path("", include("people.urls.platform")),
    path("", include("groups.urls.platform")),
]
