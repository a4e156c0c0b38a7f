"""Schemes, people of every role, and clients that knock at a host's door."""

import itertools
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from importlib import import_module
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from allauth.account.internal.flows import login
from allauth.account.internal.userkit import user_id_to_str
from django.conf import settings
from django.db import connection
from django.test import Client

from kit import clock, outbox
from people.models import Person
from tenants.schemes.entering import enter
from tenants.schemes.models import Membership, NationalRole, Scheme
from tenants.schemes.privileges import OWNER, WEB
from tenants.schemes.rights import NationalRoleName, Role
from tenants.schemes.second_step import KEY as SECOND_STEP
from tests import databases
from tests.integration.proofs.calling import Browser
from tests.integration.proofs.listening import logged
from tests.revealing import revealing_lines, revealing_messages

PLATFORM = "alongside.localhost"
SESSION_HOST = "host"
_numbers = itertools.count()


@pytest.fixture(scope="session", autouse=True)
def reveals_nothing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Every message that any test sent, and every line that was logged meanwhile, is searched at the end (S2)."""
    with logged() as lines:
        yield
    assert revealing_messages(tmp_path_factory.getbasetemp()) == []
    assert revealing_lines(lines.getvalue()) == []


@pytest.fixture(autouse=True)
def in_public(request: pytest.FixtureRequest) -> Iterator[None]:
    """Every integration test has the database, and begins and ends in public."""
    if not {"as_owner", "as_web"} & set(request.fixturenames):
        request.getfixturevalue("db")
    connection.set_schema_to_public()
    # As the server does at start: forms first imported inside a request would carry that scheme's querysets.
    import_module(settings.ROOT_URLCONF)
    yield
    connection.set_schema_to_public()


@pytest.fixture
def as_owner(django_db_blocker: Any) -> Iterator[str]:
    """The rest of the test works as the owner on a clone of its own, whose name this is, and commits for real."""
    with on_a_clone(OWNER, django_db_blocker) as name:
        yield name


@pytest.fixture
def as_web(django_db_blocker: Any) -> Iterator[str]:
    """The same as the server's role."""
    with on_a_clone(WEB, django_db_blocker) as name:
        yield name


@contextmanager
def on_a_clone(role: str, blocker: Any) -> Iterator[str]:
    """Point this process's connection at a fresh clone in a role, then back."""
    name = databases.clone(f"scratch_{os.getpid()}_{next(_numbers)}")
    before = {key: connection.settings_dict[key] for key in ("NAME", "USER", "PASSWORD")}
    try:
        connect_as(role, name)
        with blocker.unblock():
            yield name
    finally:
        _reconnect(before)
        databases.drop(name)


def connect_as(role: str, name: str) -> None:
    """Connect this process to a database in a role from here on."""
    url = urlsplit(databases.cluster().url(role, database=name))
    _reconnect({"NAME": name, "USER": role, "PASSWORD": unquote(url.password or "")})


def _reconnect(settings_: dict[str, Any]) -> None:
    connection.close()
    connection.close_pool()
    connection.settings_dict.update(settings_)
    connection.set_schema_to_public()


@pytest.fixture
def scheme() -> Scheme:
    """Ashmere."""
    return Scheme.objects.get(slug="ashmere")


@pytest.fixture
def other_scheme() -> Scheme:
    """Brackwell."""
    return Scheme.objects.get(slug="brackwell")


@pytest.fixture
def inside(scheme: Scheme) -> Iterator[Scheme]:
    """The rest of the test works in Ashmere's schema."""
    with enter(scheme):
        yield scheme


MakePerson = Callable[..., Person]


@pytest.fixture
def person() -> MakePerson:
    """`person("Robin")`: somebody with an account; `role=`, `at=` give a staff role, `national=` a national one."""

    def make(
        name: str = "Robin",
        *,
        role: Role | None = None,
        at: Scheme | None = None,
        national: NationalRoleName | None = None,
    ) -> Person:
        made = Person.objects.create_user(f"{name.lower().replace(' ', '.')}@example.org", name=name)
        if role is not None and at is not None:
            Membership.objects.create(person_id=made.pk, scheme=at, role=role)
        if national is not None:
            NationalRole.objects.create(person_id=made.pk, role=national)
        return made

    return make


@pytest.fixture
def client_at() -> Callable[..., Client]:
    """`client_at(scheme, person)`: a browser at a scheme's host, or the platform's for None; signed in as a person.

    They signed in with a second step, as staff must, unless `second_step=""`.
    """

    def make(place: Scheme | None, who: Person | None = None, second_step: str = "totp", **extra: object) -> Client:
        host = place.host if place else PLATFORM
        client = Browser(headers={"host": f"{host}:{settings.PUBLIC_PORT}"}, **extra)
        if who is not None:
            sign_in(client, who, host, second_step=second_step)
        return client

    return make


def sign_in(client: Client, who: Person, host: str, *, second_step: str = "totp") -> None:
    """Give a client the session that arriving at a host gives, after a sign-in with a second step or without one.

    It was a moment ago, so nothing is asked again.
    """
    client.force_login(who, backend="people.backends.PersonBackend")
    session = client.session
    way = {"method": "mfa" if second_step else "password", "at": clock.machine_now().timestamp()}
    session[login.AUTHENTICATION_METHODS_SESSION_KEY] = [way]
    session[login._AUTHENTICATION_METHODS_USER_SESSION_KEY] = user_id_to_str(who)
    session[SESSION_HOST] = host
    if second_step:
        session[SECOND_STEP] = {"person": str(who.pk), "how": second_step}
    session.save()


@pytest.fixture
def at_moment() -> Callable[[datetime], None]:
    """Set the clock for the rest of the test."""
    return lambda moment: clock.set_to(moment)


@pytest.fixture
def work() -> Callable[[], None]:
    """Let the worker do all that waits in the outbox now."""

    def run() -> None:
        while outbox.work_once():
            pass

    return run
