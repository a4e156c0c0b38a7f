"""From a host to a scheme: what each kind of host is shown."""

from collections.abc import Callable

import pytest
from django.db import OperationalError, connection
from django.http import Http404, HttpResponse
from django.test import Client, RequestFactory

from kit import faults
from tenants.schemes.middleware import PermissionMiddleware
from tenants.schemes.models import Domain, Scheme
from tenants.schemes.requires import requires
from tenants.schemes.rights import Permission
from tests import databases


@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1:8000"])
def test_the_short_addresses_lead_to_the_platform(host: str) -> None:
    answer = Client(headers={"host": host}).get("/my/?x=1")
    assert answer.status_code == 302
    assert answer["Location"] == "http://alongside.localhost:8000/my/?x=1"


@pytest.mark.parametrize(
    "host", ["nobody.alongside.localhost", "evil.example", "ashmere.alongside.localhost.evil.example", "[::1]", "a b"]
)
@pytest.mark.parametrize("path", ["/", "/sign-in/", "/tell-us/", "/health/"])
def test_an_unknown_host_is_told_in_plain_words_and_named_nowhere(host: str, path: str) -> None:
    answer = Client(headers={"host": host}).get(path)
    assert answer.status_code == 404
    assert "evil" not in answer.content.decode()
    assert "We do not know this address" in answer.content.decode()


@pytest.mark.parametrize(("status", "shown"), [("open", 200), ("suspended", 503), ("closed", 404)])
def test_a_schemes_site_answers_only_while_it_is_open(status: str, shown: int, as_owner: str) -> None:
    Scheme.objects.filter(slug="ashmere").update(status=status)
    assert Client(headers={"host": "ashmere.alongside.localhost"}).get("/").status_code == shown


def test_a_second_host_leads_to_the_same_scheme(as_owner: str) -> None:
    scheme = Scheme.objects.get(slug="ashmere")
    Domain.objects.create(tenant=scheme, domain="old-name.alongside.localhost", is_primary=False)
    assert Client(headers={"host": "old-name.alongside.localhost"}).get("/").status_code == 200


@pytest.mark.parametrize("path", ["/", "/sign-in/", "/my/", "/no-such-page/"])
def test_no_page_of_ours_is_stored_by_a_cache(path: str, client_at: Callable[..., Client]) -> None:
    assert client_at(None).get(path)["Cache-Control"].startswith(("no-store", "max-age=0"))


def test_every_page_of_ours_has_the_strict_policy(scheme: Scheme, client_at: Callable[..., Client]) -> None:
    for place in (None, scheme):
        policy = client_at(place).get("/")["Content-Security-Policy"]
        assert "script-src 'self'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy


@pytest.mark.parametrize("host", ["alongside.localhost", "ashmere.alongside.localhost"])
def test_with_the_database_away_a_plain_page_says_to_come_back(host: str, as_web: str) -> None:
    client = Client(headers={"host": host}, raise_request_exception=False)
    client.cookies["session"] = "x" * 32
    with databases.cluster().connect() as owner:
        owner.execute(f"ALTER DATABASE {as_web} ALLOW_CONNECTIONS false")
        owner.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [as_web])
    answer = client.get("/")
    assert answer.status_code == 503
    assert "What you sent us before is safe" in answer.content.decode()


def test_a_refusal_of_the_database_is_no_absence_of_it() -> None:
    with pytest.raises(OperationalError) as refused, connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 1; SELECT pg_sleep(1)")
    assert not faults.is_away(refused.value)


def test_a_page_that_names_no_permission_is_not_found() -> None:
    door, request = PermissionMiddleware(lambda _: HttpResponse()), RequestFactory().get("/")
    door.process_view(request, requires(Permission.ANYONE)(lambda _: HttpResponse()), (), {})
    with pytest.raises(Http404):
        door.process_view(request, lambda _: HttpResponse(), (), {})
