"""`alongside migrate`."""

from pathlib import Path

import click

from alongside.cli.service import opened
from tenants.schemes.privileges import OWNER


@click.command()
@click.pass_obj
def migrate(data: Path) -> None:
    """Bring the database up to date: public, the template, then each scheme."""
    with opened(data, role=OWNER, make=True):
        from tenants.schemes.migrating import bring_up_to_date

        behind = bring_up_to_date(say=click.echo)
    click.echo("The database is up to date." if behind else "The database was up to date already.")
