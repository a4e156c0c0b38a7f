"""For staff: slips printed in bulk, such as for a waiting room."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from kit import clock, kept, paper
from tenants.feedback import actions, queries
from tenants.feedback.forms import PrintForm
from tenants.feedback.views.asking import SchemeRequest, done
from tenants.schemes import queries as boundary
from tenants.schemes.requires import requires
from tenants.schemes.rights import Permission


@requires(Permission.LOG_POINTS)
def printed_slips(request: SchemeRequest) -> HttpResponse:
    """Print slips, whose codes stand in that file alone; below, those that were printed before."""
    form = PrintForm(kept.posted_or_kept(request), scheme=request.scheme_here)
    made: list[bytes] = []
    if done(form, lambda: made.append(actions.print_slips(scheme=request.scheme_here, by=request.user, **form.wanted))):
        return paper.as_download(made[0], f"slips-{clock.today().isoformat()}.pdf")
    batches = queries.slip_batches(page=request.GET.get("page", 1))
    sites = {site.pk: site.name for site in boundary.sites(request.scheme_here)}
    return render(request, "feedback/printed_slips.jinja", {"form": form, "page": batches, "sites": sites})


@requires(Permission.LOG_POINTS)
def printed_slips_cancel(request: SchemeRequest, batch_id: UUID) -> HttpResponse:
    """Make the unused slips of one batch worthless, such as after a theft."""
    batch = get_object_or_404(queries.batches_to_cancel(), pk=batch_id)
    if request.method == "POST":
        actions.cancel_slips(batch=batch, by=request.user)
        return redirect("feedback:printed_slips")
    return render(request, "feedback/printed_slips_cancel.jinja", {"batch": batch})
