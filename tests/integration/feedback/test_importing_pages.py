"""Staff bring in a workbook on a page: looked at first, then all or none, and the file is not kept."""

import io
import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.html import escape
from openpyxl import Workbook

from audit.models import Entry
from kit import codes, secrecy, short_lived
from kit.models import ShortLived
from people.models import Person
from tenants.feedback import imports_kept
from tenants.feedback.models import Partner, Point, Sayer
from tenants.schemes.entering import enter
from tenants.schemes.models import Membership, Scheme
from tests.factories.feedback import said, somebody
from tests.integration.conftest import MakePerson
from tests.unit.kit.workbooks import bomb

ClientAt = Callable[..., Client]
HEAD = ["organisation", "group", "finding", "method", "said on", "how many", "may publish", "reporter"]
ACCESS = "Support around access to children"
WOMEN = ["A women's centre", "Women", ACCESS, "workshop", datetime(2026, 3, 3), 12, True, "robin@example.org"]
YOUNG = ["A youth club", "Young people", "A place to sit", "Workshop", "3 March 2026", None, "no", None]
SILENT = ["A drug service", "Substance misuse", None, None, None, None, None, None]
NOW = datetime(2026, 11, 2, 10, tzinfo=UTC)


@pytest.fixture
def desk(client_at: ClientAt, scheme: Scheme, owner: Membership) -> Client:
    return client_at(scheme, Person.objects.get(pk=owner.person_id))


@pytest.fixture
def robin(person: MakePerson, scheme: Scheme) -> Person:
    """A reporter whom this scheme knows: they said something here before."""
    robin = person()
    with enter(scheme):
        said(somebody(robin), words="Said before")
    return robin


def workbook(*rows: list[Any]) -> bytes:
    book = Workbook()
    for row in (HEAD, *rows):
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def send(desk: Client, content: bytes, **more: str) -> Any:
    return desk.post("/points/import/", {"file": SimpleUploadedFile("findings.xlsx", content), "sheet": "", **more})


def code_of(page: bytes) -> str:
    (code,) = re.findall(r"\b[A-Z]+-[A-Z]+-[A-Z]+(?:-[A-Z]+)?-[0-9]+\b", page.decode())
    return str(code)


def nothing_is_there(scheme: Scheme) -> bool:
    with enter(scheme):
        came_in = Point.objects.exclude(import_key=None)
        return not came_in.exists() and not Partner.objects.exists() and not Sayer.objects.exclude(slip="").exists()


@pytest.mark.usefixtures("robin")
def test_a_workbook_is_looked_at_then_added_and_each_group_gets_its_slip_s76_s77_s81(
    desk: Client, scheme: Scheme
) -> None:
    answer = send(desk, workbook(WOMEN, YOUNG, SILENT))
    assert answer.url == "/points/import/look/"
    look = desk.get(answer.url).content.decode()
    for words in ("Women (A women&#39;s centre): 1 point", "Substance misuse (A drug service): not reported"):
        assert words in look
    assert nothing_is_there(scheme)

    assert desk.post("/points/import/look/").url == "/points/import/added/"
    done = desk.get("/points/import/added/").content.decode()

    assert "2 points are in the register now." in done
    with enter(scheme):
        point = Point.objects.get(said="A place to sit")
        assert point.sayers.get().slip == codes.fingerprint(codes.normalise(code_of(done.encode())))
        assert point.logged_by_id and not point.sayers.get().consents.filter(purpose="publish").exists()
        assert Entry.objects.filter(what="brought in points as a file", operation="collate").count() == 1


def test_each_bad_cell_is_named_and_nothing_is_kept_of_the_file(desk: Client, scheme: Scheme) -> None:
    answer = send(desk, workbook(WOMEN, [*YOUNG[:4], "soon", "=1+1", None, None]), sheet="Sheet")
    page = answer.content.decode()
    assert answer.status_code == 200 and "Nothing was added. Put right what is listed below" in page
    assert "Row 3, column “said on”: “soon” is not a date. Write the date as 27/03/2027." in page
    assert "Row 3, column “how many”: This cell has a formula in it." in page
    assert 'value="Sheet"' in page
    assert imports_kept.LOOKED_AT not in desk.session and nothing_is_there(scheme)


@pytest.mark.parametrize("has_account", [True, False])
def test_the_page_tells_nobody_who_has_an_account(
    has_account: bool, desk: Client, scheme: Scheme, person: MakePerson
) -> None:
    if has_account:
        person("Kim")
    answer = send(desk, workbook([*YOUNG[:7], "kim@example.org"]))
    assert answer.url == "/points/import/look/"
    look = desk.get(answer.url).content.decode()
    assert "1 reporter is not known here: their group gets a slip." in look and "kim@" not in look
    desk.post("/points/import/look/")
    assert code_of(desk.get("/points/import/added/").content)
    with enter(scheme):
        assert Entry.objects.filter(what="looked at a file that names reporters").count() == 2


def test_a_mended_file_takes_the_place_of_the_one_before(desk: Client, scheme: Scheme) -> None:
    send(desk, workbook(WOMEN))
    send(desk, workbook(YOUNG))
    desk.post("/points/import/look/")
    with enter(scheme):
        assert [point.said for point in Point.objects.all()] == ["A place to sit"]


