"""Locks hold no address, and no name of ours hides another's."""

import importlib.metadata
import json
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
LOCKS = sorted((ROOT / "infra" / "requirements").glob("*.txt")) + [ROOT / "package-lock.json"]
FOLDERS_OF_OTHERS = {"node_modules"}
PINNED = re.compile(r"^([a-z0-9._-]+)==(\S+)", re.MULTILINE)


def our_names() -> set[str]:
    """Every top-level name that we can be imported by."""
    roots = (ROOT, ROOT / "platform")
    return {
        entry.stem
        for root in roots
        for entry in root.iterdir()
        if not entry.name.startswith(".") and (entry.suffix == ".py" or (entry / "__init__.py").exists())
    }


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_no_lock_says_where_anything_was_fetched(lock):
    assert "://" not in lock.read_text()


@pytest.mark.parametrize("lock", [lock for lock in LOCKS if lock.suffix == ".txt"], ids=lambda lock: lock.name)
def test_every_locked_package_has_a_hash(lock):
    lines = lock.read_text().splitlines()
    pinned = [number for number, line in enumerate(lines) if PINNED.match(line)]
    assert pinned and all("--hash=sha256:" in lines[number + 1] for number in pinned)


def test_every_fetched_part_of_the_design_system_has_a_hash():
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert all(package.get("integrity") for name, package in packages.items() if name)


def test_what_runs_is_what_is_tested():
    run = set(PINNED.findall((ROOT / "infra" / "requirements" / "run.txt").read_text()))
    assert run <= set(PINNED.findall((ROOT / "infra" / "requirements" / "test.txt").read_text()))


def test_no_name_of_ours_hides_a_module_of_python():
    assert {"alongside", "kit", "people", "tenants"} <= our_names()
    assert not our_names() & sys.stdlib_module_names


def test_no_name_of_ours_hides_an_installed_package():
    installed = importlib.metadata.packages_distributions()
    # A distribution may ship its own `tests` by mistake; ours is only ever found first by our own tests.
    assert not our_names() - {"tests"} & installed.keys()


def test_the_folder_platform_leaves_the_standard_librarys_module_alone():
    assert not list((ROOT / "platform").glob("*.py"))
    assert not (ROOT / "tests" / "unit" / "platform").exists()
