"""Where files of others that we serve come from: the few that pages use, without the parts that would reach out."""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage, Error
from django.core.files.storage import FileSystemStorage

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


class PackageFinder(BaseFinder, ABC):
    """Finds files of an installed package under a name of ours, from copies made once in the data folder."""

    prefix: str
    files: tuple[str, ...]
    missing: Error

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.copies = Path(settings.DATA_FOLDER) / self.prefix
        self.storage = FileSystemStorage(location=self.copies)
        self.storage.prefix = self.prefix  # type: ignore[attr-defined]  # what collectstatic asks of a storage

    @property
    @abstractmethod
    def source(self) -> Path:
        """Where the package is."""

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        return [] if (self.source / self.files[0]).exists() else [self.missing]

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        name = path.removeprefix(f"{self.prefix}/")
        if name == path or name not in self.files or not (self.source / name).exists():
            return []
        copy = str(self._copy(name))
        return [copy] if find_all else copy

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, FileSystemStorage]]:
        # Where the package is missing the pages come without it, and `check` stops what must not go out like that.
        for name in self.files:
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


class NhsFinder(PackageFinder):
    """The NHS design system."""

    prefix = "nhsuk"
    files = FILES
    missing = Error("The NHS design system is not installed.", hint="Run npm ci.", id="kit.E001")

    @property
    def source(self) -> Path:
        return Path(settings.NHSUK_FRONTEND)


class IdbFinder(PackageFinder):
    """The library through which the app on a phone speaks with its database."""

    prefix = "idb"
    files = ("index.js",)
    missing = Error("The library idb is not installed.", hint="Run npm ci.", id="kit.E002")

    @property
    def source(self) -> Path:
        return Path(settings.IDB)
