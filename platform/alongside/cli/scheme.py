"""`alongside scheme …`."""

from pathlib import Path

import click

from alongside.cli.service import opened
from tenants.schemes.privileges import OWNER, WEB

CONCERNS = (
    "Concerns that wait there, that somebody there has not closed, or that are raised on a visit to it, go to the "
    "national team now: they are asked to ring, and read none. Ask groups that go there to call off their visits."
)


@click.group()
def scheme() -> None:
    """Create, list, suspend, close and compare schemes, and invite their first managers."""


@scheme.command()
@click.argument("name")
@click.option("--slug", required=True, help="The first part of its address: small letters, digits and hyphens.")
@click.option("--area", required=True, help="The area it serves, as people call it.")
@click.option("--provider", default="", help="Who provides the service, as people call them.")
@click.pass_obj
def create(data: Path, name: str, slug: str, area: str, provider: str) -> None:
    """Create a scheme with its own house, its own site and its own address."""
    with opened(data, role=OWNER):
        from tenants.schemes.provisioning import provision

        made = provision(name=name, slug=slug, area=area, provider=provider)
        click.echo(f"{made.name} is ready at {made.origin}")


@scheme.command()
@click.argument("slug")
@click.argument("email")
@click.option("--role", default="manager", show_default=True, help="manager, involvement_lead, practitioner, …")
@click.pass_obj
def invite(data: Path, slug: str, email: str, role: str) -> None:
    """Invite somebody to a role at a scheme: its first manager, who then invites everybody else.

    The invitation goes out as mail while the service runs. It works once, within 72 hours, for this address alone.
    """
    with opened(data, role=WEB):
        from django.core.exceptions import ValidationError
        from django.core.validators import validate_email

        from kit.errors import Refused
        from tenants.schemes import actions
        from tenants.schemes.models import Scheme
        from tenants.schemes.rights import Role

        try:
            validate_email(email)
        except ValidationError:
            raise Refused(f"{email} is not an email address.") from None
        place = Scheme.objects.filter(slug=slug).first()
        if place is None:
            raise Refused(f"There is no scheme {slug}. `alongside scheme list` names the schemes.")
        if role not in Role.values:
            raise Refused(f"{role} is no role. Choose one of: {', '.join(Role.values)}.")
        actions.invite(scheme=place, email=email, role=role, by=None)
        click.echo(f"{email} is invited to {place.name} as {Role(role).label.lower()}. The mail goes out in a moment.")


@scheme.command("list")
@click.pass_obj
def list_(data: Path) -> None:
    """List the schemes."""
    with opened(data, role=OWNER):
        from tenants.schemes.queries import all_schemes

        lines = [
            f"{one.slug:<24} {one.name}{'' if one.status == 'open' else f' ({one.get_status_display().lower()})'}"
            for one in all_schemes()
        ]
    click.echo("\n".join(lines) or "There is no scheme yet. Add one with: alongside scheme create NAME --slug SLUG")


@scheme.command()
@click.argument("slug")
@click.pass_obj
def suspend(data: Path, slug: str) -> None:
    """Suspend a scheme: its site says that it is being worked on, until it is reopened."""
    with opened(data, role=OWNER):
        from tenants.schemes import closing

        name = closing.suspend(slug=slug, by=None).name
    click.echo(f"{name} is suspended. Nothing it holds is lost. Reopen it with: alongside scheme reopen {slug}")
    click.echo(CONCERNS)


@scheme.command()
@click.argument("slug")
@click.pass_obj
def reopen(data: Path, slug: str) -> None:
    """Reopen a suspended scheme."""
    with opened(data, role=OWNER):
        from tenants.schemes import closing

        made = closing.reopen(slug=slug, by=None)
        click.echo(f"{made.name} is open again at {made.origin}")


@scheme.command()
@click.argument("slug")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def close(data: Path, slug: str, yes: bool) -> None:
    """Close a scheme for good: nobody comes in any more. What it holds stays, and so does its address.

    The address stays with the closed scheme, so that no other scheme ever answers where people knew this one.
    """
    if not yes:
        click.confirm(f"Close {slug} for good? It cannot be reopened.", abort=True)
    with opened(data, role=OWNER):
        from tenants.schemes import closing

        name = closing.close(slug=slug, by=None).name
    click.echo(f"{name} is closed. Its address is kept, and given to nobody else.")
    click.echo(CONCERNS)


@scheme.command()
@click.argument("first")
@click.argument("second", required=False)
@click.option(
    "--with-migrated", is_flag=True, help="Compare FIRST with a scheme migrated from nothing for the purpose."
)
@click.pass_context
def compare(ctx: click.Context, first: str, second: str | None, with_migrated: bool) -> None:
    """Compare what the database holds for two schemes: tables, columns, constraints, indexes, privileges.

    Ends with code 1 when they differ in more than the short list of what may differ.
    """
    if with_migrated == (second is not None):
        raise click.UsageError("Name a second scheme, or say --with-migrated.")
    with opened(ctx.obj, role=OWNER):
        from tenants.schemes import catalogue

        ours = _schema(first)
        differences = catalogue.compare(ours, _schema(second)) if second else catalogue.compare_with_migrated(ours)
    for difference in differences:
        click.echo(str(difference))
    click.echo(f"{len(differences)} differences." if differences else "Made alike.")
    ctx.exit(1 if differences else 0)


def _schema(name: str) -> str:
    """The schema of a scheme named by its slug; a schema's own name, as the template has one, is taken as it is."""
    from tenants.schemes.models import Scheme

    return Scheme.objects.filter(slug=name).values_list("schema_name", flat=True).first() or name
