"""For minutes old and new code run side by side, so no migration may change what the old code stands on."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db.migrations import AddConstraint, AddField, CreateModel, Migration
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.models import NOT_PROVIDED, CharField, CheckConstraint, Field, GeneratedField, ManyToManyField, Q, Value

# What was there before this rule was kept by a test. Nobody runs an older version beside these any more.
BASELINE = {
    "audit": 2, "cms": 2, "feedback": 16, "groups": 2, "kit": 1, "people": 8, "roles": 1, "schemes": 2,
}  # fmt: skip
OURS = [config.label for config in apps.get_app_configs() if "site-packages" not in config.path]


def after_the_baseline() -> Iterator[tuple[str, Migration]]:
    """Every migration of ours that is younger than the baseline, by its app and name."""
    for (app, name), migration in MigrationLoader(None).disk_migrations.items():
        if app in OURS and int(name[:4]) > BASELINE.get(app, 0):
            yield f"{app}.{name}", migration


def breaks(operations: list[Operation]) -> list[str]:
    """What of these the code before could not work with, or would hold a table for long."""
    new_tables = {one.name.lower() for one in operations if isinstance(one, CreateModel)}
    added = [one for one in operations if isinstance(one, AddField) and one.model_name.lower() not in new_tables]
    found = [f"{one.model_name}.{one.name} must have a value" for one in added if not _can_be_left_out(one.field)]
    names = {(one.model_name.lower(), one.name) for one in added}
    constraints = [one for one in operations if isinstance(one, AddConstraint)]
    return found + [
        f"{one.constraint.name} comes with its column"
        for one in constraints
        if any(model == one.model_name.lower() and name in repr(one.constraint) for model, name in names)
    ]


def _can_be_left_out(field: Field) -> bool:
    filled_by_itself = field.generated or isinstance(field, ManyToManyField)
    return field.null or field.db_default is not NOT_PROVIDED or filled_by_itself


def test_the_code_before_can_write_beside_every_migration_since_the_baseline() -> None:
    assert {name: found for name, one in after_the_baseline() if (found := breaks(one.operations))} == {}


TOLD: dict[str, Any] = {"model_name": "told", "name": "worker"}
GENERATED = GeneratedField(expression=Value(""), output_field=CharField(max_length=9), db_persist=True)
BY_WORKER = AddConstraint("told", CheckConstraint(condition=Q(worker=""), name="told_by_nobody"))


@pytest.mark.parametrize(
    ("operations", "found"),
    [
        ([AddField(**TOLD, field=CharField(max_length=9, default=""))], ["told.worker must have a value"]),
        ([AddField(**TOLD, field=CharField(max_length=9, db_default=""))], []),
        ([AddField(**TOLD, field=CharField(max_length=9, null=True))], []),
        ([AddField(**TOLD, field=GENERATED)], []),
        ([CreateModel("Told", []), AddField(**TOLD, field=CharField(max_length=9))], []),
        (
            [AddField(**TOLD, field=CharField(max_length=9, db_default="")), BY_WORKER],
            ["told_by_nobody comes with its column"],
        ),
        ([BY_WORKER], []),
    ],
)
def test_what_would_break_it_is_seen(operations: list[Operation], found: list[str]) -> None:
    assert breaks(operations) == found
