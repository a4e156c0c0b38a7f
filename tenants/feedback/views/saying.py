"""For anyone: say something, one thing a page; it is sent once, from the last page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from kit.clock import LONDON
from kit.dates import clock_time
from people.queries import wants_words, way_to
from tenants.feedback import actions, limits, slips
from tenants.feedback.actions import Saying
from tenants.feedback.forms import TellUsForm
from tenants.feedback.rules import About, Channel, Kind, Method
from tenants.feedback.telling_us import Step, Way
from tenants.feedback.views.asking import SchemeRequest
from tenants.schemes.requires import requires
from tenants.schemes.rights import Permission

TOO_MUCH = (
    "We have not got this yet. A lot was sent to us from this internet connection. "
    "What you typed is still here. Send it again after {again}, or tell a member of our staff now."
)
# What is not about the service goes another way, and never into the register.
OTHER_WAYS = {About.HARM: "feedback:harm", About.COMPLAINT: "feedback:complaint"}


@requires(Permission.ANYONE)
def tell_us(request: SchemeRequest) -> HttpResponse:
    """Say something; no account is needed. Nothing is kept until the last page is sent."""
    way = Way(request.POST, offered=_offered(request))
    if request.method != "POST":
        return render(request, "feedback/tell_us.jinja", {"mark": slips.mark_for_a_form(request)})
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
        return redirect("/")
    return render(request, "feedback/tell_us_thanks.jinja", {"new": slips.kept(request)})


@requires(Permission.ANYONE)
def complaint(request: HttpRequest) -> HttpResponse:
    """Where a complaint goes: nothing is asked and nothing is kept."""
    return render(request, "feedback/complaint.jinja")


def _go(request: SchemeRequest, way: Way, name: str) -> HttpResponse:
    """Back to a page, or on with what a browser had kept: what was typed so far is taken along unchecked."""
    step = way.step(name)
    return _show(request, way, step) if step else redirect("feedback:tell_us")


def _next(request: SchemeRequest, way: Way, name: str) -> HttpResponse:
    step = way.step(name)
    if step is None:
        return _show(request, way, way.after(None))
    form = way.sent(step)
    if not form.is_valid():
        return _show(request, way, step, form)
    elsewhere = OTHER_WAYS.get(form.cleaned_data.get("about", ""))
    return redirect(elsewhere) if elsewhere else _show(request, way, way.after(step))


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
        form.refuse(TOO_MUCH.format(again=clock_time(limits.again_at().astimezone(LONDON))))
        return _show(request, way, way.steps[-1], form, status=429)
    signed_out = "link" in request.POST and "link" not in form.fields
    slips.keep(request, _hear(request, form), send=form.cleaned_data["send"], signed_out=signed_out)
    return redirect("feedback:tell_us_thanks")


def _offered(request: HttpRequest) -> list[str]:
    """What somebody signed in may tick: to be told only in a way that they said on their own page is safe."""
    if not request.user.is_authenticated:
        return []
    person = request.user.pk
    ways = {"link": True, "write_to_me": way_to(person) is not None, "words_in_message": wants_words(person)}
    return [name for name, offered in ways.items() if offered]


def _hear(request: SchemeRequest, form: TellUsForm) -> actions.Heard:
    saying = form.saying
    by = request.user if saying["kind"] == Kind.PERSON else None
    way = way_to(by.pk) if by and saying["channel"] != Channel.PAGE else None
    if way:
        saying |= {"channel": Channel(way.contact.channel), "worker": way.contact.worker}
    return actions.hear(
        said=form.cleaned_data["said"],
        sayers=[Saying(person_id=by.pk if by else None, **saying)],
        method=Method.TELL_US,
        client_key=form.cleaned_data["send"],
        by=by,
    )
