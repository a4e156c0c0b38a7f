"""Rows of groups are read only through a scope, but for `groups/queries.py` itself (data rule 8)."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
QUERIES = {path.name for path in (ROOT / "platform/groups/queries").glob("*.py")}
MODELS = {
    "Group", "GroupMembership", "Agreement", "GroupInvitation", "AgreedResource", "GroupDecision", "DeliveryReport",
    "DeliveryAnswer", "HostPermission", "Training", "ConflictOfInterest", "LivedExperience", "Vetting",
    "PeerSupport",
}  # fmt: skip
SCOPES = {
    "for_member", "for_group", "for_person", "with_scheme", "sent_to", "open", "create", "none", "under", "about",
}  # fmt: skip
# Where scopes are made, and the demonstration's own rows.
FREE = {"platform/groups/querysets.py", *(f"platform/groups/queries/{name}" for name in QUERIES)}


def unscoped(code: str) -> Iterator[str]:
    """Each read of a group's rows in a piece of code that does not begin with a scope."""
    tree = ast.parse(code)
    theirs = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("groups")
        for alias in node.names
        if alias.name in MODELS
    }
    chained = {id(node.value): node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Attribute) or node.attr not in ("objects", "_default_manager", "_base_manager"):
            continue
        if isinstance(node.value, ast.Name) and node.value.id in theirs and chained.get(id(node)) not in SCOPES:
            yield f"line {node.lineno}: {node.value.id}.{node.attr}.{chained.get(id(node), '')}"


def our_code() -> Iterator[Path]:
    for top in ("platform", "tenants", "cms"):
        for path in (ROOT / top).rglob("*.py"):
            if "migrations" not in path.parts and str(path.relative_to(ROOT)) not in FREE:
                yield path


def test_no_code_reads_rows_of_groups_without_a_scope() -> None:
    found = {str(path.relative_to(ROOT)): list(unscoped(path.read_text(encoding="utf-8"))) for path in our_code()}
    assert len(found) > 100
    assert {path: reads for path, reads in found.items() if reads} == {}


@pytest.mark.parametrize(
    "read", ["Group.objects.all()", "Group.objects.filter(x=1)", "Group.objects", "Group._default_manager.get(pk=1)"]
)
def test_an_unscoped_read_is_found(read: str) -> None:
    assert list(unscoped(f"from groups.models import Group\nx = {read}\n")) != []


@pytest.mark.parametrize("read", ["Group.objects.for_member(1)", "Group.objects.open()", "Group(name='x')"])
def test_a_scoped_read_passes(read: str) -> None:
    assert list(unscoped(f"from groups.models import Group\nx = {read}\n")) == []
