"""A schema as SQL text that makes it again under another name, inside whatever transaction runs it."""

import os
import re
import subprocess

from django.conf import settings
from django.db import connection

from kit.errors import Refused


def dump(schema: str) -> str:
    """The structure, rows and privileges of one schema, by `pg_dump`, as statements that change no session setting."""
    where = connection.get_connection_params()
    done = subprocess.run(
        [settings.PG_DUMP, "--schema", schema, "--inserts", "--rows-per-insert=500", "--no-owner", "--encoding=UTF8"],
        env={
            "PATH": os.environ.get("PATH", ""),
            "PGDATABASE": where["dbname"],
            "PGUSER": where["user"],
            "PGPASSWORD": where.get("password", ""),
            "PGHOST": where.get("host", ""),
            "PGPORT": str(where.get("port", "") or 5432),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Refused(f"The template could not be read: {done.stderr.strip()[:300]}")
    return _for_one_transaction(done.stdout)


def renamed(text: str, *, old: str, new: str) -> str:
    """The same dump for a schema of another name. `old` is a name that no row holds."""
    return re.sub(rf"\b{re.escape(old)}\b", new, text)


def _for_one_transaction(text: str) -> str:
    lines = (line for line in text.splitlines() if not line.startswith(("\\restrict", "\\unrestrict", "--")))
    local = (re.sub(r"^SET (?!LOCAL)", "SET LOCAL ", line) for line in lines)
    return "\n".join(local).replace("set_config('search_path', '', false)", "set_config('search_path', '', true)")
