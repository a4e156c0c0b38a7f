"""A new scheme is there whole, or not at all (ADR 0003)."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page
from wagtail.models import Site as WagtailSite

from tenants.schemes import catalogue, provisioning
from tenants.schemes.entering import enter
from tenants.schemes.migrating import TEMPLATE, behind, bring_up_to_date, migrations_hash
from tenants.schemes.models import Domain, SchemaState, Scheme
from tenants.schemes.tables import refuse_missing_tables


def test_a_new_scheme_has_all_that_the_template_has(as_owner: str) -> None:
    scheme = provisioning.provision(
        name="Carrowdale", slug="carrow-dale", area="Carrowdale", sites=[("The suite", "custody")]
    )
    assert catalogue.compare(TEMPLATE, scheme.schema_name) == []
    with connection.cursor() as cursor:
        refuse_missing_tables(cursor)
    assert Domain.objects.get(tenant=scheme).domain == "carrow-dale.alongside.localhost"
    assert [site.name for site in scheme.sites.all()] == ["The suite"]
    with enter(scheme):
        assert WagtailSite.objects.get().hostname == "carrow-dale.alongside.localhost"


def test_each_schemes_pages_have_keys_of_their_own(as_owner: str) -> None:
    keys = []
    for place in Scheme.objects.order_by("slug"):
        with enter(place):
            keys.append(set(Page.objects.filter(depth__gt=1).values_list("translation_key", flat=True)))
    assert keys[0] and keys[0].isdisjoint(keys[1])


def test_a_failure_at_the_last_step_leaves_neither_row_nor_schema(
    as_owner: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(scheme: Scheme) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(provisioning, "_finishers", [fail])
    with pytest.raises(ZeroDivisionError):
        provisioning.provision(name="Carrowdale", slug="carrowdale", area="Carrowdale")
    assert not Scheme.objects.filter(slug="carrowdale").exists()
    assert not SchemaState.objects.filter(schema_name="s_carrowdale").exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_namespace WHERE nspname = 's_carrowdale'")
        assert cursor.fetchone() is None


def test_two_schemes_can_be_made_at_once(as_owner: str) -> None:
    def make(slug: str) -> str:
        try:
            return provisioning.provision(name=slug, slug=slug, area="Anywhere").schema_name
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        made = list(pool.map(make, ["first-one", "second-one"]))
    assert catalogue.compare(*made) == []


@pytest.mark.parametrize("slug", ["", "a", "Ashmere", "-a", "a--b", "a_b", "1st", "é", "x" * 41, "a;drop", "www"])
def test_an_address_that_cannot_be_is_refused_with_what_to_do(slug: str) -> None:
    with pytest.raises(provisioning.CannotProvision, match="Use 3 to 40 small letters|Choose another"):
        provisioning.provision(name="A name", slug=slug, area="An area")


def test_an_address_that_is_taken_is_refused(scheme: Scheme) -> None:
    with pytest.raises(provisioning.CannotProvision, match="is taken"):
        provisioning.provision(name="Another", slug=scheme.slug, area="Elsewhere")


def test_the_templates_name_stands_in_no_row_of_its_dump() -> None:
    dump = SchemaState.objects.get(schema_name=TEMPLATE).dump
    rows = [line for line in dump.splitlines() if line.startswith(("\t(", "    ("))]
    assert rows
    assert not [row for row in rows if TEMPLATE in row]


def test_a_deploy_with_no_new_migration_costs_the_same_for_any_number_of_schemes(as_owner: str) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert bring_up_to_date() == 0
        return len(asked)

    with_two = statements()
    provisioning.provision(name="A third", slug="third", area="Anywhere")
    assert statements() == with_two


def test_a_schema_that_is_behind_is_brought_up_alone(as_owner: str) -> None:
    SchemaState.objects.filter(schema_name="s_ashmere").update(migrations_hash="older")
    assert behind(migrations_hash()) == ["s_ashmere"]
    said: list[str] = []
    assert bring_up_to_date(say=said.append) == 1
    assert said == ["Bringing s_ashmere up to date (1 of 1)"]
