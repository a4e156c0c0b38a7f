"""`alongside work`."""

from pathlib import Path

import click

from alongside.cli.service import opened, told_to_stop
from tenants.schemes.privileges import WEB


@click.command()
@click.option("--once", is_flag=True, help="Do what waits now, and end.")
@click.pass_obj
def work(data: Path, once: bool) -> None:
    """Do what waits in the outbox: messages, notices, answers passed on. The running service does this all the time."""
    with opened(data, role=WEB):
        from kit import outbox

        if not once:
            outbox.work_forever(told_to_stop())
            return
        while outbox.work_once():
            pass
