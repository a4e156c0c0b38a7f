"""Reading workbooks: the same words for what is wrong as with CSV, and nothing hostile is unpacked or stays with us."""

import io
import time
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from kit.imports import BadFile, Column, Table, apart, day, read_table, whole_number, yes_no
from kit.imports.parts import MOST_PARTS
from tests.unit.kit.workbooks import TYPES, bomb, packed, with_part, workbook

POINTS = [
    Column("finding", required=True),
    Column("said on", parse=day),
    Column("how many", parse=whole_number),
    Column("may publish", parse=yes_no, empty=False),
]
SHEET = "xl/worksheets/sheet1.xml"
AFRESH = "Copy only the table into a new workbook, save that as “Excel workbook (.xlsx)”, and choose it."
SAVE_AS = "Open it in your spreadsheet program and save it as “Excel workbook (.xlsx)” or “CSV UTF-8”."


def read(content: bytes, sheet: str = "") -> Table:
    return read_table(content, POINTS, sheet=sheet)


def problems_of(content: bytes, sheet: str = "") -> list[str]:
    with pytest.raises(BadFile) as refused:
        read(content, sheet)
    return [str(problem) for problem in refused.value.problems]


# What is read


def test_a_workbook_is_read_into_the_same_values_as_a_csv_file_s77(tmp_path: Path) -> None:
    path = tmp_path / "findings.xlsx"
    path.write_bytes(workbook(["Be on time", date(2027, 3, 27), 12, True], [], ["A quiet room", None, None, None]))

    table = read_table(path, POINTS)

    assert [(row.line, dict(row.values)) for row in table.rows] == [
        (2, {"finding": "Be on time", "said on": date(2027, 3, 27), "how many": 12, "may publish": True}),
        (4, {"finding": "A quiet room", "said on": None, "how many": None, "may publish": False}),
    ]
    assert table.notes == []


def test_days_may_be_written_or_be_days_of_the_program_and_words_stay_words() -> None:
    rows = read(workbook(["'=1+1", "27/03/2027", 3.0, "no"], ["Two\nlines", datetime(2027, 3, 28), 4, False])).rows

    assert [row["said on"] for row in rows] == [date(2027, 3, 27), date(2027, 3, 28)]
    assert [row["finding"] for row in rows] == ["'=1+1", "Two\nlines"]
    assert [row.line for row in rows] == [2, 3]


def test_notes_above_the_headings_and_rows_of_blanks_are_left_out() -> None:
    def notes(book: Any) -> None:
        book.active.insert_rows(1, 2)
        book.active["A1"] = "# findings of a workshop"
        book.active.merge_cells("A1:D1")
        for number in range(6, 60):
            book.active.cell(number, 1).value = " "

    assert [row.line for row in read(workbook(["Be on time"], change=notes)).rows] == [4]


def test_the_first_sheet_that_can_be_seen_is_read_and_the_others_are_named() -> None:
    def sheets(book: Any) -> None:
        book.create_sheet("Names", 0).sheet_state = "hidden"
        book.create_sheet("Old")

    assert read(workbook(["Be on time"], change=sheets)).notes == [
        "We read the sheet “Findings”.", "We did not read: “Names” (hidden), “Old”."
    ]  # fmt: skip


def test_the_sheet_that_was_named_is_read_hidden_or_not() -> None:
    def sheets(book: Any) -> None:
        other = book.create_sheet("More")
        for row in (["finding", "said on", "how many", "may publish"], ["A quiet room", None, None, None]):
            other.append(row)
        other.sheet_state = "hidden"

    content = workbook(["Be on time"], change=sheets)

    table = read(content, sheet=" more ")

    assert [row["finding"] for row in table.rows] == ["A quiet room"]
    assert table.notes == ["We read the hidden sheet “More”.", "We did not read: “Findings”."]
    assert problems_of(content, sheet="Mroe") == ["There is no sheet “Mroe”. Its sheets are: “Findings”, “More”."]


def test_rows_that_a_filter_hides_are_read_and_named() -> None:
    def hide(book: Any) -> None:
        book.active.row_dimensions[3].hidden = True

    table = read(workbook(["Be on time"], ["A quiet room"], change=hide))

    assert len(table.rows) == 2
    assert table.notes == ["Hidden rows were read like the others: 3."]


def test_a_size_that_a_workbook_says_of_itself_is_not_believed() -> None:
    def swell(part: bytes) -> bytes:
        return part.replace(b'ref="A1:D2"', b'ref="A1:XFD1048576"')

    content = workbook(["Be on time"])
    swollen = with_part(content, SHEET, swell)

    assert swollen != content
    assert len(read(swollen).rows) == 1


