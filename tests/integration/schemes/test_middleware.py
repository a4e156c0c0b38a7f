"""From a host to a scheme: what each kind of host is shown."""

from collections.abc import Callable

import pytest
from django.test import Client

from tenants.schemes.models import Domain, Scheme


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
    assert "There is no site at this address" in answer.content.decode()


def test_a_closed_scheme_has_no_site(scheme: Scheme, client_at: Callable[..., Client]) -> None:
    Scheme.objects.filter(pk=scheme.pk).update(status=Scheme.Status.CLOSED)
    assert client_at(scheme).get("/").status_code == 404


def test_a_suspended_scheme_says_that_it_is_resting(scheme: Scheme, client_at: Callable[..., Client]) -> None:
    Scheme.objects.filter(pk=scheme.pk).update(status=Scheme.Status.SUSPENDED)
    assert client_at(scheme).get("/").status_code == 503


def test_a_second_host_leads_to_the_same_scheme(scheme: Scheme) -> None:
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
