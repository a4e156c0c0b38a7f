"""The words a new scheme's site starts with. Only what is true of every scheme; editors make them their own."""

from typing import Any
from uuid import uuid4

HOME = {
    "title": "Home",
    "introduction": "Tell us what works and what does not. See what changed because people spoke up.",
}
ANSWERS = {
    "title": "You said, we did",
    "slug": "you-said-we-did",
    "introduction": "What people told us, and what we did about it. When we cannot do something, we say why.",
}
HOW_WE_USE = {"title": "How we use what you tell us", "slug": "how-we-use-what-you-tell-us"}

_HOW_WE_USE_BODY: list[tuple[str, Any]] = [
    (
        "paragraph",
        "<p>You can tell us what was good, what was bad and what should change. You do not have to give your name.</p>",
    ),
    ("heading", "Who reads it"),
    (
        "paragraph",
        "<p>People who work here read what you tell us. We may show a short version on this site, in our own words, "
        "but only if you said that we can.</p>",
    ),
    ("heading", "What happens next"),
    (
        "paragraph",
        "<p>We read what you said. We decide what to do. Then we tell you, also when the answer is no. "
        "If you have a code from us, you can use it to see our answer.</p>",
    ),
    ("action_link", {"text": "See what changed", "page": None, "address": "/you-said-we-did/"}),
    (
        "warning",
        {"heading": "If someone is in danger now", "text": "<p>Call 999. Do not wait for us.</p>"},
    ),
]


def how_we_use_body() -> list[dict[str, Any]]:
    """The body of the page, as a StreamField keeps it."""
    return [{"type": kind, "value": value, "id": str(uuid4())} for kind, value in _HOW_WE_USE_BODY]
