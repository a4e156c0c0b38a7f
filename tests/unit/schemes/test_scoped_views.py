"""Views read the boundary and people through `queries`, which are asked of one scheme or one person (data rule 8)."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PUBLIC = ("tenants.schemes", "people", "groups")
MANAGERS = {"objects", "_default_manager", "_base_manager"}
GETTERS = {"get_object_or_404", "get_list_or_404"}
BOUNDARY_QUERIES = ROOT / "tenants/schemes/queries.py"
OF_A_SCHEME = {"Site", "Membership", "Invitation", "Absence"}
# `open` is for who has only a secret link and knows no scheme yet.
SCOPES = {"at", "of", "accepted_by", "open"}


def views() -> list[Path]:
    """Every module of views, whose rows stand in public or in a scheme."""
    found = [path for top in ("platform", "tenants", "cms") for path in (ROOT / top).rglob("*.py")]
    return [path for path in found if path.stem == "views" or path.parent.name == "views"]


def reads(code: str) -> Iterator[str]:
    """Each read of a public model's rows in a view that goes past `queries`."""
    tree = ast.parse(code)
    modules, models = set(), set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(PUBLIC):
            for alias in node.names:
                known = alias.asname or alias.name
                modules |= {known} if alias.name == "models" else set()
                models |= {known} if (node.module or "").endswith("models") else set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in MANAGERS and _is_model(node.value, models, modules):
            yield f"line {node.lineno}: {ast.unparse(node)}"
        if isinstance(node, ast.Call) and any(_is_model(one, models, modules) for one in _got(node)):
            yield f"line {node.lineno}: {ast.unparse(node)}"


def _got(call: ast.Call) -> list[ast.expr]:
    """What one of Django's shortcuts is asked to look in."""
    return call.args[:1] if ast.unparse(call.func).split(".")[-1] in GETTERS else []


def _is_model(node: ast.expr, models: set[str], modules: set[str]) -> bool:
    if isinstance(node, ast.Name):
        return node.id in models
    return isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in modules


def unscoped(code: str) -> Iterator[str]:
    """Each read of what belongs to a scheme that does not begin by saying whose."""
    tree = ast.parse(code)
    chained = {id(node.value): node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Attribute) or node.attr not in MANAGERS or chained.get(id(node)) in SCOPES:
            continue
        if isinstance(node.value, ast.Name) and node.value.id in OF_A_SCHEME:
            yield f"line {node.lineno}: {ast.unparse(node)}"


def test_no_view_reads_the_boundary_or_people_but_through_queries() -> None:
    found = {str(path.relative_to(ROOT)): list(reads(path.read_text(encoding="utf-8"))) for path in views()}
    assert len(found) > 15
    assert {path: past for path, past in found.items() if past} == {}


def test_the_queries_of_the_boundary_begin_with_a_scope() -> None:
    assert list(unscoped(BOUNDARY_QUERIES.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "code",
    [
        "from tenants.schemes.models import Site\nSite.objects.filter(scheme=1)",
        "from tenants.schemes.models import Invitation as I\nI.objects.at(1)",
        "from tenants.schemes.models import Site\nget_object_or_404(Site, pk=1)",
        "from people.models import Notice\nshortcuts.get_object_or_404(Notice, pk=1)",
        "from tenants.schemes import models\nmodels.Membership._default_manager.all()",
        "from groups.models import Group\nGroup.objects.open()",
        "from people import models as m\nget_list_or_404(m.Person)",
    ],
)
def test_a_read_past_the_queries_is_found(code: str) -> None:
    assert len(list(reads(code))) == 1


@pytest.mark.parametrize(
    "code",
    [
        "from tenants.schemes import queries\nqueries.sites(1)",
        "from people.models import SafeContact\nSafeContact()",
        "from kit.models import DutyFailure\nDutyFailure.objects.all()",
        "from tenants.feedback.models import Point\nPoint.objects.all()",
    ],
)
def test_what_is_of_nobody_or_in_the_schemes_own_schema_is_no_matter(code: str) -> None:
    assert list(reads(code)) == []


@pytest.mark.parametrize("read", ["Site.objects.filter(pk=1)", "Membership.objects.running()", "Invitation.objects"])
def test_a_query_without_a_scope_is_found(read: str) -> None:
    assert len(list(unscoped(read))) == 1
