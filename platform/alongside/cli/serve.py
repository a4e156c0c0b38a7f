"""`alongside serve`: the web server, as `alongside run` starts it."""

import os

import click
import psycopg

from alongside.cli.service import end_with_parent
from alongside.data_folder import DataFolder
from peer_monitoring import keys
from peer_monitoring.lost_keys import refuse_lost_keys
from tenants.schemes.tables import refuse_missing_tables

THREADS = 4


@click.command(hidden=True)
def serve() -> None:
    """Answer requests on this machine."""
    from granian import Granian
    from granian.constants import Interfaces

    end_with_parent()
    with psycopg.connect(os.environ["ALONGSIDE_DATABASE_URL"]) as connection:
        refuse_missing_tables(connection.cursor())
        phones = DataFolder.at(os.environ["ALONGSIDE_DATA"]).secrets / keys.FOLDER
        for lost in refuse_lost_keys(connection.cursor(), phones):
            click.echo(lost, err=True)
    Granian(
        "alongside.wsgi:application",
        address="127.0.0.1",
        port=int(os.environ["ALONGSIDE_PORT"]),
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=THREADS,
        backpressure=256,
        log_access=False,
        respawn_failed_workers=True,
    ).serve()
