"""A group's side of its agreements: what was agreed, what the group decided, and whether it has happened (S47)."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from groups import actions, queries
from groups.forms import DecisionForm, DeliveryForm, ReceivedForm
from groups.views.acting import done
from kit.kept import posted_or_kept
from people.here import me
from tenants.schemes.requires import requires
from tenants.schemes.rights import Permission


@requires(Permission.SEE_MY_GROUPS)
@require_GET
def group_agreement(request: HttpRequest, slug: str, agreement_id: UUID) -> HttpResponse:
    """All of one agreement, for everybody with a seat."""
    mine = queries.user_led_group(me(request).pk, slug)
    one = queries.agreement_of(mine, agreement_id)
    context = {
        "group": mine,
        "one": one,
        "leads": queries.is_led_by(mine, me(request).pk),
        "resources": queries.resources(one.agreement),
        "decisions": queries.decisions(one.agreement),
        "sites": queries.sites_to_ask(one.agreement, one.scheme) if one.scheme else [],
    }
    return render(request, "groups/group_agreement.jinja", context)


@requires(Permission.SEE_MY_GROUPS)
@require_http_methods(["GET", "HEAD", "POST"])
def group_resource(request: HttpRequest, slug: str, agreement_id: UUID, resource_id: UUID) -> HttpResponse:
    """The lead says that something came."""
    led = queries.led_group(me(request).pk, slug)
    agreement = queries.agreement_of(led, agreement_id).agreement
    resource = queries.resource(agreement, resource_id)
    form = ReceivedForm(posted_or_kept(request))
    if done(form, partial(actions.receive_resource, resource=resource, by=me(request).pk)):
        return redirect("group_agreement", slug, agreement_id)
    context = {"group": led, "agreement": agreement, "resource": resource, "form": form}
    return render(request, "groups/group_resource.jinja", context)


@requires(Permission.SEE_MY_GROUPS)
@require_http_methods(["GET", "HEAD", "POST"])
def group_decide(request: HttpRequest, slug: str, agreement_id: UUID) -> HttpResponse:
    """The lead writes down what the group decided."""
    led = queries.led_group(me(request).pk, slug)
    one = queries.agreement_of(led, agreement_id)
    form = DecisionForm(posted_or_kept(request))
    if done(form, partial(actions.decide, agreement=one.agreement, by=me(request).pk)):
        return redirect("group_agreement", slug, agreement_id)
    return render(request, "groups/group_decide.jinja", {"group": led, "one": one, "form": form})


@requires(Permission.SEE_MY_GROUPS)
@require_http_methods(["GET", "HEAD", "POST"])
def group_decision(request: HttpRequest, slug: str, agreement_id: UUID, decision_id: UUID) -> HttpResponse:
    """The lead answers for the group whether a decision has happened."""
    led = queries.led_group(me(request).pk, slug)
    agreement = queries.agreement_of(led, agreement_id).agreement
    decided = queries.decision(agreement, decision_id)
    form = DeliveryForm(posted_or_kept(request))
    if done(form, partial(actions.answer_delivery, decision=decided.decision, by=me(request).pk)):
        return redirect("group_agreement", slug, agreement_id)
    context = {"group": led, "agreement": agreement, "decided_one": decided, "form": form}
    return render(request, "groups/group_decision.jinja", context)


@requires(Permission.SEE_MY_GROUPS)
@require_POST
def group_decision_withdraw(request: HttpRequest, slug: str, agreement_id: UUID, decision_id: UUID) -> HttpResponse:
    """The lead takes back what the group decided."""
    led = queries.led_group(me(request).pk, slug)
    agreement = queries.agreement_of(led, agreement_id).agreement
    actions.withdraw_decision(decision=queries.decision(agreement, decision_id).decision, by=me(request).pk)
    return redirect("group_agreement", slug, agreement_id)
