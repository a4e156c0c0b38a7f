"""The commands together, and the manual that `alongside --help` prints."""

from pathlib import Path

import click

from alongside.cli.answers import answers
from alongside.cli.clock import clock
from alongside.cli.demo import demo
from alongside.cli.facts import facts
from alongside.cli.import_points import import_points
from alongside.cli.manual import Manual
from alongside.cli.migrate import migrate
from alongside.cli.person import person
from alongside.cli.phones import phones
from alongside.cli.prepare import prepare
from alongside.cli.run import run
from alongside.cli.scheme import scheme
from alongside.cli.serve import serve
from alongside.cli.tick import tick
from alongside.cli.work import work
from alongside.surroundings import DEFAULT_DATA

EPILOG = """\b
Examples:
  alongside run --port 8001
  alongside scheme create "Ashmere" --slug ashmere --area "Ashmere and the hills"
  alongside import-points findings.csv --scheme ashmere
  alongside --data /srv/alongside scheme list

Each command finds the database in the data folder by itself. If nothing runs on that folder, the database is started
for the time of the command. Logs stand in the folder, in logs/."""


@click.group(cls=Manual, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    envvar="ALONGSIDE_DATA",
    default=DEFAULT_DATA,
    help="The folder that holds everything Alongside keeps. Without it: data/ in the project.",
)
@click.pass_context
def alongside(ctx: click.Context, data: Path) -> None:
    """Alongside: where Liaison and Diversion schemes and the people who use them run services alongside each other.

    Start it with "alongside run" and open the address it prints. Every other command works on the same data, while it
    runs or while it does not. "alongside COMMAND --help" says more about one command.
    """
    ctx.obj = data


for command in (
    run, demo, scheme, import_points, person, phones, migrate, tick, work, clock, facts, answers, prepare, serve,
):  # fmt: skip
    alongside.add_command(command)


def main() -> None:
    """The entry point of the command."""
    alongside(prog_name="alongside")
