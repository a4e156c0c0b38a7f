"""A command line that reads like a manual and answers in sentences."""

from typing import Any

import click

from kit.errors import Refused

SECTIONS = {
    "Run it": ["run", "demo"],
    "Schemes": ["scheme", "import-points"],
    "People": ["person"],
    "Keep it going": ["migrate", "tick", "work", "clock", "facts", "answers", "phones"],
}


class PlainError(click.ClickException):
    """What could not be done, said without a prefix and without a traceback."""

    def show(self, file: Any = None) -> None:
        click.echo(self.message, file=file, err=file is None)


class Manual(click.Group):
    """A group whose help names its commands by what they are for."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for title, names in SECTIONS.items():
            with formatter.section(title):
                formatter.write_dl([(name, self.commands[name].get_short_help_str(limit=200)) for name in names])

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except Refused as refused:
            raise PlainError(str(refused)) from refused
