"""A new scheme in a moment: its row and its schema, copied from the template, in one transaction. Runs as the owner."""

import re
from collections.abc import Callable, Iterable

from django.conf import settings
from django.db import connection, transaction

from kit.errors import Refused
from tenants.schemes import dumping
from tenants.schemes.entering import enter
from tenants.schemes.migrating import TEMPLATE, migrations_hash
from tenants.schemes.models import Domain, SchemaState, Scheme, Site

SLUG = re.compile(r"[a-z](?:[a-z0-9]|-(?!-)){1,38}[a-z0-9]")
TAKEN_BY_US = frozenset({"www", "mail", "admin", "api", "static", "media", "status", "help", "platform", "template"})

Finisher = Callable[[Scheme], None]
_finishers: list[Finisher] = []


class CannotProvision(Refused):
    """The scheme cannot be made; its message says what to do."""


def finishes_provisioning(finisher: Finisher) -> Finisher:
    """Add what an app does to a fresh copy of the template, in the scheme's schema and in the same transaction."""
    _finishers.append(finisher)
    return finisher


def provision(*, name: str, slug: str, area: str, provider: str = "", sites: Iterable[tuple[str, str]] = ()) -> Scheme:
    """Make a scheme with its schema, its host and its sites (name, kind); all of it, or nothing."""
    state = _refuse_what_cannot_be(name=name, slug=slug, area=area)
    with transaction.atomic():
        scheme = Scheme.objects.create(
            name=name, slug=slug, area=area, provider=provider, schema_name=f"s_{slug.replace('-', '_')}"
        )
        Domain.objects.create(tenant=scheme, domain=scheme.host, is_primary=True)
        Site.objects.bulk_create(Site(scheme=scheme, name=site, kind=kind) for site, kind in sites)
        SchemaState.objects.create(schema_name=scheme.schema_name, migrations_hash=state.migrations_hash)
        _copy_template(state.dump, scheme.schema_name)
        with enter(scheme):
            for finish in _finishers:
                finish(scheme)
    return scheme


def _refuse_what_cannot_be(*, name: str, slug: str, area: str) -> SchemaState:
    if not name.strip() or not area.strip():
        raise CannotProvision("Give the scheme a name and say which area it serves.")
    if not SLUG.fullmatch(slug):
        raise CannotProvision(
            f"“{slug}” cannot be part of an address. Use 3 to 40 small letters, digits and single hyphens, "
            "beginning with a letter."
        )
    host = f"{slug}.{settings.PLATFORM_HOST}"
    # A scheme may be known by a second host name, which it keeps when it closes, like its first.
    known = Scheme.objects.filter(slug=slug).exists() or Domain.objects.filter(domain=host).exists()
    if slug in TAKEN_BY_US or known:
        raise CannotProvision(f"{host} is taken. Choose another slug.")
    state = SchemaState.objects.filter(schema_name=TEMPLATE).exclude(dump="").first()
    if state is None or state.migrations_hash != migrations_hash():
        raise CannotProvision("The template is not up to date. Run `alongside migrate` first.")
    return state


def _copy_template(dump: str, schema_name: str) -> None:
    with connection.cursor() as cursor:
        cursor.cursor.execute(dumping.renamed(dump, old=TEMPLATE, new=schema_name))
    # The dump emptied the search path for this transaction: make the next cursor set it again.
    connection.set_schema_to_public()
