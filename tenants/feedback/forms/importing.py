"""The file that staff bring in."""

from kit import fields
from kit.forms import Form


class ImportForm(Form):
    """A workbook or a CSV file, and which of its sheets. What kind it is its bytes say, and not its name."""

    file = fields.File(
        "The file", hint="A workbook (.xlsx) or a CSV file, up to 10 MB and some 500 findings.", max_megabytes=10
    )
    sheet = fields.Text(
        "Which sheet of the workbook?", hint="Leave this empty for the first sheet.", required=False, max_length=100
    )
