"""For staff: the register as a file."""

from typing import IO

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from kit import clock, exports, kept
from tenants.feedback import actions
from tenants.feedback.forms import ExportForm
from tenants.feedback.rules import FileKind
from tenants.feedback.views.asking import SchemeRequest, done
from tenants.feedback.views.choosing import Asked
from tenants.schemes.requires import requires
from tenants.schemes.rights import Permission

TYPES = {FileKind.CSV: "text/csv; charset=utf-8", FileKind.ODS: exports.ODS}


@requires(Permission.EXPORT_POINTS)
def register_export(request: SchemeRequest) -> HttpResponseBase:
    """Save the points that the filter shows, once it is said on which basis."""
    asked = Asked.of(request)
    form = ExportForm(kept.posted_or_kept(request))
    files: list[IO[bytes]] = []

    def save() -> None:
        files.append(
            actions.export_register(
                scheme=request.scheme_here, chosen=asked.chosen, by=request.user, **form.cleaned_data
            )
        )

    if done(form, save):
        kind = form.cleaned_data["kind"]
        # A name that says nothing to whoever sees it among other files.
        name = f"list-{clock.today().isoformat()}.{kind}"
        return FileResponse(files[0], as_attachment=True, filename=name, content_type=TYPES[kind])
    return _page(request, asked, form)


def _page(request: SchemeRequest, asked: Asked, form: ExportForm) -> HttpResponse:
    return render(request, "feedback/register_export.jinja", {
        "form": form, "many": asked.chosen.points().count(), "tab": asked.chosen.tab, "query": request.GET.urlencode(),
    })  # fmt: skip
