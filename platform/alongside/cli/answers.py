"""`alongside answers …`."""

import click

from alongside.cli.service import opened
from tenants.schemes.privileges import WEB


@click.group()
def answers() -> None:
    """Compare the answers that are found nationally with the schemes' own sites."""


@answers.command()
@click.option("--mend", is_flag=True, help="Bring into step what is not.")
@click.pass_context
def check(ctx: click.Context, mend: bool) -> None:
    """Compare every published answer, word by word, scheme by scheme.

    Ends with code 1 when something differed that was not mended.
    """
    in_step = True
    with opened(ctx.obj, role=WEB):
        from tenants.feedback.actions import compare
        from tenants.schemes.entering import enter
        from tenants.schemes.queries import all_schemes

        for scheme in all_schemes():
            with enter(scheme):
                step = compare(mend=mend)
            in_step &= step.is_kept
            click.echo(f"{scheme.name}: {_said(len(step.missing), len(step.otherwise), len(step.gone), mend=mend)}")
    ctx.exit(0 if in_step or mend else 1)


def _said(missing: int, otherwise: int, gone: int, *, mend: bool) -> str:
    if not (missing or otherwise or gone):
        return "in step"
    words = f"{missing} missing, {otherwise} different, {gone} that should be gone"
    return f"{words}; all mended" if mend else words
