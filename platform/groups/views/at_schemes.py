"""Groups on a scheme's host: what the scheme shares with them, and what its staff agree."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from groups import actions, queries
from groups.errors import GroupsRefused
from groups.forms import AgreementForm, ReportForm, ResourceForm, TermsForm
from groups.views.acting import done
from kit.kept import posted_or_kept
from people.here import me
from tenants.schemes.here import scheme_here
from tenants.schemes.requires import requires
from tenants.schemes.rights import Permission


@requires(Permission.SEE_GROUP_SPACE)
@require_GET
def group_space(request: HttpRequest) -> HttpResponse:
    """What the scheme shares with the groups of the person asking."""
    agreements = queries.my_agreements_with(me(request).pk, scheme_here(request))
    return render(request, "groups/group_space.jinja", {"agreements": agreements})


@requires(Permission.AGREE_WITH_GROUPS)
@require_GET
def agreements(request: HttpRequest) -> HttpResponse:
    """With which groups the scheme has an agreement, and had one."""
    scheme = scheme_here(request)
    context = {"agreements": queries.agreements_now(scheme), "ended": queries.ended_agreements(scheme)}
    return render(request, "groups/agreements.jinja", context)


@requires(Permission.AGREE_WITH_GROUPS)
def agreement_make(request: HttpRequest) -> HttpResponse:
    """Agree with a user-led group."""
    form = AgreementForm(posted_or_kept(request), scheme=scheme_here(request))
    if form.is_valid():
        try:
            made = actions.agree(scheme=scheme_here(request), by=me(request).pk, **form.cleaned_data)
            return redirect("agreement", made.pk)
        except GroupsRefused as refused:
            form.refuse(refused, "group")
    left = queries.groups_to_agree_with(scheme_here(request))
    context = {"form": form, "left": left.exists(), "any": queries.user_led_groups().exists()}
    return render(request, "groups/agreement_make.jinja", context)


@requires(Permission.AGREE_WITH_GROUPS)
@require_GET
def agreement(request: HttpRequest, agreement_id: UUID) -> HttpResponse:
    """All of one agreement: its terms, what the scheme hands over, what the group decided."""
    one = queries.agreement_with(scheme_here(request), agreement_id)
    context = {"agreement": one, "resources": queries.resources(one), "decisions": queries.decisions(one)}
    return render(request, "groups/agreement.jinja", context)


@requires(Permission.AGREE_WITH_GROUPS)
@require_http_methods(["GET", "HEAD", "POST"])
def agreement_terms(request: HttpRequest, agreement_id: UUID) -> HttpResponse:
    """Say anew until when an agreement runs, whom the group turns to, and what it is paid."""
    scheme = scheme_here(request)
    one = get_object_or_404(queries.agreements_now(scheme), pk=agreement_id)
    form = TermsForm(posted_or_kept(request), initial={name: getattr(one, name) for name in TermsForm.base_fields})
    if done(form, partial(actions.change_terms, agreement=one, scheme=scheme, by=me(request).pk), beside="until"):
        return redirect("agreement", one.pk)
    return render(request, "groups/agreement_terms.jinja", {"agreement": one, "form": form})


@requires(Permission.AGREE_WITH_GROUPS)
@require_http_methods(["GET", "HEAD", "POST"])
def agreement_resource_add(request: HttpRequest, agreement_id: UUID) -> HttpResponse:
    """Say what the scheme hands over."""
    scheme = scheme_here(request)
    one = get_object_or_404(queries.agreements_now(scheme), pk=agreement_id)
    form = ResourceForm(posted_or_kept(request))
    if done(form, partial(actions.promise_resource, agreement=one, scheme=scheme, by=me(request).pk)):
        return redirect("agreement", one.pk)
    return render(request, "groups/agreement_resource_add.jinja", {"agreement": one, "form": form})


@requires(Permission.AGREE_WITH_GROUPS)
@require_POST
def agreement_resource_withdraw(request: HttpRequest, agreement_id: UUID, resource_id: UUID) -> HttpResponse:
    """Take back what the group has not received."""
    scheme = scheme_here(request)
    resource = queries.resource(queries.agreement_with(scheme, agreement_id), resource_id)
    actions.withdraw_resource(resource=resource, scheme=scheme, by=me(request).pk)
    return redirect("agreement", agreement_id)


@requires(Permission.AGREE_WITH_GROUPS)
@require_http_methods(["GET", "HEAD", "POST"])
def agreement_decision(request: HttpRequest, agreement_id: UUID, decision_id: UUID) -> HttpResponse:
    """Report on what the group decided; nothing else can be done with it here."""
    scheme = scheme_here(request)
    one = queries.agreement_with(scheme, agreement_id)
    decided = queries.decision(one, decision_id)
    form = ReportForm(posted_or_kept(request))
    if done(form, partial(actions.report_delivery, decision=decided.decision, scheme=scheme, by=me(request).pk)):
        return redirect("agreement", one.pk)
    context = {"agreement": one, "decided_one": decided, "form": form}
    return render(request, "groups/agreement_decision.jinja", context)


@requires(Permission.AGREE_WITH_GROUPS)
@require_http_methods(["GET", "HEAD", "POST"])
def agreement_end(request: HttpRequest, agreement_id: UUID) -> HttpResponse:
    """End an agreement, after asking once more."""
    scheme = scheme_here(request)
    agreement = get_object_or_404(queries.agreements_now(scheme), pk=agreement_id)
    if request.method == "POST":
        actions.end_agreement(agreement=agreement, scheme=scheme, by=me(request).pk)
        return redirect("agreements")
    return render(request, "groups/agreement_end.jinja", {"agreement": agreement})
