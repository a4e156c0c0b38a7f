"""The app's shell: one page for everybody, its worker, and exactly the files that a phone keeps of it (ADR 0074)."""

import json
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import override

from kit.easy import PICTURES
from kit.finders import FILES

FOLDER = "peer_monitoring/app"
STATIC = Path(__file__).parent / "static"
# What the layout and the modules of the app ask for beside its own folder.
OTHERS = (
    "kit/alongside.css",
    "kit/alongside.js",
    "kit/early.js",
    "questions/expressions.js",
    "idb/index.js",
    *(f"nhsuk/{name}" for name in FILES),
)
# Those that every page of ours asks for by itself, and those that the worker alone asks for.
LAYOUTS = (
    "kit/alongside.js", "kit/early.js", "nhsuk/nhsuk-frontend.min.js", f"{FOLDER}/worker.js", f"{FOLDER}/late.js",
)  # fmt: skip
MARK_BYTES = 12


@dataclass(frozen=True, slots=True)
class Shell:
    """The page, and the mark that it shares with its worker: a phone keeps both of one version or none."""

    mark: str
    page: str
    files: tuple[str, ...]


@cache
def shell() -> Shell:
    """What this version of the code shows; made once, since it is the same for everybody."""
    files = (*sorted(static(name) for name in _names()), _address("app_manifest"))
    mark = sha256(json.dumps([files, _drawn(""), manifest()]).encode()).hexdigest()[:MARK_BYTES]
    return Shell(mark, _drawn(mark), files)


def worker() -> str:
    """The service worker: where its module stands, and what it keeps."""
    told = {"mark": shell().mark, "page": _address("app"), "files": shell().files}
    return f"import {{ start }} from {json.dumps(static(f'{FOLDER}/worker.js'))}\n\nstart({json.dumps(told)})\n"


def manifest() -> dict[str, Any]:
    """What a phone asks for to put the app beside its others."""
    return {
        "name": "Alongside visits",
        "short_name": "Visits",
        "lang": "en-GB",
        "start_url": _address("app"),
        "scope": "/",
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": "#005eb8",
        "icons": [_icon(192, "any"), _icon(512, "any"), _icon(512, "maskable")],
    }


def _icon(size: int, purpose: str) -> dict[str, str]:
    address = static(f"{FOLDER}/icon-{size}.png")
    return {"src": address, "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}


def _names() -> list[str]:
    own = [str(file.relative_to(STATIC)) for file in (STATIC / FOLDER).rglob("*.*")]
    return [*own, *OTHERS, *(f"kit/easy/{name}.svg" for name in PICTURES)]


def _address(name: str) -> str:
    return reverse(name, urlconf=settings.PUBLIC_SCHEMA_URLCONF)


def _drawn(mark: str) -> str:
    pictures = {name: static(f"kit/easy/{name}.svg") for name in PICTURES}
    addresses = {name: _address(name) for name in ("app", "app_manifest", "app_worker", "my_visits")}
    context = {
        "mark": mark,
        "pictures": json.dumps(pictures),
        "addresses": addresses,
        # All at once: on a slow line each import that is found in another one costs a whole way there and back.
        "modules": [static(name) for name in sorted(_names()) if name.endswith(".js") and name not in LAYOUTS],
        "demonstration": settings.DEMONSTRATION,
    }
    with override(settings.LANGUAGE_CODE):
        return render_to_string("peer_monitoring/app.jinja", context)
