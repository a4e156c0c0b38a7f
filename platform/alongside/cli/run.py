"""`alongside run`."""

from pathlib import Path

import click

from alongside.surroundings import DEFAULT_PORT


@click.command()
@click.option(
    "--port", type=click.IntRange(1, 65535), default=DEFAULT_PORT, show_default=True, help="Where it listens."
)
@click.option("--data", "other", type=click.Path(file_okay=False, path_type=Path), help="The data folder.")
@click.option("--fresh", is_flag=True, help="Empty the data folder first. Refused while one is running on it.")
@click.pass_obj
def run(data: Path, port: int, other: Path | None, fresh: bool) -> None:
    """Start everything and print the addresses. Ctrl-C stops it.

    Starts the database, brings it up to date, adds the demonstration, starts the worker, the clock and the server, and
    starts each again if it dies. A second start keeps the data.
    """
    from alongside.supervisor import supervise

    supervise(data=other or data, port=port, fresh=fresh)
