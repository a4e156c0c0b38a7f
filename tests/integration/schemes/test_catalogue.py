"""Two schemas compared as the database describes them, and a start refused when one lacks a table (data rule 9)."""

import pytest
from django.db import connection

from kit.errors import Refused
from tenants.schemes import catalogue

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
    "a privilege": (
        "GRANT UPDATE ON s_ashmere.audit_entry TO alongside_web",
        "privilege audit_entry for alongside_web",
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
    catalogue.refuse_missing_tables()
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE s_brackwell.audit_entry")
    with pytest.raises(Refused, match="s_brackwell lacks audit_entry"):
        catalogue.refuse_missing_tables()


def test_the_start_is_refused_when_public_holds_a_schemes_table(as_owner: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE public.feedback_theme (id int)")
    with pytest.raises(Refused, match="public holds feedback_theme"):
        catalogue.refuse_missing_tables()


@pytest.mark.long
def test_a_copied_scheme_is_like_one_migrated_from_nothing(as_owner: str) -> None:
    assert catalogue.compare_with_migrated("s_ashmere") == []
