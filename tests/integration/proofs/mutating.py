"""Filters taken away one at a time: the code is compiled with a switch at each, and tests run with one switched off.

A plugin of a pytest of its own (`test_mutants.py`): `-p tests.integration.proofs.mutating`. First it records which
tests come by each switch; then, for each filter, it runs those tests with that filter gone, until one fails.
"""

import ast
import builtins
import json
import os
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import CodeType
from typing import Any

import pytest

ROOT = Path(__file__).parents[3]
FOLDERS = (
    "platform/people", "platform/groups", "platform/questions", "platform/audit", "platform/answers",
    "platform/comparison", "peer_monitoring", "tenants/schemes", "tenants/feedback", "cms",
)  # fmt: skip

# Methods of querysets that narrow to a scheme, a person, a group, or what is in force or may be shown.
SCOPES = {
    "about", "agreed_to_be_public", "at", "but_called_off", "child_of", "counting", "dead", "ended_it", "finished",
    "for_a_human", "for_group", "for_groups", "for_member", "for_person", "going_on", "in_group", "in_use", "inside",
    "live", "not_agreeing", "of", "of_group", "of_person", "of_set", "of_teams_with", "on", "open", "open_to_public",
    "overdue", "pending", "reachable", "replaced", "running", "still_to_go", "that_count", "to_log", "told_first",
    "visible_to_scheme", "with_data", "with_records", "with_scheme",
}  # fmt: skip
# The same words said of something else: a file, a form, a module.
NOT_QUERIES = {"AnswerForm", "Image", "actions", "_ledger_file", "default_storage", "file", "os", "written"}
# What is looked up by whose it is, or by whether it may be used.
OWNERS = {
    "accepted_by_id", "active", "body__isnull", "closed_on", "consents__in", "contact__channel", "domain", "draft",
    "email", "email__in", "file", "group", "group__in", "host", "id_on_phone", "is_active", "live", "logged_at__isnull",
    "person", "person_id", "persongroup__isnull", "photo_id_on_phone", "pk__in", "point_id", "purpose",
    "question_set__in", "read_at", "ready_at__isnull", "sayer", "schema_name", "scheme", "scheme__schema_name",
    "scheme_id", "sha256", "slip", "slug", "tenant", "tenant__status", "token_hash", "user", "verified", "visit",
    "visit__in", "withdrawn_at", "words_in_messages",
}  # fmt: skip
MOST_SECONDS = 120  # of work for one filter; what is not caught by then counts as missed
NARROWING = {"filter", "exclude", "get", "get_object_or_404"}


class Switches:
    """Which filter is off now, and which were come by."""

    off = ""
    met: set[str] = set()
    failed: set[str] = set()

    @classmethod
    def is_off(cls, site: str) -> bool:
        cls.met.add(site)
        return cls.off == site


def _scope(site: str, query: Any, name: str) -> Callable[..., Any]:
    """A scope of a queryset, or all of it."""
    return (lambda *_, **__: query.all()) if Switches.is_off(site) else getattr(query, name)


def _without(site: str, function: Callable[..., Any], name: str) -> Callable[..., Any]:
    """A lookup, or the same without one of its conditions."""
    if not Switches.is_off(site):
        return function
    return lambda *args, **given: function(*args, **{key: value for key, value in given.items() if key != name})


builtins.switch_scope, builtins.switch_without = _scope, _without  # type: ignore[attr-defined]


