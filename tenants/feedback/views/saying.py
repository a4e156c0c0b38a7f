"""For anyone: say something, one thing a page; it is sent once, from the last page."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_noop as N_
from django.views.decorators.http import require_GET

from kit import paper
from kit.clock import LONDON
from kit.dates import clock_time
from kit.languages import first_page, said
from people.queries import wants_words, way_to
from tenants.feedback import actions, limits, papers, queries, slips
from tenants.feedback.actions import Saying
from tenants.feedback.forms import SlipForm, TellUsForm
from tenants.feedback.rules import About, Channel, Kind, Method
from tenants.feedback.telling_us import Step, Way
from tenants.feedback.views.asking import SchemeRequest, done
from tenants.schemes.requires import requires
from tenants.schemes.rights import Permission

TOO_MUCH = N_(
    "We have not got this yet. A lot was sent to us from this internet connection. "
    "What you typed is still here. Send it again after {again}, or tell a member of our staff now."
)
NOT_TO_BE_USED = N_(
    "We cannot use this code here. It may have been used before. "
    "You can tell us something without it, and get a new code at the end."
)
# What is not about the service goes another way, and never into the register.
OTHER_WAYS = {About.HARM: "feedback:harm", About.COMPLAINT: "feedback:complaint"}


@requires(Permission.ANYONE)
def tell_us(request: SchemeRequest) -> HttpResponse:
    """Say something; no account is needed. Nothing is kept until the last page is sent."""
    way = Way(request.POST, offered=_offered(request))
    if request.method != "POST":
        return _begin(request)
    if "go" in request.POST:
        return _go(request, way, request.POST["go"])
    if request.POST.get("step", "check") != "check":
        return _next(request, way, request.POST["step"])
    return _send(request, way)


@requires(Permission.ANYONE)
def tell_us_thanks(request: HttpRequest) -> HttpResponse:
    """The code, for as long as it takes to write it down; then it is shown no more."""
    if request.method == "POST":
        slips.forget(request)
        return redirect(first_page())
    return render(request, "feedback/tell_us_thanks.jinja", {"new": slips.kept(request)})


@requires(Permission.ANYONE)
@require_GET
def slip_paper(request: SchemeRequest) -> HttpResponse:
    """The new slip to print, in ordinary or large print, for as long as its code is shown."""
    new = slips.kept(request)
    if new is None or not new.code:
        return redirect("feedback:tell_us_thanks")
    large = request.GET.get("print") == "large"
    made = papers.slip(
        new.code, answer_by=new.answer_by, is_late=new.is_late, origin=request.scheme_here.origin, large=large
    )
    return paper.as_download(made, "slip.pdf")


@requires(Permission.ANYONE)
def tell_us_slip(request: HttpRequest) -> HttpResponse:
    """Tell us something with a paper slip, by typing its code. A used and an unknown one are told the same."""
    form = SlipForm(request.POST or None)
    if form.is_bound and not limits.may_try(request):
        form.refuse(limits.TOO_MANY)
    elif form.is_valid():
        found = queries.slip_typed(form.cleaned_data["code"])
        if found:
            return redirect(f"{reverse('feedback:tell_us')}?slip={found.pk}")
        form.refuse(NOT_TO_BE_USED, "code")
    return render(request, "feedback/tell_us_slip.jinja", {"form": form})


@requires(Permission.ANYONE)
def complaint(request: HttpRequest) -> HttpResponse:
    """Where a complaint goes: nothing is asked and nothing is kept."""
    return render(request, "feedback/complaint.jinja", {"way": queries.complaint_way()})


def _begin(request: HttpRequest) -> HttpResponse:
    came_with = request.GET.get("slip")
    found = queries.slip_of_address(came_with) if came_with else None
    shown = {"mark": slips.mark_for_a_form(request), "paper": found, "no_paper": came_with and not found}
    return render(request, "feedback/tell_us.jinja", shown)


def _go(request: SchemeRequest, way: Way, name: str) -> HttpResponse:
    """Back to a page, or on with what a browser had kept: what was typed so far is taken along unchecked."""
    step = way.step(name)
    if step and request.POST.get("step") == "check":
        way = way.to_be_changed()
    return _show(request, way, step) if step else redirect("feedback:tell_us")


def _next(request: SchemeRequest, way: Way, name: str) -> HttpResponse:
    step = way.step(name)
    if step is None:
        return _show(request, way, way.after(None))
    form = way.sent(step)
    if not form.is_valid():
        return _show(request, way, step, form)
    elsewhere = OTHER_WAYS.get(form.cleaned_data.get("about", ""))
    return redirect(elsewhere) if elsewhere else _show(request, way, way.next(step))


def _show(
    request: SchemeRequest, way: Way, step: Step, form: TellUsForm | None = None, *, status: int = 200
) -> HttpResponse:
    shown = {"way": way, "step": step, "form": form or way.shown(step), "before": way.before(step)}
    page = "tell_us_check" if step.name == "check" else "tell_us_step"
    return render(request, f"feedback/{page}.jinja", shown, status=status)


def _send(request: SchemeRequest, way: Way) -> HttpResponse:
    form = TellUsForm(request.POST, offered=way.offered)
    if not form.is_valid():
        step = way.with_error(form)
        return _show(request, way, step, way.sent(step))
    if not limits.may_tell(request):
        form.refuse(said(TOO_MUCH).format(again=clock_time(limits.again_at().astimezone(LONDON))))
        return _show(request, way, way.steps[-1], form, status=429)
    signed_out = "link" in request.POST and "link" not in form.fields
    slip_id = way.paper if form.saying["kind"] == Kind.SLIP else None

    def keep() -> None:
        heard = _hear(request, form, slip_id)
        slips.keep(request, heard, send=form.cleaned_data["send"], signed_out=signed_out, on_paper=slip_id is not None)

    if done(form, keep):
        return redirect("feedback:tell_us_thanks")
    return _show(request, way.without_paper(), way.steps[-1], form)


def _offered(request: HttpRequest) -> list[str]:
    """What somebody signed in may tick: to be told only in a way that they said on their own page is safe."""
    if not request.user.is_authenticated:
        return []
    person = request.user.pk
    ways = {"link": True, "write_to_me": way_to(person) is not None, "words_in_message": wants_words(person)}
    return [name for name, offered in ways.items() if offered]


def _hear(request: SchemeRequest, form: TellUsForm, slip_id: UUID | None) -> actions.Heard:
    saying = form.saying
    by = request.user if saying["kind"] == Kind.PERSON else None
    way = way_to(by.pk) if by and saying["channel"] != Channel.PAGE else None
    if way:
        saying |= {"channel": Channel(way.contact.channel), "worker": way.contact.worker}
    return actions.hear(
        said=form.cleaned_data["said"],
        sayers=[Saying(person_id=by.pk if by else None, paper=slip_id, **saying)],
        method=Method.TELL_US,
        client_key=form.cleaned_data["send"],
        by=by,
    )
