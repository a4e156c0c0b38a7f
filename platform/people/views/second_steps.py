"""The second step when signing in: which ones somebody has, and how they set one up (ADR 0045)."""

import json
from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.internal.auth import begin_registration
from allauth.mfa.webauthn.views import AddWebAuthnView, ReauthenticateWebAuthnView
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from kit.errors import Refused
from people import actions, hosts, queries
from people.here import me
from people.links import into
from people.views.crossing import move_on
from tenants.schemes import queries as boundary
from tenants.schemes import second_step
from tenants.schemes.requires import requires
from tenants.schemes.rights import Permission

# Where somebody was going when they were asked for a second step.
GOING_ON = "second_step_then"
again = reauthentication_required(app="people")


@requires(Permission.SIGNED_IN)
@require_GET
def step_start(request: HttpRequest) -> HttpResponse:
    """A page of staff asked for it: use the second step, or set one up; whoever has done so goes on."""
    host, path = request.GET.get("host", "").lower(), hosts.own_path(request.GET.get("next"), "/my/")
    at_a_scheme = hosts.is_open(host)
    if second_step.passed(request):
        request.session.pop(GOING_ON, None)
        return move_on(request, into(hosts.origin_of(host), path)) if at_a_scheme else HttpResponseRedirect(path)
    request.session[GOING_ON] = request.get_full_path()
    if queries.second_steps(me(request)).exists():
        way = get_adapter(request).get_reauthentication_methods(me(request))[0]
        return HttpResponseRedirect(f"{way['url']}?{urlencode({'next': request.get_full_path()})}")
    return render(request, "people/step_start.jinja")


@requires(Permission.SIGNED_IN)
@require_GET
def second_steps(request: HttpRequest) -> HttpResponse:
    """What somebody has beside their password or code, each with a way to take it away, and the ways to add one."""
    steps = list(queries.second_steps(me(request)))
    context = {
        "steps": [(step, step.wrap().name if step.type == Authenticator.Type.WEBAUTHN else "") for step in steps],
        "has_app": any(step.type == Authenticator.Type.TOTP for step in steps),
        "codes_left": queries.codes_left(me(request)),
        "must": boundary.holds_a_staff_role(me(request).pk),
        "going_on": request.session.get(GOING_ON, ""),
    }
    return render(request, "people/second_steps.jinja", context)


def _has_shown(request: HttpRequest, how: str) -> None:
    """Whoever has just set one up has shown that they hold it: this session counts, and they are not asked again."""
    record_authentication(request, me(request), "mfa", type=how, reauthenticated=True)
    second_step.mark(request, person_id=me(request).pk, how=how)


class AddApp(ActivateTOTPView):
    """Set up an app that shows codes: scan a picture or type a key, then type the first code."""

    def form_valid(self, form: Any) -> HttpResponse:
        with transaction.atomic():
            response = super().form_valid(form)
            actions.second_step_added(person=me(self.request), by=me(self.request))
        _has_shown(self.request, Authenticator.Type.TOTP.value)
        return response

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if queries.second_steps(me(request)).filter(type=Authenticator.Type.TOTP).exists():
            return redirect("mfa_index")
        return super().dispatch(request, *args, **kwargs)


class AddPasskey(AddWebAuthnView):
    """Set up a passkey: on this device, on a phone beside it, or on a key that is plugged in."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        # Kept on the device, so that it signs in without an address being typed.
        return context | {"options": json.dumps(begin_registration(me(self.request), passwordless=True))}

    def form_valid(self, form: Any) -> HttpResponse:
        with transaction.atomic():
            response = super().form_valid(form)
            actions.second_step_added(person=me(self.request), by=me(self.request))
        _has_shown(self.request, Authenticator.Type.WEBAUTHN.value)
        return response


class StepByPasskeyAgain(ReauthenticateWebAuthnView):
    """A passkey once more; where it fails, the page says so and stays."""

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form))


class RecoveryCodes(ViewRecoveryCodesView):
    """The recovery codes, shown once, to be printed or written down."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not queries.second_steps(me(request)).exists() or not queries.codes_left(me(request)):
            return redirect("mfa_index")
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        going_on = self.request.session.get(GOING_ON, "")
        return super().get_context_data(**kwargs) | {"going_on": going_on}


@requires(Permission.SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
@again
def recovery_codes_new(request: HttpRequest) -> HttpResponse:
    """New recovery codes, after asking once more."""
    if not queries.second_steps(me(request)).exists():
        return redirect("mfa_index")
    if request.method == "POST":
        actions.make_recovery_codes(person=me(request), by=me(request))
        return redirect("mfa_view_recovery_codes")
    return render(request, "people/recovery_codes_new.jinja", {"codes_left": queries.codes_left(me(request))})


@requires(Permission.SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
@again
def second_step_remove(request: HttpRequest, step_id: int) -> HttpResponse:
    """Take a passkey or an app away, after asking once more."""
    step = get_object_or_404(queries.second_steps(me(request)), pk=step_id)
    refused = None
    if request.method == "POST":
        try:
            actions.remove_second_step(person=me(request), authenticator_id=step.pk, by=me(request))
            return redirect("mfa_index")
        except Refused as error:
            refused = error
    name = step.wrap().name if step.type == Authenticator.Type.WEBAUTHN else ""
    context = {"name": name, "refused": refused}
    return render(request, "people/second_step_remove.jinja", context, status=409 if refused else 200)
