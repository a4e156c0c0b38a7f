"""A version as the workbook that other tools of the field read."""

from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from questions.shape import Rows


def xlsform(rows: Rows) -> bytes:
    """The sheets `survey`, `choices` and `settings`; every cell is text, and never a formula."""
    book = Workbook(write_only=True)
    for name in ("survey", "choices", "settings"):
        sheet = book.create_sheet(name)
        columns = list(dict.fromkeys(column for row in rows[name] for column in row))
        for row in ({column: column for column in columns}, *rows[name]):
            sheet.append([_text(sheet, row.get(column, "")) for column in columns])
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def _text(sheet: Any, words: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=words)
    cell.data_type = "s"
    return cell
