"""What a group means to do: its programmes, and what falls due."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from groups.queries import group_where_monitor, is_led_by, led_group
from kit import clock
from kit.kept import posted_or_kept
from peer_monitoring import actions, queries
from peer_monitoring.errors import VisitsRefused
from peer_monitoring.forms import PlaceForm, ProgrammeForm
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
    context = {"group": group, "programme": one, "leads": leads, "form": form, "due": queries.what_is_due(one)}
    return render(request, "peer_monitoring/programme.jinja", context)


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
