"""For anyone: say something, and read the answer with the code on a slip."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from kit import codes
from kit.clock import LONDON
from kit.dates import clock_time
from people.queries import safe_email, wants_words
from tenants.feedback import actions, limits, slips
from tenants.feedback.actions import Saying
from tenants.feedback.forms import AnswerForm, SlipForm, TellUsForm
from tenants.feedback.queries import Own, by_fingerprint
from tenants.feedback.rules import Kind, Method
from tenants.feedback.views.asking import SchemeRequest, done
from tenants.schemes.requires import requires
from tenants.schemes.rights import Permission

NOT_FOUND = "We cannot find this code here. Check that each word is right, and that this is the site on your slip."
TOO_MUCH = (
    "We have not got this yet. A lot was sent to us from this internet connection. "
    "What you typed is still here. Send it again after {again}, or tell a member of our staff now."
)
TOO_MANY = "There were too many tries. Wait one hour and try again, or ask our staff."


@requires(Permission.ANYONE)
def tell_us(request: SchemeRequest) -> HttpResponse:
    """Say something; no account is needed."""
    form = TellUsForm(request.POST or None, offered=_offered(request), initial={"send": slips.mark_for_a_form(request)})
    if not form.is_valid():
        return render(request, "feedback/tell_us.jinja", {"form": form})
    if not limits.may_tell(request):
        form.refuse(TOO_MUCH.format(again=clock_time(limits.again_at().astimezone(LONDON))))
        return render(request, "feedback/tell_us.jinja", {"form": form}, status=429)
    signed_out = "link" in request.POST and "link" not in form.fields
    slips.keep(request, _hear(request, form), send=form.cleaned_data["send"], signed_out=signed_out)
    return redirect("feedback:tell_us_thanks")


def _offered(request: HttpRequest) -> list[str]:
    """What somebody signed in may tick: a message only where they said on their own page that it is safe."""
    if not request.user.is_authenticated:
        return []
    person = request.user.pk
    ways = {"link": True, "write_to_me": safe_email(person) is not None, "words_in_message": wants_words(person)}
    return [name for name, offered in ways.items() if offered]


def _hear(request: SchemeRequest, form: TellUsForm) -> actions.Heard:
    saying = form.saying
    by = request.user if saying["kind"] == Kind.PERSON else None
    return actions.hear(
        said=form.cleaned_data["said"],
        sayers=[Saying(person_id=by.pk if by else None, **saying)],
        method=Method.TELL_US,
        client_key=form.cleaned_data["send"],
        by=by,
    )


@requires(Permission.ANYONE)
def tell_us_thanks(request: HttpRequest) -> HttpResponse:
    """The code, for as long as it takes to write it down; then it is shown no more."""
    if request.method == "POST":
        slips.forget(request)
        return redirect("/")
    return render(request, "feedback/tell_us_thanks.jinja", {"new": slips.kept(request)})


@requires(Permission.ANYONE)
def slip(request: HttpRequest) -> HttpResponse:
    """Type the code of a slip. A code of another scheme, and one that never was, get the same answer."""
    form = SlipForm(request.POST or None)
    if form.is_bound and not limits.may_try(request):
        form.refuse(TOO_MANY)
    elif form.is_valid():
        fingerprint = codes.fingerprint(form.cleaned_data["code"])
        if by_fingerprint(fingerprint):
            slips.open_with(request, fingerprint)
            return redirect("feedback:slip_answer")
        form.refuse(NOT_FOUND, "code")
    return render(request, "feedback/slip.jinja", {"form": form})


@requires(Permission.ANYONE)
def slip_answer(request: HttpRequest) -> HttpResponse:
    """What became of what this slip's holder said."""
    found = by_fingerprint(slips.opened(request))
    if not found:
        return redirect("feedback:slip")
    asked = [(own, AnswerForm.about(own.point)) for own in found]
    return render(request, "feedback/slip_answer.jinja", {"asked": asked})


@requires(Permission.ANYONE)
@require_POST
def slip_confirm(request: HttpRequest, point_id: UUID) -> HttpResponse:
    """Answer "did it change?" for one point of the slip."""
    own = _of_slip(request, point_id)
    form = AnswerForm.about(own.point, request.POST)
    if done(form, lambda: actions.confirm(sayer=own.sayer, by=None, **form.cleaned_data)):
        return redirect("feedback:slip_answer")
    return render(request, "feedback/slip_answer.jinja", {"asked": [(own, form)], "form": form})


@requires(Permission.ANYONE)
def slip_stop(request: HttpRequest, point_id: UUID) -> HttpResponse:
    """Take the words off the website."""
    own = _of_slip(request, point_id)
    if request.method == "POST":
        actions.stop_publishing(sayer=own.sayer, by=None)
        return redirect("feedback:slip_answer")
    return render(request, "feedback/slip_stop.jinja", {"own": own})


@requires(Permission.ANYONE)
@require_POST
def slip_close(request: HttpRequest) -> HttpResponse:
    """Close the slip on this device and forget a new code, for whoever shares it."""
    slips.close(request)
    slips.forget(request)
    return redirect("/")


def _of_slip(request: HttpRequest, point_id: UUID) -> Own:
    own = next((one for one in by_fingerprint(slips.opened(request)) if one.point.pk == point_id), None)
    if own is None:
        raise Http404
    return own
