"""`alongside import-points`."""

from pathlib import Path

import click

from alongside.cli.manual import PlainError
from alongside.cli.service import opened
from tenants.schemes.privileges import WEB


@click.command("import-points")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--scheme", required=True, help="The slug of the scheme that the points are for.")
@click.option("--sheet", default="", help="The sheet of a workbook to read. Without it, the first that can be seen.")
@click.option("--apply", is_flag=True, help="Write them. Without it nothing is written and you see what would be.")
@click.pass_obj
def import_points(data: Path, file: Path, scheme: str, sheet: str, apply: bool) -> None:
    """Read points from a workbook (.xlsx) or a CSV file. All rows are written, or none.

    Columns: organisation, group, finding, method, said on, how many, may publish, reporter; and, if some of it did
    not reach you today, received on. At the end it says how many were added, were there already, or were not reported;
    and without --apply, that nothing was written.
    """
    with opened(data, role=WEB):
        from tenants.feedback.importing import import_points as read_points
        from tenants.schemes.models import Scheme

        found = Scheme.objects.filter(slug=scheme).first()
        if found is None:
            raise PlainError(f"There is no scheme “{scheme}”. See their slugs with: alongside scheme list")
        report = read_points(file.resolve(), scheme=found, apply=apply, sheet=sheet)
    for line in report.lines():
        click.echo(line)
