"""The schemes side by side, for national staff: as a page and as a file."""

import csv
import io
import re
import zipfile
from collections.abc import Callable
from datetime import date
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from comparison.models import PointFact
from people.models import Person
from tenants.schemes import closing
from tenants.schemes.entering import enter
from tenants.schemes.models import Membership, Scheme
from tenants.schemes.rights import NationalRoleName
from tests.factories.feedback import decided, said, staff
from tests.integration.conftest import MakePerson

Work = Callable[[], None]
GoOn = Callable[[date], None]
ADDRESS = "/comparison/"


@pytest.fixture
def desk(client_at: Callable[..., Client], person: MakePerson) -> Client:
    """A national analyst's browser on the platform."""
    return client_at(None, person("Ana", national=NationalRoleName.ANALYST))


@pytest.fixture
def two_points(scheme: Scheme, owner: Membership, work: Work) -> None:
    """At Ashmere one point was decided at once, and one waits; at Brackwell nobody said anything."""
    with enter(scheme):
        decided(said(), owner)
        said()
    work()


def rows_of(page: str) -> list[list[str]]:
    """The words of each row of the table, without what is repeated for narrow screens."""
    body = page.split("<tbody", 1)[1].split("</tbody>", 1)[0]
    body = re.sub(r"<span[^>]*aria-hidden.*?</span>", "", body, flags=re.DOTALL)
    cells = [re.findall(r"<t[hd]\b[^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in body.split("</tr>")[:-1]]
    return [[unescape(" ".join(re.sub("<[^>]+>", "", cell).split())) for cell in row] for row in cells]


def words_of(desk: Client, address: str = ADDRESS) -> str:
    answer = desk.get(address)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def test_each_scheme_stands_with_what_its_percentage_is_of_and_what_still_waits(desk: Client, two_points: None) -> None:
    """In the order of the alphabet; a scheme without a point says so."""
    page = words_of(desk)
    assert rows_of(page) == [["Ashmere", "1", "1", "100%", "0", "1"], ["Brackwell", "0", "0", "no points", "0", "0"]]
    assert "All schemes together: 1 of 1 point (100%) decided within 20 working days." in page
    assert "No change is on its way." in page
    assert "As of Monday 2 November 2026 at 10am" in page


def test_the_page_says_how_it_is_counted_and_ranks_nobody(desk: Client, two_points: None) -> None:
    page = words_of(desk)
    for words in ("How this is counted", "every point whose day 20 has passed", "Source: each scheme’s own register"):
        assert words in page
    assert "is no rank" in page and 'class="nhsuk-tag' not in page


def test_what_is_not_decided_is_late_the_day_after_day_20_though_nothing_happened(
    desk: Client, two_points: None, go_on: GoOn
) -> None:
    go_on(date(2026, 11, 30))
    assert rows_of(words_of(desk))[0] == ["Ashmere", "1", "1", "100%", "0", "1"]
    go_on(date(2026, 12, 1))
    assert rows_of(words_of(desk))[0] == ["Ashmere", "1", "2", "50%", "1", "0"]


def test_the_months_are_those_in_which_points_came(desk: Client, two_points: None, go_on: GoOn) -> None:
    go_on(date(2027, 1, 31))
    shown = {months: rows_of(words_of(desk, f"{ADDRESS}?months={months}"))[0] for months in ("month", "3-months")}
    assert shown == {
        "month": ["Ashmere", "0", "0", "no points", "0", "0"],
        "3-months": ["Ashmere", "1", "2", "50%", "1", "0"],
    }
    go_on(date(2028, 1, 31))
    assert rows_of(words_of(desk, f"{ADDRESS}?months=12-months"))[0][3] == "no points"
    assert rows_of(words_of(desk, f"{ADDRESS}?months=all"))[0][3] == "50%"
    # Anything else that an address says is a year.
    assert rows_of(words_of(desk, f"{ADDRESS}?months=everything"))[0][3] == "no points"


def test_a_scheme_with_nothing_due_yet_has_no_percentage_and_says_why(desk: Client, inside: Scheme, work: Work) -> None:
    said()
    work()
    assert rows_of(words_of(desk))[0] == ["Ashmere", "0", "0", "none due yet", "0", "1"]


def test_what_has_not_reached_the_page_is_said(desk: Client, inside: Scheme) -> None:
    said()
    assert "1 change has not reached this page yet." in words_of(desk)


def test_where_nobody_said_anything_the_page_says_so(desk: Client) -> None:
    page = words_of(desk)
    assert "No scheme had a point in these months." in page and "<svg" not in page.split("<main", 1)[1]
    assert [row[3] for row in rows_of(page)] == ["no points", "no points"]


def test_a_scheme_that_closed_stands_there_as_long_as_its_points_count(
    as_owner: str, desk: Client, two_points: None
) -> None:
    Scheme.objects.update(status=Scheme.Status.CLOSED)
    assert [row[0] for row in rows_of(words_of(desk))] == ["Ashmere (closed)"]
    assert [row[0] for row in rows_of(words_of(desk, f"{ADDRESS}?months=all"))] == ["Ashmere (closed)"]
    Scheme.objects.update(status=Scheme.Status.SUSPENDED)
    assert [row[0] for row in rows_of(words_of(desk))] == ["Ashmere (suspended)", "Brackwell (suspended)"]


def test_late_decisions_and_points_that_nobody_decided_about_do_not_read_alike(
    desk: Client, scheme: Scheme, other_scheme: Scheme, work: Work
) -> None:
    for where, is_decided in ((scheme, True), (other_scheme, False)):
        with enter(where):
            for _ in range(2):
                point = said(received_on=date(2026, 9, 1))
                if is_decided:
                    decided(point, staff(where)[1])
    work()
    page = words_of(desk)
    assert rows_of(page) == [["Ashmere", "0", "2", "0%", "0", "0"], ["Brackwell", "0", "2", "0%", "2", "0"]]
    assert "Ashmere: 0 within 20 working days, 2 later, 0 not yet though day 20 has passed" in page
    assert "Brackwell: 0 within 20 working days, 0 later, 2 not yet though day 20 has passed" in page
    assert "0 of 4 points (0%) decided within 20 working days. 2 points wait though day 20 has passed." in page
    file = desk.get(f"{ADDRESS}file/?months=12-months&kind=csv").content.decode("utf-8-sig")
    assert [row[7:9] for row in list(csv.reader(io.StringIO(file)))[1:]] == [["0", "0"], ["2", "0"]]


def test_no_clock_runs_on_after_a_scheme_closed(
    as_owner: str, desk: Client, scheme: Scheme, two_points: None, go_on: GoOn
) -> None:
    """Its undecided points do not become late, in its row or in the sum."""
    go_on(date(2026, 11, 30))
    closing.close(slug=scheme.slug, by=None)
    before = words_of(desk)
    assert rows_of(before)[0] == ["Ashmere (closed on 30 November 2026)", "1", "1", "100%", "0", "0"]
    assert "1 point was not decided when its scheme closed, and had time left then." in before
    go_on(date(2027, 6, 1))
    after = words_of(desk)
    assert rows_of(after)[0] == rows_of(before)[0] and "All schemes together: 1 of 1 point (100%)" in after
    file = desk.get(f"{ADDRESS}file/?months=all&kind=csv").content.decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(file)))[1][4:10] == ["1", "1", "100", "0", "0", "1"]


