"""No message that leaves the service, and no line of its log, says what it is about: a glance reveals nobody."""

import io
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client, override_settings

from groups import actions as groups
from kit import clock
from kit.mail import Subject
from people.mails import MAILS
from people.models import Person
from tenants.feedback.models import Point
from tenants.schemes.entering import enter
from tenants.schemes.models import Scheme
from tenants.schemes.rights import Role
from tests.factories.groups import a_group
from tests.factories.people import reached_by_mail, someone
from tests.factories.schemes import works_at
from tests.integration.proofs.listening import logged
from tests.revealing import REVEALING, revealing_lines

PASSWORD = "maple lamp river stone"


@pytest.fixture
def letters(tmp_path: Path) -> Iterator[Path]:
    with override_settings(EMAIL_BACKEND="kit.channels.files.FileBackend", EMAIL_FILE_PATH=tmp_path / "letters"):
        yield tmp_path / "letters"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    with logged() as lines:
        yield lines


def sign_in_in_every_way(browser: Callable[[], Client], robin: Person) -> None:
    """By password, right and wrong, by code, as somebody new, as somebody unknown, and with a new password."""
    browser().post("/sign-in/", {"login": robin.email, "password": PASSWORD})
    browser().post("/sign-in/", {"login": robin.email, "password": "wrong and wrong"})
    browser().post("/sign-in/code/", {"email": robin.email})
    browser().post("/sign-in/code/", {"email": "nobody@example.org"})
    browser().post("/sign-in/new/", {"email": "new@example.org"})
    browser().post("/sign-in/new/", {"email": robin.email})
    browser().post("/sign-in/password/", {"email": robin.email})


def walk_the_loop(sayer: Client, desk: Client, scheme: Scheme, owner: object, work: Callable[[], None]) -> None:
    """From said to confirmed, with messages; and what goes wrong on the way."""
    told = {"said": "The police took my phone.", "may_publish": "on", "link": "on", "write_to_me": "on"}
    assert sayer.post("/tell-us/", told | {"send": uuid4()}).status_code == 302
    harm = {"words": "An officer hit him in the cell.", "reach_at": "The court café", "send": uuid4()}
    assert sayer.post("/tell-us/harm/", harm).status_code == 302
    with enter(scheme):
        pk = Point.objects.get().pk
    due = clock.today().replace(year=clock.today().year + 1)
    decided = {"decision": "will", "answer": "A court card.", "reason": "Asked.", "owner": owner} | {
        f"due_{part}": getattr(due, part) for part in ("day", "month", "year")
    }
    for step, filled in (
        ("acknowledge", {}),
        ("words", {"words": "Phones are taken in custody."}),
        ("regard", {"changes": "no", "why_not": "All who are arrested."}),
        ("decide", decided),
        ("progress", {"words": "Police agree."}),
        ("done", {"words": "Done in court."}),
    ):
        assert desk.post(f"/points/{pk}/{step}/", filled).status_code == 302, step
        work()
    clock.set_to(clock.now() + timedelta(days=1), frozen=True)  # one message a day
    work()
    assert sayer.post(f"/mine/{pk}/changed/", {"answer": "no"}).status_code == 302
    desk.post("/team/invite/", {"email": "colleague@example.org", "role": Role.PRACTITIONER})
    work()
    for client in (sayer, desk):
        client.get("/nothing/", {"q": "custody"})
        client.post("/answer/", {"code": "police custody court arrest 2345"})


@pytest.fixture
def said(
    letters: Path,
    log: io.StringIO,
    scheme: Scheme,
    client_at: Callable[..., Client],
    work: Callable[[], None],
) -> tuple[list[tuple[str, str, str]], str]:
    """Every message that went out (sender, subject, words), and every line that was logged."""
    robin = reached_by_mail(someone("Robin", email="robin@example.org", password=PASSWORD))
    manager = reached_by_mail(someone("Sam", email="sam@example.org"))
    owner = works_at(scheme, manager.pk, role=Role.MANAGER)
    sign_in_in_every_way(lambda: client_at(None), robin)
    walk_the_loop(client_at(scheme, robin), client_at(scheme, manager), scheme, owner.pk, work)
    founder = client_at(None, someone("Founder", email="founder@example.org"))
    groups.invite(group=a_group("Court users"), email="member@example.org", seat="monitor", by=None)
    founder.get("/my/")
    work()
    messages = []
    for file in letters.glob("*.eml"):
        message = message_from_bytes(file.read_bytes(), policy=policy.default)
        messages.append((str(message["From"]), str(message["Subject"]), message.as_string()))
    return messages, log.getvalue()


def test_no_sender_subject_or_word_of_a_message_reveals_what_it_is_about(said: tuple) -> None:
    messages, _ = said
    assert {subject for _, subject, _ in messages} == {subject.value for subject in Subject}
    assert len(messages) >= 8
    for sender, subject, whole in messages:
        assert not REVEALING.search(f"{sender} {subject} {whole}"), whole
        hosts = {urlsplit(link).hostname for link in re.findall(r"https?://\S+", whole)}
        assert hosts <= {settings.PLATFORM_HOST}, whole


def test_no_line_of_the_log_reveals_what_somebody_said(said: tuple) -> None:
    _, lines = said
    assert "Not Found" in lines
    assert revealing_lines(lines) == []


def test_the_names_of_the_service_reveal_nothing() -> None:
    known = [settings.DEFAULT_FROM_EMAIL, settings.SERVER_EMAIL, settings.PLATFORM_HOST, settings.EMAIL_SUBJECT_PREFIX]
    known += [settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, *Subject]
    known += [words for subject, words in MAILS.values()]
    assert not [name for name in known if REVEALING.search(name)]


def test_such_a_word_would_be_found() -> None:
    assert REVEALING.search("Your L&D worker") and REVEALING.search("At Ashmere custody suite")
