"""`alongside answers …`."""

from typing import TYPE_CHECKING

import click

from alongside.cli.service import opened
from tenants.schemes.privileges import WEB

if TYPE_CHECKING:
    from tenants.feedback.actions.publishing import Compared


@click.group()
def answers() -> None:
    """Compare the answers that are found nationally with the schemes' own sites."""


@answers.command()
@click.option("--mend", is_flag=True, help="Bring into step what is not.")
@click.pass_context
def check(ctx: click.Context, mend: bool) -> None:
    """Compare every published answer, word by word, scheme by scheme.

    It may run while the service runs. It ends with code 1 where something differed that was not mended.
    """
    in_step = True
    with opened(ctx.obj, role=WEB):
        from kit.one_moment import one_moment
        from tenants.feedback.actions import compare
        from tenants.schemes.entering import enter
        from tenants.schemes.queries import all_schemes

        for scheme in all_schemes():
            with enter(scheme):
                with one_moment():
                    found = left = compare()
                if mend and not found.is_kept:
                    compare(mend=True)
                    with one_moment():
                        left = compare()
            in_step &= left.is_kept
            click.echo(f"{scheme.name}: {_said(found)}{_mended(left) if mend and not found.is_kept else ''}")
    ctx.exit(0 if in_step else 1)


def _said(found: "Compared") -> str:
    if found.is_kept:
        return "in step"
    missing, otherwise, gone = len(found.missing), len(found.otherwise), len(found.gone)
    return f"{missing} missing, {otherwise} different, {gone} that should be gone"


def _mended(left: "Compared") -> str:
    return "; all mended" if left.is_kept else f"; after mending still {_said(left)}"
