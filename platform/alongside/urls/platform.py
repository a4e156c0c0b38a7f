"""The platform host: sign-in, my page, groups, national and operating pages."""

from django.urls import URLPattern, URLResolver, include, path

from alongside.demonstration_codes import demonstration_codes
from alongside.design import design
from alongside.urls.common import common, handler400, handler403, handler404, handler500
from tenants.schemes.requires import requires
from tenants.schemes.rights import Permission

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns: list[URLPattern | URLResolver] = [
    *common,
    path("design/", requires(Permission.ANYONE)(design), name="design"),
    path("demonstration/codes/", requires(Permission.ANYONE)(demonstration_codes), name="demonstration_codes"),
    path("", include("tenants.schemes.urls.platform")),
    path("", include("people.urls.platform")),
    path("", include("groups.urls.platform")),
    path("", include("questions.urls.platform")),
    path("", include("peer_monitoring.urls.platform")),
    path("", include("comparison.urls")),
    path("", include("answers.urls")),
    path("", include("tenants.feedback.platform_urls")),
]
