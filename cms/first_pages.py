"""The words a new scheme's site starts with. Only what is true of every scheme; editors make them their own."""

from collections.abc import Iterator
from itertools import count
from string import ascii_uppercase, digits
from typing import Any
from uuid import uuid4

from kit import clock

# How places in Wagtail's tree of pages are written.
STEP, DIGITS = 4, digits + ascii_uppercase

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

PRINTED = {"title": "To print and share", "slug": "to-print-and-share"}
STORIES = {"title": "Stories", "slug": "stories"}

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


def add_below_home(apps: Any, model: str, words: dict[str, str]) -> None:
    """In a migration: a further page that every scheme has below its home page, published, at the end and in no menu.

    A scheme may have a page of its own at that address; ours then stands beside it.
    """
    pages = apps.get_model("wagtailcore.Page").objects
    # Those of other languages came later.
    home, now = pages.filter(depth=2).earliest("path"), clock.now()
    siblings = pages.filter(depth=3, path__startswith=home.path)
    last = siblings.order_by("path").values_list("path", flat=True).last()
    taken = set(siblings.values_list("slug", flat=True))
    slug = next(name for name in _names(words["slug"]) if name not in taken)
    content_type, _ = apps.get_model("contenttypes.ContentType").objects.get_or_create(app_label="cms", model=model)
    apps.get_model("cms", model).objects.create(
        **words | {"slug": slug}, draft_title=words["title"], content_type=content_type, locale_id=home.locale_id,
        path=_path_after(last, home.path), depth=3, url_path=f"{home.url_path}{slug}/", translation_key=uuid4(),
        live=True, first_published_at=now, last_published_at=now,
    )  # fmt: skip
    pages.filter(pk=home.pk).update(numchild=home.numchild + 1)


def _names(slug: str) -> Iterator[str]:
    yield slug
    yield from (f"{slug}-{number}" for number in count(2))


def _path_after(last: str | None, parent: str) -> str:
    """The next place in the tree: a path is four characters of 36 for each step down."""
    number = int(last[-STEP:], 36) + 1 if last else 1
    characters = ""
    for _ in range(STEP):
        number, digit = divmod(number, 36)
        characters = f"{DIGITS[digit]}{characters}"
    return f"{parent}{characters}"
