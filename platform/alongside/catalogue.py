"""The words of our pages in other languages: found in the code, kept in one file a language, made ready to be read.

`infra/translate` runs it; it needs Babel, which only those who write code install (ADR 0061).
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings

from alongside.settings.environment import PROJECT

SOURCES = ("platform", "tenants", "cms", "peer_monitoring")
METHODS = [("**.py", "python"), ("**.jinja", "jinja2")]
OPTIONS = {
    "**.jinja": {
        "trimmed": "true",
        "trim_blocks": "true",
        "lstrip_blocks": "true",
        "silent": "false",
        "newstyle_gettext": "true",
        "extensions": "wagtail.jinja2tags.core,wagtail.images.jinja2tags.images",
    }
}
HEAD = "# The words of our pages. docs/how-to/translate-the-pages.md says how they are written."
# What Wagtail's editor says in our words instead of its own: written by hand, of no phrase of ours.
EDITOR = "en_GB"
BEGAN = datetime(2026, 11, 29, tzinfo=UTC)
KEYWORDS: dict[str, Any] = {
    "_": None, "N_": None, "gettext": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}  # fmt: skip


def found() -> Catalog:
    """Every phrase that stands in the code now."""
    catalogue = _empty()
    for file, phrase, comments, context in _phrases():
        catalogue.add(phrase, None, [(file, 0)], auto_comments=comments, context=context)
    return catalogue


def kept(language: str) -> Catalog:
    """The phrases of a language as its file has them."""
    with place_of(language).open("rb") as file:
        return read_po(file, locale=language)


def bring_up_to_date(language: str) -> None:
    """Write what is new into the file of a language, take out what has gone, and make it ready to be read."""
    catalogue = kept(language) if place_of(language).exists() else _empty(language)
    catalogue.update(found(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    place_of(language).parent.mkdir(parents=True, exist_ok=True)
    with place_of(language).open("wb") as file:
        write_po(file, catalogue, width=120, sort_output=True, omit_header=False, include_lineno=False)
    for one in (language, EDITOR):
        ready_of(one).write_bytes(made_ready(kept(one)))


def made_ready(catalogue: Catalog) -> bytes:
    """What the service reads."""
    out = BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def place_of(language: str) -> Path:
    """The file in which people write."""
    return Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "django.po"


def ready_of(language: str) -> Path:
    """The file that the service reads."""
    return place_of(language).with_suffix(".mo")


def _empty(language: str | None = None) -> Catalog:
    # No date and nobody's name: the file changes only when its words do.
    return Catalog(
        locale=language,
        header_comment=HEAD,
        project="Alongside",
        version="1",
        fuzzy=False,
        creation_date=BEGAN,
        revision_date=BEGAN,
    )


def _phrases() -> Iterator[tuple[str, Any, list[str], str | None]]:
    for source in SOURCES:
        folder = PROJECT / source
        for name, _line, phrase, comments, context in extract_from_dir(folder, METHODS, OPTIONS, KEYWORDS):
            yield f"{source}/{name}", phrase, comments, context
