"""Two schemas compared as the database describes them, and a start refused when one lacks a table (data rule 9)."""

import pytest
from django.apps import apps
from django.db import ProgrammingError, connection

from kit.errors import Refused
from tenants.schemes import catalogue
from tenants.schemes.guard import stands_in_schemes
from tenants.schemes.tables import IN_BOTH, refuse_missing_tables
from tests import databases

CHANGES = {
    "a table": ("CREATE TABLE s_ashmere.extra (id int)", "table extra"),
    "a column": ("ALTER TABLE s_ashmere.feedback_theme ADD extra int", "column feedback_theme.extra"),
    "a default": ("ALTER TABLE s_ashmere.feedback_theme ALTER label SET DEFAULT 'x'", "column feedback_theme.label"),
    "a constraint": (
        "ALTER TABLE s_ashmere.feedback_theme ADD CONSTRAINT named CHECK (label <> '')",
        "constraint feedback_theme.named",
    ),
    "an index": ("CREATE INDEX extra_index ON s_ashmere.feedback_theme (label)", "index extra_index"),
    "a sequence": ("CREATE SEQUENCE s_ashmere.extra_seq", "sequence extra_seq"),
    "a call of the page caches": (
        "DROP TRIGGER calls_the_page_caches ON s_ashmere.feedback_theme",
        "trigger feedback_theme.calls_the_page_caches",
    ),
    "a privilege": (
        "GRANT UPDATE ON s_ashmere.audit_entry TO alongside_web",
        "privilege audit_entry for alongside_web",
    ),
    "a privilege on a column": (
        "REVOKE UPDATE (public_from) ON s_ashmere.feedback_round FROM alongside_web",
        "column privilege feedback_round.public_from for alongside_web",
    ),
    "a privilege on what will come": (
        "ALTER DEFAULT PRIVILEGES IN SCHEMA s_ashmere REVOKE DELETE ON TABLES FROM alongside_web",
        "default privilege r for alongside_web",
    ),
}


def test_two_copies_of_the_template_are_alike(as_owner: str) -> None:
    assert catalogue.compare("s_ashmere", "s_brackwell") == []


@pytest.mark.parametrize("change", CHANGES)
def test_each_kind_of_difference_is_named(change: str, as_owner: str) -> None:
    statement, named = CHANGES[change]
    with connection.cursor() as cursor:
        cursor.execute(statement)
    assert named in [f"{found.kind} {found.name}" for found in catalogue.compare("s_ashmere", "s_brackwell")]


def test_a_schema_that_is_not_there_is_named() -> None:
    with pytest.raises(Refused, match="There is no schema s_nowhere"):
        catalogue.compare("s_ashmere", "s_nowhere")


def test_the_start_is_refused_when_a_scheme_lacks_a_table(as_owner: str) -> None:
    with connection.cursor() as cursor:
        refuse_missing_tables(cursor)
        cursor.execute("DROP TABLE s_brackwell.audit_entry")
        with pytest.raises(Refused, match="s_brackwell lacks audit_entry"):
            refuse_missing_tables(cursor)


def test_the_start_is_refused_when_public_holds_a_schemes_table(as_owner: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE public.feedback_theme (id int)")
        with pytest.raises(Refused, match="public holds feedback_theme"):
            refuse_missing_tables(cursor)


@pytest.mark.parametrize("table", ["auth_group", "roles_persongroup"])
def test_a_page_errs_when_its_scheme_lacks_a_table_that_public_has(table: str, as_web: str) -> None:
    with databases.cluster().connect(database=as_web) as owner:
        owner.execute(f"DROP TABLE s_ashmere.{table} CASCADE")
    connection.set_schema("s_ashmere")
    with pytest.raises(ProgrammingError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")


def test_the_template_has_each_table_of_each_model_and_only_the_named_ones_stand_in_both() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT schemaname, tablename FROM pg_tables WHERE schemaname IN ('public', 'template_scheme')")
        there = set(cursor.fetchall())
    models = [model for model in apps.get_models(include_auto_created=True) if stands_in_schemes(model)]
    assert {("template_scheme", model._meta.db_table) for model in models} <= there
    both = {table for schema, table in there if schema == "public" and ("template_scheme", table) in there}
    assert both == IN_BOTH


@pytest.mark.long
def test_a_copied_scheme_is_like_one_migrated_from_nothing(as_owner: str) -> None:
    assert catalogue.compare_with_migrated("s_ashmere") == []
