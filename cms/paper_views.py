"""PDFs that were uploaded, and deleting those that no page has: for whoever edits the site."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from cms import paper_actions as actions
from cms import paper_queries as queries
from cms.views import DOWNLOADED
from kit import paper
from kit.errors import Refused
from kit.forms import Form
from kit.kept import posted_or_kept
from people.here import me
from tenants.schemes.requires import requires
from tenants.schemes.rights import Permission


@requires(Permission.EDIT_SITE)
@require_GET
def uploaded(request: HttpRequest) -> HttpResponse:
    """Every PDF that was uploaded, and whether a page has it."""
    return render(request, "cms/uploaded.jinja", {"papers": queries.papers(), "days": actions.DAYS_UNUSED})


@requires(Permission.EDIT_SITE)
@require_GET
def uploaded_file(request: HttpRequest, paper_id: int) -> HttpResponse:
    """The PDF itself, also while no page has it."""
    file = queries.uploaded(paper_id).file
    if not file.storage.exists(str(file.name)):
        messages.error(request, "The file of this PDF is not there.")
        return redirect("uploaded")
    with file.open() as opened:
        response = paper.as_download(opened.read(), "paper.pdf")
    response._csp_replace = DOWNLOADED  # type: ignore[attr-defined]
    return response


@requires(Permission.EDIT_SITE)
def uploaded_delete(request: HttpRequest, paper_id: int) -> HttpResponse:
    """Delete one that no page has, after a last look."""
    one = queries.uploaded(paper_id)
    form = Form(posted_or_kept(request))
    if form.is_valid():
        try:
            actions.delete_paper(paper=one, by=me(request))
            messages.success(request, "Deleted, with its file.")
            return redirect("uploaded")
        except Refused as refused:
            form.refuse(refused)
    return render(request, "cms/uploaded_delete.jinja", {"paper": one, "form": form})
