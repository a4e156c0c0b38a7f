"""Which schema has which tables: checked at every start, in plain SQL, before anything else is loaded (data rule 9)."""

from typing import Any, Protocol

from kit.errors import Refused

# The only tables that stand in public and in each scheme. Public's own auth and roles stay empty.
IN_BOTH = frozenset(
    {
        "audit_entry",
        "auth_group",
        "auth_group_permissions",
        "auth_permission",
        "django_migrations",
        "roles_persongroup",
    }
)

MISSING = """
    SELECT s.schema_name, t.tablename
    FROM public.schemes_scheme s CROSS JOIN pg_tables t
    WHERE s.status <> 'closed' AND t.schemaname = 'template_scheme'
    EXCEPT SELECT schemaname, tablename FROM pg_tables
    ORDER BY 1, 2"""

STRAY = """
    SELECT tablename FROM pg_tables WHERE schemaname = 'public'
    INTERSECT SELECT tablename FROM pg_tables WHERE schemaname = 'template_scheme'
    ORDER BY 1"""


class Cursor(Protocol):
    """What is asked of a cursor, so that Django's and psycopg's both serve."""

    def execute(self, query: Any, params: Any = None) -> Any: ...
    def fetchall(self) -> list[Any]: ...


def refuse_missing_tables(cursor: Cursor) -> None:
    """Refuse the start when a scheme lacks a table of its own, or public holds one that belongs to schemes alone.

    A query for a missing table would fall through to public, and read or write what belongs to nobody.
    """
    cursor.execute(MISSING)
    missing: dict[str, list[str]] = {}
    for schema, table in cursor.fetchall():
        missing.setdefault(schema, []).append(table)
    for schema, tables in missing.items():
        raise Refused(f"The schema {schema} lacks {', '.join(tables)}. Restore it before you start.")
    cursor.execute(STRAY)
    if stray := sorted({table for (table,) in cursor.fetchall()} - IN_BOTH):
        raise Refused(f"The schema public holds {', '.join(stray)}, which belong to schemes alone. Remove them.")
