"""A chart says what it shows to whoever does not see it, reads without colour, and costs nothing until it is drawn."""

import subprocess
import sys
from collections.abc import Sequence
from xml.etree import ElementTree

import pytest

from kit import charts
from kit.charts import FILLS, FOUR_FILLS, Bar

SVG = "{http://www.w3.org/2000/svg}"
TWO = [Bar("June", 3, "Said"), Bar("June", 2, "Answered"), Bar("July", 0, "Said"), Bar("July", 5, "Answered")]


def drawn(*numbers: Bar, title: str = "More was answered", **how: bool) -> ElementTree.Element:
    return ElementTree.fromstring(charts.bars(title, "June 3, July 5.", numbers or TWO, **how))


def bars_of(chart: ElementTree.Element) -> list[str | None]:
    """The fill of each bar."""
    marks = [group for group in chart.iter(f"{SVG}g") if "mark-rect" in str(group.get("class"))]
    return [one.get("fill") for group in marks for one in group.iter(f"{SVG}path")]


def test_title_and_description_come_first_and_the_rest_is_one_picture() -> None:
    chart = drawn()
    assert [(one.tag, one.text) for one in chart[:2]] == [
        (f"{SVG}title", "More was answered"),
        (f"{SVG}desc", "June 3, July 5."),
    ]
    assert (chart.get("role"), chart.get("aria-label")) == ("img", "More was answered. June 3, July 5.")
    assert not [one for one in chart.iter() if one is not chart and (one.get("role") or one.get("aria-label"))]


def test_it_fits_any_width_and_the_policy_of_our_pages() -> None:
    chart = charts.bars("T", "D", TWO)
    root = ElementTree.fromstring(chart)
    assert root.get("viewBox") and root.get("width") is None and root.get("height") is None
    assert "style=" not in chart and "<script" not in chart and " id=" not in chart and "Arimo, Arial" in chart


@pytest.mark.parametrize("evil", ["<script>alert(1)</script>", '"><b>', "&amp;", "datum.x", "' onload='x"])
def test_words_stay_words(evil: str) -> None:
    chart = drawn(Bar(evil, 5), Bar("Other", 2), title=evil)
    assert chart[0].text == evil
    assert evil in [one.text for one in chart.iter(f"{SVG}text")]
    kinds = {one.tag.removeprefix(SVG) for one in chart.iter()}
    assert kinds <= {"svg", "title", "desc", "rect", "g", "path", "line", "text"}


@pytest.mark.parametrize("upright", [True, False])
@pytest.mark.parametrize("side_by_side", [True, False])
def test_there_is_a_bar_for_each_number_but_nothing(upright: bool, side_by_side: bool) -> None:
    found = bars_of(drawn(upright=upright, side_by_side=side_by_side))
    assert sorted(str(fill) for fill in found) == sorted([FILLS[0], FILLS[1], FILLS[1]])


@pytest.mark.parametrize(("most", "marks"), [(1, "0 1"), (2, "0 1 2"), (7, "0 2 4 6"), (30, "0 10 20 30")])
def test_an_axis_has_whole_numbers_each_once(most: int, marks: str) -> None:
    chart = drawn(Bar("A", most), Bar("B", 1))
    assert [one.text for one in chart.iter(f"{SVG}text") if str(one.text).isdigit()] == marks.split()


def test_four_parts_have_a_fill_each() -> None:
    found = bars_of(drawn(*(Bar("A", number, str(number)) for number in (4, 3, 2, 1))))
    assert sorted(str(fill) for fill in found) == sorted(FOUR_FILLS)


@pytest.mark.parametrize("fills", [FILLS, FOUR_FILLS])
def test_fills_can_be_told_apart_in_black_and_white(fills: Sequence[str]) -> None:
    light = [_lightness(fill) for fill in fills]
    assert light == sorted(light)
    assert all((after + 0.05) / (before + 0.05) > 2 for before, after in zip(light, light[1:], strict=False))
    assert (light[-2] + 0.05) / (_lightness(charts.EDGE) + 0.05) > 3


def test_a_long_name_is_not_cut() -> None:
    name = "Health and medication, and what comes after it"
    assert name in [one.text for one in drawn(Bar(name, 5), Bar("Rights", 2)).iter(f"{SVG}text")]


def test_the_engine_is_brought_in_by_the_first_chart_alone() -> None:
    """105 MB that a process without charts does not hold."""
    code = "import sys; from kit import charts; print({'altair', 'vl_convert'} & set(sys.modules))"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "set()"


def test_the_same_figures_are_drawn_once() -> None:
    before = charts._drawn.cache_info().hits
    assert charts.bars("Once", "D", TWO) is charts.bars("Once", "D", list(TWO))
    assert charts._drawn.cache_info().hits == before + 1


def _lightness(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
