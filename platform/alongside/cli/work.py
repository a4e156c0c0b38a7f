"""`alongside work`."""

from pathlib import Path

import click

from alongside.cli.service import opened, repeat
from tenants.schemes.privileges import WEB

PAUSE = 0.5  # seconds between two looks at an empty outbox


@click.command()
@click.option("--once", is_flag=True, help="Do what waits now, and end.")
@click.pass_obj
def work(data: Path, once: bool) -> None:
    """Do what waits in the outbox: messages, notices, answers passed on. The running service does this all the time."""
    with opened(data, role=WEB):
        from kit import outbox

        if not once:
            repeat(lambda: 0 if outbox.work_once() else PAUSE)
            return
        while outbox.work_once():
            pass
