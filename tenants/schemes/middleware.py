"""From a host to a scheme, and from a page to the permission it names."""

from collections.abc import Callable
from typing import Any

import structlog
from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import set_urlconf

from kit import error_views
from tenants.schemes import queries
from tenants.schemes.models import Scheme

LOCAL = ("localhost", "127.0.0.1")
HEALTH = "/health/"
log = structlog.get_logger(__name__)

GetResponse = Callable[[HttpRequest], HttpResponse]


class SchemeMiddleware:
    """Choose the schema and the URL configuration by the host; an unknown host gets a plain page and nothing else."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        connection.set_schema_to_public()
        try:
            host = request.get_host().rsplit(":", 1)[0].lower()
        except DisallowedHost:
            return error_views.unknown_host(request)
        if host in LOCAL and request.path != HEALTH:
            return HttpResponseRedirect(f"{settings.PLATFORM_ORIGIN}{request.get_full_path()}")
        if host == settings.PLATFORM_HOST or host in LOCAL:
            return self._answer(request, None)
        scheme = queries.scheme_at(host)
        if scheme is None or scheme.status == Scheme.Status.CLOSED:
            return error_views.unknown_host(request)
        if scheme.status == Scheme.Status.SUSPENDED:
            return error_views.maintenance(request)
        return self._answer(request, scheme)

    def _answer(self, request: HttpRequest, scheme: Scheme | None) -> HttpResponse:
        request.scheme_here = scheme
        if scheme is not None:
            connection.set_tenant(scheme)
        urlconf = settings.ROOT_URLCONF if scheme else settings.PUBLIC_SCHEMA_URLCONF
        request.urlconf = urlconf
        set_urlconf(urlconf)
        try:
            return self.get_response(request)
        finally:
            connection.set_schema_to_public()


class PermissionMiddleware:
    """A page that names no permission is not shown, and nothing signed in or private is ever stored by a cache."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store"
        return response

    def process_view(self, request: HttpRequest, view: Callable, args: Any, kwargs: Any) -> None:
        if getattr(view, "permission", None) is None:
            log.error("page_names_no_permission", view=getattr(view, "__qualname__", repr(view)))
            raise Http404
