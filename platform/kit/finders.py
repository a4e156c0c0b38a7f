"""Where the NHS design system's own files come from: the few we serve, without the parts that would reach out."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage, Error
from django.core.files.storage import FileSystemStorage

PREFIX = "nhsuk"
FILES = (
    "nhsuk-frontend.min.css",
    "nhsuk-frontend.min.js",
    "assets/images/favicon.svg",
    "assets/images/nhsuk-icon-180.png",
    "assets/images/nhsuk-icon-arrow-down.svg",
    "assets/images/nhsuk-icon-arrow-up-down.svg",
    "assets/images/nhsuk-icon-arrow-up.svg",
    "assets/images/nhsuk-icon-cross.svg",
)
# The font lives on a host of the NHS, is licensed for NHS sites alone, and would tell that host who reads our pages.
# The map of the sources is for whoever develops the design system.
REACHES_OUT = re.compile(r"@font-face\s*\{[^}]*\}|(?://|/\*)# sourceMappingURL=\S+(?:\s*\*/)?")
# The styles name their pictures from the top of a host; ours lie beside the styles.
FROM_THE_TOP, BESIDE = "url(/assets/", "url(assets/"


class NhsFinder(BaseFinder):
    """Finds `nhsuk/…` in the installed package `nhsuk-frontend`, from copies made once in the data folder."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.source = Path(settings.NHSUK_FRONTEND)
        self.copies = Path(settings.DATA_FOLDER) / PREFIX
        self.storage = FileSystemStorage(location=self.copies)
        self.storage.prefix = PREFIX  # type: ignore[attr-defined]  # what collectstatic asks of a storage

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        if (self.source / FILES[0]).exists():
            return []
        return [Error("The NHS design system is not installed.", hint="Run npm ci.", id="kit.E001")]

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        name = path.removeprefix(f"{PREFIX}/")
        if name == path or name not in FILES or not (self.source / name).exists():
            return []
        copy = str(self._copy(name))
        return [copy] if find_all else copy

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, FileSystemStorage]]:
        # Where the package is missing the pages come without style, and `check` stops what must not go out like that.
        for name in FILES:
            if (self.source / name).exists():
                self._copy(name)
                yield name, self.storage

    def _copy(self, name: str) -> Path:
        copy = self.copies / name
        content = (self.source / name).read_bytes()
        if name.endswith((".css", ".js")):
            content = REACHES_OUT.sub("", content.decode()).replace(FROM_THE_TOP, BESIDE).encode()
        if not copy.exists() or copy.read_bytes() != content:
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(content)
        return copy
