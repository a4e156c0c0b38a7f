"""Groups on a scheme's host: what the scheme shares with them, and what its staff agree."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from groups import actions, queries
from groups.errors import GroupsRefused
from groups.forms import AgreementForm
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
    """With which groups the scheme has an agreement."""
    return render(request, "groups/agreements.jinja", {"agreements": queries.agreements_with(scheme_here(request))})


@requires(Permission.AGREE_WITH_GROUPS)
def agreement_make(request: HttpRequest) -> HttpResponse:
    """Agree with a user-led group."""
    form = AgreementForm(posted_or_kept(request), scheme=scheme_here(request))
    if form.is_valid():
        try:
            actions.agree(scheme=scheme_here(request), group=form.cleaned_data["group"], by=me(request).pk)
            return redirect("agreements")
        except GroupsRefused as refused:
            form.refuse(refused, "group")
    left = queries.groups_to_agree_with(scheme_here(request))
    context = {"form": form, "left": left.exists(), "any": queries.user_led_groups().exists()}
    return render(request, "groups/agreement_make.jinja", context)


@requires(Permission.AGREE_WITH_GROUPS)
@require_http_methods(["GET", "HEAD", "POST"])
def agreement_end(request: HttpRequest, agreement_id: UUID) -> HttpResponse:
    """End an agreement, after asking once more."""
    scheme = scheme_here(request)
    agreement = get_object_or_404(queries.agreements_with(scheme), pk=agreement_id)
    if request.method == "POST":
        actions.end_agreement(agreement=agreement, scheme=scheme, by=me(request).pk)
        return redirect("agreements")
    return render(request, "groups/agreement_end.jinja", {"agreement": agreement})