class Fitted(ast.NodeTransformer):
    """Puts a switch at each filter of a module, named by the place it stands at."""

    def __init__(self, path: str) -> None:
        self.path, self.places, self.sites = path, [path], list[str]()
        self.in_querysets = "querysets" in Path(path).with_suffix("").parts

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        self.places.append(node.name)
        # Decorators run when the module is read, before any test.
        node.body = [self.visit(line) for line in node.body]
        self.places.pop()
        return node

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        self.places.append(node.name)
        self.generic_visit(node)
        self.places.pop()
        return node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        if len(self.places) == 1:
            return node
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if self._is_no_query(getattr(node.func, "value", None)):
            return node
        if isinstance(node.func, ast.Attribute) and (name in SCOPES or self._is_of_a_queryset(node.func)):
            node.func = self._call("switch_scope", self._site(f".{name}()"), node.func.value, ast.Constant(name))
            return node
        if name in NARROWING:
            for word in [keyword.arg for keyword in node.keywords if keyword.arg in OWNERS]:
                node.func = self._call("switch_without", self._site(f"{name}({word}=)"), node.func, ast.Constant(word))
        return node

    def _is_no_query(self, of: ast.expr | None) -> bool:
        named = of.func if isinstance(of, ast.Call) else of
        return getattr(named, "id", "") in NOT_QUERIES

    def _is_of_a_queryset(self, called: ast.Attribute) -> bool:
        """A filter in the querysets' own methods goes as a whole."""
        own = isinstance(called.value, ast.Name) and called.value.id == "self"
        return self.in_querysets and own and called.attr in ("filter", "exclude")

    def _site(self, what: str) -> ast.Constant:
        place = f"{':'.join(self.places)} {what}"
        taken = sum(site.split(" #")[0] == place for site in self.sites)
        self.sites.append(f"{place} #{taken + 1}" if taken else place)
        return ast.Constant(self.sites[-1])

    def _call(self, function: str, *given: ast.expr) -> ast.Call:
        return ast.Call(ast.Name(function, ast.Load()), list(given), [])


def fitted(path: Path) -> tuple[ast.Module, list[str]]:
    """A module with its switches, and their names."""
    fitting = Fitted(str(path.relative_to(ROOT)))
    tree = fitting.visit(ast.parse(path.read_text()))
    return ast.fix_missing_locations(tree), fitting.sites


def modules() -> Iterator[Path]:
    """Every module in which filters are taken away."""
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


def all_sites() -> list[str]:
    """Every filter there is."""
    return [site for path in modules() for site in fitted(path)[1]]


def install() -> None:
    """From here on our modules are compiled with switches; none of that is written beside their source."""
    targets, really = set(modules()), SourceFileLoader.get_code

    def get_code(self: SourceFileLoader, name: str) -> CodeType | None:
        path = Path(self.path)
        return compile(fitted(path)[0], self.path, "exec") if path in targets else really(self, name)

    SourceFileLoader.get_code = get_code  # type: ignore[method-assign]


# A file that says what is asked; without it this is no plugin, and nothing is changed.
ASKED = json.loads(Path(os.environ["ALONGSIDE_MUTANTS"]).read_text()) if "ALONGSIDE_MUTANTS" in os.environ else {}
if ASKED:
    install()  # at once: Django is set up before plugins are configured


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool:
    """Record, or take filters away, as was asked."""
    answer = _record(session) if ASKED["do"] == "record" else _take_away(session, ASKED["plan"])
    Path(ASKED["answer"]).write_text(json.dumps(answer))
    return True


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Remember what failed."""
    if not report.passed:
        Switches.failed.add(report.nodeid)


def _record(session: pytest.Session) -> dict[str, Any]:
    """Which tests come by which switch, the quickest first."""
    met: dict[str, list[tuple[float, str]]] = defaultdict(list)
    failed = []
    for number, item in enumerate(session.items):
        following = session.items[number + 1] if number + 1 < len(session.items) else None
        Switches.met, began = set(), time.monotonic()
        if not _passes(item, following):
            failed.append(item.nodeid)
            continue
        for site in Switches.met:
            met[site].append((time.monotonic() - began, item.nodeid))
    return {"met": {site: [test for _, test in sorted(tests)] for site, tests in met.items()}, "failed": failed}


def _take_away(session: pytest.Session, plan: dict[str, list[str]]) -> dict[str, str]:
    """For each filter the test that fails without it, or nothing."""
    items = {item.nodeid: item for item in session.items}
    caught = {}
    for site, tests in plan.items():
        Switches.off, began = site, time.process_time()
        there = (test for test in tests if test in items and time.process_time() - began < MOST_SECONDS)
        caught[site] = next((test for test in there if not _passes(items[test], None)), "")
        Switches.off = ""
        print(f"\n{'caught' if caught[site] else 'MISSED'}  {site}  {caught[site]}", flush=True)
    return caught


def _passes(item: pytest.Item, following: pytest.Item | None) -> bool:
    Switches.failed.discard(item.nodeid)
    item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
    return item.nodeid not in Switches.failed
