"""Every table that a page for everybody may read calls the page caches when it changes, also one that is new."""

import pytest
from django.db import connection

from tenants.schemes import calling, migrating
from tests.integration.proofs.calling import unheard

CALLING = """
    SELECT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = %s AND t.tgname = %s"""
SCHEMAS = ["public", "template_scheme", "s_ashmere"]


def tables(schema: str) -> set[str]:
    return {row[0] for row in asked("SELECT tablename FROM pg_tables WHERE schemaname = %s", schema)}


def calling_tables(schema: str) -> set[str]:
    return {row[0] for row in asked(CALLING, schema, calling.TRIGGER)}


def asked(statement: str, *words: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement, words)
        return cursor.fetchall()


@pytest.mark.parametrize("schema", SCHEMAS)
def test_each_table_calls_or_is_named_as_quiet(schema: str) -> None:
    assert calling_tables(schema) == {table for table in tables(schema) if calling.calls(schema, table)}


def test_only_tables_that_there_are_are_named() -> None:
    assert tables("s_ashmere") >= calling.QUIET_IN_SCHEMES
    assert tables("public") >= calling.CALLING_IN_PUBLIC


def test_bringing_a_schema_up_to_date_lets_new_tables_call_and_others_be_quiet(as_owner: str) -> None:
    before = calling_tables("s_ashmere")
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE s_ashmere.feedback_new (id int)")
        cursor.execute("CREATE TRIGGER calls_the_page_caches AFTER INSERT ON s_ashmere.audit_entry "
                       "FOR EACH ROW EXECUTE FUNCTION public.call_the_page_caches()")  # fmt: skip
        calling.let_tables_call(cursor, "s_ashmere")
    assert calling_tables("s_ashmere") == before | {"feedback_new"}


def test_naming_another_table_brings_every_schema_up_to_date_again(monkeypatch: pytest.MonkeyPatch) -> None:
    before = migrating.migrations_hash()
    monkeypatch.setattr(calling, "QUIET_IN_SCHEMES", calling.QUIET_IN_SCHEMES | {"feedback_theme"})
    assert migrating.migrations_hash() != before


def test_a_page_for_everybody_that_reads_a_quiet_table_is_found(client_at, scheme, monkeypatch) -> None:
    browser = client_at(scheme)
    browser.get("/")
    quiet = calling.QUIET_IN_SCHEMES | {"cms_homepage"}
    monkeypatch.setattr(calling, "QUIET_IN_SCHEMES", quiet)
    with pytest.raises(AssertionError, match=r"/ reads \['cms_homepage'\]"):
        browser.get("/")


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ('SELECT 1 FROM "feedback_point" JOIN "audit_entry" ON true', ["audit_entry"]),
        ('SELECT 1 FROM "people_person"', ["people_person"]),
        ('SELECT 1 FROM "schemes_site" JOIN "feedback_theme" ON true', []),
    ],
)
def test_what_calls_nobody_is_seen_in_a_statement(statement: str, found: list[str]) -> None:
    assert unheard([statement]) == found
