"""A group's visits: all of them, a new one, one of them, its team, and how it is settled."""

from collections.abc import Collection, Sequence
from random import SystemRandom
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from groups.actions import record_reading
from groups.models import Group
from groups.queries import group_where_monitor, is_led_by, led_group
from kit import clock
from kit.kept import posted_or_kept
from peer_monitoring import actions, queries
from peer_monitoring.actions.planning import BEGUN
from peer_monitoring.errors import SchemeShut, ToldAlready, VisitsRefused
from peer_monitoring.forms import CancelForm, RingForm, TeamForm, TroubleForm, VisitForm
from peer_monitoring.letting_in import said_to_who_goes, why_not_let_in
from peer_monitoring.models import Visit
from peer_monitoring.reaching import on_the_day
from peer_monitoring.rules import Candidate, drawn_pair, team_problems, why_no_team
from people.here import me
from tenants.schemes.requires import requires
from tenants.schemes.rights import Permission


@requires(Permission.LOG_VISITS)
@require_GET
def visits(request: HttpRequest, slug: str) -> HttpResponse:
    """What is to come, and what was."""
    group = group_where_monitor(me(request).pk, slug)
    going_on, over, today = list(queries.coming(group)), list(queries.over(group)[:50]), clock.today()
    leads = is_led_by(group, me(request).pk)
    took_place = [one for one in (*going_on, *over) if leads and not one.cancelled_at]
    reasons = queries.reasons_on(took_place)
    context = {
        "group": group,
        "leads": leads,
        "coming": [one for one in going_on if one.day >= today],
        "passed": [one for one in going_on if one.day < today],
        "over": over,
        "alike": queries.alike((*going_on, *over)),
        "unfinished": {visit for visit, why in reasons.items() if any(why)},
        "said_off": {visit for visit, why in reasons.items() if queries.is_said_off(why)},
    }
    return render(request, "peer_monitoring/visits.jinja", context)


