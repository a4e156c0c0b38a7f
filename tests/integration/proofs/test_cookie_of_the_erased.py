"""A cookie outlives the person it was made for: it opens nothing. On a database of its own, since the eraser erases."""

import pytest
from django.contrib.sessions.models import Session
from django.db import transaction
from django.test.client import ClientHandler

from people import erasure
from tenants.schemes.models import Scheme
from tenants.schemes.privileges import ERASER, WEB
from tests.cast import assemble
from tests.integration.conftest import PLATFORM, connect_as
from tests.integration.proofs.test_cookie_replay import (
    ASHMERE,
    Methods,
    assert_they_open_nothing,
    both,
    signed_in,
    who_may_do_everything,
)


def at_every_eighth(number: int) -> tuple[str, ...]:
    """As whoever's account was closed has no more rights, tried everywhere on the day: here some addresses do."""
    return both(number) if number % 8 == 0 else ()


@pytest.mark.parametrize("methods", [at_every_eighth, pytest.param(both, marks=pytest.mark.long)])
def test_the_cookie_of_somebody_who_was_erased_is_nothing_anywhere(
    methods: Methods, as_web: str, scheme: Scheme, other_scheme: Scheme
) -> None:
    handler = ClientHandler(enforce_csrf_checks=False)
    with transaction.atomic():
        cast = assemble(scheme, other_scheme)
        somebody = who_may_do_everything(cast)
    cookies = {host: signed_in(handler, somebody, host) for host in (ASHMERE, PLATFORM)}
    assert Session.objects.filter(session_key__in=cookies.values()).count() == 2
    connect_as(ERASER, as_web)
    erasure.erase(somebody)
    connect_as(WEB, as_web)
    assert_they_open_nothing(cookies, cast, handler, methods)
