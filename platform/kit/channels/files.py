"""Messages as files of the data folder: what a demonstration and the tests send, and where it can be read."""

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from kit.channels.records import Outcome, Sent


class FileBackend(BaseEmailBackend):
    """Writes each message whole into a file of `EMAIL_FILE_PATH` that is named by its Message-ID."""

    def __init__(self, *args: Any, file_path: str | Path | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.folder = Path(file_path or settings.EMAIL_FILE_PATH)

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write each message; one with the same Message-ID replaces the one before."""
        for message in email_messages:
            built = message.message()
            name = hashlib.sha256(built["Message-ID"].encode()).hexdigest()
            _write(self.folder, f"{name}.eml", built.as_bytes())
        return len(email_messages)


def write_text(*, mark: str, to: str, words: str) -> Sent:
    """Write one text message into a file that is named by its mark: `To:` and the number, an empty line, the words."""
    _write(Path(settings.EMAIL_FILE_PATH), f"{mark}.text", f"To: {to}\n\n{words}".encode())
    return Sent(mark, Outcome.ACCEPTED)


def _write(folder: Path, name: str, content: bytes) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Whoever reads the folder finds a message whole or not at all.
    draft = folder / f".{name}.{os.getpid()}"
    draft.touch(mode=0o600)
    draft.write_bytes(content)
    draft.replace(folder / name)
