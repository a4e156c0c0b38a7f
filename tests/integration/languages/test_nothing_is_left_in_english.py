"""Each word that a service user or the public reads can be said in another language (S15, ADR 0061).

The journeys of the reading age are walked once more in a language that puts every phrase between brackets: what stands
outside them was never given to the translators.
"""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client, override_settings
from django.utils import translation

from kit import clock
from tenants.schemes.models import Scheme
from tests.integration.reading.journeys import JOURNEYS, Walk
from tests.integration.reading.test_reading_age import MONDAY

# Walked on a scheme's host, by anybody. Those on the platform follow.
IN_EVERY_LANGUAGE = [
    "Looking at the website",
    "Telling us something",
    "Telling us of harm",
    "A complaint",
    "An answer with a slip",
    "Did it change? With a slip",
    "Privacy, accessibility and contact",
    "When something went wrong",
]
INNERMOST = re.compile(r"⟦[^⟦⟧]*⟧")
WORD = re.compile(r"[^\W\d_]{2,}")


@pytest.fixture
def bracketed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A language in which every phrase stands between brackets."""
    speaks = {
        "gettext": lambda words: f"⟦{words}⟧",
        "ngettext": lambda one, many, n: f"⟦{one if n == 1 else many}⟧",
        "pgettext": lambda context, words: f"⟦{words}⟧",
        "npgettext": lambda context, one, many, n: f"⟦{one if n == 1 else many}⟧",
    }
    for name, function in speaks.items():
        monkeypatch.setattr(translation._trans, name, function, raising=False)


def polish(client_at: Callable[..., Client]) -> Callable[..., Client]:
    """Browsers that read a scheme's pages in Polish: what somebody wrote is English, and is marked so there."""

    def make(at: Scheme | None, *args: Any, **given: Any) -> Client:
        client = client_at(at, *args, **given)
        ask = client.generic
        if at is not None:
            client.generic = lambda method, path, *rest, **more: ask(  # type: ignore[method-assign]
                method, path if path.startswith("/pl/") else f"/pl{path}", *rest, **more
            )
        return client

    return make


def left_over(text: str, known: set[str]) -> str:
    """The words of a line that no translator was given."""
    while INNERMOST.search(text):
        text = INNERMOST.sub(" ", text)
    return " ".join(word for word in WORD.findall(text) if word not in known)


@pytest.mark.parametrize("name", IN_EVERY_LANGUAGE)
def test_every_phrase_of_a_journey_can_be_translated(
    name: str,
    scheme: Scheme,
    client_at: Callable[..., Client],
    work: Callable[[], None],
    mail_folder: Any,
    bracketed: None,
) -> None:
    clock.set_to(MONDAY, frozen=True)
    walk = Walk(scheme, polish(client_at), mail_folder, work)
    with override_settings(DEBUG=False):
        JOURNEYS[name](walk)
    # Names of schemes, and what somebody types on the way.
    data = [f"{one.name} {one.area} {one.provider}" for one in Scheme.objects.all()] + ["The room is cold.", "Robin"]
    known = set(WORD.findall(" ".join(data)))
    lines = {line: left_over(line, known) for page in walk.read for line in page.splitlines()}
    left = {line: words for line, words in lines.items() if words}
    assert left == {}, "\n".join(sorted(left))
