"""`alongside clock`."""

from pathlib import Path

import click

from alongside.cli.service import opened, told_to_stop
from tenants.schemes.privileges import WEB

MINUTE = 60.0
DATABASE_BACK = 2.0  # seconds between two looks for a database that is away


@click.command()
@click.pass_obj
def clock(data: Path) -> None:
    """Run what is due, each minute, until it is stopped. The running service starts this by itself."""
    with opened(data, role=WEB):
        from django.db import close_old_connections, connection

        from kit import scheduler
        from kit.faults import DATABASE_AWAY

        stop = told_to_stop()
        while not stop.is_set():
            try:
                scheduler.tick()
            except DATABASE_AWAY:
                connection.close()
                stop.wait(DATABASE_BACK)
            else:
                close_old_connections()
                stop.wait(MINUTE)
