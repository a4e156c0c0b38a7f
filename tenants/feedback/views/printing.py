"""For staff: slips printed in bulk, such as for a waiting room."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from kit import clock, kept, paper
from tenants.feedback import actions, queries, slips
from tenants.feedback.forms import PrintForm
from tenants.feedback.views.asking import SchemeRequest, done
from tenants.schemes import queries as boundary
from tenants.schemes.requires import requires
from tenants.schemes.rights import Permission

TOO_LATE = (
    "This paper cannot be saved any more. That works for 15 minutes, in the browser in which the slips were made. "
    "If you have not saved it, cancel those slips and print new ones."
)


@requires(Permission.LOG_POINTS)
def printed_slips(request: SchemeRequest) -> HttpResponse:
    """Make slips, whose codes stand in their paper alone; below, those that were made before."""
    form = PrintForm(kept.posted_or_kept(request), scheme=request.scheme_here)

    def make() -> None:
        mark = uuid4()
        batch = actions.print_slips(mark=mark, by=request.user, **form.wanted)
        # Pressed twice, the slips of the first time are ready.
        if batch:
            slips.keep_printed(request, batch.pk, mark, large=form.is_large)

    if done(form, make):
        return redirect("feedback:printed_slips")
    batches = queries.slip_batches(page=request.GET.get("page", 1))
    sites = {site.pk: site.name for site in boundary.sites(request.scheme_here)}
    return render(request, "feedback/printed_slips.jinja", {
        "form": form, "page": batches, "sites": sites, "ready": slips.printed(request),
    })  # fmt: skip


@requires(Permission.LOG_POINTS)
@require_safe
def printed_slips_paper(request: SchemeRequest) -> HttpResponse:
    """The paper of the slips that were just made, for a quarter of an hour and in this browser alone."""
    ready = slips.printed(request)
    batch = queries.batches_to_cancel().filter(pk=ready.batch_id).first() if ready else None
    if ready is None or batch is None:
        messages.error(request, TOO_LATE)
        return redirect("feedback:printed_slips")
    made = actions.paper_of_slips(batch=batch, mark=ready.mark, scheme=request.scheme_here, large=ready.large)
    return paper.as_download(made, f"slips-{clock.today().isoformat()}.pdf")


@requires(Permission.LOG_POINTS)
def printed_slips_cancel(request: SchemeRequest, batch_id: UUID) -> HttpResponse:
    """Make the unused slips of one batch worthless, such as after a theft."""
    batch = get_object_or_404(queries.batches_to_cancel(), pk=batch_id)
    if request.method == "POST":
        actions.cancel_slips(batch=batch, by=request.user)
        slips.forget_printed(request, batch_id)
        return redirect("feedback:printed_slips")
    return render(request, "feedback/printed_slips_cancel.jinja", {"batch": batch})
