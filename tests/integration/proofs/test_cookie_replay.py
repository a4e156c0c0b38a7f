"""A session's cookie opens the one host it was made for: anywhere else it is no cookie at all, and the session ends.

Tried with somebody who holds every role everywhere, so that nothing but the host can turn the cookie away.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpResponse
from django.test.client import Client, ClientHandler
from django.urls import NoReverseMatch, reverse

from people.models import Person
from tenants.schemes import actions
from tenants.schemes.models import Membership, NationalRole, Scheme
from tenants.schemes.pages import PLATFORM_PAGES, SCHEME_PAGES
from tenants.schemes.rights import NationalRoleName, Role
from tenants.schemes.urls_walk import pages_of
from tests.cast import Cast, assemble
from tests.factories import groups, people, schemes
from tests.integration.conftest import PLATFORM, sign_in
from tests.integration.proofs import matrix

ASHMERE, BRACKWELL = "ashmere.alongside.localhost", "brackwell.alongside.localhost"
HOSTS = (ASHMERE, BRACKWELL, PLATFORM)
Methods = Callable[[int], tuple[str, ...]]
# What differs between two answers to the same question.
FRESH = re.compile(r'(?<=name="csrfmiddlewaretoken" value=")\w+|(?<=name="send" value=")[\w-]+|(?<=state=)\w{64}')


@pytest.fixture(scope="module")
def cast(django_db_blocker: Any) -> Iterator[Cast]:
    """Things to ask for at Ashmere and on the platform; ids that Brackwell does not have are asked for there too."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield assemble(*(Scheme.objects.get(slug=slug) for slug in ("ashmere", "brackwell")))
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def handler() -> ClientHandler:
    return ClientHandler(enforce_csrf_checks=False)


@pytest.fixture
def everything(cast: Cast) -> Person:
    return who_may_do_everything(cast)


def who_may_do_everything(cast: Cast) -> Person:
    """Somebody with every role everywhere."""
    made = people.someone("Everything")
    for scheme in (cast.scheme, cast.other):
        for role in Role:
            schemes.works_at(scheme, made.pk, role=role)
    for name in NationalRoleName:
        NationalRole.objects.create(person_id=made.pk, role=name)
    group = groups.a_group("All", lead=made)
    groups.agreed(group, cast.scheme)
    groups.agreed(group, cast.other)
    return made


def addresses(cast: Cast, host: str) -> list[str]:
    """Every URL of a host: ours from the table of pages, and of the editor those that need no id."""
    platform = host == PLATFORM
    table = PLATFORM_PAGES if platform else SCHEME_PAGES
    ours = [matrix.address_of(page, on_platform=platform, cast=cast) for page in table]
    return ours if platform else ours + list(_editors_addresses())


def _editors_addresses() -> Iterator[str]:
    for page in pages_of(settings.ROOT_URLCONF):
        if page.in_cms:
            try:
                yield reverse(page.name, urlconf=settings.ROOT_URLCONF)
            except NoReverseMatch:
                continue


def browser(handler: ClientHandler, host: str, *, cookie: str = "") -> Client:
    client = Client(headers={"host": f"{host}:{settings.PUBLIC_PORT}"})
    client.handler = handler
    if cookie:
        client.cookies[settings.SESSION_COOKIE_NAME] = cookie
    return client


def signed_in(handler: ClientHandler, person: Person, host: str) -> str:
    """The cookie of a session that was made at a host."""
    client = browser(handler, host)
    sign_in(client, person, host)
    return str(client.cookies[settings.SESSION_COOKIE_NAME].value)


def answer_of(client: Client, method: str, address: str) -> tuple[int, str, str]:
    found: HttpResponse = getattr(client, method)(address)
    return found.status_code, found.headers.get("Location", ""), FRESH.sub("", found.content.decode())


def both(number: int) -> tuple[str, ...]:
    """The methods by which an address is tried: for the long proofs."""
    return ("get", "post")


