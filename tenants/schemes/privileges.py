"""What each database role may do in a schema: plain SQL, for provisioning and for migrations."""

from collections.abc import Sequence
from typing import Any, Protocol

OWNER, WEB, ERASER = "alongside_owner", "alongside_web", "alongside_eraser"


class Cursor(Protocol):
    """What is asked of a cursor, so that Django's and psycopg's both serve."""

    def execute(self, query: Any, params: Sequence[Any] | None = None) -> Any: ...


def prepare_schema_privileges(cursor: Cursor, schema: str) -> None:
    """Before a schema is migrated: say what web and eraser may do with the tables it will get.

    Always `IN SCHEMA`: a default for the whole database would give a restored copy rights that were taken away.
    """
    name = _quoted(schema)
    cursor.execute(f"GRANT USAGE ON SCHEMA {name} TO {WEB}, {ERASER}")
    future = f"ALTER DEFAULT PRIVILEGES FOR ROLE {OWNER} IN SCHEMA {name}"
    cursor.execute(f"{future} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {WEB}, {ERASER}")
    cursor.execute(f"{future} GRANT MAINTAIN ON TABLES TO {ERASER}")
    cursor.execute(f"{future} GRANT USAGE, SELECT ON SEQUENCES TO {WEB}, {ERASER}")


def make_append_only(cursor: Cursor, schema: str, table: str) -> None:
    """In a migration: rows of this table are added by web and never changed or taken away by it."""
    cursor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON {_quoted(schema)}.{_quoted(table)} FROM {WEB}")


def let_web_change(cursor: Cursor, schema: str, table: str, column: str) -> None:
    """In a migration: the one column of an append-only table that web may fill in later."""
    cursor.execute(f"GRANT UPDATE ({_quoted(column)}) ON {_quoted(schema)}.{_quoted(table)} TO {WEB}")


def keep_migrations_from_web(cursor: Cursor, schema: str) -> None:
    """After a schema is migrated: which migrations ran is written by the owner alone."""
    cursor.execute(f"REVOKE INSERT, UPDATE, DELETE ON {_quoted(schema)}.django_migrations FROM {WEB}, {ERASER}")


def close_public_tables(cursor: Cursor) -> None:
    """After public is migrated: only the owner makes schemes, and public's own rights tables are read by nobody.

    Those stand in public and in each scheme. Were one missing in a scheme, a query would fall through to public's and
    find it empty; like this it fails loudly.
    """
    for table in ("schemes_scheme", "schemes_domain", "schemes_schemastate"):
        cursor.execute(f"REVOKE INSERT, UPDATE, DELETE ON public.{table} FROM {WEB}, {ERASER}")
    for table in ("auth_group", "auth_group_permissions", "auth_permission", "roles_persongroup"):
        cursor.execute(f"REVOKE ALL ON public.{table} FROM {WEB}, {ERASER}")


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
