"""People as they come to these pages."""

import email
import re
from collections.abc import Callable
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import Client

from people.models import Person
from tenants.schemes.models import Membership, NationalRole, Scheme
from tenants.schemes.rights import NationalRoleName, Role
from tests.factories.people import someone


@pytest.fixture(autouse=True)
def nobody_has_tried_too_often(in_public: None, request: pytest.FixtureRequest) -> None:
    """Each test begins with fresh limits; one on a database of its own has them anyway."""
    if not {"as_owner", "as_web"} & set(request.fixturenames):
        cache.clear()


@pytest.fixture
def settled_person() -> Callable[..., Person]:
    """Somebody who was here before, with the roles that are named."""

    def make(
        name: str = "Robin",
        *,
        role: Role | None = None,
        at: Scheme | None = None,
        national: NationalRoleName | None = None,
    ) -> Person:
        made = someone(name)
        if role is not None and at is not None:
            Membership.objects.create(person_id=made.pk, scheme=at, role=role)
        if national is not None:
            NationalRole.objects.create(person_id=made.pk, role=national)
        return made

    return make


@pytest.fixture
def messages(mail_folder: Path, settings: object) -> Callable[[], list[EmailMessage]]:
    """The messages that went out in this test, the oldest first."""
    # Django's tests keep messages in memory unless told otherwise.
    settings.EMAIL_BACKEND = "kit.channels.files.FileBackend"  # type: ignore[attr-defined]

    def read() -> list[EmailMessage]:
        files = sorted(mail_folder.glob("*.eml"), key=lambda file: file.stat().st_mtime_ns)
        return [email.message_from_bytes(file.read_bytes(), policy=default) for file in files]

    return read


@pytest.fixture
def code_in(messages: Callable[[], list[EmailMessage]]) -> Callable[[], str]:
    """The code in the newest message."""
    return lambda: re.search(r"Your code is (\S+)", body(messages()[-1])).group(1)  # type: ignore[union-attr]


def a_while_ago(client: Client) -> Client:
    """Whoever this is signed in eleven minutes ago."""
    session = client.session
    session["account_authentication_methods"][-1]["at"] -= 11 * 60
    session.save()
    return client


def body(message: EmailMessage) -> str:
    """The words of a message."""
    return str(message.get_content())
