"""What was received of a visit: everybody's answers side by side, what is missing, and files to take away."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from groups.queries import group_where_monitor, is_led_by, led_group
from kit.dates import moment
from kit.exports import FileKind
from peer_monitoring import actions, queries, written
from peer_monitoring.errors import TooLate
from peer_monitoring.files import name_of
from peer_monitoring.models import Visit
from people.here import me
from tenants.schemes.requires import requires
from tenants.schemes.rights import Permission


@requires(Permission.LOG_VISITS)
@require_GET
def visit_records(request: HttpRequest, slug: str, visit_id: UUID) -> HttpResponse:
    """Answer beside answer, where they differ, what is missing, and what is to be chosen between.

    Before somebody chooses, the same address says what that means, and asks.
    """
    visit, leads = _read_by(request, slug, visit_id)
    found = written.side_by_side(visit)
    conflicts = written.conflicts(found)
    if asked := written.to_choose(conflicts, request.GET.get("choose", "")):
        of, side = asked
        context = {"visit": visit, "group": visit.group, "of": of, "side": side}
        return render(request, "peer_monitoring/record_choose.jinja", context)
    context = {
        "visit": visit,
        "leads": leads,
        "group": visit.group,
        "found": found,
        "conflicts": conflicts,
        "headings": found.headings(conflicts),
        "replaced": written.replaced(visit),
        "chosen": written.chosen(visit),
        "can_be_logged": leads and queries.can_be_logged(visit),
        "did_not_take_place": leads and visit.began_at is not None and queries.can_be_called_off(visit),
    }
    return render(request, "peer_monitoring/visit_records.jinja", context)


@requires(Permission.PLAN_VISITS)
@require_http_methods(["GET", "HEAD", "POST"])
def visit_logged(request: HttpRequest, slug: str, visit_id: UUID) -> HttpResponse:
    """The lead waits for no further record: the page says who sent none, and who then sees the visit, and asks."""
    group = led_group(me(request).pk, slug)
    visit = queries.visit_of(group, visit_id)
    if request.method == "POST":
        actions.say_logged(visit=visit, by=me(request).pk)
        return redirect("visit_records", slug, visit_id)
    context = {
        "group": group,
        "visit": visit,
        "came": queries.what_came(visit, queries.seats_on(visit)),
        "can_be_logged": queries.can_be_logged(visit),
    }
    return render(request, "peer_monitoring/visit_logged.jinja", context)


@requires(Permission.LOG_VISITS)
@require_POST
def record_choose(request: HttpRequest, slug: str, visit_id: UUID, record_id: UUID, received_id: UUID) -> HttpResponse:
    """Of several that one person sent, this one counts; where somebody was faster, it says so."""
    visit, _ = _read_by(request, slug, visit_id)
    record = written.record_of(visit, record_id)
    received = written.received_of(record, received_id)
    offered = written.to_choose(written.conflicts(written.side_by_side(visit)), str(received_id))
    which = f"Record {offered[1].number}" if offered else "What you chose"
    try:
        actions.choose(record=record, received=received, by=me(request).pk)
        messages.success(request, f"{which} counts now. It came on {moment(received.received_at)}.")
    except TooLate as late:
        messages.error(request, str(late))
    return redirect("visit_records", slug, visit_id)


@requires(Permission.LOG_VISITS)
@require_GET
def visit_records_file(request: HttpRequest, slug: str, visit_id: UUID, kind: str) -> HttpResponse:
    """The same as a table, or as it was sent."""
    visit, _ = _read_by(request, slug, visit_id)
    if kind != actions.AS_SENT and kind not in FileKind:
        raise Http404
    file = actions.take_away(visit=visit, kind=kind, by=me(request).pk)
    content_type = "application/json" if kind == actions.AS_SENT else FileKind(kind).content_type
    headers = {"Content-Disposition": f'attachment; filename="{name_of(visit, kind)}"'}
    return HttpResponse(file, content_type=content_type, headers=headers)


@requires(Permission.LOG_VISITS)
@require_GET
def visit_photo(request: HttpRequest, slug: str, visit_id: UUID, attachment_id: UUID) -> HttpResponse:
    """A photo as it was drawn anew; never the bytes that were sent."""
    visit, _ = _read_by(request, slug, visit_id)
    return HttpResponse(written.picture_of(visit, attachment_id), content_type="image/jpeg")


def _read_by(request: HttpRequest, slug: str, visit_id: UUID) -> tuple[Visit, bool]:
    """A visit with whether its lead asks; only they and its team read what was written."""
    group = group_where_monitor(me(request).pk, slug)
    visit = queries.visit_to_write_about(group, visit_id, me(request).pk)
    return visit, is_led_by(group, me(request).pk)
