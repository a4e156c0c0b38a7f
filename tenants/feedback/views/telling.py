"""For staff: people who could not be told without somebody's help."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from kit import clock, kept, paper
from people.queries import way_to
from tenants.feedback import actions, queries
from tenants.feedback.errors import NoLetter
from tenants.feedback.forms import NeedForm, TellingForm
from tenants.feedback.models import Point, Sayer
from tenants.feedback.rules import Channel
from tenants.feedback.views.asking import SchemeRequest, done
from tenants.schemes.requires import requires
from tenants.schemes.rights import Permission

WAYS = {
    "told": actions.end_telling,
    "posted": actions.post_letter,
    "again": actions.retry_telling,
    "made": actions.meet_need,
}


@requires(Permission.TELL_PEOPLE)
def telling(request: SchemeRequest) -> HttpResponse:
    """Letters to post, and messages that did not arrive."""
    shown = {
        "tasks": queries.tasks_of_telling(),
        "to_ask": queries.tasks_of_asking(),
        "has_letters": queries.letters_to_make().exists(),
    }
    actions.record_reading(by=request.user, what="read who is still to be told")
    return render(request, "feedback/telling.jinja", shown)


@requires(Permission.TELL_PEOPLE)
def telling_end(request: SchemeRequest, told_id: UUID) -> HttpResponse:
    """Say how somebody was told."""
    told = get_object_or_404(queries.tasks_of_telling(), pk=told_id)
    form = TellingForm(kept.posted_or_kept(request), told=told)
    if done(form, lambda: WAYS[form.cleaned_data["what"]](told=told, by=request.user)):
        messages.success(request, "It is written down.")
        return redirect("feedback:telling")
    address = address_of(request, told.sayer, told.round.point) if told.channel == Channel.LETTER else ""
    to_write = queries.letters_to_post().filter(pk=told.pk).exists()
    can_write = to_write and bool(address or told.sayer.person_id is None)
    actions.record_reading(by=request.user, what="read how somebody is to be told", point=told.round.point)
    shown = {"told": told, "form": form, "address": address, "to_write": to_write, "can_write": can_write}
    return render(request, "feedback/telling_end.jinja", shown)


@requires(Permission.TELL_PEOPLE)
@require_POST
def letter(request: SchemeRequest, told_id: UUID) -> HttpResponse:
    """One letter, ready to fold; who wants none any more is told of on the page this leads back to."""
    told = get_object_or_404(queries.letters_to_post(), pk=told_id)
    try:
        made = actions.make_letter(told=told, scheme=request.scheme_here, by=request.user)
    except NoLetter:
        return redirect("feedback:telling_end", told.pk)
    return paper.as_download(made, f"letter-{clock.today().isoformat()}.pdf")


@requires(Permission.TELL_PEOPLE)
@require_POST
def letters(request: SchemeRequest) -> HttpResponse:
    """All letters that wait, in one file."""
    try:
        made = actions.make_letters(scheme=request.scheme_here, by=request.user)
    except NoLetter:
        return redirect("feedback:telling")
    return paper.as_download(made, f"letters-{clock.today().isoformat()}.pdf")


@requires(Permission.TELL_PEOPLE)
@require_GET
def needs(request: SchemeRequest) -> HttpResponse:
    """What people need to read an answer, the one to look at again soonest first."""
    actions.record_reading(by=request.user, what="read what people need")
    return render(request, "feedback/needs.jinja", {"needs": queries.needs(), "today": clock.today()})


@requires(Permission.TELL_PEOPLE)
def need(request: SchemeRequest, need_id: UUID) -> HttpResponse:
    """Ask again what somebody needs, and with whom it is shared."""
    found = get_object_or_404(queries.needs(), pk=need_id)
    initial = {"form": found.form, "words": found.words, "shared_with": found.shared_with}
    form = NeedForm(kept.posted_or_kept(request), initial=initial)
    if done(form, lambda: actions.look_again(need=found, by=request.user, **form.cleaned_data)):
        return redirect("feedback:needs")
    actions.record_reading_need(need=found, by=request.user)
    shown = {"need": found, "points": queries.points_of_need(found), "form": form}
    return render(request, "feedback/need.jinja", shown)


def address_of(request: SchemeRequest, sayer: Sayer, point: Point) -> str:
    """Where a letter goes, if the person gave us an address: reading it is written down."""
    way = way_to(sayer.person_id) if sayer.person_id else None
    if way is None or way.contact.channel != Channel.LETTER:
        return ""
    actions.record_reading(by=request.user, what="read where a letter goes", point=point)
    return way.to
