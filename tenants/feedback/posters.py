"""The poster "You said, we did": a few answers that the public may read, for a wall. Made when asked, and not kept."""

from collections.abc import Sequence
from io import BytesIO

import segno
import typst

from kit import paper
from kit.pair import PairView
from tenants.feedback.errors import TooMuch
from tenants.feedback.on_paper import on_paper
from tenants.feedback.rules import Sheet

ANSWERS = "/you-said-we-did/"
TOO_MUCH = "too much for one sheet"


def poster(pairs: Sequence[PairView], *, sheet: Sheet, origin: str, name: str, several: bool = False) -> bytes:
    """A sheet with these answers, in letters as big as there is room for; refused where they would be too small.

    Where there may be `several` sheets, what is too much for one goes on.
    """
    address = f"{origin}{ANSWERS}"
    data = {
        "sheet": sheet.value,
        "scheme": name,
        "pairs": [on_paper(pair) for pair in pairs],
        "address": address.partition("://")[2],
        "several": several,
    }
    try:
        return paper.pdf("/feedback/poster.typ", data, files={"answers.svg": square(address)})
    except typst.TypstError as error:
        if TOO_MUCH not in str(error):
            raise
        wider = " or bigger paper" if sheet == Sheet.A4 else ""
        raise TooMuch(f"This is too much to read from a wall. Choose fewer answers{wider}.", field="points") from error


def square(address: str) -> bytes:
    """The address as a square that a phone reads."""
    drawn = BytesIO()
    segno.make(address, error="m", micro=False).save(drawn, kind="svg", border=4, xmldecl=False)
    return drawn.getvalue()
