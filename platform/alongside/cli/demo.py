"""`alongside demo`."""

from pathlib import Path

import click

from alongside.cli.service import opened
from tenants.schemes.privileges import OWNER


@click.command()
@click.pass_obj
def demo(data: Path) -> None:
    """Add the demonstration: four invented schemes and people for every role. Adds nothing twice."""
    with opened(data, role=OWNER, make=True):
        from alongside.demo import provision

        provision()
    click.echo("The demonstration is there.")
