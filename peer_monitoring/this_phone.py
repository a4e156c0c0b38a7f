"""On which of somebody's phones a sign-in is: the app says it, so that a page can name it among them."""

from uuid import UUID

from django.http import HttpRequest

from kit.ids import as_id
from peer_monitoring import queries
from people.here import me

KEY = "peer_monitoring.phone"
HEADER = "X-Phone"


def note(request: HttpRequest, phone_id: UUID) -> None:
    """It is this one, for as long as the sign-in lasts."""
    if request.session.get(KEY) != str(phone_id):
        request.session[KEY] = str(phone_id)


def note_as_said(request: HttpRequest) -> None:
    """The same of one that the app names, where it is theirs."""
    said = as_id(request.headers.get(HEADER, ""))
    if said and known(request) != said and queries.name_of_phone(me(request).pk, said):
        note(request, said)


def known(request: HttpRequest) -> UUID | None:
    """Which it is, as far as the app has said it."""
    return as_id(request.session.get(KEY, ""))
