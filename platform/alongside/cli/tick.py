"""`alongside tick`."""

from datetime import datetime
from pathlib import Path

import click

from alongside.cli.manual import PlainError
from alongside.cli.service import opened
from tenants.schemes.privileges import WEB


@click.command()
@click.option(
    "--at",
    type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]),
    metavar="MOMENT",
    help='Move the clock first, for example --at 2027-05-04 or --at "2027-05-04 09:30".',
)
@click.pass_obj
def tick(data: Path, at: datetime | None) -> None:
    """Run what is due now: clocks, reminders, reviews. The running service does this each minute.

    --at moves the clock of every process to that moment in London, and time runs on from there. A service in
    production refuses it.
    """
    with opened(data, role=WEB):
        from kit import clock, scheduler

        report = scheduler.tick(at.replace(tzinfo=clock.LONDON) if at else None)
        now = clock.now().astimezone(clock.LONDON)
    if report.another_was_running:
        raise PlainError("The running service is doing what is due at this moment. Run this again in a minute.")
    for failure in report.failures:
        click.echo(f"{failure.duty} failed in {failure.schema}: {failure.error}", err=True)
    if report.failures:
        raise PlainError("The rest was done. What failed is tried again at the next tick.")
    click.echo(f"What was due by {now:%-d %B %Y, %H:%M} has been done.")
