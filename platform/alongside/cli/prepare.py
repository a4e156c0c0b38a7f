"""`alongside prepare`: what a start does before it serves, in one process."""

import os
from pathlib import Path

import click

from alongside.cli.service import opened
from tenants.schemes.privileges import OWNER


@click.command(hidden=True)
@click.pass_obj
def prepare(data: Path) -> None:
    """Bring the database up to date and, in a demonstration, add what is shown."""
    with opened(data, role=OWNER):
        from tenants.schemes.migrating import bring_up_to_date

        click.echo("Bringing the database up to date.")
        bring_up_to_date()
        if os.environ.get("ALONGSIDE_MODE") == "demonstration":
            from alongside.demo import provision

            click.echo("Adding the demonstration, if it is not there.")
            provision()
