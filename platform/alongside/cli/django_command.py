"""Django's own commands (`manage.py`), on the database of a data folder."""

import os
from pathlib import Path

from alongside.cli.service import opened
from alongside.surroundings import DEFAULT_DATA
from kit.errors import Refused
from tenants.schemes.privileges import OWNER, WEB

OWNERS_COMMANDS = {"migrate", "migrate_schemas", "makemigrations", "createcachetable", "sqlmigrate", "dbshell"}


def run(argv: list[str]) -> None:
    """Run one of Django's commands; those that make tables run as the owner, all others as the server does."""
    data = Path(os.environ.get("ALONGSIDE_DATA") or DEFAULT_DATA)
    role = OWNER if OWNERS_COMMANDS.intersection(argv[1:2]) else WEB
    try:
        with opened(data, role=role, make=True):
            from django.core.management import execute_from_command_line

            execute_from_command_line(argv)
    except Refused as refused:
        raise SystemExit(str(refused)) from refused
