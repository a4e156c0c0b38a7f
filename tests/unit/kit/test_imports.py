"""Reading CSV files: whatever the file is, the person who made it learns what to do."""

import csv
import io
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.imports import BadCell, BadFile, Column, Row, day, one_of, read_csv, whole_number, yes_no
from kit.imports.files import LARGEST
from kit.imports.parts import SAVE_AS_XLSX
from kit.imports.problems import MOST_PROBLEMS

CASE_STUDY = Path(__file__).resolve().parents[3] / "platform/alongside/demo/case-study.csv"

POINTS = [
    Column("finding", required=True),
    Column("said on", parse=day),
    Column("how many", parse=whole_number),
    Column("may publish", parse=yes_no, empty=False),
]
HEADINGS = "finding,said on,how many,may publish\n"


def read(text: str, columns: list[Column] = POINTS) -> list[Row]:
    return read_csv(text.encode(), columns)


def problems_of(content: str | bytes | Path, columns: list[Column] = POINTS) -> list[str]:
    with pytest.raises(BadFile) as refused:
        read_csv(content.encode() if isinstance(content, str) else content, columns)
    problems = [str(problem) for problem in refused.value.problems]
    assert str(refused.value) == "\n".join(problems)
    return problems


# What is read


def test_a_file_is_read_into_values(tmp_path):
    path = tmp_path / "points.csv"
    path.write_text(HEADINGS + "Be on time,27/03/2027,12,yes\nA quiet room,,,\n")

    first, second = read_csv(path, POINTS)

    assert first.line == 2
    assert first.values == {"finding": "Be on time", "said on": date(2027, 3, 27), "how many": 12, "may publish": True}
    assert second.values == {"finding": "A quiet room", "said on": None, "how many": None, "may publish": False}


@pytest.mark.parametrize("beginning", ["", "\ufeff"])
@pytest.mark.parametrize("new_line", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_any_program_may_have_saved_the_file(beginning, new_line, delimiter):
    lines = ["finding,said on,how many,may publish", "Café at the door,,3,no", ""]
    text = beginning + new_line.join(line.replace(",", delimiter) for line in lines)

    [row] = read(text)

    assert (row["finding"], row["how many"], row.line) == ("Café at the door", 3, 2)


def test_headings_may_be_in_any_order_in_capitals_and_with_spaces_or_underscores():
    [row] = read(' How_Many ,MAY PUBLISH,"Said  On",Finding\n3,no,,Be on time\n')

    assert row.values == {"finding": "Be on time", "said on": None, "how many": 3, "may publish": False}


def test_a_cell_may_hold_commas_quotation_marks_and_several_lines():
    rows = read(HEADINGS + '"Be on time,\r\nor say ""sorry""",,2,yes\nA quiet room,,,\n')

    assert rows[0]["finding"] == 'Be on time,\r\nor say "sorry"'
    assert [row.line for row in rows] == [2, 4]


@pytest.mark.parametrize("cell", ["=1+1", "+44 20", "-dash", "@name", '=HYPERLINK("x")', "'=1"])
def test_what_looks_like_a_formula_is_words(cell):
    [row] = read(HEADINGS + '"{}",,,\n'.format(cell.replace('"', '""')))

    assert row["finding"] == cell


def test_notes_before_the_headings_are_skipped_and_lines_counted_as_an_editor_does():
    assert problems_of("# A note, with a comma\n\n  # Another\n" + HEADINGS + ",,,\nx,,many,\n") == [
        "Line 6, column “how many”: “many” is not a whole number. Write digits only, such as 12."
    ]


def test_notes_that_a_spreadsheet_turned_into_rows_are_skipped_too():
    [row] = read('"# A note, with a comma";;;\n' + HEADINGS.replace(",", ";") + "# not a note;;;\n")

    assert row["finding"] == "# not a note"
    assert row.line == 3


def test_empty_rows_and_empty_columns_without_heading_are_skipped():
    rows = read("finding,said on,how many,may publish,,\n,,,,,\n\nBe on time,,,,, \n  , ,,,,\n")

    assert [(row.line, row["finding"]) for row in rows] == [(4, "Be on time")]


@given(
    st.lists(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])), min_size=1, max_size=5),
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from(["\n", "\r\n"]),
)
def test_whatever_words_are_written_are_read_back(cells, delimiter, new_line):
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=delimiter, lineterminator=new_line, quoting=csv.QUOTE_ALL)
    writer.writerows([["finding", "note"], *(["x", cell] for cell in cells)])

    rows = read(file.getvalue(), [Column("finding"), Column("note", empty="")])

    assert [row["note"] for row in rows] == [cell.strip() for cell in cells]


