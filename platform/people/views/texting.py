"""Signing in with a code that comes as a text message: the same pages for every number (ADR 0046)."""

from urllib.parse import urlencode
from uuid import UUID

from allauth.account.adapter import get_adapter
from allauth.account.app_settings import EmailVerificationMethod
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from kit import channels
from kit.errors import Refused
from kit.numbers import shown
from people import actions, hosts, queries
from people.models import Person, SignInCode
from people.reach_forms import MobileCodeForm
from people.sign_in_forms import TextCodeForm
from people.views.reaching import NOT_SENT
from tenants.schemes.requires import requires
from tenants.schemes.rights import Permission

WAITING = "people.text"


@requires(Permission.ANYONE)
@require_http_methods(["GET", "HEAD", "POST"])
def text_code(request: HttpRequest) -> HttpResponse:
    """A number, to which a code is sent whether we know it or not."""
    if not channels.can_text():
        raise Http404
    form = TextCodeForm(request.POST or None)
    if form.is_valid():
        try:
            address = get_adapter().get_client_ip(request)
            sent = actions.send_sign_in_code(number=form.cleaned_data["number"], address=address)
            request.session[WAITING] = str(sent.pk)
            return redirect(_on(request, "text_code_enter"))
        except Refused as refused:
            form.refuse(refused, "number")
        except OSError:
            form.refuse(NOT_SENT)
    return render(request, "people/text_code.jinja", {"form": form, "to_sign_in": _on(request, "account_login")})


@requires(Permission.ANYONE)
@require_http_methods(["GET", "HEAD", "POST"])
def text_code_enter(request: HttpRequest) -> HttpResponse:
    """The code: it opens the account of this number, or the way to a new one."""
    sent = _waiting(request)
    if sent is None:
        return redirect(_on(request, "text_code"))
    form = MobileCodeForm(request.POST or None)
    if form.is_valid():
        try:
            person = actions.read_sign_in_code(code_id=sent.pk, code=form.cleaned_data["code"])
            return _sign_in(request, person) if person else redirect(_on(request, "text_code_new"))
        except Refused as refused:
            form.refuse(refused, "code")
    context = {"form": form, "number": shown(sent.number), "again": _on(request, "text_code")}
    return render(request, "people/text_code_enter.jinja", context)


@requires(Permission.ANYONE)
@require_http_methods(["GET", "HEAD", "POST"])
def text_code_new(request: HttpRequest) -> HttpResponse:
    """The number opens no account: make one, or find the way into one that was there before or opens soon."""
    sent = _waiting(request)
    if sent is None or sent.read_at is None:
        return redirect(_on(request, "text_code"))
    waits = queries.recovery_to(sent.number)
    if request.method == "POST" and waits is None:
        return _sign_in(request, actions.open_account(code_id=sent.pk))
    context = {"number": shown(sent.number), "to_sign_in": _on(request, "account_login"), "waits": waits}
    return render(request, "people/text_code_new.jinja", context)


def _waiting(request: HttpRequest) -> SignInCode | None:
    """The code that this browser asked for."""
    code_id = request.session.get(WAITING)
    return queries.sign_in_code(UUID(code_id)) if code_id else None


def _sign_in(request: HttpRequest, person: Person) -> HttpResponse:
    """Go through every step that any other way of signing in goes through, but that of showing an e-mail address."""
    del request.session[WAITING]
    record_authentication(request, person, method="code")
    on = hosts.own_path(request.GET.get("next"), reverse("my"))
    return perform_login(request, Login(user=person, redirect_url=on, email_verification=EmailVerificationMethod.NONE))


def _on(request: HttpRequest, name: str) -> str:
    """The address of the next page, which keeps in mind where one wanted to be."""
    back = hosts.own_path(request.GET.get("next"), "")
    return f"{reverse(name)}?{urlencode({'next': back})}" if back else reverse(name)
