"""Compare two schemas as the database itself describes them."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import uuid4

from django.db import connection

from kit.errors import Refused
from tenants.schemes import migrating

# What may differ between a copied scheme and one migrated from nothing. The list is closed: anything else is a fault.
MAY_DIFFER = {
    "IN list": "PostgreSQL prints a list of words it has read back with a cast on each word instead of one on the list",
}

WORD = r"'(?:[^']|'')*'::character varying"
CAST_WORD = re.compile(rf"\(({WORD})\)::text")
CAST_EACH = re.compile(rf"ARRAY\[(\({WORD}\)::text(?:, \({WORD}\)::text)*)\]")

_HERE = "n.nspname = %(schema)s"

QUERIES: dict[str, str] = {
    "table": f"""
        SELECT c.relname, c.relkind::text || ' ' || c.relpersistence::text || ' rls=' || c.relrowsecurity::text
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE {_HERE} AND c.relkind IN ('r', 'p', 'v', 'm')""",
    "column": f"""
        SELECT c.relname || '.' || a.attname,
               format_type(a.atttypid, a.atttypmod) || ' notnull=' || a.attnotnull::text
               || ' identity=' || a.attidentity::text || ' generated=' || a.attgenerated::text
               || ' default=' || coalesce(pg_get_expr(d.adbin, d.adrelid), '')
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
        LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
        WHERE {_HERE} AND c.relkind IN ('r', 'p', 'v', 'm') AND a.attnum > 0 AND NOT a.attisdropped""",
    "constraint": f"""
        SELECT c.relname || '.' || k.conname, pg_get_constraintdef(k.oid)
        FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE {_HERE}""",
    "index": f"""
        SELECT c.relname, pg_get_indexdef(c.oid)
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE {_HERE} AND c.relkind IN ('i', 'I')""",
    "sequence": f"""
        SELECT c.relname, format_type(s.seqtypid, NULL) || ' start=' || s.seqstart || ' by=' || s.seqincrement
               || ' max=' || s.seqmax || ' cycle=' || s.seqcycle::text || ' of=' || coalesce(
                   (SELECT o.relname || '.' || a.attname FROM pg_depend d JOIN pg_class o ON o.oid = d.refobjid
                    JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
                    WHERE d.objid = c.oid AND d.classid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')), '')
        FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE {_HERE}""",
    "trigger": f"""
        SELECT c.relname || '.' || t.tgname, pg_get_triggerdef(t.oid)
        FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE {_HERE} AND NOT t.tgisinternal""",
    "privilege": f"""
        SELECT c.relname || ' for ' || coalesce(r.rolname, 'everybody'),
               string_agg(p.privilege_type, ' ' ORDER BY p.privilege_type)
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        CROSS JOIN LATERAL aclexplode(c.relacl) p LEFT JOIN pg_roles r ON r.oid = p.grantee
        WHERE {_HERE} GROUP BY 1""",
    "column privilege": f"""
        SELECT c.relname || '.' || a.attname || ' for ' || coalesce(r.rolname, 'everybody'),
               string_agg(p.privilege_type, ' ' ORDER BY p.privilege_type)
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
        CROSS JOIN LATERAL aclexplode(a.attacl) p LEFT JOIN pg_roles r ON r.oid = p.grantee
        WHERE {_HERE} AND NOT a.attisdropped GROUP BY 1""",
    "schema privilege": f"""
        SELECT 'schema for ' || coalesce(r.rolname, 'everybody'),
               string_agg(p.privilege_type, ' ' ORDER BY p.privilege_type)
        FROM pg_namespace n CROSS JOIN LATERAL aclexplode(n.nspacl) p LEFT JOIN pg_roles r ON r.oid = p.grantee
        WHERE {_HERE} GROUP BY 1""",
    "default privilege": f"""
        SELECT d.defaclobjtype::text || ' for ' || coalesce(r.rolname, 'everybody'),
               string_agg(p.privilege_type, ' ' ORDER BY p.privilege_type)
        FROM pg_default_acl d JOIN pg_namespace n ON n.oid = d.defaclnamespace
        CROSS JOIN LATERAL aclexplode(d.defaclacl) p LEFT JOIN pg_roles r ON r.oid = p.grantee
        WHERE {_HERE} GROUP BY 1""",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that two schemas do not have alike."""

    kind: str
    name: str
    first: str | None
    second: str | None

    def __str__(self) -> str:
        return f"{self.kind} {self.name}: {self.first or 'not there'} | {self.second or 'not there'}"


def describe(schema: str) -> dict[tuple[str, str], str]:
    """All that the database knows of a schema's shape, by kind and name, with the schema's own name blanked."""
    found: dict[tuple[str, str], str] = {}
    with connection.cursor() as cursor:
        for kind, query in QUERIES.items():
            cursor.execute(query, {"schema": schema})
            found.update({(kind, name): _in_list(_blanked(text, schema)) for name, text in cursor.fetchall()})
    return found


def compare(first: str, second: str) -> list[Difference]:
    """Every difference between two schemas, sorted, but for those of `MAY_DIFFER`."""
    one, other = describe(_existing(first)), describe(_existing(second))
    return [
        Difference(kind=kind, name=name, first=one.get((kind, name)), second=other.get((kind, name)))
        for kind, name in sorted(one.keys() | other.keys())
        if one.get((kind, name)) != other.get((kind, name))
    ]


def compare_with_migrated(schema: str) -> list[Difference]:
    """Every difference between a schema and one that is migrated from nothing for the purpose, then dropped."""
    with _migrated_from_nothing() as fresh:
        return compare(schema, fresh)


def _existing(schema: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_namespace WHERE nspname = %s", [schema])
        if cursor.fetchone() is None:
            raise Refused(f"There is no schema {schema}. `alongside scheme list` names the schemes.")
    return schema


def _blanked(text: str, schema: str) -> str:
    return text.replace(f'"{schema}".', "").replace(f"{schema}.", "").replace(f"'{schema}'", "'<schema>'")


def _in_list(text: str) -> str:
    """The first printing of an IN list for the second: see `MAY_DIFFER`."""
    return CAST_EACH.sub(lambda found: "(ARRAY[" + CAST_WORD.sub(r"\1", found[1]) + "])::text[]", text)


@contextmanager
def _migrated_from_nothing() -> Iterator[str]:
    name = f"check_{uuid4().hex[:10]}"
    try:
        migrating.migrate(name)
        yield name
    finally:
        connection.set_schema_to_public()
        with connection.cursor() as cursor:
            cursor.execute(f"DROP SCHEMA IF EXISTS {connection.ops.quote_name(name)} CASCADE")
