"""What no page expects: it is said in a sentence, and never with a failure."""

from collections.abc import Callable

import structlog
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from psycopg.errors import UniqueViolation

from kit import error_views
from kit.errors import Refused

AT_THE_SAME_MOMENT = "Somebody else did this at the same moment. Go back and look again."
NUL = "%00"
log = structlog.get_logger(__name__)

GetResponse = Callable[[HttpRequest], HttpResponse]


class NoNulMiddleware:
    """What an address asks for holds no NUL, since no database takes one."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        # Taking one out can put another together.
        while NUL in query:
            query = query.replace(NUL, "")
        request.META["QUERY_STRING"] = query
        return self.get_response(request)


class RefusalMiddleware:
    """What a view did not catch, and is nobody's fault: an action refused, or somebody was quicker."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, Refused):
            return error_views.refused(request, str(error))
        # Only what must be once can be there already; any other constraint that is broken is a fault of ours.
        if isinstance(error, IntegrityError) and isinstance(error.__cause__, UniqueViolation):
            log.warning("somebody_was_quicker", constraint=error.__cause__.diag.constraint_name)
            return error_views.refused(request, AT_THE_SAME_MOMENT)
        return None