# What is wrong with rows


def test_every_bad_cell_is_named_with_its_line_its_column_and_what_to_do():
    assert problems_of(HEADINGS + "x,31/02/2027,about 12,perhaps\nx,,,\n" + ',27/03/27,"1,200",yes\n') == [
        "Line 2, column “said on”: “31/02/2027” is not a date. Write the date as 27/03/2027.",
        "Line 2, column “how many”: “about 12” is not a whole number. Write digits only, such as 12.",
        "Line 2, column “may publish”: “perhaps” is neither yes nor no. Write yes or no.",
        "Line 4, column “finding”: This cell is empty. Fill it in.",
        "Line 4, column “said on”: “27/03/27” is not a date. Write the date as 27/03/2027.",
        "Line 4, column “how many”: “1,200” is not a whole number. Write digits only, such as 12.",
    ]


def test_the_line_is_that_of_the_cell_even_after_a_cell_of_several_lines():
    assert problems_of(HEADINGS + '"one\r\ntwo\nthree",,many,\nx,,more,\n') == [
        "Line 4, column “how many”: “many” is not a whole number. Write digits only, such as 12.",
        "Line 5, column “how many”: “more” is not a whole number. Write digits only, such as 12.",
    ]


def test_a_comma_outside_quotation_marks_is_noticed():
    assert problems_of(HEADINGS + "Be on time,,,yes,or ring\n") == [
        "Line 2: This row has more cells than there are headings. "
        'If a cell has a comma or semicolon in it, put " before and after the cell.'
    ]


@pytest.mark.parametrize("row", ['"never closed,,,\n', '"closed" too early,,,\n', "x" * 200_000 + ",,,\n"])
def test_quotation_marks_that_do_not_match_are_found_with_what_came_before(row):
    problems = problems_of(HEADINGS + "x,,many,\n" + row)

    assert problems[0].startswith("Line 2, column “how many”")
    assert problems[1:] == [
        "Line 3: The quotation marks in this row do not match, or a cell is far too long. "
        'Put one " before and one after a cell, and write "" for a quotation mark inside it.'
    ]


def test_no_more_problems_are_listed_than_anybody_would_read():
    problems = problems_of(HEADINGS + "x,soon,many,perhaps\n" * 1000)

    assert len(problems) == MOST_PROBLEMS + 1
    assert problems[-1] == "There may be more problems. Put these right first, then try again."


def test_a_column_can_have_its_own_remedy_and_its_own_parser():
    def even(cell: str) -> int:
        if int(cell) % 2:
            raise BadCell(f"{cell} is odd.", "Write an even number.")
        return int(cell)

    columns = [Column("a", parse=even), Column("b", required=True, parse=even, remedy="Ask the office.")]

    assert problems_of("a,b\n1,1\nmany,2\n2,\n", columns) == [
        "Line 2, column “a”: 1 is odd. Write an even number.",
        "Line 2, column “b”: 1 is odd. Ask the office.",
        "Line 3, column “a”: “many” cannot be read. Check it.",
        "Line 4, column “b”: This cell is empty. Ask the office.",
    ]


# What is wrong with headings


def test_unknown_missing_and_repeated_columns_are_all_named():
    assert problems_of("finding,sayd on,how many,how many,colour\nx,,,,\n") == [
        "Line 1, column “how many”: This column is there twice. Take one of them out.",
        "Line 1: We do not know the column “sayd on”. Did you mean “said on”?",
        "Line 1: We do not know the column “colour”. Take it out.",
        "Line 1, column “said on”: This column is missing. Add it; its cells may be empty.",
        "Line 1, column “may publish”: This column is missing. Add it; its cells may be empty.",
    ]


