"""`alongside tick`."""

from datetime import datetime, timedelta
from pathlib import Path

import click

from alongside.cli.manual import PlainError
from alongside.cli.service import opened
from tenants.schemes.privileges import WEB

# A moment named by its minute may be this very one.
SAME = timedelta(minutes=1)


@click.command()
@click.option(
    "--at",
    type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]),
    metavar="MOMENT",
    help='Move the clock first, for example --at 2027-05-04 or --at "2027-05-04 09:30".',
)
@click.option("--real", is_flag=True, help="Give every process the real time back first.")
@click.pass_obj
def tick(data: Path, at: datetime | None, real: bool) -> None:
    """Run what is due now: clocks, reminders, reviews. The running service does this each minute.

    --at moves the clock of every process forward to that moment in London, and time runs on from there. What was done
    by a moved clock keeps its days when --real takes it back. A service in production refuses both.
    """
    with opened(data, role=WEB):
        from kit import clock, scheduler

        if real:
            clock.set_to(None)
        if at and at.replace(tzinfo=clock.LONDON) < clock.now() - SAME:
            stands = clock.now().astimezone(clock.LONDON)
            raise PlainError(
                f"It is {stands:%-d %B %Y, %H:%M} here already, and the clock goes forward alone. "
                "Name a later moment, or give the real time back with --real."
            )
        report = scheduler.tick(at.replace(tzinfo=clock.LONDON) if at else None)
        now = clock.now().astimezone(clock.LONDON)
    if report.another_was_running:
        raise PlainError("The running service is doing what is due at this moment. Run this again in a minute.")
    for failure in report.failures:
        click.echo(f"{failure.duty} failed in {failure.schema}: {failure.error}", err=True)
    if report.failures:
        raise PlainError("The rest was done. What failed is tried again at the next tick.")
    click.echo(f"What was due by {now:%-d %B %Y, %H:%M} has been done.")
