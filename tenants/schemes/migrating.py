"""Bring every schema up to date: public first, then the template, then each scheme. Runs as the owner.

What a schema was last brought up to is kept as one hash of all migrations (`SchemaState`), so a deploy with no new
migration asks one query and visits no schema. The template's dump is kept beside its hash: provisioning copies that.
"""

import hashlib
import inspect
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from pathlib import Path

import psycopg
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.utils import ProgrammingError

from kit import clock
from tenants.schemes import calling, dumping
from tenants.schemes.models import SchemaState, Scheme
from tenants.schemes.privileges import close_public_tables, keep_migrations_from_web, prepare_schema_privileges

PUBLIC, TEMPLATE = "public", "template_scheme"
LOCK = 727_401
PLAIN_PARAMETERS = ("dbname", "user", "password", "host", "port")

Say = Callable[[str], None]


def _silent(text: str) -> None:
    """The default way of saying what is done: not at all."""


def bring_up_to_date(*, say: Say = _silent) -> int:
    """Migrate each schema that is behind; returns how many were. `say` gets one line before each."""
    wanted = migrations_hash()
    if not behind(wanted):
        return 0
    with _one_at_a_time():
        names = behind(wanted)
        for done, name in enumerate(names, start=1):
            say(f"Bringing {name} up to date ({done} of {len(names)})")
            migrate(name)
            _remember(name, wanted)
    return len(names)


def migrations_hash() -> str:
    """One hash over the name and text of every migration of every app, and over which tables call the page caches."""
    found = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    digest = hashlib.sha256(calling.digest().encode())
    for key in sorted(found):
        # The whole file: to find the class in it Python would parse it, which takes longer and fails in two threads.
        digest.update(f"{key[0]}.{key[1]}\n".encode() + Path(inspect.getfile(type(found[key]))).read_bytes())
    return digest.hexdigest()


def behind(wanted: str) -> list[str]:
    """The schemas that another set of migrations was last run in: public, the template, then schemes by name."""
    connection.set_schema_to_public()
    try:
        with transaction.atomic():
            states = dict(SchemaState.objects.values_list("schema_name", "migrations_hash"))
            schemes = list(Scheme.objects.values_list("schema_name", flat=True).order_by("schema_name"))
    except ProgrammingError:  # nothing was ever migrated here
        states, schemes = {}, []
    return [name for name in (PUBLIC, TEMPLATE, *schemes) if states.get(name) != wanted]


def migrate(name: str) -> None:
    """Run the migrations of one schema, making it first if it is not there."""
    if name != PUBLIC:
        make_schema(name)
    which = {"shared": True} if name == PUBLIC else {"tenant": True, "schema_name": name}
    with redirect_stdout(io.StringIO()):
        call_command("migrate_schemas", interactive=False, verbosity=0, **which)
        connection.set_schema_to_public()
        if name == PUBLIC:
            call_command("createcachetable", verbosity=0)
    with connection.cursor() as cursor:
        keep_migrations_from_web(cursor, name)
        if name == PUBLIC:
            close_public_tables(cursor)
        calling.let_tables_call(cursor, name)


def make_schema(name: str) -> None:
    """An empty schema in which web and eraser have their rights on all that will come."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE SCHEMA IF NOT EXISTS {connection.ops.quote_name(name)}")
        prepare_schema_privileges(cursor, name)


def _remember(name: str, wanted: str) -> None:
    dump = dumping.dump(TEMPLATE) if name == TEMPLATE else ""
    SchemaState.objects.update_or_create(
        schema_name=name, defaults={"migrations_hash": wanted, "brought_up_at": clock.now(), "dump": dump}
    )


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Two deploys at once migrate one after the other. Migrating closes connections, so the lock has its own."""
    everything = connection.get_connection_params()
    plain = {key: everything[key] for key in PLAIN_PARAMETERS if everything.get(key)}
    with psycopg.connect(**plain, autocommit=True) as held:
        held.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        yield
