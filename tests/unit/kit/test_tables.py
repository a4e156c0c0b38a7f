"""Tables, summary lists and pages of a list, from plain rows."""

from datetime import date

from bs4 import BeautifulSoup
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory
from django.utils.safestring import mark_safe


def draw(call: str, **words: object) -> BeautifulSoup:
    source = '{% from "kit/macros.jinja" import empty, pagination, summary_list, table %}{{ ' + call + " }}"
    return BeautifulSoup(engines["jinja2"].from_string(source).render(words), "html.parser")


def cells(page: BeautifulSoup) -> list[str]:
    for label in page.select("[aria-hidden=true]"):
        label.decompose()
    return [one.get_text(strip=True) for one in page.select("tbody th, tbody td")]


def test_a_table_shows_words_numbers_dates_and_nothing() -> None:
    page = draw("table('Points', ['Said', 'Day', 'People'], rows)", rows=[["<b>x</b>", date(2027, 3, 3), 0]])
    assert cells(page) == ["<b>x</b>", "3 March 2027", "0"]
    assert cells(draw("table('Points', ['Said', 'Day'], rows)", rows=[[mark_safe("<b>y</b>"), None]])) == ["y", ""]


def test_a_table_without_rows_says_what_that_means() -> None:
    page = draw("table('Points', ['Said'], [], nothing='No points wait.')")
    assert not page.table
    assert "No points wait." in page.get_text()


def test_a_summary_says_what_its_link_changes() -> None:
    rows = [{"key": "Name", "value": "Ada", "href": "/name/", "what": "your name"}, {"key": "Age", "value": 40}]
    page = draw("summary_list(rows)", rows=rows)
    assert " ".join(page.select("a")[0].get_text().split()) == "Change your name"
    assert "40" in page.get_text()


def test_the_next_page_keeps_the_filters() -> None:
    request = RequestFactory().get("/points/?show=waiting&page=2")
    page = draw("pagination(page, request)", page=Paginator(range(50), 10).page(2), request=request)
    assert [link["href"] for link in page.select("a")] == ["?show=waiting&page=1", "?show=waiting&page=3"]


def test_one_page_has_no_ways_on() -> None:
    assert not draw("pagination(page)", page=Paginator(range(5), 10).page(1)).select("a")


def test_an_empty_list_offers_what_to_do() -> None:
    page = draw("empty('Nobody has said anything yet.', 'Write down what somebody said', '/log/')")
    assert page.select_one("a[href='/log/']")
