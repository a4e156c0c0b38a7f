"""Words about harm: anyone leaves them, the safeguarding lead reads them."""

from contextlib import suppress
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_noop as N_

from kit import kept
from people.actions import read_notice
from tenants.feedback import actions, limits, queries
from tenants.feedback.errors import AlreadyTaken
from tenants.feedback.forms import ComplaintWayForm, ConcernForm, DoneForm, HandOverForm
from tenants.feedback.models import Concern
from tenants.feedback.views.asking import SchemeRequest, back_to_point, done, nothing_left, own_words_or_404
from tenants.schemes.requires import may, requires
from tenants.schemes.rights import Permission

TOO_MUCH = N_(
    "We have not got this yet. A lot was sent to us from this internet connection. What you typed is still here. "
    "Do not wait for us: call 999 if somebody is in danger, or tell a member of our staff now."
)

UNNAMED = "unnamed"


@requires(Permission.ANYONE)
def harm(request: SchemeRequest) -> HttpResponse:
    """Whom to call now, and a box whose words go to the safeguarding lead alone."""
    known = request.user.is_authenticated
    form = ConcernForm(request.POST or None, known=known)
    if not form.is_valid():
        return render(request, "feedback/harm.jinja", {"form": form})
    if not limits.may_raise(request):
        form.refuse(TOO_MUCH)
        return render(request, "feedback/harm.jinja", {"form": form}, status=429)
    given = form.cleaned_data
    actions.raise_concern(
        words=given["words"],
        reach_at=given["reach_at"],
        client_key=given["send"],
        by=request.user if known and given["show_me"] else None,
    )
    unnamed = f"?{UNNAMED}" if form.name_is_lost else ""
    return redirect(reverse("feedback:harm_thanks") + unnamed)


@requires(Permission.ANYONE)
def harm_thanks(request: HttpRequest) -> HttpResponse:
    """What happens now; also that a name was not sent, if the sign-in ended while they wrote."""
    return render(request, "feedback/harm_thanks.jinja", {"unnamed": UNNAMED in request.GET})


@requires(Permission.SEE_CONCERNS)
def concerns(request: SchemeRequest) -> HttpResponse:
    """Those that wait first. No words stand in the list."""
    return render(request, "feedback/concerns.jinja", {"concerns": queries.concerns()})


@requires(Permission.SEE_CONCERNS)
def concern(request: SchemeRequest, concern_id: UUID) -> HttpResponse:
    """One concern, and what to do about it; each reading is written down."""
    found = _found(concern_id)
    form = DoneForm(kept.posted_or_kept(request))
    if done(form, lambda: actions.close_concern(concern=found, by=request.user, **form.cleaned_data)):
        messages.success(request, "The concern is closed.")
        return redirect("feedback:concerns")
    actions.read_concern(concern=found, by=request.user)
    read_notice(person_id=request.user.pk, kind="concern", key=str(found.pk))
    shown = {"concern": found, "form": form, "people": queries.who_saw_to(found)}
    return render(request, "feedback/concern.jinja", shown)


@requires(Permission.SEE_CONCERNS)
def concern_take(request: SchemeRequest, concern_id: UUID) -> HttpResponse:
    """Say that one sees to it."""
    found = _found(concern_id)
    if request.method == "POST":
        # Where somebody else was faster, the concern's own page says who.
        with suppress(AlreadyTaken):
            actions.take_up(concern=found, by=request.user)
            messages.success(request, "You see to it now. That is written down.")
    return redirect("feedback:concern", concern_id)


@requires(Permission.PASS_ON_HARM)
def point_pass_on(request: SchemeRequest, point_id: UUID) -> HttpResponse:
    """Hand over a point in which somebody sees harm: its words go to the safeguarding lead, and from here."""
    point = own_words_or_404(request, point_id)
    if not point.said:
        return nothing_left(request, point)
    form = HandOverForm(kept.posted_or_kept(request))
    if done(form, lambda: actions.hand_over(point=point, by=request.user, **form.cleaned_data)):
        if may(request, Permission.SEE_REGISTER):
            return back_to_point(request, point_id, "The safeguarding lead has it now.")
        return redirect("staff")
    actions.record_reading(by=request.user, point=point)
    return render(request, "feedback/point_pass_on.jinja", {"point": point, "form": form})


@requires(Permission.MANAGE_COMPLAINTS)
def complaint_way(request: SchemeRequest) -> HttpResponse:
    """Write down where a complaint goes."""
    form = ComplaintWayForm(kept.posted_or_kept(request), initial=queries.complaint_way_so_far())
    if done(form, lambda: actions.write_complaint_way(by=request.user, **form.cleaned_data)):
        return redirect("feedback:complaint")
    return render(request, "feedback/complaint_way.jinja", {"form": form})


def _found(concern_id: UUID) -> Concern:
    found = queries.concerns().filter(pk=concern_id).first()
    if found is None:
        raise Http404
    return found
