"""Which tables call the page caches when a row of theirs changes (ADR 0058). The call is made by the database itself.

So it stands in the same transaction as the change, whoever makes it: an action, Wagtail, treebeard's own SQL, an
erasure, or somebody at the database's own prompt. It keeps no rule: it only tells.
"""

import hashlib
from typing import Any, Protocol

from kit.page_cache import CHANNEL

PUBLIC = "public"
FUNCTION = "call_the_page_caches"
TRIGGER = "calls_the_page_caches"

# Of public's tables, those that a page for everybody reads: a change of one of them empties all caches.
CALLING_IN_PUBLIC = frozenset({"schemes_scheme", "schemes_domain", "schemes_site"})

# Every table of a scheme calls, also one that is new, but for these: no page for everybody reads them.
QUIET_IN_SCHEMES = frozenset(
    {
        "audit_entry",
        "auth_group",
        "auth_group_permissions",
        "auth_permission",
        "django_migrations",
        "feedback_asked",
        "feedback_concern",
        "feedback_dueregard",
        "feedback_escalation",
        "feedback_informationneed",
        "feedback_partner",
        "feedback_printedslip",
        "feedback_question",
        "feedback_reply",
        "feedback_slipbatch",
        "feedback_supporter",
        "roles_persongroup",
        "wagtailadmin_admin",
        "wagtailadmin_editingsession",
        "wagtailadmin_formstate",
        "wagtailcore_apitoken",
        "wagtailcore_comment",
        "wagtailcore_commentreply",
        "wagtailcore_groupapprovaltask",
        "wagtailcore_groupapprovaltask_groups",
        "wagtailcore_groupcollectionpermission",
        "wagtailcore_grouppagepermission",
        "wagtailcore_groupsitepermission",
        "wagtailcore_modellogentry",
        "wagtailcore_pagelogentry",
        "wagtailcore_pagesubscription",
        "wagtailcore_referenceindex",
        "wagtailcore_revision",
        "wagtailcore_task",
        "wagtailcore_taskstate",
        "wagtailcore_uploadedfile",
        "wagtailcore_workflow",
        "wagtailcore_workflowcontenttype",
        "wagtailcore_workflowpage",
        "wagtailcore_workflowstate",
        "wagtailcore_workflowtask",
        "wagtailusers_userprofile",
    }
)

TABLES = """
    SELECT c.relname, EXISTS (SELECT 1 FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgname = %s)
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = %s AND c.relkind = 'r' ORDER BY 1"""

# One call for a transaction and schema, however many rows: PostgreSQL drops those that are equal.
MAKE = f"""
    CREATE OR REPLACE FUNCTION {PUBLIC}.{FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS
    $$BEGIN PERFORM pg_catalog.pg_notify('{CHANNEL}', TG_TABLE_SCHEMA); RETURN NULL; END$$"""


class Cursor(Protocol):
    """What is asked of a cursor, so that Django's and psycopg's both serve."""

    def execute(self, query: Any, params: Any = None) -> Any: ...
    def fetchall(self) -> list[Any]: ...


def calls(schema: str, table: str) -> bool:
    """Whether a change in this table calls the page caches."""
    return table in CALLING_IN_PUBLIC if schema == PUBLIC else table not in QUIET_IN_SCHEMES


def let_tables_call(cursor: Cursor, schema: str) -> None:
    """After a schema is migrated: each table that should call does, and no other."""
    if schema == PUBLIC:
        cursor.execute(MAKE)
    cursor.execute(TABLES, [TRIGGER, schema])
    for table, is_calling in cursor.fetchall():
        on = f'"{schema}"."{table}"'
        if calls(schema, table) and not is_calling:
            cursor.execute(
                f"CREATE TRIGGER {TRIGGER} AFTER INSERT OR UPDATE OR DELETE ON {on} "
                f"FOR EACH ROW EXECUTE FUNCTION {PUBLIC}.{FUNCTION}()"
            )
        elif is_calling and not calls(schema, table):
            cursor.execute(f"DROP TRIGGER {TRIGGER} ON {on}")


def digest() -> str:
    """Another one whenever other tables call: then every schema is brought up to date again."""
    said = "\n".join([MAKE, *sorted(CALLING_IN_PUBLIC), "", *sorted(QUIET_IN_SCHEMES)])
    return hashlib.sha256(said.encode()).hexdigest()