@requires(Permission.PLAN_VISITS)
def visit_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Plan a visit."""
    group = led_group(me(request).pk, slug)
    form = VisitForm(posted_or_kept(request), group=group, sites=queries.places_agreed(group))
    if form.is_valid():
        try:
            made = actions.plan(group=group, what=form.plan(), programme=None, by=me(request).pk)
            messages.success(request, "The visit is planned. Now choose who goes.")
            return redirect("visit", slug, made.pk)
        except VisitsRefused as refused:
            form.refuse(refused, field_of(refused))
    return render(request, "peer_monitoring/visit_new.jinja", {"group": group, "form": form})


def field_of(refused: VisitsRefused) -> str:
    """The field of a plan that something refused is about."""
    if isinstance(refused, ToldAlready):
        return "told"
    return "site" if isinstance(refused, SchemeShut) else "day"


@requires(Permission.LOG_VISITS)
@require_GET
def visit(request: HttpRequest, slug: str, visit_id: UUID) -> HttpResponse:
    """Where, when, who, and what is still to be settled."""
    group = group_where_monitor(me(request).pk, slug)
    one = queries.visit_of(group, visit_id)
    who, leads = me(request).pk, is_led_by(group, me(request).pk)
    team, mine, concerns = queries.seats_on(one), queries.my_seat(one, who), queries.concerns_on(one, who)
    has_draft = mine is not None and queries.my_draft(one, who) is not None
    actions.read_news(visit=one, by=who)
    actions.read_of_concerns(concerns=[raised.concern for raised in concerns], by=who)
    is_to_go = one.can_change and (leads or mine is not None)
    able = queries.candidates(group, one.site, one.day) if is_to_go else []
    if leads and (one.can_change or any(held.seat.needs for held in team)):
        read = {held.seat.person_id for held in team} | {person.person_id for person in able}
        record_reading(group=group, people=sorted(read), by=who)
    context = {
        "group": group,
        "visit": one,
        "leads": leads,
        "team": team,
        "mine": mine,
        **_who_may_go(able, {held.seat.person_id for held in team}, leads=leads, by=who),
        "not_let_in": _why_not_let_in(one, leads=leads) if is_to_go else "",
        "came": queries.what_came(one, team),
        "all_say_it_was_called_off": queries.all_say_it_was_called_off(one),
        "can_be_called_off": leads and queries.can_be_called_off(one),
        "can_be_logged": leads and queries.can_be_logged(one),
        "is_to_be_sent": one.cancelled_at is not None and has_draft,
        "has_written": has_draft or (mine is not None and queries.my_record(one, who) is not None),
        "nobody_went_in": queries.says_nobody_went_in(one),
        "troubles": queries.troubles_on(one),
        "concerns": concerns,
        "to_ring": on_the_day(one.to_ring),
        "has_come": one.day <= clock.today(),
        "begun": BEGUN,
    }
    return render(request, "peer_monitoring/visit.jinja", context)


def _why_not_let_in(one: Visit, *, leads: bool) -> str:
    """Why the place lets nobody in on the day, with what to do about it: another thing for a lead than for a team."""
    why = why_not_let_in(one.group, one.site, one.day)
    if why is None:
        return ""
    return str(why) if leads else said_to_who_goes(one, why)


def _who_may_go(able: Sequence[Candidate], team: Collection[UUID], *, leads: bool, by: UUID) -> dict[str, Any]:
    """What keeps whom from a visit: all of it for a lead, and for everybody else what keeps themselves."""
    if not leads:
        return {"own_hindrances": [words for one in able if one.person_id == by for words in one.own_hindrances()]}
    return {
        "no_team": why_no_team(able) if able else "",
        "problems": team_problems([one for one in able if one.person_id in team]) if able else [],
        "cannot_go": [one for one in able if not one.can_go],
    }


@requires(Permission.PLAN_VISITS)
def visit_change(request: HttpRequest, slug: str, visit_id: UUID) -> HttpResponse:
    """Another place, day or set of questions; once it has begun, whom the team can ring, and nothing else."""
    group = led_group(me(request).pk, slug)
    one = queries.visit_of(group, visit_id)
    if one.only_ringing_changes:
        return _whom_to_ring(request, group, one)
    form = VisitForm(posted_or_kept(request), group=group, sites=queries.places_agreed(group), visit=one)
    if form.is_valid():
        try:
            actions.change_plan(visit=one, what=form.plan(), by=me(request).pk)
            messages.success(request, "The plan is saved.")
            return redirect("visit", slug, visit_id)
        except VisitsRefused as refused:
            form.refuse(refused, field_of(refused))
    return render(request, "peer_monitoring/visit_change.jinja", {"group": group, "visit": one, "form": form})


def _whom_to_ring(request: HttpRequest, group: Group, one: Visit) -> HttpResponse:
    form = RingForm(posted_or_kept(request), group=group, visit=one)
    if form.is_valid():
        to_ring, of_id = form.whom_to_ring()
        try:
            actions.say_whom_to_ring(visit=one, to_ring=to_ring, of_id=of_id, by=me(request).pk)
            saved = "Whom the team can ring is saved." if of_id else "The team is given no number now."
            messages.success(request, saved)
            return redirect("visit", group.slug, one.pk)
        except VisitsRefused as refused:
            form.refuse(refused, "to_ring_of")
    return render(request, "peer_monitoring/visit_change.jinja", {"group": group, "visit": one, "form": form})


@requires(Permission.PLAN_VISITS)
def visit_team(request: HttpRequest, slug: str, visit_id: UUID) -> HttpResponse:
    """Who goes; a pair can be drawn at random, and is then there to be agreed to."""
    group = led_group(me(request).pk, slug)
    one = queries.visit_of(group, visit_id)
    able = queries.candidates(group, one.site, one.day)
    record_reading(group=group, people=[person.person_id for person in able], by=me(request).pk)
    drawn = drawn_pair(able, SystemRandom()) if "draw" in request.GET else None
    chosen = drawn or queries.team_of(one)
    form = TeamForm(
        posted_or_kept(request), candidates=able, initial={"people": [str(person.person_id) for person in chosen]}
    )
    if form.is_valid():
        try:
            actions.choose_team(visit=one, people=form.chosen(), by=me(request).pk)
            messages.success(request, "Who goes is saved.")
            return redirect("visit", slug, visit_id)
        except VisitsRefused as refused:
            form.refuse(refused, "people")
    context = {"group": group, "visit": one, "form": form, "drawn": drawn, "asked_to_draw": "draw" in request.GET}
    return render(request, "peer_monitoring/visit_team.jinja", context)


@requires(Permission.PLAN_VISITS)
@require_http_methods(["GET", "HEAD", "POST"])
def visit_ready(request: HttpRequest, slug: str, visit_id: UUID) -> HttpResponse:
    """Settle a visit, after being told what the scheme learns of it."""
    group = led_group(me(request).pk, slug)
    one = queries.visit_of(group, visit_id)
    refused = None
    if request.method == "POST":
        try:
            actions.make_ready(visit=one, by=me(request).pk)
            messages.success(request, "The visit is settled. Whoever goes is told.")
            return redirect("visit", slug, visit_id)
        except VisitsRefused as error:
            refused = error
    context = {"group": group, "visit": one, "refused": refused, "team": queries.seats_on(one)}
    return render(request, "peer_monitoring/visit_ready.jinja", context, status=409 if refused else 200)


@requires(Permission.PLAN_VISITS)
def visit_cancel(request: HttpRequest, slug: str, visit_id: UUID) -> HttpResponse:
    """Call a visit off; once it has begun and somebody went there, the page says what to do instead."""
    group = led_group(me(request).pk, slug)
    one = queries.visit_of(group, visit_id)
    form = CancelForm(posted_or_kept(request))
    if form.is_valid():
        try:
            actions.cancel(visit=one, by=me(request).pk, **form.cleaned_data)
            messages.success(request, "The visit is called off.")
            return redirect("visit", slug, visit_id)
        except VisitsRefused as refused:
            form.refuse(refused)
    can_be = queries.can_be_called_off(one)
    context = {"group": group, "visit": one, "form": form, "begun": BEGUN, "can_be_called_off": can_be}
    return render(request, "peer_monitoring/visit_cancel.jinja", context)


@requires(Permission.PLAN_VISITS)
@require_http_methods(["GET", "HEAD", "POST"])
def visit_close(request: HttpRequest, slug: str, visit_id: UUID) -> HttpResponse:
    """Nothing more comes of a visit that is logged: the page says what that means, and asks."""
    group = led_group(me(request).pk, slug)
    one = queries.visit_of(group, visit_id)
    if request.method == "POST":
        actions.close(visit=one, by=me(request).pk)
        return redirect("visit", slug, visit_id)
    return render(request, "peer_monitoring/visit_close.jinja", {"group": group, "visit": one})


@requires(Permission.LOG_VISITS)
def visit_trouble(request: HttpRequest, slug: str, visit_id: UUID) -> HttpResponse:
    """What kept the team out, let it in late, or cut the visit short: for the lead and for whoever goes."""
    group = group_where_monitor(me(request).pk, slug)
    one = queries.visit_to_write_about(group, visit_id, me(request).pk)
    form = TroubleForm(posted_or_kept(request))
    if form.is_valid():
        try:
            actions.note_trouble(visit=one, by=me(request).pk, **form.cleaned_data)
            messages.success(request, "What happened is written down.")
            return redirect("visit", slug, visit_id)
        except VisitsRefused as refused:
            form.refuse(refused)
    return render(request, "peer_monitoring/visit_trouble.jinja", {"group": group, "visit": one, "form": form})
