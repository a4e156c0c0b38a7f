"""A scheme's sites, every scheme for national staff, and what operators look after."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from kit import outbox
from kit.errors import Refused
from kit.kept import posted_or_kept
from kit.models import DutyFailure, OutboxMessage
from tenants.schemes import actions, operating, queries
from tenants.schemes.forms import CloseSiteForm, GiveUpForm, SiteForm
from tenants.schemes.here import scheme_here
from tenants.schemes.requires import requires
from tenants.schemes.rights import Permission


@requires(Permission.MANAGE_SITES)
@require_GET
def sites(request: HttpRequest) -> HttpResponse:
    """Where the scheme meets people."""
    return render(request, "schemes/sites.jinja", {"sites": queries.sites(scheme_here(request))})


@requires(Permission.MANAGE_SITES)
def site_add(request: HttpRequest) -> HttpResponse:
    """Another site."""
    form = SiteForm(posted_or_kept(request))
    if form.is_valid():
        try:
            actions.add_site(scheme=scheme_here(request), by=request.user.pk, **form.cleaned_data)
            return redirect("sites")
        except Refused as refused:
            form.refuse(refused, "name")
    return render(request, "schemes/site_add.jinja", {"form": form})


@requires(Permission.MANAGE_SITES)
def site_close(request: HttpRequest, site_id: UUID) -> HttpResponse:
    """A site where nobody is met any more."""
    site = queries.open_site(scheme_here(request), site_id)
    form = CloseSiteForm(posted_or_kept(request))
    if form.is_valid():
        actions.close_site(site=site, by=request.user.pk, on=form.cleaned_data["on"])
        return redirect("sites")
    return render(request, "schemes/site_close.jinja", {"site": site, "form": form})


@requires(Permission.SEE_ALL_SCHEMES)
@require_GET
def schemes(request: HttpRequest) -> HttpResponse:
    """Every scheme, in the order of the alphabet and in no other."""
    return render(request, "schemes/schemes.jinja", {"schemes": queries.all_schemes()})


@requires(Permission.OPERATE)
@require_GET
def operate(request: HttpRequest) -> HttpResponse:
    """Whether everything runs: schemes, what waits in the outbox, what failed."""
    context = {
        "schemes": queries.all_schemes(),
        "waiting": outbox.waiting_count(),
        "held_up": outbox.held_up()[:20],
        "dead_letters": outbox.dead_letters(),
        "to_do": operating.to_do(),
        "failures": DutyFailure.objects.all(),
    }
    return render(request, "schemes/operate.jinja", context)


@requires(Permission.OPERATE)
@require_POST
def letter_retry(request: HttpRequest, message_id: UUID) -> HttpResponse:
    """Try a dead letter again."""
    letter = get_object_or_404(outbox.dead_letters(), pk=message_id)
    actions.retry_letter(letter=letter, by=request.user.pk)
    return redirect("operate")


@requires(Permission.OPERATE)
def letter_give_up(request: HttpRequest, message_id: UUID) -> HttpResponse:
    """Lay a dead letter aside for good, with the reason."""
    letter: OutboxMessage = get_object_or_404(outbox.dead_letters(), pk=message_id)
    form = GiveUpForm(posted_or_kept(request))
    if form.is_valid():
        actions.give_letter_up(letter=letter, by=request.user.pk, reason=form.cleaned_data["reason"])
        return redirect("operate")
    return render(request, "schemes/letter_give_up.jinja", {"letter": letter, "form": form})
