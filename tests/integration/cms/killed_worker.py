"""A worker that is killed (-9) while it keeps sizes: `python -m tests.integration.cms.killed_worker MEDIA FILES`."""

import os
import signal
import sys
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.files.storage import FileSystemStorage  # noqa: E402

from kit import outbox  # noqa: E402


def main(media: str, files: int) -> None:
    """Do what is due, and be killed once so many files are kept."""
    settings.MEDIA_ROOT = media
    really = FileSystemStorage._save
    kept = []

    def save(storage: FileSystemStorage, name: str, content: Any) -> str:
        kept.append(really(storage, name, content))
        if len(kept) == files:
            os.kill(os.getpid(), signal.SIGKILL)
        return kept[-1]

    FileSystemStorage._save = save  # type: ignore[method-assign]
    outbox.work_once()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
