"""What a group means to do: its programmes, and what falls due."""

from collections.abc import Sequence
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from groups.actions import record_reading
from groups.models import Group
from groups.queries import group_where_monitor, is_led_by, led_group
from kit import clock
from kit.kept import posted_or_kept
from peer_monitoring import actions, queries
from peer_monitoring.errors import VisitsRefused
from peer_monitoring.forms import PlaceForm, ProgrammeForm
from peer_monitoring.letting_in import not_let_in_today
from peer_monitoring.queries import Due
from peer_monitoring.rules import Candidate, why_no_visit
from people.here import me
from tenants.schemes.requires import requires
from tenants.schemes.rights import Permission


@requires(Permission.LOG_VISITS)
@require_GET
def programmes(request: HttpRequest, slug: str) -> HttpResponse:
    """Every programme of a group."""
    group = group_where_monitor(me(request).pk, slug)
    context = {
        "group": group,
        "leads": is_led_by(group, me(request).pk),
        "programmes": queries.programmes_of(group),
    }
    return render(request, "peer_monitoring/programmes.jinja", context)


@requires(Permission.PLAN_VISITS)
def programme_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin a programme with no place in it yet."""
    group = led_group(me(request).pk, slug)
    form = ProgrammeForm(posted_or_kept(request), group=group)
    if form.is_valid():
        made = actions.begin_programme(group=group, by=me(request).pk, **form.cleaned_data)
        return redirect("programme", slug, made.pk)
    return render(request, "peer_monitoring/programme_new.jinja", {"group": group, "form": form})


@requires(Permission.LOG_VISITS)
def programme(request: HttpRequest, slug: str, programme_id: UUID) -> HttpResponse:
    """Its places and when each falls due; a lead adds a place."""
    group = group_where_monitor(me(request).pk, slug)
    one = queries.programme_of(group, programme_id)
    leads = is_led_by(group, me(request).pk)
    form = PlaceForm(posted_or_kept(request) if leads else None, sites=queries.places_open(group, clock.today()))
    if form.is_valid():
        try:
            actions.add_place(
                programme=one, site=form.chosen_site(), months=form.cleaned_data["months"], by=me(request).pk
            )
            return redirect("programme", slug, programme_id)
        except VisitsRefused as refused:
            form.refuse(refused)
    due = queries.what_is_due(one)
    agreed = queries.places_agreed(group) if leads and not one.ended_on else []
    context = {
        "group": group,
        "programme": one,
        "leads": leads,
        "form": form,
        "due": due,
        "shut": sorted({why_no_visit(site.scheme) for site in agreed if not site.scheme.is_open}),
        "not_let_in": not_let_in_today(group, [one.place.site for one in due]) if leads and not one.ended_on else {},
        "cannot_go": _who_cannot_go(group, due, by=me(request).pk) if leads and due and not one.ended_on else {},
    }
    return render(request, "peer_monitoring/programme.jinja", context)


def _who_cannot_go(group: Group, due: Sequence[Due], *, by: UUID) -> dict[UUID, list[Candidate]]:
    """Of each place those whom something keeps from it today; that their lead read it is written down."""
    found = queries.who_cannot_go(group, [one.place.site for one in due], clock.today())
    read = {person.person_id for people in found.values() for person in people}
    record_reading(group=group, people=sorted(read), by=by)
    return found


@requires(Permission.PLAN_VISITS)
@require_POST
def programme_place_remove(request: HttpRequest, slug: str, programme_id: UUID, place_id: UUID) -> HttpResponse:
    """Go to a place no more."""
    one = queries.programme_of(led_group(me(request).pk, slug), programme_id)
    actions.remove_place(place=queries.place_of(one, place_id), by=me(request).pk)
    return redirect("programme", slug, programme_id)


@requires(Permission.PLAN_VISITS)
@require_POST
def programme_end(request: HttpRequest, slug: str, programme_id: UUID) -> HttpResponse:
    """Nothing more falls due of a programme."""
    actions.end_programme(
        programme=queries.programme_of(led_group(me(request).pk, slug), programme_id), by=me(request).pk
    )
    return redirect("programmes", slug)
