"""Schemes, people of every role, and clients that knock at a host's door."""

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from kit import clock, outbox
from people.models import Person
from tenants.schemes.entering import enter
from tenants.schemes.models import Membership, NationalRole, Scheme
from tenants.schemes.rights import NationalRoleName, Role

PLATFORM = "alongside.localhost"
SESSION_HOST = "host"


@pytest.fixture(autouse=True)
def in_public(db: None) -> Iterator[None]:
    """Every integration test has the database, and begins and ends in public."""
    connection.set_schema_to_public()
    yield
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
    """`client_at(scheme, person)`: a browser at a scheme's host (or the platform's for None), signed in if somebody is."""

    def make(place: Scheme | None, who: Person | None = None, **extra: object) -> Client:
        host = place.host if place else PLATFORM
        client = Client(headers={"host": f"{host}:{settings.PUBLIC_PORT}"}, **extra)
        if who is not None:
            sign_in(client, who, host)
        return client

    return make


def sign_in(client: Client, who: Person, host: str) -> None:
    """Give a client the session that arriving at a host gives."""
    client.force_login(who, backend="people.backends.PersonBackend")
    session = client.session
    session[SESSION_HOST] = host
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
