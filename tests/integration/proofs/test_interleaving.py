"""Two schemes interleaved at random: whatever is read, kept and used in whatever order, no row meets the other scheme.

The rows of each scheme carry its name. `auth.Group` has whole numbers as keys, which collide between schemes on
purpose; `Theme` has UUIDs.
"""

from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import DatabaseError, connection, models, transaction
from django.db.models import F, Value
from django.db.models.functions import Concat
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from tenants.feedback.models import Theme
from tenants.schemes.entering import enter
from tenants.schemes.guard import WrongScheme

SCHEMAS = ("s_ashmere", "s_brackwell")
NAMED = {Group: "name", Theme: "label"}
MODELS = list(NAMED)


@dataclass
class Kept:
    """Something made in a schema and kept while others are entered."""

    schema: str
    thing: Any


def read_all(query: models.QuerySet) -> list[str]:
    return [getattr(row, NAMED[type(row)]) for row in query]


READS = {
    "list": read_all,
    "values": lambda query: list(query.values_list(NAMED[query.model], flat=True)),
    "slice": lambda query: read_all(query[:2]),
    "iterator": lambda query: [getattr(row, NAMED[query.model]) for row in query.iterator()],
    "again": lambda query: read_all(query.all()),
    "filtered": lambda query: read_all(query.exclude(**{NAMED[query.model]: ""})),
    "inside another": lambda query: read_all(query.model.objects.filter(pk__in=query.values("pk"))),
}
WRITES = {
    "update": lambda query: query.update(**{NAMED[query.model]: Concat(F(NAMED[query.model]), Value("+"))}),
    "delete": lambda query: query.filter(**{f"{NAMED[query.model]}__endswith": "spare"}).delete(),
}


class TwoSchemes(RuleBasedStateMachine):
    """Enter and leave schemes, keep queries and rows, and use them later, wherever one then is."""

    queries = Bundle("queries")
    rows = Bundle("rows")

    def __init__(self) -> None:
        super().__init__()
        self.ways_in = ExitStack()
        self.undo = transaction.atomic()
        connection.set_schema_to_public()
        self.undo.__enter__()
        for schema in SCHEMAS:
            with enter(schema):
                Theme.objects.all().delete()
                Group.objects.all().delete()
                for number, name in enumerate(("one", "two", "spare"), start=1):
                    Theme.objects.create(code=name, label=f"{schema} {name}")
                    Group.objects.create(pk=number, name=f"{schema} {name}")

    @property
    def here(self) -> str:
        return str(connection.schema_name)

    @rule(schema=st.sampled_from([*SCHEMAS, "public"]))
    def go_in(self, schema: str) -> None:
        self.ways_in.enter_context(enter(schema))

    @rule()
    def come_out(self) -> None:
        outer = self.ways_in.pop_all()
        outer.close()

    @rule(target=queries, model=st.sampled_from(MODELS))
    def keep_a_query(self, model: type[models.Model]) -> Kept:
        return Kept(self.here, model._default_manager.all())

    @rule(target=queries, kept=queries)
    def narrow_it(self, kept: Kept) -> Kept:
        return Kept(kept.schema, kept.thing.order_by("pk"))

    @rule(kept=queries, how=st.sampled_from(sorted(READS)))
    def read(self, kept: Kept, how: str) -> None:
        if self.here == "public":
            return
        try:
            seen = READS[how](kept.thing)
        except WrongScheme:
            assert self._is_foreign(kept)
            return
        assert all(name.startswith(self.here) for name in seen), (self.here, seen)

    @rule(kept=queries, how=st.sampled_from(sorted(WRITES)))
    def write(self, kept: Kept, how: str) -> None:
        if self.here == "public":
            return
        try:
            with transaction.atomic():
                WRITES[how](kept.thing.all())
        except WrongScheme:
            assert self._is_foreign(kept)
        except models.ProtectedError:
            pass

    @rule(target=rows, model=st.sampled_from(MODELS))
    def keep_a_row(self, model: type[models.Model]) -> Kept:
        row = None if self.here == "public" else model._default_manager.order_by("pk").first()
        return Kept(self.here, row)

    @rule(kept=rows)
    def save_it(self, kept: Kept) -> None:
        if kept.thing is None or self.here == "public":
            return
        setattr(kept.thing, NAMED[type(kept.thing)], f"{kept.schema} saved {kept.thing.pk}")
        self._expect(kept, lambda: kept.thing.save(update_fields=[NAMED[type(kept.thing)]]))

    @rule(kept=rows)
    def read_it_again(self, kept: Kept) -> None:
        if kept.thing is None or self.here == "public":
            return
        self._expect(kept, kept.thing.refresh_from_db)

    @invariant()
    def each_scheme_holds_its_own_rows_alone(self) -> None:
        with connection.cursor() as cursor:
            for schema in SCHEMAS:
                cursor.execute(
                    f"SELECT label FROM {schema}.feedback_theme UNION ALL SELECT name FROM {schema}.auth_group"
                )
                wrong = [name for (name,) in cursor.fetchall() if not name.startswith(schema)]
                assert not wrong, (schema, wrong)

    def _is_foreign(self, kept: Kept) -> bool:
        return kept.schema != self.here or getattr(kept.thing, "_fetched_in", self.here) != self.here

    def _expect(self, kept: Kept, act: Any) -> None:
        if kept.schema == self.here:
            with suppress(models.ObjectDoesNotExist, DatabaseError), transaction.atomic():
                act()
            return
        with pytest.raises(WrongScheme), transaction.atomic():
            act()

    def teardown(self) -> None:
        self.ways_in.close()
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)
        connection.set_schema_to_public()


@pytest.fixture
def run() -> Iterator[Any]:
    def go(sequences: int) -> None:
        run_state_machine_as_test(
            TwoSchemes,
            settings=settings(
                max_examples=sequences,
                stateful_step_count=20,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )

    yield go


def test_no_row_of_one_scheme_meets_the_other_in_forty_sequences(run: Any) -> None:
    run(40)


@pytest.mark.long
def test_no_row_of_one_scheme_meets_the_other_in_two_thousand_sequences(run: Any) -> None:
    run(2000)
