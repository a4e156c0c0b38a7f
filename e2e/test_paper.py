"""On paper: a printed slip is written on, staff write it down by its code, and the answer goes out as a letter."""

import io
import re

import pypdf
from playwright.sync_api import expect

from e2e.conftest import Pictures
from e2e.stack import Stack
from e2e.visiting import PHONE, WILLOWFORD, Visits, into
from e2e.walking import acknowledge, decide, find_letter, open_point, print_slips, write_down

CODE = re.compile(r"([A-Z]+) ([A-Z]+)\s+([A-Z]+)\s+([A-Z]+)\s+([2-9]{4})\s+See our answer")


def words_of(document: bytes) -> str:
    """What stands on a paper, which must be tagged."""
    reader = pypdf.PdfReader(io.BytesIO(document))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]  # type: ignore[index]
    return " ".join(page.extract_text() for page in reader.pages)


def test_from_a_slip_in_a_waiting_room_to_a_letter_s59(stack: Stack, visit: Visits, pictures: Pictures) -> None:
    said, answer = "The seats in the waiting room are broken.", "We will bring new seats."
    lead = into(visit("involvement lead"), stack)
    code = "-".join(CODE.findall(words_of(print_slips(lead, 2)))[0])
    write_down(lead, said, letter=True, paper=code)
    expect(lead.locator(".app-slip__code")).to_have_count(0)
    lead.get_by_role("button", name="Go on").click()
    open_point(lead, said)
    acknowledge(lead)
    decide(lead, answer)
    find_letter(lead).click()
    pictures.take(lead, "letter")
    with lead.expect_download() as saved:
        lead.get_by_role("button", name="Save the letter as a PDF").click()
    letter = words_of(saved.value.path().read_bytes())
    assert answer in letter
    assert said not in letter
    lead.get_by_label("I put a letter in the post").check()
    lead.get_by_role("button", name="Keep this").click()

    phone = visit(width=PHONE, javascript=False, start=f"{stack.scheme(WILLOWFORD)}/answer/")
    phone.get_by_label("Your code").fill(code)
    phone.get_by_role("button", name="See my answer").click()
    expect(phone.get_by_text(answer)).to_be_visible()
