"""`alongside person …`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from alongside.cli.service import opened
from tenants.schemes.privileges import ERASER, WEB

if TYPE_CHECKING:
    from kit.erasure import Report

NATIONAL = click.Choice(["analyst", "programme_manager", "operator"])


@click.group()
def person() -> None:
    """Give and end national roles, help somebody in again, erase a person, and keep them erased after a restore."""


@person.command("give-role")
@click.argument("email")
@click.argument("role", type=NATIONAL)
@click.pass_obj
def give_role(data: Path, email: str, role: str) -> None:
    """Give somebody a national role, or make them an operator. They must have signed in with this address once."""
    with opened(data, role=WEB):
        from people.erasure import find
        from people.queries import require_shown
        from tenants.schemes import actions

        somebody = find(email)
        require_shown(somebody)
        label = actions.give_national_role(person_id=somebody.pk, role=role, by=None).get_role_display()
    click.echo(f"From now on {email} has the role: {label}.")


@person.command("end-role")
@click.argument("email")
@click.argument("role", type=NATIONAL)
@click.pass_obj
def end_role(data: Path, email: str, role: str) -> None:
    """End somebody's national role, or that of an operator: from their next click on it allows nothing."""
    with opened(data, role=WEB):
        from kit.errors import Refused
        from people.erasure import find
        from tenants.schemes import actions, queries

        held = queries.national_role(find(email).pk, role)
        if held is None:
            raise Refused(f"{email} does not have the role {role}.")
        label = actions.end_national_role(role=held, by=None).get_role_display()
    click.echo(f"{email} no longer has the role: {label}.")


@person.command("reset-second-step")
@click.argument("who")
@click.pass_obj
def reset_second_step(data: Path, who: str) -> None:
    """Take the second step from somebody who lost theirs and their recovery codes, and sign them out everywhere.

    WHO is an e-mail address or the person's id. Make sure that it is they who ask. They are told by e-mail, and set up
    a new one before any page of staff opens to them.
    """
    with opened(data, role=WEB):
        from people import actions
        from people.erasure import find

        actions.reset_second_step(person=find(who), by=None)
    click.echo(f"{who} has no second step any more, and was signed out everywhere.")


@person.command()
@click.argument("who")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def erase(data: Path, who: str, yes: bool) -> None:
    """Erase a person everywhere: their account, and what every scheme and group holds about them.

    WHO is an e-mail address or the person's id. What must stay true for others keeps its place without the person.
    It says whom it found and what would be erased, then it asks. This cannot be undone.
    """
    with opened(data, role=ERASER):
        from kit.dates import short_day
        from people import erasure

        somebody = erasure.find(who)
        click.echo(f"{somebody}, {somebody.email or 'no address'}, here since {short_day(somebody.created_at)}.")
        _say("would be", erasure.would_erase(somebody))
        if not yes:
            click.confirm("Erase this person everywhere? This cannot be undone.", abort=True)
        _say("were", erasure.erase(somebody))
    click.echo("The person has been erased.")


def _say(verb: str, reports: "list[Report]") -> None:
    """How many rows of each place are touched; a place with none is not named."""
    from tenants.schemes.queries import names_of_schemas

    names = names_of_schemas()
    for report in reports:
        if report.erased or report.emptied:
            erased, emptied = sum(report.erased.values()), sum(report.emptied.values())
            click.echo(
                f"{names.get(report.schema, 'Outside the schemes')}: {erased} rows {verb} erased, {emptied} emptied"
            )


@person.command("erase-again")
@click.pass_obj
def erase_again(data: Path) -> None:
    """Erase everybody again who was ever erased: run it after any restore."""
    with opened(data, role=ERASER):
        from people.erasure import replay_ledger

        count = replay_ledger()
    click.echo(f"Erased again: {count}.")