def test_a_column_that_is_optional_may_be_left_out_and_is_empty_then():
    columns = [Column("finding"), Column("came", parse=day, optional=True)]
    assert read("finding\nA quiet room\n", columns)[0].values == {"finding": "A quiet room", "came": None}
    assert read("came,finding\n27/03/2027,A quiet room\n", columns)[0]["came"] == date(2027, 3, 27)
    assert problems_of("finding,came\nA quiet room,soon\n", columns) == [
        "Line 2, column “came”: “soon” is not a date. Write the date as 27/03/2027."
    ]


def test_a_column_that_must_be_filled_must_be_there():
    assert problems_of("said on,how many,may publish\n,,\n,3,\n") == [
        "Line 1, column “finding”: This column is missing. Add it."
    ]


def test_a_file_without_headings_is_told_what_they_are():
    assert problems_of("# note\nBe on time,,12,yes\n") == [
        "Line 2: “Be on time 12 yes” is not a line of headings. "
        "The first line must name the columns: finding, said on, how many, may publish."
    ]


def test_headings_without_rows_are_not_a_table():
    assert problems_of(HEADINGS) == ["Line 1: There are no rows under the headings. Add at least one row."]


# What is no CSV at all

SAVE_AS = "Open it in your spreadsheet program and save it as “CSV UTF-8”."
ASK_FOR_CSV = "We can only read a workbook (.xlsx), or a table saved as “CSV UTF-8”."


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "The file is empty. Check that you chose the right one."),
        (b" \r\n\n", "The file is empty. Check that you chose the right one."),
        (b"\xef\xbb\xbf", "The file is empty. Check that you chose the right one."),
        (b"%PDF-1.7\n\0", f"This is a PDF. {ASK_FOR_CSV}"),
        (b"\x89PNG\r\n\x1a\n\0", f"This is a picture. {ASK_FOR_CSV}"),
        (b"\xff\xd8\xff\xe0\0", f"This is a picture. {ASK_FOR_CSV}"),
        (b"PK\x03\x04\x14\0", f"This is a workbook or a zip file. {SAVE_AS}"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", f"This is an old workbook (.xls) or document. {SAVE_AS_XLSX}"),
        (b"{\\rtf1\\ansi", f"This is a text document. {ASK_FOR_CSV}"),
        (b"<!doctype html>", f"This is a web page or a file of data in another form. {ASK_FOR_CSV}"),
        (HEADINGS.encode("utf-16"), f"This file is saved as “Unicode text”. {SAVE_AS}"),
        (b"\xfe\xff" + HEADINGS.encode("utf-16-be"), f"This file is saved as “Unicode text”. {SAVE_AS}"),
        (HEADINGS.encode("utf-16-le"), f"This is not a file of text. {SAVE_AS}"),
        (HEADINGS.encode() + b"a\0b,,,\n", f"This is not a file of text. {SAVE_AS}"),
        (HEADINGS.encode() + b"x\nCaf\xe9", f"Line 3: There is a letter here that we cannot read. {SAVE_AS}"),
        (b"# only a note", "The file has no table in it. "
            "The first line must name the columns: finding, said on, how many, may publish."),
        (b"x" * (LARGEST + 1), "The file is larger than 10 MB. Split it into smaller files."),
    ],
)  # fmt: skip
def test_a_file_that_is_no_csv_is_told_apart(content, problem, tmp_path):
    path = tmp_path / "file.csv"
    path.write_bytes(content)

    assert problems_of(path) == [problem]
    assert problems_of(content) == [problem]


def test_a_name_that_is_no_file_is_told_what_it_is(tmp_path):
    assert problems_of(tmp_path / "gone.csv") == [
        f"There is no file “{tmp_path}/gone.csv”. Check the name and the folder."
    ]
    assert problems_of(tmp_path) == [f"“{tmp_path}” is a folder. Give the name of a file."]
    assert problems_of(Path("/dev/zero")) == ["“/dev/zero” is not a file that can be read. Give the name of a file."]
    assert problems_of(Path("a\0b")) == [
        "“a\0b” cannot be read. Check the name, and that you are allowed to read the file."
    ]


