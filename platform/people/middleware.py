"""A session belongs to the host it was made on: every host's sessions share one table."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from people.hosts import host_of

SESSION_HOST = "host"


class SessionHostMiddleware:
    """Write the host into each session, and end a session whose cookie turns up at another host."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        host, session = host_of(request), request.session
        # A visitor without a cookie has no session, and asking would cost a query.
        if session.session_key and session.get(SESSION_HOST) != host and list(session.keys()):
            session.flush()
        response = self.get_response(request)
        # A view may have put another one in its place, as allauth does while somebody is away at a provider.
        session = request.session
        if session.modified and not session.is_empty() and session.get(SESSION_HOST) != host:
            session[SESSION_HOST] = host
        return response
