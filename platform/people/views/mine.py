"""“My Alongside”: what waits for me, my schemes, my groups, my details."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kit.kept import posted_or_kept
from kit.waiting import apart
from people import actions, besides, hosts, own_waiting, queries, sections, waiting
from people.forms import FirstVisitForm, NameForm
from people.here import me
from people.links import into_scheme
from people.models import Consent
from people.views.crossing import move_on
from people.wordings import WORDINGS
from tenants.schemes import queries as boundary
from tenants.schemes.requires import requires
from tenants.schemes.rights import Permission


@requires(Permission.ANYONE)
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The platform's front page: what Alongside is, and every open scheme."""
    return render(request, "people/home.jinja", {"schemes": boundary.open_schemes()})


@requires(Permission.SIGNED_IN)
@require_GET
def my(request: HttpRequest) -> HttpResponse:
    """A person's own page; who has no name or agreement yet is asked for both first."""
    if not queries.is_settled(me(request)):
        return redirect("my_first_visit")
    context = {
        "lines": waiting.lines(request),
        "changed": own_waiting.changed(request),
        "my_schemes": [
            (mine, into_scheme(mine.scheme, "/staff/" if mine.roles else "/"), into_scheme(mine.scheme, "/mine/"))
            for mine in _schemes(request)
        ],
        "sections": sections.sections(me(request).pk),
    }
    return render(request, "people/my.jinja", context)


@requires(Permission.SIGNED_IN)
@require_GET
def my_waiting(request: HttpRequest) -> HttpResponse:
    """All that waits for a person, each by itself."""
    return render(request, "people/my_waiting.jinja", {"lines": apart(waiting.lines(request))})


@requires(Permission.SIGNED_IN)
def my_first_visit(request: HttpRequest) -> HttpResponse:
    """What to call the person, and their agreement that we keep an account for them."""
    form = FirstVisitForm(posted_or_kept(request), initial={"name": me(request).name})
    if form.is_valid():
        actions.set_name(person=me(request), name=form.cleaned_data["name"], by=me(request))
        actions.give_consent(person=me(request), purpose=Consent.Purpose.ACCOUNT, by=me(request))
        return _on(request)
    return render(request, "people/my_first_visit.jinja", {"form": form})


@requires(Permission.SIGNED_IN)
@require_GET
def my_details(request: HttpRequest) -> HttpResponse:
    """What we know of the person, each with a way to change it."""
    standing, contact = queries.standing_consents(me(request)), queries.contact_of(me(request))
    context = {
        "contact": contact,
        "besides": besides.in_words(me(request), contact),
        "second_step": queries.second_steps(me(request)).exists(),
        "purposes": [(purpose, WORDINGS[purpose].words, standing.get(purpose)) for purpose in Consent.Purpose],
    }
    return render(request, "people/my_details.jinja", context)


@requires(Permission.SIGNED_IN)
@require_GET
def my_email(request: HttpRequest) -> HttpResponse:
    """Where allauth believes that addresses are managed; with one address each, that is the page of details."""
    return redirect("my_details")


@requires(Permission.SIGNED_IN)
def my_name(request: HttpRequest) -> HttpResponse:
    """Another name."""
    form = NameForm(posted_or_kept(request), initial={"name": me(request).name})
    if form.is_valid():
        actions.set_name(person=me(request), name=form.cleaned_data["name"], by=me(request))
        return redirect("my_details")
    return render(request, "people/my_name.jinja", {"form": form})


@requires(Permission.SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def my_erasure(request: HttpRequest) -> HttpResponse:
    """What it means to take everything away; then ask for it, or take back that one asked."""
    if request.method == "POST":
        change = actions.take_back_erasure if "keep" in request.POST else actions.ask_for_erasure
        change(person=me(request), by=me(request))
        return redirect("my_erasure")
    return render(request, "people/my_erasure.jinja", {"asked": queries.erasure_asked_for(me(request))})


@requires(Permission.SIGNED_IN)
@require_POST
def my_consent(request: HttpRequest, purpose: str) -> HttpResponse:
    """Take back an agreement; where it is that to keep an account, say what that means before anything is done."""
    if purpose == Consent.Purpose.ACCOUNT:
        return redirect("my_erasure")
    actions.withdraw_consent(person=me(request), purpose=purpose, by=me(request))
    return redirect("my_details")


@requires(Permission.SIGNED_IN)
@require_GET
def notice_open(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """Go to what waits: the words are read on the host that holds them."""
    notice = queries.notice(me(request), notice_id)
    if notice.kind not in own_waiting.UNTIL_DONE:
        actions.read_notice(person_id=me(request).pk, kind=notice.kind, key=notice.key)
    scheme = boundary.open_scheme(notice.scheme_id)
    if notice.scheme_id and scheme is None:
        return render(request, "people/notice_closed.jinja", {"to_ring": own_waiting.whom_to_ring(notice)})
    return HttpResponseRedirect(into_scheme(scheme, notice.path) if scheme else notice.path)


def _on(request: HttpRequest) -> HttpResponse:
    """Back to the scheme's page that led here, or to one's own page."""
    host = request.GET.get("host", "").lower()
    if hosts.is_open(host):
        return move_on(request, f"{hosts.origin_of(host)}{hosts.own_path(request.GET.get('next'), '/')}")
    return redirect("my")


def _schemes(request: HttpRequest) -> list[queries.MyScheme]:
    return queries.my_schemes(me(request))
