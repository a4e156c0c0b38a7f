"""The clock: one time for every process, moved only where moving is allowed, and read nowhere else."""

import ast
import json
import os
import subprocess
import sys
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from kit import clock
from kit.errors import Refused

ROOT = Path(__file__).resolve().parents[3]
MAY_DAY = datetime(2027, 5, 4, 9, 0, tzinfo=UTC)


@pytest.fixture
def clock_file(settings, tmp_path):
    settings.CLOCK_FILE = tmp_path / "clock"
    return settings.CLOCK_FILE


def test_without_a_file_the_clock_shows_the_machine_s_time_in_utc(clock_file):
    before = datetime.now(UTC)
    shown = clock.now()

    assert before <= shown <= datetime.now(UTC)
    assert shown.utcoffset() == timedelta()


def test_time_runs_on_from_the_moment_that_was_set(clock_file):
    clock.set_to(MAY_DAY)
    first = clock.now()
    time.sleep(0.02)

    assert timedelta() <= first - MAY_DAY < timedelta(seconds=5)
    assert timedelta(milliseconds=20) <= clock.now() - first < timedelta(seconds=5)


def test_a_frozen_clock_stands_still(clock_file):
    clock.set_to(MAY_DAY, frozen=True)
    time.sleep(0.01)

    assert clock.now() == MAY_DAY


def test_every_process_sees_the_change_at_its_next_call(clock_file):
    script = (
        "import sys, pathlib; from django.conf import settings; from kit import clock;"
        "settings.configure(CLOCK_FILE=pathlib.Path(sys.argv[1]))\n"
        "for line in sys.stdin: print(clock.now().isoformat(), flush=True)"
    )
    command = [sys.executable, "-c", script, str(clock_file)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:

        def asked() -> datetime:
            other.stdin.write("\n")
            other.stdin.flush()
            return datetime.fromisoformat(other.stdout.readline().strip())

        assert abs(asked() - datetime.now(UTC)) < timedelta(seconds=5)
        # Written one right after another: two files of one length, within one tick of most file systems' clocks.
        for day in range(1, 10):
            moment = MAY_DAY.replace(day=day)
            clock.set_to(moment, frozen=True)
            assert asked() == moment
        clock.set_to(None)
        assert abs(asked() - datetime.now(UTC)) < timedelta(seconds=5)
        other.stdin.close()


def test_two_settings_in_one_tick_of_the_file_system_are_told_apart(clock_file):
    for day in (1, 2):
        moment = MAY_DAY.replace(day=day)
        clock.set_to(moment, frozen=True)
        os.utime(clock_file, ns=(0, 0))

        assert clock.now() == moment


def test_giving_the_real_time_back_twice_does_no_harm(clock_file):
    clock.set_to(MAY_DAY)
    clock.set_to(None)
    clock.set_to(None)

    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)
    assert list(clock_file.parent.iterdir()) == []


def test_where_there_is_no_clock_file_the_clock_cannot_be_moved(settings):
    settings.CLOCK_FILE = None

    with pytest.raises(Refused, match="only in a demonstration"):
        clock.set_to(MAY_DAY)
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)


def test_a_moment_without_a_time_zone_is_refused(clock_file):
    with pytest.raises(Refused, match="time zone"):
        clock.set_to(datetime(2027, 5, 4, 9, 0))
    assert not clock_file.exists()


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2027-06-30T22:59:59+00:00", date(2027, 6, 30)),
        ("2027-06-30T23:00:00+00:00", date(2027, 7, 1)),
        ("2027-12-31T23:30:00+00:00", date(2027, 12, 31)),
        ("2027-03-01T01:00:00+09:00", date(2027, 2, 28)),
    ],
)
def test_today_is_the_day_it_is_in_london(clock_file, moment, day):
    clock.set_to(datetime.fromisoformat(moment), frozen=True)

    assert clock.today() == day


@pytest.mark.parametrize(
    "words", ["", "[]", "{}", '{"moment": "soon"}', '{"moment": 4}', json.dumps({"moment": MAY_DAY.isoformat()})]
)
def test_a_clock_file_that_says_no_time_is_named_with_what_to_do(clock_file, words):
    clock_file.write_text(words, encoding="utf-8")

    with pytest.raises(clock.BrokenClock, match="Remove it"):
        clock.now()


TIME_READERS = {
    ("timezone", "now"),
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("date", "today"),
    ("time", "time"),
    ("time", "time_ns"),
}
TIME_NAMES = {"now", "localdate", "localtime", "Now", "time", "time_ns"}
TIME_MODULES = {"django.utils.timezone", "django.db.models.functions", "time"}


def reads_of_the_time(source: str) -> list[int]:
    """The lines of a module that read the time elsewhere than from kit.clock."""
    lines = []
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Attribute(value=ast.Name(id=owner) | ast.Attribute(attr=owner), attr=name):
                found = (owner, name) in TIME_READERS
            case ast.Call(func=ast.Attribute(value=ast.Name(id="timezone"), attr="localdate" | "localtime"), args=args):
                found = not args
            case ast.keyword(arg="auto_now" | "auto_now_add"):
                found = True
            case ast.ImportFrom(module=module, names=names) if module in TIME_MODULES:
                found = any(name.name in TIME_NAMES for name in names)
            case _:
                found = False
        if found:
            lines.append(node.lineno)
    return lines


@pytest.mark.parametrize(
    "line",
    [
        "timezone.now()",
        "models.DateTimeField(default=timezone.now)",
        "django.utils.timezone.now()",
        "datetime.now(UTC)",
        "datetime.datetime.now()",
        "dt.datetime.utcnow()",
        "date.today()",
        "datetime.date.today()",
        "timezone.localdate()",
        "time.time()",
        "models.DateField(auto_now=True)",
        "models.DateField(auto_now_add=True)",
        "from django.utils.timezone import now",
        "from django.db.models.functions import Now",
        "from time import time",
    ],
)
def test_the_search_below_finds_every_way_of_reading_the_time(line):
    assert reads_of_the_time(line) == [1]


@pytest.mark.parametrize("line", ["clock.now()", "clock.today()", "timezone.localtime(sent_at)", "time.monotonic()"])
def test_the_search_below_lets_other_lines_be(line):
    assert reads_of_the_time(line) == []


def source_of(path: Path) -> str:
    source = path.read_text(encoding="utf-8")
    # A model of Wagtail's that ours descends from brings its columns into our migrations; our models are read above.
    return source.replace("auto_now_add=True", "editable=False") if path.parent.name == "migrations" else source


def test_no_module_of_ours_reads_the_time_but_the_clock():
    modules = [path for top in ("platform", "tenants", "cms") for path in (ROOT / top).rglob("*.py")]
    assert ROOT / "platform/kit/clock.py" in modules

    found = [
        f"{path.relative_to(ROOT)}:{line}"
        for path in modules
        if path != ROOT / "platform/kit/clock.py"
        for line in reads_of_the_time(source_of(path))
    ]

    assert found == []
