"""Who is ready to visit: for oneself, and for the lead. No other member finds it."""

from functools import partial
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from groups import actions, queries
from groups.forms import ConflictForm, LivedExperienceForm, TrainingForm, VettingForm
from groups.models import ConflictOfInterest
from groups.seats import Seat
from groups.views.acting import done
from kit.kept import posted_or_kept
from people.here import me
from tenants.schemes.requires import requires
from tenants.schemes.rights import Permission


@requires(Permission.SEE_MY_GROUPS)
@require_GET
def group_readiness(request: HttpRequest, slug: str) -> HttpResponse:
    """The lead sees everybody; whoever does not lead comes to their own page."""
    mine = queries.user_led_group(me(request).pk, slug)
    seat = queries.seat(me(request).pk, mine)
    if seat is None or seat.seat != Seat.LEAD:
        return redirect("group_member_readiness", slug, seat.pk if seat else "")
    members = queries.overviews(mine)
    actions.record_reading(group=mine, people=[one.member.membership.person_id for one in members], by=me(request).pk)
    return render(request, "groups/group_readiness.jinja", {"group": mine, "members": members, "own": seat})


@requires(Permission.SEE_MY_GROUPS)
@require_GET
def group_member_readiness(request: HttpRequest, slug: str, membership_id: UUID) -> HttpResponse:
    """What is kept of one member."""
    whose = queries.whose_readiness(me(request).pk, slug, membership_id)
    seat = whose.member.membership
    actions.record_reading(group=whose.group, people=[seat.person_id], by=me(request).pk)
    declared = queries.conflicts(seat)
    context = {
        "whose": whose,
        "trainings": queries.trainings(seat),
        "conflicts": declared,
        "changeable": {one.conflict.pk for one in declared if actions.may_change(one.conflict, me(request).pk)},
        "lived_experience": queries.said_lived_experience(seat),
        "places": queries.at_places(whose.group, seat),
    }
    return render(request, "groups/group_member_readiness.jinja", context)


@requires(Permission.SEE_MY_GROUPS)
@require_http_methods(["GET", "HEAD", "POST"])
def group_training_add(request: HttpRequest, slug: str, membership_id: UUID) -> HttpResponse:
    """Write down a training of one's own."""
    whose = queries.own_readiness(me(request).pk, slug, membership_id)
    form = TrainingForm(posted_or_kept(request))
    if form.is_valid():
        actions.add_training(membership=whose.member.membership, by=me(request).pk, **form.cleaned_data)
        return redirect("group_member_readiness", slug, membership_id)
    return render(request, "groups/group_training_add.jinja", {"whose": whose, "form": form})


@requires(Permission.SEE_MY_GROUPS)
@require_http_methods(["GET", "HEAD", "POST"])
def group_training(request: HttpRequest, slug: str, membership_id: UUID, training_id: UUID) -> HttpResponse:
    """Put one's own training right."""
    whose = queries.own_readiness(me(request).pk, slug, membership_id)
    training = queries.training(whose.member.membership, training_id)
    now = {name: getattr(training, name) for name in TrainingForm.base_fields}
    form = TrainingForm(posted_or_kept(request), initial=now)
    if form.is_valid():
        actions.change_training(training=training, by=me(request).pk, **form.cleaned_data)
        return redirect("group_member_readiness", slug, membership_id)
    return render(request, "groups/group_training.jinja", {"whose": whose, "training": training, "form": form})


@requires(Permission.SEE_MY_GROUPS)
@require_POST
def group_training_remove(request: HttpRequest, slug: str, membership_id: UUID, training_id: UUID) -> HttpResponse:
    """Take one's own training off the list."""
    whose = queries.own_readiness(me(request).pk, slug, membership_id)
    actions.remove_training(training=queries.training(whose.member.membership, training_id), by=me(request).pk)
    return redirect("group_member_readiness", slug, membership_id)


