"""What people do to help and to be helped, and what they read."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.test import Client

from tenants.feedback.models import Confirmation, Point
from tenants.schemes.entering import enter

ClientAt = Callable[..., "Browser"]
MONDAY = datetime(2026, 11, 2, 10, tzinfo=UTC)
CHOSEN = {
    "called": "My sister", "sent_to": "kim@example.org", "about": "all", "may": ["confirm", "say"], "length": "92",
}  # fmt: skip


class Browser:
    """A browser, after whose every request the test is back in the schema it was in."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def get(self, *args: Any, **more: Any) -> Any:
        with enter("public"):
            return self.client.get(*args, **more)

    def post(self, *args: Any, **more: Any) -> Any:
        with enter("public"):
            return self.client.post(*args, **more)


def refused(name: str, write: Callable[[], object]) -> None:
    with pytest.raises(IntegrityError, match=f'"{name}"'), transaction.atomic():
        write()


def messages(folder: Path, kind: str = "eml") -> list[str]:
    return [file.read_text() for file in sorted(folder.glob(f"*.{kind}"), key=lambda file: file.stat().st_mtime_ns)]


def link_in(message: str) -> str:
    """Where the link of a message leads to, at the scheme; its own address is the platform's."""
    found = re.search(rf"{settings.PLATFORM_ORIGIN}(/help/\S+)", message.replace("=\n", ""))
    assert found, message
    with enter("public"):
        there = Client(headers={"host": settings.PLATFORM_HOST}).get(found[1])
    assert there["Referrer-Policy"] == "no-referrer"
    address = urlsplit(there["Location"])
    assert address.hostname and address.hostname != settings.PLATFORM_HOST
    return parse_qs(address.query)["next"][0]


def answers(point: Point) -> list[tuple[str, str, bool]]:
    return [(one.answer, one.voice, one.with_help) for one in Confirmation.objects.filter(round__point=point)]
