"""For staff: the paper for the Partnership Board, as a page and as a file."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from kit import clock, paper
from tenants.feedback import board as papers
from tenants.feedback import queries
from tenants.feedback.months import Month
from tenants.feedback.views.asking import SchemeRequest
from tenants.schemes.requires import requires
from tenants.schemes.rights import Permission


@requires(Permission.REPORT_TO_BOARD)
@require_GET
def board(request: SchemeRequest) -> HttpResponse:
    """Choose a month and read what the paper says of it."""
    months = queries.board_months()
    asked = Month.read(request.GET.get("month", ""))
    month = asked if asked in months else _last_over(months)
    return render(request, "feedback/board.jinja", {
        "months": months, "month": month, "paper": papers.board_paper(month),
    })  # fmt: skip


@requires(Permission.REPORT_TO_BOARD)
@require_GET
def board_paper(request: SchemeRequest) -> HttpResponse:
    """The paper of a month as a file, under a name that says nothing to whoever sees it among other files."""
    month = Month.read(request.GET.get("month", "")) or Month.of(clock.today())
    if month not in queries.board_months():
        raise Http404
    made = papers.as_pdf(papers.board_paper(month), scheme=request.scheme_here.name)
    return paper.as_download(made, f"paper-{month.code}.pdf")


def _last_over(months: list[Month]) -> Month:
    """The last month that is over, or this one where none is."""
    return months[1] if len(months) > 1 else months[0]