@requires(Permission.SEE_MY_GROUPS)
@require_http_methods(["GET", "HEAD", "POST"])
def group_conflict_add(request: HttpRequest, slug: str, membership_id: UUID) -> HttpResponse:
    """Say where one works or worked; the lead can say it of others."""
    whose = queries.whose_readiness(me(request).pk, slug, membership_id)
    form = ConflictForm(posted_or_kept(request), places=queries.places_to_visit(whose.group))
    if form.is_valid():
        actions.declare_conflict(membership=whose.member.membership, by=me(request).pk, **form.declared)
        return redirect("group_member_readiness", slug, membership_id)
    return render(request, "groups/group_conflict_add.jinja", {"whose": whose, "form": form})


@requires(Permission.SEE_MY_GROUPS)
@require_http_methods(["GET", "HEAD", "POST"])
def group_conflict(request: HttpRequest, slug: str, membership_id: UUID, conflict_id: UUID) -> HttpResponse:
    """Put right what one declared."""
    whose, conflict = _own_declaration(request, slug, membership_id, conflict_id)
    form = ConflictForm(posted_or_kept(request), places=queries.places_to_visit(whose.group), now=conflict)
    if form.is_valid():
        actions.change_conflict(conflict=conflict, by=me(request).pk, **form.declared)
        return redirect("group_member_readiness", slug, membership_id)
    return render(request, "groups/group_conflict.jinja", {"whose": whose, "conflict": conflict, "form": form})


@requires(Permission.SEE_MY_GROUPS)
@require_POST
def group_conflict_remove(request: HttpRequest, slug: str, membership_id: UUID, conflict_id: UUID) -> HttpResponse:
    """Take off the list what one declared."""
    _, conflict = _own_declaration(request, slug, membership_id, conflict_id)
    actions.remove_conflict(conflict=conflict, by=me(request).pk)
    return redirect("group_member_readiness", slug, membership_id)


@requires(Permission.SEE_MY_GROUPS)
@require_http_methods(["GET", "HEAD", "POST"])
def group_lived_experience(request: HttpRequest, slug: str, membership_id: UUID) -> HttpResponse:
    """Say for oneself, and for nobody else, whether one has lived it."""
    whose = queries.own_readiness(me(request).pk, slug, membership_id)
    form = LivedExperienceForm(posted_or_kept(request))
    if form.is_valid():
        actions.say_lived_experience(membership=whose.member.membership, has=form.has, by=me(request).pk)
        return redirect("group_member_readiness", slug, membership_id)
    return render(request, "groups/group_lived_experience.jinja", {"whose": whose, "form": form})


@requires(Permission.SEE_MY_GROUPS)
@require_http_methods(["GET", "HEAD", "POST"])
def group_vetting(request: HttpRequest, slug: str, membership_id: UUID, site_id: UUID) -> HttpResponse:
    """The lead writes down where a member stands with a place."""
    led = queries.led_group(me(request).pk, slug)
    seat, place = queries.member(led, membership_id), queries.place_to_visit(led, site_id)
    now = queries.vetting(seat.membership, place.site)
    initial = {"status": now.status, "stands_until": now.stands_until} if now else {}
    form = VettingForm(posted_or_kept(request), initial=initial)
    if done(form, partial(actions.set_vetting, membership=seat.membership, site=place.site, by=me(request).pk)):
        return redirect("group_member_readiness", slug, membership_id)
    return render(request, "groups/group_vetting.jinja", {"group": led, "member": seat, "place": place, "form": form})


def _own_declaration(
    request: HttpRequest, slug: str, membership_id: UUID, conflict_id: UUID
) -> tuple[queries.Whose, ConflictOfInterest]:
    whose = queries.whose_readiness(me(request).pk, slug, membership_id)
    conflict = queries.conflict(whose.member.membership, conflict_id)
    if not actions.may_change(conflict, me(request).pk):
        raise Http404
    return whose, conflict
