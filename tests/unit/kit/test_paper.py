"""What goes out on paper is tagged, in our typeface, and takes words as words."""

import re
from io import BytesIO

import pytest
import typst
from django.http import HttpResponse
from django.test import override_settings
from pypdf import PdfReader

from kit import paper

PAGE = b'#import "/kit/paper.typ": *\n#show: paper.with(title: data.title)\n= #data.title\n'
SQUARE = b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect width='9' height='9'/></svg>"


@pytest.fixture
def template(monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    templates = paper._templates() | {"a/page.typ": PAGE}
    monkeypatch.setattr(paper, "_templates", lambda: templates)
    return templates


def test_a_document_is_tagged_and_says_its_title(template: dict[str, bytes]) -> None:
    made = paper.pdf("/a/page.typ", {"title": "A slip"})
    assert made.startswith(b"%PDF-")
    assert re.search(rb"/MarkInfo\s*<<[^>]*/Marked true", made)
    assert b"/StructTreeRoot" in made
    assert b"pdfuaid" in made


def test_the_only_typeface_is_the_one_that_comes_with_the_project(template: dict[str, bytes]) -> None:
    assert set(re.findall(rb"/BaseFont\s*/\w+\+(\w+)", paper.pdf("/a/page.typ", {"title": "A slip"}))) == {b"Arimo"}


@pytest.mark.parametrize("words", ['#panic("x")', "*a* _b_ $c$ <d> @e", '"]}; \\', '= #include "/data.json"'])
def test_nothing_that_somebody_said_is_read_as_an_instruction(words: str, template: dict[str, bytes]) -> None:
    assert paper.pdf("/a/page.typ", {"title": words}).startswith(b"%PDF-")


def test_signs_that_the_typeface_lacks_stop_no_paper(template: dict[str, bytes]) -> None:
    assert paper.pdf("/a/page.typ", {"title": "Well done 😊 ＜ 谢谢"}).startswith(b"%PDF-")


def test_a_picture_without_a_description_is_refused(template: dict[str, bytes]) -> None:
    template["a/page.typ"] = PAGE + b'#image("/a.svg")\n'
    with pytest.raises(typst.TypstError):
        paper.pdf("/a/page.typ", {"title": "A slip"}, files={"a.svg": SQUARE})


def test_it_is_saved_and_not_shown_in_the_page(template: dict[str, bytes]) -> None:
    answer = paper.as_download(b"%PDF-", "slips.pdf")
    assert isinstance(answer, HttpResponse)
    assert answer["Content-Disposition"] == 'attachment; filename="slips.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("invented", [True, False])
def test_every_sheet_of_a_demonstration_says_that_it_is_one(invented: bool, template: dict[str, bytes]) -> None:
    template["a/page.typ"] = PAGE + b"#pagebreak()\nMore\n"
    with override_settings(DEMONSTRATION=invented):
        made = PdfReader(BytesIO(paper.pdf("/a/page.typ", {"title": "A slip"})))
    assert [("Demonstration data" in page.extract_text()) for page in made.pages] == [invented] * 2
    assert made.metadata is not None
    assert ("(demonstration data)" in str(made.metadata.title)) == invented
