"""What the server's role may not do, tried as that role (ADR 0002)."""

from importlib import import_module
from uuid import uuid4

import pytest
from django.db import ProgrammingError, connection, transaction

from people.models import Erasure
from tenants.schemes.entering import enter
from tenants.schemes.privileges import ERASER, WEB
from tests.integration.conftest import connect_as

REFUSED = [
    "CREATE TABLE public.mine (id int)",
    "CREATE TABLE s_ashmere.mine (id int)",
    "CREATE TEMPORARY TABLE mine (id int)",
    "CREATE SCHEMA mine",
    "DROP TABLE s_ashmere.feedback_theme",
    "TRUNCATE s_ashmere.feedback_theme",
    "UPDATE s_ashmere.audit_entry SET what = 'nothing'",
    "DELETE FROM s_ashmere.audit_entry",
    "UPDATE public.audit_entry SET what = 'nothing'",
    "DELETE FROM public.audit_entry",
    "UPDATE s_ashmere.feedback_round SET answer = 'another'",
    "UPDATE s_ashmere.feedback_round SET decision = 'cannot', public_from = now()",
    "DELETE FROM s_ashmere.feedback_round",
    "INSERT INTO public.schemes_scheme (id) VALUES (gen_random_uuid())",
    "UPDATE public.schemes_domain SET domain = 'elsewhere'",
    "DELETE FROM public.schemes_scheme",
    "DELETE FROM public.schemes_schemastate",
    "DELETE FROM public.django_migrations",
    "INSERT INTO s_ashmere.django_migrations (app, name, applied) VALUES ('a', 'b', now())",
    "INSERT INTO public.people_erasure (id, person_id, asked_at) VALUES (gen_random_uuid(), gen_random_uuid(), now())",
    "UPDATE public.people_erasure SET done_at = NULL",
    "DELETE FROM public.people_erasure",
    "SELECT * FROM public.auth_group",
    "SELECT * FROM public.roles_persongroup",
    "SET ROLE alongside_owner",
    "ALTER ROLE alongside_web SUPERUSER",
    "COPY public.people_person TO PROGRAM 'cat'",
]


@pytest.mark.parametrize("statement", REFUSED)
def test_the_server_cannot(statement: str) -> None:
    with pytest.raises(ProgrammingError, match="permission denied|must be owner"), transaction.atomic():
        connection.cursor().execute(statement)


def test_the_eraser_writes_the_ledger_of_erasures_and_the_server_reads_it(as_web: str) -> None:
    connect_as(ERASER, as_web)
    line = Erasure.objects.create(person_id=uuid4())
    connect_as(WEB, as_web)
    assert Erasure.objects.get() == line


@pytest.mark.parametrize("schema", ["public", "s_ashmere", "template_scheme"])
def test_the_eraser_alone_has_tables_sampled_anew_also_those_that_were_there_before(as_owner: str, schema: str) -> None:
    def who_may() -> list[str]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT role FROM unnest(ARRAY['alongside_web', 'alongside_eraser']) role"
                " WHERE has_table_privilege(role, %s, 'MAINTAIN')",
                [f"{schema}.audit_entry"],
            )
            return [role for (role,) in cursor.fetchall()]

    assert who_may() == [ERASER]
    connection.cursor().execute(f"REVOKE MAINTAIN ON ALL TABLES IN SCHEMA {schema} FROM alongside_eraser")
    assert who_may() == []
    with enter(schema):
        connection.cursor().execute(import_module("audit.migrations.0004_samples_are_taken_anew").GRANT)
    assert who_may() == [ERASER]
