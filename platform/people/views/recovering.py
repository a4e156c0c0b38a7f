"""For who lost every way in: a code on paper, a new way, a waiting time, and a way to stop it (ADR 0046)."""

from uuid import UUID

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from kit import channels, tokens
from kit.errors import Refused
from kit.forms import Form
from kit.numbers import shown
from people import actions, queries
from people.errors import NoMoreCodes
from people.fresh import asked_again
from people.here import me
from people.models import Recovery
from people.reach_forms import MobileCodeForm
from people.recovery_forms import RecoverForm
from people.views.reaching import NOT_SENT
from tenants.schemes.requires import requires
from tenants.schemes.rights import Permission

ASKED = "people.recovery"


@requires(Permission.ANYONE)
@require_http_methods(["GET", "HEAD", "POST"])
def recover(request: HttpRequest) -> HttpResponse:
    """What to do when nothing opens the account any more; with a code on paper, begin."""
    form = RecoverForm(request.POST or None)
    if form.is_valid():
        try:
            address = get_adapter().get_client_ip(request)
            request.session[ASKED] = str(actions.ask_for_new_way(address=address, **form.cleaned_data).pk)
            return redirect("recover_prove")
        except Refused as refused:
            form.refuse(refused, "to" if isinstance(refused, (channels.BadAddress, NoMoreCodes)) else "code")
        except OSError:
            form.refuse(NOT_SENT)
    return render(request, "people/recover.jinja", {"form": form})


@requires(Permission.ANYONE)
@require_http_methods(["GET", "HEAD", "POST"])
def recover_prove(request: HttpRequest) -> HttpResponse:
    """The figures that were sent to the new way in."""
    recovery = _asked(request)
    if recovery is None:
        return redirect("recover")
    form = MobileCodeForm(request.POST or None)
    if form.is_valid():
        return _prove(request, recovery, form)
    return render(request, "people/recover_prove.jinja", {"form": form, "to": _shown(recovery)})


@requires(Permission.ANYONE)
@require_http_methods(["GET", "HEAD", "POST"])
def recover_stop(request: HttpRequest, token: str) -> HttpResponse:
    """The link in the message to every old way in: it was not me."""
    recovery = queries.recovery_to_stop(tokens.fingerprint(token))
    if recovery and request.method == "POST":
        # It may have opened since it was looked for.
        stopped = actions.stop_recovery(recovery=recovery, by=None)
        return render(request, "people/recover_stop.jinja", {"stopped": stopped}, status=200 if stopped else 410)
    return render(request, "people/recover_stop.jinja", {"recovery": recovery}, status=200 if recovery else 410)


@requires(Permission.SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def my_recovery(request: HttpRequest) -> HttpResponseBase:
    """A code to keep on paper; and a new way in that somebody asked for, with a button that stops it."""
    if request.method == "POST" and "stop" not in request.POST:
        return _make_code(request)
    recovery = queries.recovery_of(me(request))
    if request.method == "POST":
        # Nothing is asked of whoever stops it: they may have no other moment.
        if recovery:
            actions.stop_recovery(recovery=recovery, by=me(request))
        return redirect("my_recovery")
    return _own(request)


@asked_again
def _make_code(request: HttpRequest) -> HttpResponse:
    try:
        return _own(request, code=actions.make_paper_code(person=me(request), by=me(request)))
    except Refused as refused:
        return _own(request, refused=refused)


def _own(request: HttpRequest, *, code: str = "", refused: Refused | None = None) -> HttpResponse:
    recovery, paper = queries.recovery_of(me(request)), queries.paper_code_of(me(request))
    context = {"recovery": recovery, "code": code, "refused": refused, "paper": paper}
    return render(request, "people/my_recovery.jinja", context)


def _asked(request: HttpRequest) -> Recovery | None:
    recovery_id = request.session.get(ASKED)
    return queries.recovery_being_proved(UUID(recovery_id)) if recovery_id else None


def _shown(recovery: Recovery) -> str:
    return recovery.to if "@" in recovery.to else shown(recovery.to)


def _prove(request: HttpRequest, recovery: Recovery, form: Form) -> HttpResponse:
    try:
        proved = actions.prove_new_way(recovery_id=recovery.pk, code=form.cleaned_data["code"])
    except Refused as refused:
        form.refuse(refused, "code")
        return render(request, "people/recover_prove.jinja", {"form": form, "to": _shown(recovery)})
    del request.session[ASKED]
    return render(request, "people/recover_done.jinja", {"recovery": proved, "to": _shown(proved)})