def test_what_was_late_when_a_scheme_closed_stays_late(
    as_owner: str, desk: Client, scheme: Scheme, two_points: None, go_on: GoOn
) -> None:
    go_on(date(2026, 12, 1))
    closing.close(slug=scheme.slug, by=None)
    assert rows_of(words_of(desk))[0][1:] == ["1", "2", "50%", "1", "0"]


@pytest.mark.parametrize("many", [1, 8])
def test_the_page_costs_the_same_for_any_number_of_points(desk: Client, inside: Scheme, work: Work, many: int) -> None:
    for _ in range(many):
        said()
    work()
    with (
        enter("public"),
        CaptureQueriesContext(
            connection,
        ) as asked,
    ):
        words_of(desk)
    of_the_store = [one["sql"] for one in asked if PointFact._meta.db_table in one["sql"]]
    assert len(of_the_store) == 1 and len(asked) <= 20


def test_the_table_is_saved_as_csv(desk: Client, two_points: None) -> None:
    answer = desk.get(f"{ADDRESS}file/?months=12-months&kind=csv")
    assert answer.headers["Content-Disposition"] == (
        'attachment; filename="points-decided-12-months-2026-11-02.csv"'
    )  # fmt: skip
    head, *rows = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert head[4:10] == [
        "Decided within 20 working days", "Decided, or day 20 has passed", "Percentage",
        "Not decided, and day 20 has passed", "Not decided, and day 20 has not passed",
        "Not decided in time that was left when the scheme closed",
    ]  # fmt: skip
    as_of = "2026-11-02T10:00+00:00"
    assert rows == [
        ["Ashmere", "Ashmere and around", "2025-12-01", "2026-11-02", "1", "1", "100", "0", "1", "0", as_of],
        ["Brackwell", "Brackwell and around", "2025-12-01", "2026-11-02", "0", "0", "", "0", "0", "0", as_of],
    ]


def test_the_table_is_saved_as_a_spreadsheet_and_a_name_is_no_formula(
    as_owner: str, desk: Client, scheme: Scheme, two_points: None
) -> None:
    Scheme.objects.filter(pk=scheme.pk).update(name="=1+1")
    answer = desk.get(f"{ADDRESS}file/?months=all&kind=ods")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as package:
        content = package.read("content.xml").decode()
    assert "<text:p>'=1+1</text:p>" in content and "Brackwell" in content
    # Points and percentages are numbers; what has none is an empty cell of words, and no nought.
    numbers = re.findall(r'value-type="float" office:value="(\d+)"><text:p>(\d+)</text:p>', content)
    assert numbers == [(one, one) for one in ("1", "1", "100", "0", "1", "0", "0", "0", "0", "0", "0")]


@pytest.mark.parametrize("asked", ["months=week&kind=csv", "months=all&kind=exe"])
def test_nobody_is_given_a_file_that_was_not_offered(desk: Client, asked: str) -> None:
    assert desk.get(f"{ADDRESS}file/?{asked}").status_code == 404


@pytest.mark.parametrize(
    ("national", "status"),
    [
        (NationalRoleName.ANALYST, 200), (NationalRoleName.PROGRAMME_MANAGER, 200), (NationalRoleName.OPERATOR, 404),
        (None, 404),
    ],
)  # fmt: skip
def test_only_national_staff_compare(
    client_at: Callable[..., Client], person: MakePerson, national: NationalRoleName | None, status: int
) -> None:
    who: Person = person("Nat", national=national)
    for address in (ADDRESS, f"{ADDRESS}file/"):
        assert client_at(None, who).get(address).status_code == status
    assert (ADDRESS in client_at(None, who).get("/my/", follow=True).content.decode()) == (status == 200)
