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
from django.core.management.commands import migrate as migrate_command
from django.db import connection, router, transaction
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
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
    with redirect_stdout(io.StringIO()), _only_what_has_tables():
        call_command("migrate_schemas", interactive=False, verbosity=0, **which)
        connection.set_schema_to_public()
        if name == PUBLIC:
            call_command("createcachetable", verbosity=0)
    with connection.cursor() as cursor:
        keep_migrations_from_web(cursor, name)
        if name == PUBLIC:
            close_public_tables(cursor)
        calling.let_tables_call(cursor, name)


class _Executor(MigrationExecutor):
    """Goes through the migrations of apps that have tables in this schema, and only notes down the others.

    Django would work out every model anew after each step of those, too, and then do nothing: half of a first start.
    """

    def _migrate_all_forwards(
        self,
        state: ProjectState,
        plan: list[tuple[Migration, bool]],
        full_plan: list[tuple[Migration, bool]],
        fake: bool,
        fake_initial: bool,
    ) -> ProjectState:
        to_run = {migration for migration, _ in plan}
        for migration in (one for one, _ in full_plan if one in to_run):
            if router.allow_migrate(self.connection.alias, migration.app_label):
                _ = state.apps  # as Django does: worked out once, and then kept up to date step by step
                state = self.apply_migration(state, migration, fake=fake, fake_initial=fake_initial)
            else:
                state.__dict__.pop("apps", None)
                state = migration.mutate_state(state, preserve=False)
                self.record_migration(migration)  # type: ignore[call-arg, arg-type] # the stubs know an older Django
        return state


@contextmanager
def _only_what_has_tables() -> Iterator[None]:
    """Django's command names its executor nowhere but in its module."""
    kept = migrate_command.MigrationExecutor
    migrate_command.MigrationExecutor = _Executor
    try:
        yield
    finally:
        migrate_command.MigrationExecutor = kept


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
