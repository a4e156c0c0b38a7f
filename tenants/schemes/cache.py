"""Cache keys name the schema they were made in, on every alias."""

from django.db import connection


def key(key: str, prefix: str, version: int) -> str:
    """`schema:prefix:version:key`; public's own for what is held on the platform."""
    return f"{connection.schema_name}:{prefix}:{version}:{key}"
