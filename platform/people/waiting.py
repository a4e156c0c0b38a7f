"""What waits for somebody: apps register functions that say so, for “what waits for you” on any host."""

from collections.abc import Callable, Iterable

from django.http import HttpRequest

from kit.waiting import Waiting

Finder = Callable[[HttpRequest], Iterable[Waiting]]
_finders: list[Finder] = []


def register(finder: Finder) -> Finder:
    """Add a function that is asked on each host; it looks at `request.scheme_here` to know which."""
    _finders.append(finder)
    return finder


def lines(request: HttpRequest) -> list[Waiting]:
    """All that waits for the person asking, on this host."""
    return [line for finder in _finders for line in finder(request)]
