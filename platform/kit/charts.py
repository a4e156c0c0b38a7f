"""Charts drawn on the server, as SVG that reads in black and white, with a title and a description (ADR 0051).

Altair and its engine are brought in by the first chart that is drawn, and by nothing before: they take some 100 MB.
A chart is drawn once for the same figures, and then kept in this process.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from html import escape
from typing import Any

from django.conf import settings

# NHS dark blue, light blue and white, each with a dark edge: they differ in lightness as much as in colour.
FILLS = ("#003087", "#41B6E6", "#FFFFFF")
# With a fourth part there is bright blue between the dark and the light one.
FOUR_FILLS = ("#003087", "#0072CE", "#41B6E6", "#FFFFFF")
EDGE, INK, GRID = "#003087", "#212B32", "#D8DDE0"
TYPEFACE = "Arimo, Arial, sans-serif"
# As wide as a phone shows it without making its letters small.
WIDE, HIGH, LETTERS = 380, 200, 14
# A lying bar has its name above it: beside it a long name would be cut, or leave no room for the bar.
STEP, ABOVE, BETWEEN, AROUND = 46, -21, 0.5, 0.45
KEPT = 256


@dataclass(frozen=True, slots=True)
class Bar:
    """One number: of what (a theme, a month), and which part of it, where there are several."""

    of: str
    number: int
    part: str = ""


def bars(
    title: str, description: str, numbers: Iterable[Bar], *, upright: bool = False, side_by_side: bool = False
) -> str:
    """Bars in the order given, lying unless `upright`; parts of one bar lie end to end unless `side_by_side`.

    At most four parts. `title` is the finding in words, and neither it nor `description` is seen: they are for whoever
    does not see the chart, and the page shows its own title beside the table.
    """
    return _drawn(title, description, tuple(numbers), upright, side_by_side)


@lru_cache(maxsize=KEPT)
def _drawn(title: str, description: str, numbers: tuple[Bar, ...], upright: bool, side_by_side: bool) -> str:
    svg: str = _engine().vegalite_to_svg(_spec(numbers, upright, side_by_side))
    return _named(svg, title, description)


@cache
def _engine() -> Any:
    """What makes SVG of a specification, with the typeface of our paper at hand to measure words by."""
    import vl_convert

    vl_convert.register_font_directory(str(settings.TYPEFACES))
    return vl_convert


def _spec(numbers: tuple[Bar, ...], upright: bool, side_by_side: bool) -> dict[str, Any]:
    import altair

    names, parts = _in_order(one.of for one in numbers), _in_order(one.part for one in numbers)
    above: dict[str, Any] = {
        "labelAlign": "left",
        "labelPadding": 0,
        "labelOffset": ABOVE,
        "zindex": 1,
        "domain": False,
    }
    name_axis = altair.Axis(title=None, labelLimit=WIDE, labelAngle=0, ticks=False, **({} if upright else above))
    count_axis = altair.Axis(title=None, values=_steps(numbers, side_by_side), format="d", domain=False, ticks=False)
    bands = altair.Scale(domain=names, paddingInner=BETWEEN, paddingOuter=BETWEEN / 2 if upright else AROUND)
    of: dict[str, Any] = {"axis": name_axis, "scale": bands, "sort": names}
    many: dict[str, Any] = {"axis": count_axis, "stack": None if side_by_side else "zero"}
    encoded: dict[str, Any] = {
        "x": altair.X("of:N", **of) if upright else altair.X("number:Q", **many),
        "y": altair.Y("number:Q", **many) if upright else altair.Y("of:N", **of),
        "color": _colours(parts),
        "order": altair.Order("place:Q"),
    }
    if side_by_side:
        offset = altair.XOffset if upright else altair.YOffset
        encoded["xOffset" if upright else "yOffset"] = offset("part:N", scale=altair.Scale(domain=parts))
    # A bar of nothing would still have an edge, and look like something.
    values = [
        {"of": one.of, "part": one.part, "number": one.number, "place": parts.index(one.part)}
        for one in numbers
        if one.number
    ]
    drawn = altair.Chart(altair.Data(values=values)).mark_bar(stroke=EDGE, strokeWidth=1.5).encode(**encoded)
    fit = altair.AutoSizeParams(type="fit-x", contains="padding")
    drawn = drawn.properties(autosize=fit, width=WIDE, height=HIGH if upright else altair.Step(STEP))
    return dict(_dressed(drawn).to_dict())


def _steps(numbers: tuple[Bar, ...], side_by_side: bool) -> list[int]:
    """Whole numbers for the axis, at most six of them: half a thing is nothing."""
    long: Counter[object] = Counter()
    for one in numbers:
        long[(one.of, one.part) if side_by_side else one.of] += one.number
    most = max(long.values(), default=0)
    step = next(size for power in range(12) for size in (10**power, 2 * 10**power, 5 * 10**power) if size * 5 >= most)
    return list(range(0, most + 1, step))


def _colours(parts: list[str]) -> Any:
    import altair

    scale = altair.Scale(domain=parts, range=list((FILLS if len(parts) <= len(FILLS) else FOUR_FILLS)[: len(parts)]))
    legend = altair.Legend(title=None, orient="top", direction="vertical", symbolType="square", symbolStrokeColor=EDGE)
    return altair.Color("part:N", scale=scale, legend=legend if len(parts) > 1 else None)


def _dressed(chart: Any) -> Any:
    words = {"labelFont": TYPEFACE, "labelFontSize": LETTERS, "labelColor": INK}
    return (
        chart.configure(font=TYPEFACE, background="white", padding=4)
        .configure_axis(**words, gridColor=GRID, domainColor=INK)
        .configure_legend(**words, labelLimit=WIDE, symbolSize=160, symbolStrokeWidth=1.5)
        .configure_view(stroke=None)
    )


def _in_order(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))


def _named(svg: str, title: str, description: str) -> str:
    """The picture with its title and description first, and nothing inside it for software that reads aloud."""
    svg = re.sub(r' (?:role|aria-[a-z]+)="[^"]*"', "", svg)
    opening, rest = svg.split(">", 1)
    # As wide as there is room for: the view box alone says how high it then is.
    opening = re.sub(r' (?:width|height)="[^"]*"', "", opening)
    words = f"<title>{escape(title)}</title><desc>{escape(description)}</desc>"
    return f'{opening} role="img" aria-label="{escape(title)}. {escape(description)}">{words}{rest}'
