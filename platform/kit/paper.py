"""What goes out on paper: tagged PDF (PDF/UA-1) made by Typst from templates in `<app>/typst/<app>/` (ADR 0043).

Words go to a template as data and never as markup: whatever somebody said, nothing of it is read as an instruction.
"""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import typst
from django.apps import apps
from django.conf import settings
from django.http import HttpResponse

from kit import clock
from kit.typeface import printable

PDF = "application/pdf"


def pdf(template: str, data: Mapping[str, Any], *, files: Mapping[str, bytes] | None = None) -> bytes:
    """A document made from a template such as `feedback/slips.typ`, with `data` as `data.json` and `files` beside it.

    Raises `typst.TypstError` for a template that does not hold together, and for a picture without a description.
    """
    shown = {**data, "demonstration": settings.DEMONSTRATION}
    words = json.dumps(printable(shown), default=str).encode()
    written = {"main.typ": f'#include "{template}"'.encode(), "data.json": words}
    made = typst.compile(  # type: ignore[call-overload]  # its types forget that it takes several files by their names
        {**_templates(), **written, **(files or {})},
        font_paths=_typefaces(),
        format="pdf",
        pdf_standards="ua-1",
        timestamp=int(clock.now().timestamp()),
    )
    assert isinstance(made, bytes)  # one document, which was not asked to be a file
    return made


def as_download(document: bytes, name: str) -> HttpResponse:
    """An answer that saves a document under a neutral name."""
    return HttpResponse(
        document,
        headers={
            "Content-Type": PDF,
            "Content-Disposition": f'attachment; filename="{name}"',
            "X-Content-Type-Options": "nosniff",
        },
    )


@cache
def _templates() -> dict[str, bytes]:
    """Every template of every app, under its path from the folder `typst`."""
    folders = [Path(app.path) / "typst" for app in apps.get_app_configs()]
    found = ((folder, file) for folder in folders for file in sorted(folder.rglob("*.typ")))
    return {str(file.relative_to(folder)): file.read_bytes() for folder, file in found}


@cache
def _typefaces() -> typst.Fonts:
    """Arimo, which has the widths of Arial and may be given to everybody, and nothing else that this machine has."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[settings.TYPEFACES])
