"""A group's pages on the platform. Who has no seat finds nothing here."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from groups import actions, queries
from groups.errors import GroupsRefused
from groups.forms import GroupForm, GroupInviteForm, SeatForm
from groups.seats import Seat, ordinary
from groups.views.acting import done
from groups.ways_on import ways_on
from kit.kept import posted_or_kept
from people.here import me
from tenants.schemes.requires import requires
from tenants.schemes.rights import Permission


@requires(Permission.SIGNED_IN)
@require_GET
def groups(request: HttpRequest) -> HttpResponse:
    """My groups."""
    return render(request, "groups/groups.jinja", {"groups": queries.my_groups(me(request).pk)})


@requires(Permission.CREATE_GROUPS)
def group_new(request: HttpRequest) -> HttpResponse:
    """Set a group up and invite its lead; below it, the groups there are."""
    form = GroupForm(posted_or_kept(request))
    if form.is_valid():
        try:
            made = actions.create(by=me(request).pk, **form.cleaned_data)
            return redirect(f"{reverse('group_new')}?made={made.slug}")
        except GroupsRefused as refused:
            form.refuse(refused, "name")
    there = queries.all_open_groups()
    just_made = None if form.is_bound else there.filter(slug=request.GET.get("made", "")).first()
    return render(request, "groups/group_new.jinja", {"form": form, "groups": there, "made": just_made})


@requires(Permission.SEE_MY_GROUPS)
@require_GET
def group(request: HttpRequest, slug: str) -> HttpResponse:
    """Who belongs, who is invited, what was agreed with schemes."""
    mine = queries.my_group(me(request).pk, slug)
    seat = queries.seat(me(request).pk, mine)
    leads = seat is not None and seat.seat == Seat.LEAD
    context = {
        "group": mine,
        "leads": leads,
        "members": queries.members(mine),
        "invited": queries.open_invitations(mine) if leads else [],
        "agreements": queries.agreements_of(mine),
        "ended": queries.ended_agreements_of(mine),
        "ways_on": ways_on(mine, seat),
    }
    return render(request, "groups/group.jinja", context)


@requires(Permission.SEE_MY_GROUPS)
def group_invite(request: HttpRequest, slug: str) -> HttpResponse:
    """The lead invites somebody."""
    led = queries.group_to_lead(me(request).pk, slug)
    form = GroupInviteForm(posted_or_kept(request), group=led, initial={"seat": ordinary(led.kind)})
    if done(form, partial(actions.invite, group=led, by=me(request).pk), beside="email"):
        return redirect("group", slug)
    return render(request, "groups/group_invite.jinja", {"group": led, "form": form})


@requires(Permission.SEE_MY_GROUPS)
def group_seat(request: HttpRequest, slug: str, membership_id: UUID) -> HttpResponse:
    """The lead says who leads, and who speaks for the group."""
    led = queries.group_to_lead(me(request).pk, slug)
    member = queries.member(led, membership_id)
    now = {"seat": member.membership.seat, "capacity": member.membership.capacity}
    form = SeatForm(posted_or_kept(request), group=led, initial=now)
    if done(form, partial(actions.change_seat, membership=member.membership, by=me(request).pk), beside="seat"):
        return redirect("group", slug)
    return render(request, "groups/group_seat.jinja", {"group": led, "member": member, "form": form})


@requires(Permission.SEE_MY_GROUPS)
@require_http_methods(["GET", "HEAD", "POST"])
def group_seat_end(request: HttpRequest, slug: str, membership_id: UUID) -> HttpResponse:
    """The lead ends somebody's seat, after being asked once more."""
    led = queries.group_to_lead(me(request).pk, slug)
    member = queries.member(led, membership_id)
    if member.membership.person_id == me(request).pk:
        return redirect("group_leave", slug)
    refused = None
    if request.method == "POST":
        try:
            actions.leave(membership=member.membership, by=me(request).pk)
            return redirect("group", slug)
        except GroupsRefused as error:
            refused = error
    context = {"group": led, "member": member, "refused": refused}
    return render(request, "groups/group_seat_end.jinja", context, status=409 if refused else 200)


@requires(Permission.SEE_MY_GROUPS)
@require_POST
def group_invitation_withdraw(request: HttpRequest, slug: str, invitation_id: UUID) -> HttpResponse:
    """The lead takes an invitation back."""
    led = queries.group_to_lead(me(request).pk, slug)
    actions.withdraw_invitation(invitation=queries.open_invitation(led, invitation_id), by=me(request).pk)
    return redirect("group", slug)


@requires(Permission.SEE_MY_GROUPS)
@require_http_methods(["GET", "HEAD", "POST"])
def group_leave(request: HttpRequest, slug: str) -> HttpResponse:
    """Give up one's seat, after being asked once more."""
    mine = queries.my_group(me(request).pk, slug)
    seat = queries.seat(me(request).pk, mine)
    refused = None
    if request.method == "POST" and seat is not None:
        try:
            actions.leave(membership=seat, by=me(request).pk)
            return redirect("groups")
        except GroupsRefused as error:
            refused = error
    needed = seat is not None and queries.is_needed_as_lead(seat)
    context = {"group": mine, "refused": refused, "others": queries.members(mine) if needed else [], "own": seat}
    return render(request, "groups/group_leave.jinja", context, status=409 if refused else 200)