def test_no_cell_is_lost_to_a_size_that_is_too_small() -> None:
    content = workbook(["Be on time", None, 12, None])
    shrunk = with_part(content, SHEET, lambda part: part.replace(b'ref="A1:D2"', b'ref="A1:B1"'))

    assert shrunk != content
    assert [row["how many"] for row in read(shrunk).rows] == [12]


# What is wrong in it


def test_each_bad_cell_is_named_by_its_row_its_column_and_what_to_do() -> None:
    content = workbook(
        ["Be on time", "soon", 1.5, "maybe"],
        ["=A2", "=NOW()", "#REF!", None],
        [None, None, None, "yes"],
        ["A quiet room", 46108, None, None],
    )

    assert problems_of(content) == [
        "Row 2, column “said on”: “soon” is not a date. Write the date as 27/03/2027.",
        "Row 2, column “how many”: “1.5” is not a whole number. Write digits only, such as 12.",
        "Row 2, column “may publish”: “maybe” is neither yes nor no. Write yes or no.",
        "Row 3, column “finding”: This cell has a formula in it. "
        "Copy it and paste it as a value, so that the words stand in it.",
        "Row 3, column “said on”: This cell has a formula in it. "
        "Copy it and paste it as a value, so that the words stand in it.",
        "Row 3, column “how many”: This cell shows an error. Put it right, or empty it.",
        "Row 4, column “finding”: This cell is empty. Fill it in.",
        "Row 5, column “said on”: “46108” is not a date. Write the date as 27/03/2027.",
    ]


def test_merged_cells_are_named() -> None:
    def merge(book: Any) -> None:
        book.active.merge_cells("D2:D3")

    assert problems_of(workbook(["Be on time", None, None, "yes"], ["A quiet room"], change=merge)) == [
        "Row 2: The cells D2:D3 are merged. Take the merged cells apart, and fill in each of them."
    ]


def test_cells_without_a_heading_are_named() -> None:
    assert problems_of(workbook(["Be on time", None, None, None, "Robin"])) == [
        "Row 2: This row has more cells than there are headings. "
        "Give each column a heading, or empty the cells that have none."
    ]


def test_a_sheet_with_nothing_in_it_says_how_to_begin() -> None:
    def empty(book: Any) -> None:
        book.active.delete_rows(1)

    [problem] = problems_of(workbook(change=empty))
    assert problem.startswith("The file has no table in it. The first line must name the columns: finding, said on")


# What is not opened


def _macros(content: bytes) -> bytes:
    return with_part(content, "xl/vbaProject.bin", lambda _: b"\xd0\xcf\x11\xe0")


def _type_of_macros(content: bytes) -> bytes:
    sound, macros = b"spreadsheetml.sheet.main", b"sheet.macroEnabled.main"
    return with_part(content, "[Content_Types].xml", lambda types: types.replace(sound, macros))


def _external_entity(content: bytes) -> bytes:
    orders = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    return with_part(content, SHEET, lambda part: orders + part.replace(b"<v>", b"<v>&e;", 1))


def _laughs(content: bytes) -> bytes:
    lines = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    orders = f'<!DOCTYPE x [<!ENTITY l0 "ha">{lines}]>'.encode()
    return with_part(content, "xl/sharedStrings.xml", lambda part: orders + part.replace(b"<t>", b"<t>&l9;", 1))


def _in_other_letters(content: bytes) -> bytes:
    orders = '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE x [<!ENTITY e "ha">]><x>&e;</x>'
    return with_part(content, "xl/theme/theme1.xml", lambda _: orders.encode("utf-16"))


