"""`alongside clock`."""

from pathlib import Path

import click

from alongside.cli.service import opened, repeat
from tenants.schemes.privileges import WEB

MINUTE = 60.0


@click.command()
@click.pass_obj
def clock(data: Path) -> None:
    """Run what is due, each minute, until it is stopped. The running service starts this by itself."""
    with opened(data, role=WEB):
        from kit import scheduler

        def step() -> float:
            scheduler.tick()
            return MINUTE

        repeat(step)
