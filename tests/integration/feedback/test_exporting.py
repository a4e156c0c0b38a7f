"""The register as a file: what is in it, what is not, and that nothing in it is a formula."""

import io
import zipfile
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from audit.models import Entry
from kit import exports
from people.models import Person
from tenants.feedback import actions
from tenants.feedback.actions.exporting import WRITERS
from tenants.feedback.queries import Chosen, Tab
from tenants.feedback.queries.exporting import cells
from tenants.feedback.rules import FileKind
from tenants.schemes.entering import enter
from tenants.schemes.models import Membership, Scheme
from tests.factories.feedback import decided, published, said
from tests.tables import OFFICE, READ, TABLE, of_csv, of_ods

ClientAt = Callable[..., Client]
EVIL = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", '=HYPERLINK("http://x","y")']
SECRET = "I waited nine hours."
BY = {"kind": "csv", "basis": "public_task", "why_words": ""}


@pytest.fixture
def desk(client_at: ClientAt, scheme: Scheme, owner: Membership) -> Client:
    return client_at(scheme, Person.objects.get(pk=owner.person_id))


def saved(desk: Client, address: str = "/points/file/?show=all", **filled: Any) -> bytes:
    answer = desk.post(address, BY | filled)
    assert answer.status_code == 200 and answer.has_header("Content-Disposition"), answer.content.decode()[:3000]
    return answer.getvalue()


@pytest.mark.parametrize("kind", ["csv", "ods"])
def test_the_file_holds_what_the_list_shows_and_not_what_was_said(
    desk: Client, scheme: Scheme, owner: Membership, kind: str
) -> None:
    with enter(scheme):
        published(said(words=SECRET), owner)
        waiting = said(words="Another.")
    data = saved(desk, kind=kind)
    head, *rows = READ[kind](data)
    assert len(rows) == 2 and SECRET not in str(rows) and "What was said" not in head
    assert "A card on the wall says what happens next." in str(rows) and "Involvement lead" in str(rows)
    (only,) = READ[kind](saved(desk, "/points/file/?show=waiting", kind=kind))[1:]
    assert only[0] == str(waiting.pk)


def test_who_took_a_file_on_which_basis_is_written_down_and_its_name_says_nothing(
    desk: Client, scheme: Scheme, lead: Person
) -> None:
    answer = desk.post("/points/file/?show=all", BY)
    assert answer["Content-Disposition"] == 'attachment; filename="list-2026-11-02.csv"'
    assert answer["Cache-Control"] == "no-store"
    assert answer.getvalue()
    with enter(scheme):
        entry = Entry.objects.get(operation="disclose")
        assert (entry.by, entry.what, entry.basis) == (lead.pk, "saved a list of points as a file", "public_task")


def test_what_was_said_goes_in_only_with_a_tick_and_a_reason(desk: Client, scheme: Scheme) -> None:
    with enter(scheme):
        said(words=SECRET)
    for wrong in ({"with_words": "on"}, {"why_words": "answer"}, {"basis": ""}):
        answer = desk.post("/points/file/?show=all", BY | wrong)
        assert not answer.has_header("Content-Disposition") and SECRET not in answer.content.decode()
    with enter(scheme):
        assert not Entry.objects.filter(operation="disclose").exists()
    data = saved(desk, with_words="on", why_words="answer", basis="consent")
    assert SECRET in str(of_csv(data))
    with enter(scheme):
        entry = Entry.objects.get(operation="disclose")
        assert (entry.what, entry.basis) == ("saved what was said as a file to prepare the answers", "consent")


@pytest.mark.parametrize("kind", ["csv", "ods"])
@pytest.mark.parametrize("evil", EVIL)
def test_no_cell_is_ever_a_formula(kind: str, evil: str) -> None:
    file = io.BytesIO()
    write = {"csv": exports.write_csv, "ods": exports.write_ods}[kind]
    write(file, ["Said"], [[evil], ["safe = words"]])
    _, (cell,), (safe,) = READ[kind](file.getvalue())
    assert cell.startswith("'") and safe == "safe = words"


def test_how_many_said_it_is_a_number_in_a_spreadsheet_and_unknown_is_nothing(
    desk: Client, scheme: Scheme, owner: Membership
) -> None:
    with enter(scheme):
        said(words="Seven", how_many=7), said(words="Nobody counted")
    with zipfile.ZipFile(io.BytesIO(saved(desk, kind="ods"))) as package:
        content = ElementTree.fromstring(package.read("content.xml"))
    many = [list(row)[4] for row in content.iter(f"{TABLE}table-row")][1:]
    assert sorted((one.get(f"{OFFICE}value-type"), one.get(f"{OFFICE}value")) for one in many) == [
        ("float", "7"), ("string", None),
    ]  # fmt: skip


def test_words_that_no_file_can_hold_do_not_break_it() -> None:
    odd = 'a\x00b\x0bc\ud800d<&>"e'
    for write, read in ((exports.write_csv, of_csv), (exports.write_ods, of_ods)):
        file = io.BytesIO()
        write(file, ["Said"], [[odd]])
        assert read(file.getvalue())[1][0].endswith('<&>"e')


@pytest.mark.parametrize("points", [1, 5])
def test_a_file_costs_the_same_for_any_number_of_points(inside: Scheme, owner: Membership, points: int) -> None:
    for number in range(points):
        decided(said(words=f"Point {number}"), owner)
    with CaptureQueriesContext(connection) as asked:
        assert len(list(cells(Chosen(tab=Tab.ALL), sites={}, with_words=False))) == points
    assert len(asked) == 5


def test_a_file_that_cannot_be_written_leaves_no_trace_of_a_disclosure(
    inside: Scheme, lead: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setitem(WRITERS, FileKind.CSV, full)
    with pytest.raises(OSError):
        actions.export_register(
            scheme=inside, chosen=Chosen(), kind=FileKind.CSV, basis="public_task", why_words=None, by=lead
        )
    assert not Entry.objects.filter(operation="disclose").exists()
