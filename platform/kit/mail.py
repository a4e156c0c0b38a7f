"""Plain-text mail that gives nothing away: neutral subjects, one message per key however often it is sent."""

import hashlib
import os
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.core.validators import validate_email

from kit.errors import Refused


class Subject(StrEnum):
    """Every subject there is: whoever sees it over a shoulder learns nothing from it (S2)."""

    ANSWER = "There is an answer for you"
    CODE = "Your sign-in code"
    INVITED = "You have been invited"
    ACCOUNT = "About your account"
    WAITING = "Something waits for you"


class BadAddress(Refused):
    """Mail cannot go to this address."""


class RevealingSubject(ValueError):
    """A subject that is not one of the neutral ones."""


def send(*, key: str, to: str, subject: str, words: str) -> str:
    """Send one person one message, and return its Message-ID; the same key always makes the same Message-ID.

    Called again with a key, as the outbox may after a crash, a mailbox or the file backend can tell it is the same.
    """
    message_id = _message_id(key)
    EmailMessage(
        subject=_neutral(subject),
        body=words,
        to=[_address(to)],
        headers={"Message-ID": message_id, "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"},
    ).send()
    return message_id


def _message_id(key: str) -> str:
    host = settings.DEFAULT_FROM_EMAIL.rstrip(">").rpartition("@")[2]
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:40]}@{host}>"


def _neutral(subject: str) -> str:
    try:
        return Subject(subject).value
    except ValueError:
        raise RevealingSubject("Choose a subject of kit.mail.Subject.") from None


def _address(to: str) -> str:
    try:
        validate_email(to)
    except ValidationError:
        raise BadAddress("This is not an e-mail address we can send to. Check it and try again.") from None
    return to


class FileBackend(BaseEmailBackend):
    """Writes each message whole into a file of `EMAIL_FILE_PATH` that is named by its Message-ID."""

    def __init__(self, *args: Any, file_path: str | Path | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.folder = Path(file_path or settings.EMAIL_FILE_PATH)

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write each message; one with the same Message-ID replaces the one before."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for message in email_messages:
            self._write(message)
        return len(email_messages)

    def _write(self, message: EmailMessage) -> None:
        built = message.message()
        name = hashlib.sha256(built["Message-ID"].encode()).hexdigest()
        # Whoever reads the folder finds a message whole or not at all.
        draft = self.folder / f".{name}.{os.getpid()}"
        draft.touch(mode=0o600)
        draft.write_bytes(built.as_bytes())
        draft.replace(self.folder / f"{name}.eml")