def test_only_what_was_understood_is_kept_and_for_half_an_hour(
    desk: Client, scheme: Scheme, at_moment: Callable[[datetime], None]
) -> None:
    at_moment(NOW)
    book = Workbook()
    for row in (HEAD, WOMEN):
        book.active.append(row)
    book.create_sheet("Names").append(["Somebody's name"])
    file = io.BytesIO()
    book.save(file)
    send(desk, file.getvalue())
    kept = json.loads(secrecy.decrypt(ShortLived.objects.get().held, purpose=short_lived.PURPOSE))
    assert set(kept) == {"rows", "notes", "send"} and "Somebody's name" not in str(kept)
    at_moment(NOW + timedelta(minutes=31))
    assert desk.get("/points/import/look/").url == "/points/import/"
    assert imports_kept.LOOKED_AT not in desk.session


def test_pressed_twice_it_is_added_once_and_the_slips_stay(desk: Client, scheme: Scheme) -> None:
    send(desk, workbook(YOUNG))
    before, row = dict(desk.session), ShortLived.objects.get()
    desk.post("/points/import/look/")
    slip = desk.get("/points/import/added/").content
    # The second press comes from a page that the first had not ended yet.
    session = desk.session
    session[imports_kept.LOOKED_AT] = before[imports_kept.LOOKED_AT]
    session.save()
    row.save(force_insert=True)
    desk.post("/points/import/look/")
    assert b"1 point is in the register now." in slip and code_of(slip) == code_of(
        desk.get("/points/import/added/").content
    )
    with enter(scheme):
        assert Point.objects.count() == 1


def test_the_codes_are_shown_for_a_quarter_of_an_hour_and_end_with_one_press(
    desk: Client, at_moment: Callable[[datetime], None]
) -> None:
    at_moment(NOW)
    send(desk, workbook(YOUNG))
    desk.post("/points/import/look/")
    assert b"Give each group its slip" in desk.get("/points/import/added/").content
    at_moment(NOW + timedelta(minutes=16))
    assert b"We cannot show this again" in desk.get("/points/import/added/").content
    at_moment(NOW)
    send(desk, workbook([*YOUNG[:2], "Another", *YOUNG[3:]]))
    desk.post("/points/import/look/")
    assert desk.post("/points/import/added/").url == "/points/"
    assert imports_kept.ADDED not in desk.session


def test_the_same_file_again_says_that_nothing_is_new_in_it(desk: Client) -> None:
    for _ in range(2):
        send(desk, workbook(YOUNG))
        page = desk.get("/points/import/look/")
        desk.post("/points/import/look/")
    assert "There is nothing new in it" in page.content.decode()


def test_a_file_with_nothing_new_offers_nothing_to_add_though_a_group_in_it_reported_nothing(desk: Client) -> None:
    silent = [*YOUNG[:2], "", *YOUNG[3:]]
    pages = []
    for _ in range(2):
        send(desk, workbook(silent))
        pages.append(desk.get("/points/import/look/").content.decode())
        if "Add these" in pages[-1]:
            added = desk.post("/points/import/look/", follow=True).content.decode()
    assert "This is what would be added" in pages[0] and "No point was new" in added
    assert "There is nothing new in it" in pages[1] and "Add these" not in pages[1]


def test_rows_that_will_not_do_any_more_are_not_added(
    desk: Client, scheme: Scheme, at_moment: Callable[[datetime], None]
) -> None:
    """The clock of a demonstration can be moved back, to before the day on which it was said."""
    at_moment(NOW + timedelta(days=1))
    send(desk, workbook(WOMEN, [*YOUNG[:4], datetime(2026, 11, 3), *YOUNG[5:]]))
    at_moment(NOW)
    page = desk.post("/points/import/look/").content.decode()
    assert "something has changed since you looked" in page and nothing_is_there(scheme)
    assert desk.get("/points/import/look/").url == "/points/import/"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "This file is empty. Choose another file"),
        (b"x" * 10_000_001, "Choose a file smaller than 10 MB"),
        (b"%PDF-1.7", "This is a PDF. We can only read a workbook (.xlsx)"),
        (bomb(), "Unpacked, this workbook is larger than 64 MB."),
        (workbook(*([*YOUNG[:2], f"{number} {'very ' * 900}long", *YOUNG[3:]] for number in range(90))),
         "This is more than we can hold at once"),
    ],
    ids=["empty", "large", "pdf", "bomb", "words"],
)  # fmt: skip
def test_what_cannot_be_taken_is_refused_in_a_sentence_and_nothing_stays(
    content: bytes, words: str, desk: Client, scheme: Scheme
) -> None:
    answer = send(desk, content)
    assert answer.status_code == 200 and escape(words) in answer.content.decode()
    assert imports_kept.LOOKED_AT not in desk.session and nothing_is_there(scheme)


def test_without_a_file_it_says_what_to_do(desk: Client) -> None:
    assert "Choose the file" in desk.post("/points/import/", {"sheet": ""}).content.decode()


@pytest.mark.usefixtures("robin")
def test_what_is_kept_is_read_back_as_it_was(desk: Client, scheme: Scheme) -> None:
    odd = 'Two lines\n"quoted", with a comma; =1+1 and #'
    send(desk, workbook([*YOUNG[:2], odd, *YOUNG[3:]], WOMEN))
    desk.post("/points/import/look/")
    with enter(scheme):
        point = Point.objects.get(said=odd)
        women = Point.objects.get(said=ACCESS)
        assert (point.method, str(point.said_on), point.how_many) == ("workshop", "2026-03-03", None)
        assert women.how_many == 12 and women.sayers.get().person_id is not None
