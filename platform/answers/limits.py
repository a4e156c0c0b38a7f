"""How much of the search anybody may use: it is open to all, and looking for words costs the database most."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps

from allauth.account.adapter import get_adapter
from django.db import OperationalError, connection, transaction
from django.http import HttpRequest, HttpResponse
from psycopg.errors import QueryCanceled

from kit import clock, counting
from kit.errors import Refused

# Wide, since all who work for a trust may share one address.
SEARCHES_AN_HOUR = 1000
# Without words: what there is to choose from is read off all answers each time.
LOOKS_AN_HOUR = 10_000
HOUR = 60 * 60
LONGEST = 3.0
TOO_MANY = "There were very many searches. Wait one hour and try again, or choose a theme without words."
TOO_MANY_LOOKS = "This page was opened very many times. Wait one hour and try again."
TOO_LONG = "It takes too long to find these words now. Use other words, or try again later."


class CannotSearch(Refused):
    """The page was opened too often, or a search takes too long."""


def limited(search: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """A page that searches: it is counted, with words and without, and no statement of it takes long."""

    @wraps(search)
    def within(request: HttpRequest) -> HttpResponse:
        if request.GET.get("q", "").strip():
            _count(request, "search", most=SEARCHES_AN_HOUR, refusal=TOO_MANY)
        else:
            _count(request, "look", most=LOOKS_AN_HOUR, refusal=TOO_MANY_LOOKS)
        with _not_for_long():
            return search(request)

    return within


def _count(request: HttpRequest, what: str, *, most: int, refusal: str) -> None:
    """One more of this; refused once there were too many from one address within this hour."""
    hour = int(clock.now().timestamp()) // HOUR
    address = get_adapter().get_client_ip(request)
    if counting.count(f"answers.{what}:{hour}:{address}", seconds=HOUR) > most:
        raise CannotSearch(refusal)


@contextmanager
def _not_for_long() -> Iterator[None]:
    """Refuse what the database works on for longer than `LONGEST` seconds; it is stopped then."""
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('statement_timeout', %s, true)", [f"{1000 * LONGEST:.0f}"])
            yield
    except OperationalError as error:
        if isinstance(error.__cause__, QueryCanceled):
            raise CannotSearch(TOO_LONG) from error
        raise