@given(st.binary(max_size=300))
def test_no_bytes_make_it_stumble(content):
    with pytest.raises(BadFile) as refused:
        read_csv(content, POINTS)
    assert all(problem.what and problem.remedy for problem in refused.value.problems)


@given(st.text(st.sampled_from(list('abc,;\t"\r\n#= 0123/-yesno')), max_size=200))
def test_no_rows_make_it_stumble(text):
    try:
        rows = read(HEADINGS + text)
    except BadFile as refused:
        assert all(problem.what and problem.remedy for problem in refused.problems)
    else:
        assert all(row["finding"] and set(row.values) == {column.name for column in POINTS} for row in rows)


# The parsers


@pytest.mark.parametrize(
    "cell", ["2027-03-07", "07/03/2027", "7/3/2027", "7 March 2027", "07 march 2027", "7 MAR 2027", "7  Mar  2027"]
)
def test_a_date_may_be_written_in_the_usual_ways(cell):
    assert day(cell) == date(2027, 3, 7)


@pytest.mark.parametrize(
    "cell",
    ["31/02/2027", "2027-13-01", "03/27/2027", "7/3/27", "7 Marc 2027", "March 2027", "2027", "7.3.2027", "٧/٣/٢٠٢٧"],
)
def test_anything_else_is_not_a_date(cell):
    with pytest.raises(BadCell, match="is not a date"):
        day(cell)


@pytest.mark.parametrize("cell", ["01/01/1899", "01/01/2200", "0001-01-01"])
def test_a_date_of_another_age_is_a_slip_of_the_pen(cell):
    with pytest.raises(BadCell, match="is not a date"):
        day(cell)


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_every_day_is_read_in_each_way_of_writing_it(when):
    assert day(f"{when:%Y-%m-%d}") == day(f"{when:%d/%m/%Y}") == day(f"{when:%-d %B %Y}") == when


@pytest.mark.parametrize(("cell", "number"), [("0", 0), ("12", 12), ("007", 7), ("2147483647", 2**31 - 1)])
def test_whole_numbers_are_digits(cell, number):
    assert whole_number(cell) == number


@pytest.mark.parametrize("cell", ["-1", "1.0", "1 200", "twelve", "2147483648", "9" * 50, "١٢", "1e3"])
def test_anything_else_is_not_a_whole_number(cell):
    with pytest.raises(BadCell, match="is not a whole number"):
        whole_number(cell)


def test_yes_and_no_may_be_written_in_the_usual_ways():
    assert [yes_no(cell) for cell in ("yes", "Yes", "Y", "TRUE", "1")] == [True] * 5
    assert [yes_no(cell) for cell in ("no", "NO", "n", "False", "0")] == [False] * 5
    with pytest.raises(BadCell, match="neither yes nor no"):
        yes_no("maybe")


def test_one_of_a_few_words_is_read_whatever_its_capitals_and_the_others_are_named():
    method = one_of({"Workshop": 1, "Survey": 2})

    assert method("WORKSHOP") == 1
    with pytest.raises(BadCell) as bad:
        method("Séance" * 20)
    assert bad.value.remedy == "Write one of these: Workshop, Survey."
    assert len(bad.value.what) < 70


# The case study


def test_the_case_study_holds_six_findings_and_three_groups_that_were_not_reported():
    names = ("organisation", "group", "finding", "method", "said on", "how many", "may publish", "reporter")
    rows = read_csv(CASE_STUDY, [Column(name) for name in names])

    assert {(row["group"], row["finding"]) for row in rows} == {
        ("Women", "Support around access to children"),
        ("Women", "Advice on finances"),
        ("Black and minority ethnic (BME) communities", "A diverse staff team"),
        ("Black and minority ethnic (BME) communities", "Staff awareness of different cultures"),
        ("Older people", "Access to medication"),
        ("Older people", "Being treated with dignity and respect"),
        ("Learning difficulty", None),
        ("Substance misuse", None),
        ("Young people", None),
    }
    assert len(rows) == 9
    assert len({row["organisation"] for row in rows}) == 6
    assert {row["method"] for row in rows} == {"Workshop"}
    assert all(row["may publish"] == ("yes" if row["finding"] else None) for row in rows)
    assert not any(row[name] for row in rows for name in ("said on", "how many", "reporter"))
