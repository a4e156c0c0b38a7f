"""Whether somebody signed in with a second step: a mark in their session, which rights of staff ask for (ADR 0045)."""

from uuid import UUID

from django.http import HttpRequest

KEY = "second_step"


def mark(request: HttpRequest, *, person_id: UUID, how: str) -> None:
    """From now on this session is one of somebody who showed a second step; with no way named, it no longer is."""
    if how:
        # For one person alone: a session begins before anybody is signed in, and may end with somebody else.
        request.session[KEY] = {"person": str(person_id), "how": how}
    else:
        request.session.pop(KEY, None)


def how(request: HttpRequest) -> str:
    """By which second step this person signed in here; empty if by none."""
    return _how(request, request.user.pk) if request.user.is_authenticated else ""


def is_marked(request: HttpRequest, *, person_id: UUID, how: str) -> bool:
    """Whether somebody who is about to sign in here has shown it in this way."""
    return _how(request, person_id) == how


def passed(request: HttpRequest) -> bool:
    """Whether this session may use the rights of staff."""
    return bool(how(request))


def _how(request: HttpRequest, person_id: UUID) -> str:
    found = request.session.get(KEY) or {}
    return str(found["how"]) if found.get("person") == str(person_id) else ""
