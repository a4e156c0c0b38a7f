"""What a start prints: each step while it is done, then where to go and who can sign in."""

import contextlib
import json
import re
from collections.abc import Sequence

import click

from alongside.data_folder import DataFolder
from alongside.surroundings import HOST


def say(words: str) -> None:
    """One line, shown at once even when the output goes to a file; nobody need be there to read it."""
    # The terminal may be gone: what was started must be stopped all the same.
    with contextlib.suppress(OSError):
        click.echo(words)


def say_where_to_go(folder: DataFolder, *, schemes: list[tuple[str, str]], port: int, seconds: float) -> None:
    """The addresses, and in a demonstration a sign-in for each kind of person."""
    say(f"\nReady after {seconds:.0f} seconds.\n")
    places = [
        ("Alongside", f"http://{HOST}:{port}"),
        *((name, f"http://{slug}.{HOST}:{port}") for name, slug in schemes),
    ]
    for line in table(places):
        say(f"  {line}")
    people = demonstration_people(folder, port=port)
    if people:
        say("\nThis is demonstration data. Nobody in it is real. You can sign in as:\n")
        for line in table([("who", "address", "e-mail", "password"), *people]):
            say(f"  {line}")
        say(f"\nStaff are asked for a code as well: http://{HOST}:{port}/demonstration/codes/ shows the codes of now.")
    say(f"\nData: {folder.path}   Logs: {folder.logs}\nCtrl-C stops it.")


def demonstration_people(folder: DataFolder, *, port: int) -> list[tuple[str, str, str, str]]:
    """Who can sign in, as the demonstration wrote it down when it was made, at the port of this start."""
    try:
        entries = json.loads((folder.path / "demonstration.json").read_text())
    except FileNotFoundError:
        return []
    addresses = [re.sub(r":\d+(?=/|$)", f":{port}", one["address"]) for one in entries]
    return [
        (one["who"], address, one["email"], one["password"]) for one, address in zip(entries, addresses, strict=True)
    ]


def table(rows: Sequence[tuple[str, ...]]) -> list[str]:
    """Rows with their columns under one another."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
