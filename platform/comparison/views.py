"""For national staff: the schemes side by side, as a table and as a file."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from comparison import queries, recounting, words
from comparison.files import FileKind, table_file
from comparison.measures import Period, Share
from kit import clock
from tenants.schemes.requires import requires
from tenants.schemes.rights import Permission


@requires(Permission.COMPARE_SCHEMES)
@require_GET
def comparison(request: HttpRequest) -> HttpResponse:
    """Points decided within 20 working days, scheme by scheme in the order of the alphabet."""
    period = _period(request) or Period.YEAR
    rows = queries.rows(period)
    return render(request, "comparison/comparison.jinja", {
        "period": period, "periods": Period, "first": period.first(clock.today()), "kinds": FileKind,
        "as_of": clock.now(), "on_their_way": recounting.on_their_way(),
        "agreed": words.agreed(queries.agreement()),
        "summary": words.summary(Share.sum(row.share for row in rows)), "chart": words.chart(rows),
        "head": words.HEAD, "cells": words.cells(rows),
    })  # fmt: skip


@requires(Permission.COMPARE_SCHEMES)
@require_GET
def comparison_file(request: HttpRequest) -> HttpResponse:
    """The same table as a file."""
    period, kind = _period(request), request.GET.get("kind", FileKind.CSV)
    if period is None or kind not in FileKind:
        raise Http404
    file = table_file(queries.rows(period), period, FileKind(kind))
    name = f"points-decided-{period}-{clock.today().isoformat()}.{kind}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(file, content_type=FileKind(kind).content_type, headers=headers)


def _period(request: HttpRequest) -> Period | None:
    asked = request.GET.get("months", Period.YEAR)
    return Period(asked) if asked in Period else None
