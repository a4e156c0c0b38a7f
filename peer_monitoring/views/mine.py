"""My visits, in all my groups, and what I need on the day of one."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from groups.queries import seats_held
from groups.seats import Seat
from kit.kept import posted_or_kept
from peer_monitoring import actions, queries, this_phone
from peer_monitoring.actions.team_news import News
from peer_monitoring.forms import NeedsForm
from people.here import me
from people.queries import kinds_waiting
from tenants.schemes.requires import requires
from tenants.schemes.rights import Permission

# What somebody has not looked at, in the list of their visits; what is new says more than what has changed.
NEWS = {News.CHANGED: "Changed", News.YOURS: "New"}


@requires(Permission.LOG_VISITS)
@require_GET
def my_visits(request: HttpRequest) -> HttpResponse:
    """Every visit that I go on, the next one first."""
    person_id = me(request).pk
    leads = any(held == Seat.LEAD for held, _ in seats_held(person_id))
    going = list(queries.my_visits(person_id))
    unfinished = {visit for visit, why in queries.reasons_on(going, by=person_id).items() if any(why)}
    context = {
        "visits": going,
        "leads": leads,
        "unfinished": unfinished,
        "alike": queries.alike(going),
        "news": kinds_waiting(person_id, kinds=list(NEWS)),
        "news_words": NEWS,
    }
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
        messages.success(request, "What you need on that day is saved.")
        return redirect("visit", slug, visit_id)
    return render(request, "peer_monitoring/visit_needs.jinja", {"visit": one, "form": form})


@requires(Permission.SIGNED_IN)
@require_GET
def my_phones(request: HttpRequest) -> HttpResponse:
    """Which phones may deliver for me; also for who has left their group with a phone that was ready."""
    phones = list(queries.phones_of(me(request).pk))
    ready = [one for one in phones if one.may_deliver]
    context = {
        "ready": ready,
        "shut_out": [one for one in phones if not one.may_deliver],
        "alike": len({one.name for one in ready}) < len(ready),
        "this_phone": this_phone.known(request),
    }
    return render(request, "peer_monitoring/my_phones.jinja", context)


@requires(Permission.SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def phone_shut_out(request: HttpRequest, phone_id: UUID) -> HttpResponse:
    """Nothing is taken from a phone any more: the page says what that means, and asks."""
    phone = queries.my_phone(me(request).pk, phone_id)
    if request.method == "POST":
        actions.shut_out(phone=phone, by=me(request).pk)
        return redirect("my_phones")
    context = {"phone": phone, "this_phone": this_phone.known(request)}
    return render(request, "peer_monitoring/phone_shut_out.jinja", context)
