"""A scheme is suspended, reopened and closed on the command line."""

from importlib import import_module

import pytest
from click.testing import CliRunner
from django.apps import apps
from django.test import Client

from alongside.cli.root import alongside
from audit.models import Entry
from kit import clock
from tenants.schemes import provisioning
from tenants.schemes.models import Domain, Scheme

HOST = "ashmere.alongside.localhost"


@pytest.fixture
def run(as_owner, tmp_path):
    return lambda *arguments: CliRunner().invoke(alongside, ["--data", str(tmp_path), "scheme", *arguments])


def status_shown() -> int:
    return Client(headers={"host": HOST}).get("/").status_code


def test_a_suspended_scheme_comes_back(run):
    assert run("suspend", "ashmere").exit_code == 0
    assert status_shown() == 503
    assert run("reopen", "ashmere").exit_code == 0
    assert status_shown() == 200
    assert list(Entry.objects.newest_first().values_list("what", flat=True)) == [
        "reopened a scheme",
        "suspended a scheme",
    ]


def test_a_closed_scheme_is_closed_for_good(run):
    assert run("close", "ashmere", "--yes").exit_code == 0
    assert status_shown() == 404
    for again in ("reopen", "suspend"):
        answer = run(again, "ashmere")
        assert (answer.exit_code, answer.stderr) == (1, "Ashmere is closed, so this cannot be done.\n")
    assert Entry.objects.newest_first().first().what == "closed a scheme"
    assert "Ashmere (closed)" in run("list").output
    assert Scheme.objects.get(slug="ashmere").closed_on == clock.today()


def test_the_day_of_a_scheme_that_closed_before_comes_from_the_audit(run):
    run("close", "ashmere", "--yes")
    Scheme.objects.update(closed_on=None)
    import_module("tenants.schemes.migrations.0003_the_day_it_closed").from_the_audit(apps, None)
    assert dict(Scheme.objects.values_list("slug", "closed_on")) == {"ashmere": clock.today(), "brackwell": None}


def test_closing_asks_first(run):
    assert run("close", "ashmere").exit_code == 1
    assert status_shown() == 200


def test_the_address_of_a_closed_scheme_goes_to_nobody_else(run):
    run("close", "ashmere", "--yes")
    with pytest.raises(provisioning.CannotProvision, match="is taken"):
        provisioning.provision(name="Another", slug="ashmere", area="Elsewhere")
    assert Domain.objects.get(domain=HOST).tenant == Scheme.objects.get(slug="ashmere")


def test_a_second_host_name_of_a_closed_scheme_is_refused_in_the_same_words_as_its_first(run):
    closed = Scheme.objects.get(slug="ashmere")
    Domain.objects.create(tenant=closed, domain="old-name.alongside.localhost", is_primary=False)
    run("close", "ashmere", "--yes")
    for slug in ("ashmere", "old-name"):
        answer = run("create", "Another", "--slug", slug, "--area", "Elsewhere")
        assert (answer.exit_code, answer.stderr) == (1, f"{slug}.alongside.localhost is taken. Choose another slug.\n")
    assert Client(headers={"host": "old-name.alongside.localhost"}).get("/").status_code == 404


def test_a_scheme_that_is_not_there_is_said_to_be_so(run):
    assert "There is no scheme nowhere" in run("suspend", "nowhere").stderr
