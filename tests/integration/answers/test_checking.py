"""`alongside answers check` compares what is found nationally with every scheme's own site."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.cli.root import alongside
from answers.models import PublishedAnswer
from tenants.feedback.actions import publishing
from tenants.schemes.models import Scheme
from tenants.schemes.privileges import WEB
from tests.integration.answers.conftest import Publish, Refuse, kept
from tests.integration.conftest import connect_as


def check(data: Path, *more: str) -> Result:
    return CliRunner().invoke(alongside, ["--data", str(data), "answers", "check", *more])


def test_it_says_that_all_is_in_step(as_web: str, scheme: Scheme, publish: Publish, tmp_path: Path) -> None:
    publish(scheme)
    said = check(tmp_path)
    assert (said.exit_code, said.output) == (0, "Ashmere: in step\nBrackwell: in step\n")


def test_it_names_what_differs_ends_with_1_and_mends_when_told_to(
    as_web: str, scheme: Scheme, publish: Publish, tmp_path: Path
) -> None:
    point = publish(scheme)
    PublishedAnswer.objects.update(reason="Another reason.")
    said = check(tmp_path)
    assert said.exit_code == 1
    assert "Ashmere: 0 missing, 1 different, 0 that should be gone\n" in said.output
    mended = check(tmp_path, "--mend")
    assert mended.exit_code == 0 and "all mended" in mended.output
    row = kept(point)
    assert row is not None and row.reason == "You asked for it."
    assert check(tmp_path).exit_code == 0


def test_what_could_not_be_mended_is_said_and_ends_with_1(
    as_owner: str, refuse: Refuse, scheme: Scheme, publish: Publish, tmp_path: Path
) -> None:
    point = publish(scheme)
    PublishedAnswer.objects.update(reason="Another reason.")
    refuse(point)
    connect_as(WEB, as_owner)
    said = check(tmp_path, "--mend")
    assert said.exit_code == 1
    one = "0 missing, 1 different, 0 that should be gone"
    assert f"Ashmere: {one}; after mending still {one}\nBrackwell: in step\n" == said.output


def test_it_mends_all_of_it_part_by_part(
    as_web: str, scheme: Scheme, publish: Publish, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No transaction holds more locks than those of one part."""
    for number in range(3):
        publish(scheme, f"The form number {number} was hard.")
    PublishedAnswer.objects.update(reason="Another reason.")
    monkeypatch.setattr(publishing, "AT_ONCE", 1)
    with CaptureQueriesContext(connection) as asked:
        mended = check(tmp_path, "--mend")
    assert mended.exit_code == 0 and "3 different, 0 that should be gone; all mended" in mended.output
    assert sum("pg_advisory_xact_lock" in one["sql"] for one in asked) == 3


def test_both_sides_are_read_as_of_one_moment(
    as_web: str, scheme: Scheme, other_scheme: Scheme, publish: Publish, tmp_path: Path
) -> None:
    """A decision that is made meanwhile makes no difference."""
    publish(scheme)
    with CaptureQueriesContext(connection) as asked:
        assert check(tmp_path).exit_code == 0
    moments = [number for number, one in enumerate(asked) if "REPEATABLE READ, READ ONLY" in one["sql"]]
    sides = [number for number, one in enumerate(asked) if PublishedAnswer._meta.db_table in one["sql"]]
    assert len(moments) == len(sides) == 2 and all(first < then for first, then in zip(moments, sides, strict=True))