@pytest.mark.parametrize(
    ("make", "problem"),
    [
        (_macros, f"This workbook has macros in it. We do not open those. {SAVE_AS}"),
        (_type_of_macros, f"This workbook has macros in it. We do not open those. {SAVE_AS}"),
        (_external_entity, f"This workbook has orders in it that no spreadsheet program writes. {AFRESH}"),
        (_laughs, f"This workbook has orders in it that no spreadsheet program writes. {AFRESH}"),
        (_in_other_letters, f"This workbook has orders in it that no spreadsheet program writes. {AFRESH}"),
        (
            lambda content: with_part(content, "../../etc/cron.d/x", lambda _: b"x"),
            f"This file has a part whose name leads out of it. No spreadsheet program makes that. {AFRESH}",
        ),
        (
            lambda content: with_part(content, "C:\\x", lambda _: b"x"),
            f"This file has a part whose name leads out of it. No spreadsheet program makes that. {AFRESH}",
        ),
        (
            lambda content: content[: len(content) // 2],
            "This workbook is damaged. Open it in your spreadsheet program and save it again.",
        ),
        (
            lambda content: with_part(content, SHEET, lambda part: part[: len(part) // 2]),
            "This workbook is damaged. "
            "Open it in your spreadsheet program and save it again as “Excel workbook (.xlsx)”.",
        ),
        (
            lambda _: packed({"readme.txt": b"x"}),
            "This is a zip file, not a workbook. Unpack it, and choose the workbook that is in it.",
        ),
        (lambda _: packed({"content.xml": b"x"}), f"This is an OpenDocument spreadsheet (.ods). {SAVE_AS}"),
        (lambda _: packed({"word/document.xml": b"x"}), f"This is a text document, not a table. {SAVE_AS}"),
        (lambda _: packed({"xl/workbook.bin": b"x"}), f"This is a binary workbook (.xlsb). {SAVE_AS}"),
        (
            lambda _: b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"),
            "This file is locked with a password. Open it with its password, take the password off, and save it again.",
        ),
        (lambda _: b"\xd0\xcf\x11\xe0 Workbook", f"This is an old workbook (.xls) or document. {SAVE_AS}"),
    ],
)
def test_what_is_hostile_or_something_else_is_refused_in_words(make: Callable[[bytes], bytes], problem: str) -> None:
    assert problems_of(make(workbook(["Be on time", None, None, None]))) == [problem]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_part_that_is_there_twice_is_refused() -> None:
    """Programs differ in which of the two they read: what was looked at may not be what is read."""
    file = io.BytesIO(workbook(["Be on time"]))
    with zipfile.ZipFile(file, "a") as parts:
        parts.writestr(SHEET, parts.read(SHEET))
    assert problems_of(file.getvalue()) == [
        f"This workbook has two parts of one name. No spreadsheet program makes that. {AFRESH}"
    ]


def test_a_workbook_with_a_password_inside_is_refused() -> None:
    content = bytearray(workbook(["Be on time"]))
    at = content.index(b"PK\x01\x02")
    content[at + 8] |= 1
    assert problems_of(bytes(content))[0].startswith("This file is locked with a password.")


def test_a_small_workbook_that_unpacks_to_more_than_a_gigabyte_is_refused_in_under_a_second() -> None:
    content = bomb()
    assert len(content) < 450_000
    began = time.perf_counter()

    [problem] = problems_of(content)

    assert time.perf_counter() - began < 1
    assert problem == f"Unpacked, this workbook is larger than 64 MB. {AFRESH}"


def test_a_workbook_of_ten_thousand_and_one_parts_is_refused_before_its_list_is_read() -> None:
    parts = {"[Content_Types].xml": TYPES} | {f"xl/{number}": b"" for number in range(MOST_PARTS)}
    assert problems_of(packed(parts)) == [
        f"This workbook is made of more than 10,000 parts. No spreadsheet program makes that. {AFRESH}"
    ]


def test_no_cell_is_calculated_and_no_link_followed() -> None:
    content = workbook(['=WEBSERVICE("http://127.0.0.1:9/x")', None, None, None])
    assert problems_of(content)[0].startswith("Row 2, column “finding”: This cell has a formula in it.")


# The process apart


def script(folder: Path, text: str) -> Path:
    path = folder / "reader.py"
    path.write_text(f"import sys\ngiven = sys.stdin.buffer.read()\n{text}\n")
    return path


def test_the_process_that_reads_has_no_environment_and_none_of_our_files_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALONGSIDE_DATABASE_URL", "postgresql://somebody:secret@/alongside")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    told = "import os\nprint(sorted(os.environ), len(os.listdir('/proc/self/fd')), os.getcwd(), given)"
    with (tmp_path / "reader.py").open("a"):
        assert apart.run(script(tmp_path, told), b"x").decode().split("\n")[0] in (
            "[] 4 / b'x'", "['LC_CTYPE'] 4 / b'x'"
        )  # fmt: skip


def test_the_process_that_reads_writes_nothing(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    writes = f"file = open({str(kept)!r}, 'wb')\nfile.write(given)\nfile.close()\nprint('kept')"
    with pytest.raises(apart.Failed):
        apart.run(script(tmp_path, writes), b"words")
    assert kept.read_bytes() == b""


@pytest.mark.parametrize(
    "greedy", ["x = bytearray(2**31)", "while True: pass", "sys.stdout.buffer.write(bytes(2**26))"]
)
def test_what_takes_too_much_memory_or_time_or_says_too_much_comes_to_an_end(greedy: str, tmp_path: Path) -> None:
    began = time.perf_counter()
    with pytest.raises(apart.Failed):
        apart.run(script(tmp_path, f"{greedy}\nprint('done')"), b"", seconds=2)
    assert time.perf_counter() - began < 10


def test_a_reader_that_fails_is_told_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart.run, "__kwdefaults__", {"memory": 2**20, "seconds": 5})
    assert problems_of(workbook(["Be on time"])) == [f"This workbook is too big to read. {AFRESH}"]
