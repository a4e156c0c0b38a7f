"""`alongside phones …`."""

from pathlib import Path

import click

from alongside.cli.service import opened
from tenants.schemes.privileges import WEB


@click.group()
def phones() -> None:
    """Make a new key for what phones on visits send, and list the keys."""


@phones.command("new-key")
@click.pass_obj
def new_key(data: Path) -> None:
    """Make a new key, for which phones lock what they send from their next contact on.

    Every older key stays and still opens what was locked for it: phones may hold that for a long time.
    """
    with opened(data, role=WEB):
        from peer_monitoring import actions, keys

        made = actions.make_key(by=None)
        click.echo(f"The key {made.name} is in {keys.folder()}. Phones use it from their next contact on.")
    click.echo("Older keys stay and still open. Back up this folder now.")


@phones.command("keys")
@click.pass_obj
def list_keys(data: Path) -> None:
    """List the keys, the newest first, and what waits here under each."""
    with opened(data, role=WEB):
        from django.db import connection

        from peer_monitoring import keys, lost_keys

        files = keys.files_in(keys.folder())
        for file in files:
            keys.refuse_unreadable(file)
        with connection.cursor() as cursor:
            waiting = lost_keys.waiting(cursor)
    names = [keys.name_of(file) for file in reversed(files)]
    for name in names:
        use = "for phones from now on" if name == names[0] else "opens what is older"
        click.echo(f"{name}  {use}{_sealed(waiting.get(name, 0))}")
    for name in sorted(set(waiting) - set(names)):
        click.echo(f"{name}  is not here{_sealed(waiting[name])}: bring it back from a backup")
    if not names:
        click.echo("There is no key yet. The first one is made when somebody opens the app.")


def _sealed(count: int) -> str:
    return f", {count} locked {'part waits' if count == 1 else 'parts wait'} for it" if count else ""
