"""What each model holds about a person, and how it is emptied: a model that does not say fails a test (ADR 0022).

Every model carries the class attribute `about`: one declaration, or a list of them when it is about several persons.
Models of other people's packages are declared in `THIRD_PARTY`, which the project's wiring fills at start.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction

from kit import scope

# Why who of the staff did something stays with it.
STAFF_ACT = "what staff did at work is part of the record"
# The tables in which this transaction changed or deleted rows, once what was sampled of them is gone.
CLEAR_SAMPLES = """
    WITH touched AS (
        SELECT schemaname, relname FROM pg_stat_xact_user_tables WHERE n_tup_upd + n_tup_del > 0
    ), cleared AS MATERIALIZED (
        SELECT pg_clear_attribute_stats(schemaname, tablename, attname, inherited)
        FROM pg_stats JOIN touched USING (schemaname) WHERE tablename = relname
    )
    SELECT format('%I.%I', schemaname, relname) FROM touched WHERE (SELECT count(*) FROM cleared) >= 0 ORDER BY 1"""


@dataclass(frozen=True, slots=True)
class About:
    """One declaration: whom a model is about, and what erasing that person does to its rows."""

    by: str = ""
    erase: bool = False
    empty: Mapping[str, object] = field(default_factory=dict)
    keep: str = ""
    files: frozenset[str] = frozenset()
    why: str = ""

    def covers(self, file: str) -> bool:
        """Whether this declaration says what happens to a file field."""
        return self.erase or file in self.empty or file in self.files


@dataclass(frozen=True, slots=True)
class Report:
    """What erasing one person did in one schema: rows by model, and by `gone` the keys of those that were erased.

    `closed` names the tables that whoever erased may not read. Public's own rights tables are always empty and closed
    to every role of the service; any other name here says that the person has not been erased.
    """

    schema: str
    erased: Mapping[str, int]
    emptied: Mapping[str, int]
    kept: Mapping[str, int]
    files: int
    closed: frozenset[str] = frozenset()
    gone: Mapping[str, Collection[object]] = field(default_factory=dict)


THIRD_PARTY: dict[str, About | list[About]] = {}


def about_nobody(why: str = "", *, files: Iterable[str] = ()) -> About:
    """The rows say nothing about a person; `files` names file fields of which that is true too."""
    return About(why=why, files=frozenset(files))


def about_person(
    *,
    by: str,
    erase: bool = False,
    empty: Mapping[str, object] | None = None,
    keep: str = "",
    files: Iterable[str] = (),
) -> About:
    """The rows are about the person whose id the lookup `by` finds: erased, emptied (field → value), or kept and why.

    File fields of erased rows, and those named in `empty`, are deleted from storage; `files` names those that stay.
    """
    if not by or [erase, bool(empty), bool(keep)].count(True) != 1:
        raise TypeError("about_person needs `by`, and exactly one of erase=True, empty={…} or keep='reason'.")
    return About(by=by, erase=erase, empty=dict(empty or {}), keep=keep, files=frozenset(files))


def declared(model: type[models.Model]) -> list[About]:
    """What a model declares; an empty list when it declares nothing."""
    # A concrete parent's declaration speaks of the parent's columns only, so it is not inherited.
    bases = [model, *(base for base in model.__mro__[1:] if getattr(getattr(base, "_meta", None), "abstract", True))]
    own = next((vars(base)["about"] for base in bases if "about" in vars(base)), None)
    found = own if own is not None else THIRD_PARTY.get(model._meta.label, [])
    return list(found) if isinstance(found, list | tuple) else [found]


def undeclared() -> list[str]:
    """Every model, and every file field, that does not say what it holds about a person. A test wants this empty."""
    return [missing for model in _models() for missing in _missing(model)]


def undeclared_ids(*, of_others: Collection[str]) -> list[str]:
    """Every column that can hold a person's id and stands in no declaration. A test wants this empty.

    A model that is about somebody may name others too, such as who invited them. `of_others` are the columns, each with
    its model, whose ids are those of something else. Ids within words (`CharField`) are not looked for.
    """
    found = (
        f"{model._meta.label}.{column.attname}"
        for model in _models()
        for column in model._meta.local_concrete_fields
        if _can_name_a_person(column) and not _is_declared(column, declared(model))
    )
    return [name for name in found if name not in of_others]


def erase_in_schema(person_id: UUID, schema: str) -> Report:
    """Empty one person in one schema, all of it or nothing of it; run by the eraser, who alone may."""
    with scope.enter(schema), transaction.atomic():
        return erase_person(person_id)


def would_erase(person_id: UUID) -> Report:
    """What erasing one person would do in the schema entered; nothing is touched."""
    here = _tables_here()
    found = _found(person_id, here)
    erased, emptied = Counter[str](), Counter[str]()
    for rows in found:
        if rows.about.erase:
            erased[rows.label] += len(rows.keys)
        elif rows.about.empty:
            emptied[rows.label] += len(rows.keys)
    files = sum(len(rows.files()) for rows in found)
    return Report(scope.current(), dict(+erased), dict(+emptied), _kept(found), files, _closed(here))


def erase_person(person_id: UUID) -> Report:
    """Empty one person in the schema entered. Doing it again does no harm, which is how a restore is followed up."""
    here = _tables_here()
    # Every row is found before any is touched: emptying one may cut the way by which another is found.
    found = _found(person_id, here)
    files = [file for rows in found for file in rows.files()]
    erased, emptied = Counter[str](), Counter[str]()
    for rows in found:
        if rows.about.empty:
            emptied[rows.label] += _rows(rows.model).filter(pk__in=rows.keys).update(**rows.about.empty)
    # Children are declared after their parents, so they go before them.
    for rows in reversed(found):
        if rows.about.erase:
            erased.update(_rows(rows.model).filter(pk__in=rows.keys).delete()[1])
    # Before the commit: if it fails, the erasure is done again, whereas a file forgotten after it would stay for ever.
    for file in files:
        file.delete(save=False)
    done = dict(+erased), dict(+emptied), _kept(found), len(files)
    return Report(scope.current(), *done, _closed(here), _gone(found))


def take_samples_anew() -> None:
    """PostgreSQL keeps samples of what its columns hold, whole sentences too: of what changed here they are taken anew.

    Called last in a transaction that emptied something. An empty table would keep its old ones, so they are cleared.
    """
    with connection.cursor() as cursor:
        cursor.execute(CLEAR_SAMPLES)
        for (table,) in cursor.fetchall():
            cursor.execute(f"ANALYZE {table}")


@dataclass(frozen=True, slots=True)
class _Found:
    """The rows of one model that are about the person."""

    model: type[models.Model]
    about: About
    keys: tuple[object, ...]

    @property
    def label(self) -> str:
        return self.model._meta.label

    def files(self) -> list[models.fields.files.FieldFile]:
        """The stored files that go with these rows."""
        names = [f.name for f in _file_fields(self.model) if self.about.erase or f.name in self.about.empty]
        if not names or not self.keys:
            return []
        rows = _rows(self.model).filter(pk__in=self.keys)
        return [file for row in rows for name in names if (file := getattr(row, name))]


def _found(person_id: UUID, here: Mapping[str, bool]) -> list[_Found]:
    """Every row of the schema entered that is about a person, by the declarations of its model."""
    return [
        _Found(
            model, about, tuple(_rows(model).filter(**{about.by: person_id}).values_list("pk", flat=True).distinct())
        )
        for model in _models()
        if here.get(model._meta.db_table)
        for about in declared(model)
        if about.by
    ]


def _kept(found: Iterable[_Found]) -> dict[str, int]:
    return {rows.label: len(rows.keys) for rows in found if rows.about.keep and rows.keys}


def _gone(found: Iterable[_Found]) -> dict[str, set[object]]:
    gone = defaultdict[str, set[object]](set)
    for rows in found:
        if rows.about.erase:
            gone[rows.label].update(rows.keys)
    return dict(gone)


def _closed(here: Mapping[str, bool]) -> frozenset[str]:
    return frozenset(table for table, readable in here.items() if not readable)


def _models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model._meta.managed and not model._meta.proxy]


def _missing(model: type[models.Model]) -> list[str]:
    declarations = declared(model)
    if not declarations:
        return [model._meta.label]
    return [
        f"{model._meta.label}.{file.name}"
        for file in _file_fields(model)
        if not any(about.covers(file.name) for about in declarations)
    ]


def _can_name_a_person(column: models.Field) -> bool:
    if column.related_model is not None:
        return column.related_model._meta.label == settings.AUTH_USER_MODEL
    holds = getattr(column, "base_field", column)
    return isinstance(holds, models.UUIDField | models.JSONField) and column.attname != "id"


def _is_declared(column: models.Field, declarations: Iterable[About]) -> bool:
    names = {column.name, column.attname}
    return any(about.by in names or names & set(about.empty) for about in declarations)


def _file_fields(model: type[models.Model]) -> list[models.FileField]:
    return [f for f in model._meta.local_concrete_fields if isinstance(f, models.FileField)]


def _rows(model: type[models.Model]) -> models.QuerySet:
    # The base manager: a default manager may hide rows, and no row may be hidden from erasure.
    return model._base_manager.all()


def _tables_here() -> dict[str, bool]:
    """The tables of the schema entered, and whether this role may read them."""
    # Asked of the catalogue: what is not in this very schema would be found in public through the search path.
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, has_table_privilege(oid, 'SELECT') FROM pg_class"
            " WHERE relnamespace = %s::regnamespace AND relkind IN ('r', 'p')",
            [connection.ops.quote_name(scope.current())],
        )
        return dict(cursor.fetchall())
