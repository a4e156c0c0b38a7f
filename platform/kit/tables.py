"""What the NHS table, summary list and pagination are told, from plain rows of ours."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.core.paginator import Page
from django.http import HttpRequest
from django.utils.translation import gettext as _
from jinja2 import Undefined

from kit.dates import short_day

Params = dict[str, Any]


def _cell(value: Any) -> Params:
    if isinstance(value, Mapping):
        return dict(value)
    if hasattr(value, "__html__"):
        return {"html": value}
    if isinstance(value, date):
        return {"text": short_day(value), "classes": "app-whole"}
    return {"text": "" if value is None or isinstance(value, Undefined) else str(value)}


def table_params(
    caption: str, head: Sequence[Any], rows: Iterable[Sequence[Any]], numeric: Sequence[int] = ()
) -> Params:
    """For the table macro: a caption, headings, rows of words, dates, numbers or links; `numeric` names columns."""
    headings = [_cell(one) | ({"format": "numeric"} if place in numeric else {}) for place, one in enumerate(head)]
    return {
        "caption": {"text": caption, "size": "m"},
        "head": headings,
        "rows": [[_cell(value) for value in row] for row in rows],
        "responsive": True,
        "firstCellIsHeader": True,
    }


def summary_params(rows: Iterable[Mapping[str, Any]]) -> Params:
    """For the summary list: rows with `key`, `value` and, where it can be changed, `href` and `what` is changed."""
    return {"rows": [_summary_row(row) for row in rows]}


def _summary_row(row: Mapping[str, Any]) -> Params:
    shown: Params = {"key": {"text": str(row["key"])}, "value": _cell(row["value"])}
    if row.get("href"):
        what = row.get("what", str(row["key"]).lower())
        link = {"href": row["href"], "text": row.get("text") or _("Change"), "visuallyHiddenText": what}
        shown["actions"] = {"items": [link]}
    return shown


def page_links(page: Page, request: Any) -> Params:
    """For the pagination: the pages before and after, keeping every filter that the address holds."""
    links: Params = {}
    total = page.paginator.num_pages
    if page.has_previous():
        links["previous"] = _link(request, page.previous_page_number(), total)
    if page.has_next():
        links["next"] = _link(request, page.next_page_number(), total)
    return links


def _link(request: Any, number: int, total: int) -> Params:
    query = request.GET.copy() if isinstance(request, HttpRequest) else None
    if query is None:
        address = f"?page={number}"
    else:
        query["page"] = str(number)
        address = f"?{query.urlencode()}"
    return {"href": address, "label": _("%(number)s of %(total)s") % {"number": number, "total": total}}
