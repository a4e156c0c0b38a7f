"""`alongside prepare`: what a start does before it serves, in one process."""

from pathlib import Path

import click

from alongside.cli.service import opened
from tenants.schemes.privileges import OWNER


@click.command(hidden=True)
@click.pass_obj
def prepare(data: Path) -> None:
    """Bring the database up to date, gather styles and scripts and, in a demonstration, add what is shown."""
    with opened(data, role=OWNER, make=True):
        from django.conf import settings
        from django.core.management import call_command

        from tenants.schemes.migrating import bring_up_to_date

        bring_up_to_date(say=click.echo)
        call_command("collectstatic", interactive=False, verbosity=0)
        if settings.DEMONSTRATION:
            from alongside.demo import provision

            click.echo("Adding the demonstration, if it is not there.")
            provision()
