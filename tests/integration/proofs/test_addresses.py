"""Whatever an address asks for after its question mark, a page answers: nothing that can be typed there breaks one."""

import itertools
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest

from tenants.schemes.models import Scheme
from tenants.schemes.pages import PLATFORM_PAGES, SCHEME_PAGES
from tests.cast import Cast, assemble
from tests.integration.proofs import matrix

PARAMETERS = (
    "again", "chosen", "decision", "errors", "followed", "group", "host", "kind", "made", "months", "next", "outcome",
    "page", "q", "show", "site", "slip", "state", "theme", "token", "who", "words",
)  # fmt: skip
ODD = ("\0", "-1", "9" * 40, "//[other.example", "'\u202e%" * 300)
ANSWERS = "/you-said-we-did/"


@pytest.fixture
def cast(scheme: Scheme, other_scheme: Scheme) -> Cast:
    return assemble(scheme, other_scheme)


def queries() -> Iterator[str]:
    """All parameters with a value that is odd; none of them stands before another in any page's way."""
    for value in ODD:
        yield urlencode(dict.fromkeys(PARAMETERS, value))
    yield "state=%00"
    yield "page=%ff&theme=%ed%a0%80&site=%ff"


def pages(cast: Cast) -> Iterator[tuple[str, bool, str]]:
    """Each page's address, on which host it is, and somebody who may open it."""
    for on_platform, table in ((True, PLATFORM_PAGES), (False, SCHEME_PAGES)):
        rights = cast.rights_on_platform if on_platform else cast.rights_at_scheme
        for page, permission in table.items():
            may = [who for who in cast.people if permission in rights[who] and who != "anonymous"]
            who = next(iter(sorted(matrix.OWNERS.get(page, ()))), may[0])
            yield matrix.address_of(page, on_platform=on_platform, cast=cast), on_platform, who
    yield ANSWERS, False, "anonymous"


def broken(cast: Cast, *, each: int, of: int = 1) -> list[str]:
    """The addresses that break a page, of so many odd queries for each page, or for one of so many pages.

    The next page has the next ones.
    """
    visitors = matrix.visitors(cast)
    for client in visitors.values():
        client.raise_request_exception = False
    found, odd = [], itertools.cycle(queries())
    for address, on_platform, who in itertools.islice(pages(cast), 0, None, of):
        client = visitors[who, on_platform]
        for query in itertools.islice(odd, each):
            with matrix.taken_back(client):
                answer = client.get(f"{address}{'&' if '?' in address else '?'}{query}")
            if answer.status_code >= 500:
                found.append(f"{address}?{query[:60]}")
    return found


def test_no_page_breaks_over_what_its_address_asks_for(cast: Cast) -> None:
    """Of the pages every second one; with `--all` each."""
    assert broken(cast, each=1, of=2) == []


@pytest.mark.long
def test_no_page_breaks_over_anything_that_its_address_asks_for(cast: Cast) -> None:
    assert broken(cast, each=len(list(queries()))) == []
