"""`alongside facts check` counts every scheme again and says where the store differs."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from click.testing import CliRunner, Result
from django.db import InternalError, connection
from psycopg.errors import ReadOnlySqlTransaction

from alongside.cli.root import alongside
from comparison import queries, recounting
from comparison.measures import Period, Share
from comparison.models import PointFact
from kit.one_moment import one_moment
from tenants.feedback.models import Point
from tenants.schemes import closing
from tenants.schemes.entering import enter
from tenants.schemes.models import Scheme
from tenants.schemes.privileges import OWNER, WEB
from tests.factories.feedback import decided, said, staff
from tests.integration.conftest import connect_as

Work = Callable[[], None]


def check(data: Path, *more: str) -> Result:
    return CliRunner().invoke(alongside, ["--data", str(data), "facts", "check", *more])


@pytest.fixture
def points(as_web: str, scheme: Scheme, other_scheme: Scheme, work: Work) -> list[Point]:
    """Two at Ashmere, of which the first is decided, and one at Brackwell; all of them counted."""
    made = []
    with enter(scheme):
        made += [said(words="One"), said(words="Two")]
        decided(made[0], staff(scheme)[1])
    with enter(other_scheme):
        made.append(said(words="Three"))
    work()
    return made


def test_it_says_what_it_counted_and_that_it_agrees(points: list[Point], tmp_path: Path) -> None:
    answer = check(tmp_path)
    assert (answer.exit_code, answer.output) == (
        0, "3 points of 2 schemes counted again: the national figures agree.\n",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("planted", "words"),
    [
        ({"decided_on": None}, "the store received on 2 November 2026, day 20 on 30 November 2026, not decided."),
        ({"decided_on": date(2026, 12, 24)}, "decided on 24 December 2026."),
        ({"received_on": date(2026, 10, 1)}, "the store received on 1 October 2026"),
        ({"due_on": date(2026, 12, 1)}, "day 20 on 1 December 2026"),
    ],
)
def test_a_planted_difference_is_found_named_and_mended(
    points: list[Point], tmp_path: Path, planted: dict[str, object], words: str
) -> None:
    PointFact.objects.filter(point_id=points[0].pk).update(**planted)
    answer = check(tmp_path)
    assert answer.exit_code == 1
    assert f"Ashmere, point {points[0].pk}: the scheme says received on 2 November 2026" in answer.stdout
    assert words in answer.stdout and "Brackwell" not in answer.stdout
    assert "alongside facts check --mend" in answer.stderr
    mended = check(tmp_path, "--mend")
    assert mended.exit_code == 0 and words in mended.stdout
    assert "differed, and all was mended." in mended.stdout
    assert check(tmp_path).exit_code == 0


def test_what_is_missing_and_what_is_of_nobody_is_found_and_mended(
    points: list[Point], scheme: Scheme, other_scheme: Scheme, tmp_path: Path
) -> None:
    PointFact.objects.filter(point_id=points[0].pk).delete()
    PointFact.objects.filter(point_id=points[2].pk).update(point_id=uuid4())
    answer = check(tmp_path, "--mend")
    assert answer.exit_code == 0 and answer.stdout.count("that it does not count") == 3
    assert "differed, and all was mended." in answer.stdout
    assert check(tmp_path).exit_code == 0
    assert queries.facts_at(scheme).keys() == {points[0].pk, points[1].pk}
    assert queries.facts_at(other_scheme).keys() == {points[2].pk}


def test_what_is_only_on_its_way_is_shown_and_is_no_fault(
    points: list[Point], scheme: Scheme, tmp_path: Path, work: Work
) -> None:
    with enter(scheme):
        on_its_way = said(words="Four")
    for more in ([], ["--mend"]):
        answer = check(tmp_path, *more)
        assert answer.exit_code == 0 and "Ashmere: 1 change has not arrived yet." in answer.stdout
        assert f"Ashmere, point {on_its_way.pk}: the scheme says received on 2 November 2026" in answer.stdout
        assert "the store that it does not count. This change is on its way." in answer.stdout
        assert "4 points of 2 schemes counted again: the national figures agree." in answer.stdout
        PointFact.objects.filter(point_id=on_its_way.pk).delete()
    PointFact.objects.filter(point_id=points[2].pk).delete()
    both = check(tmp_path)
    assert both.exit_code == 1
    # The point that was lost, and with it what the page says of four periods.
    assert "4 points of 2 schemes counted again, and 5 differ." in both.stderr
    assert both.stdout.count("This change is on its way.") == 1
    work()
    assert check(tmp_path, "--mend").exit_code == 0


def test_the_page_is_checked_too_and_not_the_rows_alone(
    points: list[Point], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same share is counted one by one from the schemes' points."""
    monkeypatch.setattr(queries, "share_at", lambda scheme, period: Share(2, 2, 0))
    answer = check(tmp_path)
    assert answer.exit_code == 1
    shown = "Ashmere, all months: 1 of 1 and 1 waiting by the scheme’s points, 2 of 2 and 0 on the page."
    assert shown in answer.stdout
    mended = check(tmp_path, "--mend")
    assert mended.exit_code == 1 and "8 differed, and after mending 8 still differ." in mended.stderr


def test_both_sides_are_read_as_of_one_moment(points: list[Point], scheme: Scheme) -> None:
    """Whoever works meanwhile makes no difference, and nothing is written by looking."""
    with pytest.raises(InternalError) as refused, one_moment():
        with connection.cursor() as cursor:
            cursor.execute("SHOW transaction_isolation")
            assert cursor.fetchone() == ("repeatable read",)
        PointFact.objects.all().delete()
    assert isinstance(refused.value.__cause__, ReadOnlySqlTransaction)
    assert recounting.check_one(scheme).agrees


def test_a_scheme_that_closed_keeps_what_it_holds_and_is_counted_again_too(
    points: list[Point], as_web: str, scheme: Scheme
) -> None:
    connect_as(OWNER, as_web)
    closing.close(slug=scheme.slug, by=None)
    connect_as(WEB, as_web)
    assert [(one.scheme.name, one.points, one.agrees) for one, _ in recounting.check()] == [
        ("Ashmere", 2, True), ("Brackwell", 1, True),
    ]  # fmt: skip
    assert [queries.share_at(scheme, period) for period in Period] == [Share(1, 1, 0, left=1)] * 4
