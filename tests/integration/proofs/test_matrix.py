"""Every URL of ours, for everybody: generated from the table of pages and the resolver.

Each is read by one of each kind of people to whom it opens (one for everybody by a few), and tried by every second of
the other kinds by a method of their own; long proofs try all.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction

from tenants.schemes import checks
from tenants.schemes.models import Scheme
from tenants.schemes.pages import CMS_PERMISSION, PLATFORM_PAGES, SCHEME_PAGES
from tenants.schemes.rights import GRANTS, Permission
from tenants.schemes.urls_walk import pages_of
from tests.cast import Cast, assemble
from tests.integration.proofs import matrix

CELLS = [(name, True) for name in PLATFORM_PAGES] + [(name, False) for name in SCHEME_PAGES]

# Pages whose right comes from a role of staff.
OF_STAFF = [
    (name, on_platform)
    for name, on_platform in CELLS
    if (PLATFORM_PAGES if on_platform else SCHEME_PAGES)[name] in frozenset().union(*GRANTS.values())
]


@pytest.fixture(scope="module")
def cast(django_db_blocker: Any) -> Iterator[Cast]:
    """Everybody, assembled once for all pages, in a transaction that is rolled back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield assemble(*(Scheme.objects.get(slug=slug) for slug in ("ashmere", "brackwell")))
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def visitors(cast: Cast) -> matrix.Visitors:
    return matrix.visitors(cast)


@pytest.fixture(scope="module")
def passwords_alone(cast: Cast) -> matrix.Visitors:
    return matrix.visitors(cast, second_step="")


def test_every_url_stands_in_the_table_with_the_permission_its_view_names() -> None:
    assert checks.every_page_stands_in_the_table(None) == []


@pytest.mark.parametrize(
    ("name", "on_platform"), CELLS, ids=[f"{cell}{' (platform)' if p else ''}" for cell, p in CELLS]
)
def test_a_page_opens_for_who_may_and_is_not_there_for_others(
    name: str, on_platform: bool, cast: Cast, visitors: matrix.Visitors
) -> None:
    cell = {"page": name, "on_platform": on_platform, "cast": cast, "visitors": visitors}
    assert list(matrix.check(**cell, methods=matrix.some, people=matrix.one_of_each_kind)) == []


@pytest.mark.long
def test_every_page_by_every_method_for_everybody(cast: Cast, visitors: matrix.Visitors) -> None:
    cells = [{"page": name, "on_platform": on_platform, "cast": cast} for name, on_platform in CELLS]
    assert [wrong for cell in cells for wrong in matrix.check(**cell, visitors=visitors)] == []


@pytest.mark.long
def test_every_page_of_staff_by_every_method_without_a_second_step(
    cast: Cast, passwords_alone: matrix.Visitors
) -> None:
    cells = [{"page": name, "on_platform": on_platform, "cast": cast} for name, on_platform in OF_STAFF]
    assert [wrong for cell in cells for wrong in matrix.check_second_step(**cell, visitors=passwords_alone)] == []


def test_of_seven_who_are_turned_away_from_a_page_each_tries_another_method() -> None:
    for name, _ in CELLS:
        assert {method for number in range(7) for method in matrix.some(name, number, False)} == set(matrix.METHODS)
        assert {method for number in range(6) for method in matrix.some(name, number, True)} == set(matrix.METHODS)


def test_every_kind_of_people_tries_a_page_and_everybody_some_of_them(cast: Cast) -> None:
    came, turned_away = set[str](), set[str]()
    kinds = {kind_of(who, cast) for who in cast.people}
    for name, _ in CELLS:
        tries, others = (matrix.one_of_each_kind(name, cast, list(cast.people), opens) for opens in (True, False))
        came |= set(tries)
        if not matrix.is_for_everybody(name):
            turned_away |= set(others)
            assert {kind_of(who, cast) for who in tries} == kinds
            assert len(others) >= len(kinds) // 2
        assert "anonymous" in tries and "anonymous" in others
    assert came == turned_away == set(cast.people)


def kind_of(who: str, cast: Cast) -> tuple[frozenset[Permission], frozenset[Permission]]:
    return cast.rights_at_scheme[who], cast.rights_on_platform[who]


def test_every_page_of_wagtails_admin_asks_for_the_right_to_edit_the_site() -> None:
    pages = [page for page in pages_of(settings.ROOT_URLCONF) if page.in_cms]
    assert len(pages) > 100
    assert {page.permission for page in pages} == {CMS_PERMISSION}
    assert CMS_PERMISSION is Permission.EDIT_SITE


@pytest.mark.parametrize(("name", "on_platform"), OF_STAFF, ids=[cell for cell, _ in OF_STAFF])
def test_a_page_of_staff_opens_to_no_session_without_a_second_step(
    name: str, on_platform: bool, cast: Cast, passwords_alone: matrix.Visitors
) -> None:
    """For one of each kind who may open it after one: they are led to that step (ADR 0045)."""
    assert matrix.who_may(name, on_platform=on_platform, cast=cast)
    cell = {"page": name, "on_platform": on_platform, "cast": cast, "visitors": passwords_alone}
    assert list(matrix.check_second_step(**cell, methods=matrix.some, people=matrix.one_of_each_kind)) == []
