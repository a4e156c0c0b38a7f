"""`alongside facts …`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from alongside.cli.manual import PlainError
from alongside.cli.service import opened
from tenants.schemes.privileges import WEB

if TYPE_CHECKING:
    from comparison.measures import Fact
    from comparison.recounting import Checked


@click.group()
def facts() -> None:
    """Count again what national figures are made of, scheme by scheme."""


@facts.command("check")
@click.option("--mend", is_flag=True, help="Write what the schemes say where the figures differ from it.")
@click.pass_obj
def check_facts(data: Path, mend: bool) -> None:
    """Count every scheme again, and compare with what the national figures are made of.

    It may run while the service runs. It ends with code 1 where something differed that was not mended, and that no
    change on its way brings by itself.
    """
    with opened(data, role=WEB):
        from comparison import recounting

        schemes = points = differed = differing = 0
        for before, after in recounting.check(mends=mend):
            schemes, points = schemes + 1, points + before.points
            differed, differing = differed + before.faults, differing + after.faults
            _say(before)
    counted = f"{points} {'point' if points == 1 else 'points'} of {schemes} {'scheme' if schemes == 1 else 'schemes'}"
    if not differed:
        click.echo(f"{counted} counted again: the national figures agree.")
    elif not differing:
        click.echo(f"{counted} counted again: {differed} differed, and all was mended.")
    elif mend:
        raise PlainError(f"{counted} counted again: {differed} differed, and after mending {differing} still differ.")
    else:
        to_mend = "To write what the schemes say: alongside facts check --mend"
        raise PlainError(f"{counted} counted again, and {differing} differ. {to_mend}")


def _say(checked: "Checked") -> None:
    name = checked.scheme.name
    for one in checked.differences:
        comes = " This change is on its way." if one.on_its_way else ""
        said = f"the scheme says {_words(one.counted)}, the store {_words(one.stored)}."
        click.echo(f"{name}, point {one.point_id}: {said}{comes}")
    for period, counted, shown in checked.figures:
        click.echo(
            f"{name}, {period.label.lower()}: {counted.in_time} of {counted.counted} and {counted.waiting} waiting by "
            f"the scheme’s points, {shown.in_time} of {shown.counted} and {shown.waiting} on the page."
        )
    if checked.on_their_way and not checked.agrees:
        late = "1 change has" if checked.on_their_way == 1 else f"{checked.on_their_way} changes have"
        click.echo(f"{name}: {late} not arrived yet. Try again when the worker is done.")


def _words(fact: "Fact | None") -> str:
    from kit.dates import short_day

    if fact is None:
        return "that it does not count"
    decided = f"decided on {short_day(fact.decided_on)}" if fact.decided_on else "not decided"
    return f"received on {short_day(fact.received_on)}, day 20 on {short_day(fact.due_on)}, {decided}"
