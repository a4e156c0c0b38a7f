"""My visits, in all my groups, and what I need on the day of one."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from groups.queries import seats_held
from groups.seats import Seat
from kit.kept import posted_or_kept
from peer_monitoring import actions, queries
from peer_monitoring.forms import NeedsForm
from people.here import me
from tenants.schemes.requires import requires
from tenants.schemes.rights import Permission


@requires(Permission.LOG_VISITS)
@require_GET
def my_visits(request: HttpRequest) -> HttpResponse:
    """Every visit that I go on, the next one first."""
    person_id = me(request).pk
    leads = any(held == Seat.LEAD for held, _ in seats_held(person_id))
    going = list(queries.my_visits(person_id))
    unfinished = {visit for visit, why in queries.reasons_on(going, by=person_id).items() if any(why)}
    context = {"visits": going, "leads": leads, "unfinished": unfinished}
    return render(request, "peer_monitoring/my_visits.jinja", context)


@requires(Permission.LOG_VISITS)
def visit_needs(request: HttpRequest, slug: str, visit_id: UUID) -> HttpResponse:
    """What I need on the day of a visit."""
    one = queries.my_visit(me(request).pk, visit_id)
    seat = queries.my_seat(one, me(request).pk)
    if seat is None or one.group.slug != slug:
        raise Http404
    form = NeedsForm(posted_or_kept(request), initial={"needs": seat.needs})
    if form.is_valid():
        actions.write_needs(seat=seat, **form.cleaned_data)
        return redirect("visit", slug, visit_id)
    return render(request, "peer_monitoring/visit_needs.jinja", {"visit": one, "form": form})


@requires(Permission.SIGNED_IN)
@require_GET
def my_phones(request: HttpRequest) -> HttpResponse:
    """Which phones may deliver for me; also for who has left their group with a phone that was ready."""
    return render(request, "peer_monitoring/my_phones.jinja", {"phones": queries.phones_of(me(request).pk)})


@requires(Permission.SIGNED_IN)
@require_POST
def phone_shut_out(request: HttpRequest, phone_id: UUID) -> HttpResponse:
    """Nothing is taken from this phone any more."""
    actions.shut_out(phone=queries.my_phone(me(request).pk, phone_id), by=me(request).pk)
    return redirect("my_phones")
