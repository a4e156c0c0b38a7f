"""What the server's role may not do, tried as that role (ADR 0002)."""

import pytest
from django.db import ProgrammingError, connection, transaction

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
