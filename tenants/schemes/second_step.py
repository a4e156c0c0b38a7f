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
    found = request.session.get(KEY) if request.user.is_authenticated else None
    return str(found["how"]) if found and found["person"] == str(request.user.pk) else ""


def passed(request: HttpRequest) -> bool:
    """Whether this session may use the rights of staff."""
    return bool(how(request))
