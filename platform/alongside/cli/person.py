"""`alongside person …`."""

from pathlib import Path

import click

from alongside.cli.service import opened
from tenants.schemes.privileges import ERASER


@click.group()
def person() -> None:
    """Erase a person, and keep them erased after a restore."""


@person.command()
@click.argument("who")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def erase(data: Path, who: str, yes: bool) -> None:
    """Erase a person everywhere: their account, and what every scheme and group holds about them.

    WHO is an e-mail address or the person's id. What must stay true for others keeps its place without the person.
    This cannot be undone.
    """
    if not yes:
        click.confirm(f"Erase {who} everywhere? This cannot be undone.", abort=True)
    with opened(data, role=ERASER):
        from people.erasure import erase as erase_person

        reports = erase_person(who)
    for report in reports:
        if report.erased or report.emptied:
            erased, emptied = sum(report.erased.values()), sum(report.emptied.values())
            click.echo(f"{report.schema}: {erased} rows erased, {emptied} emptied")
    click.echo("The person has been erased.")


@person.command("erase-again")
@click.pass_obj
def erase_again(data: Path) -> None:
    """Erase everybody again who was ever erased: run it after any restore."""
    with opened(data, role=ERASER):
        from people.erasure import replay_ledger

        count = replay_ledger()
    click.echo(f"Erased again: {count}.")
