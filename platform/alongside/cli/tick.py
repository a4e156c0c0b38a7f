"""`alongside tick`."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from alongside.cli.service import opened
from kit.errors import Refused
from tenants.schemes.privileges import WEB

LONDON = ZoneInfo("Europe/London")


@click.command()
@click.option(
    "--at", type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]), help="Set the clock first."
)
@click.pass_obj
def tick(data: Path, at: datetime | None) -> None:
    """Run what is due now: clocks, reminders, reviews. The running service does this each minute.

    --at sets the clock of every process to that moment in London, and it stays there; a day alone means its start. A
    service in production refuses it.
    """
    with opened(data, role=WEB):
        from django.conf import settings

        from kit import clock, scheduler

        if at is not None:
            if settings.MODE == "production":
                raise Refused("The clock cannot be moved in production. Run: alongside tick")
            clock.set_to(at.replace(tzinfo=LONDON))
        scheduler.tick()
        now = clock.now().astimezone(LONDON)
    click.echo(f"What was due by {now:%-d %B %Y, %H:%M} has been done.")