def in_turn(number: int) -> tuple[str, ...]:
    """The one for every second address, the other for those between."""
    return (both(number)[number % 2],)


@pytest.mark.parametrize("methods", [in_turn, pytest.param(both, marks=pytest.mark.long)])
@pytest.mark.parametrize(("made_at", "used_at"), [(a, b) for a in HOSTS for b in HOSTS if a != b])
def test_a_cookie_of_one_host_is_nothing_at_another_and_its_session_ends(
    made_at: str, used_at: str, methods: Methods, cast: Cast, everything: Person, handler: ClientHandler
) -> None:
    cookie = signed_in(handler, everything, made_at)
    everywhere = addresses(cast, used_at)
    assert len(everywhere) > 35
    # On the day one half is tried with the cookie of the one host, the other half with that of the other.
    first = [host for host in HOSTS if host != used_at].index(made_at)
    for number, address in enumerate(everywhere if methods is both else everywhere[first::2]):
        for method in methods(number):
            with matrix.taken_back(visitor := browser(handler, used_at)):
                expected = answer_of(visitor, method, address)
            with matrix.taken_back(thief := browser(handler, used_at, cookie=cookie)):
                assert answer_of(thief, method, address) == expected, (method, address)
                if not address.startswith("/health/"):  # asks for nobody, and looks at no session
                    assert not Session.objects.filter(session_key=cookie).exists(), (method, address)
            assert Session.objects.filter(session_key=cookie).exists()


def test_at_its_own_host_the_same_cookie_opens_what_its_holder_may_see(
    cast: Cast, everything: Person, handler: ClientHandler
) -> None:
    for host, address in ((ASHMERE, "/audit/"), (BRACKWELL, "/cms/"), (PLATFORM, "/operate/")):
        own = browser(handler, host, cookie=signed_in(handler, everything, host))
        assert own.get(address).status_code == 200


@pytest.mark.parametrize("methods", [in_turn, pytest.param(both, marks=pytest.mark.long)])
def test_the_cookie_of_somebody_whose_account_was_closed_is_nothing_anywhere(
    methods: Methods, cast: Cast, everything: Person, handler: ClientHandler
) -> None:
    cookies = {host: signed_in(handler, everything, host) for host in (ASHMERE, PLATFORM)}
    Person.objects.filter(pk=everything.pk).update(is_active=False)
    assert_they_open_nothing(cookies, cast, handler, methods)


def assert_they_open_nothing(cookies: dict[str, str], cast: Cast, handler: ClientHandler, methods: Methods) -> None:
    """Whoever brings one of these cookies gets at each address what a visitor without any gets."""
    for host, cookie in cookies.items():
        for number, address in enumerate(addresses(cast, host)):
            for method in methods(number):
                with matrix.taken_back(visitor := browser(handler, host)):
                    expected = answer_of(visitor, method, address)
                with matrix.taken_back(ghost := browser(handler, host, cookie=cookie)):
                    assert answer_of(ghost, method, address) == expected, (method, address)


def test_the_cookie_of_somebody_whose_role_has_ended_opens_nothing_of_the_staffs(
    cast: Cast, handler: ClientHandler
) -> None:
    leaver = people.someone("Leaver")
    role = schemes.works_at(cast.scheme, leaver.pk, role=Role.MANAGER)
    cookie = signed_in(handler, leaver, ASHMERE)
    assert browser(handler, ASHMERE, cookie=cookie).get("/audit/").status_code == 200
    schemes.works_at(cast.scheme, people.someone("Stays").pk, role=Role.MANAGER)
    actions.end_membership(membership=role, by=None)
    assert not Membership.objects.of(leaver.pk).running().exists()
    closed = [page for page, right in SCHEME_PAGES.items() if right not in ("anyone", "signed_in")]
    staffs = [matrix.address_of(page, on_platform=False, cast=cast) for page in closed]
    for address in [*staffs, *_editors_addresses()]:
        assert browser(handler, ASHMERE, cookie=cookie).get(address).status_code == 404, address
