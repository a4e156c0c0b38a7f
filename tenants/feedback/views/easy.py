"""For staff: the answer in Easy Read, as those who need it will see it."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from kit import kept
from tenants.feedback import actions, queries
from tenants.feedback.actions.locking import latest_round
from tenants.feedback.forms import EasyForm
from tenants.feedback.models import Round
from tenants.feedback.views.asking import SchemeRequest, done, nothing_left, point_or_404
from tenants.schemes.requires import requires
from tenants.schemes.rights import Permission


@requires(Permission.DECIDE_POINTS)
def point_easy(request: SchemeRequest, point_id: UUID) -> HttpResponse:
    """Write the last answer in Easy Read; what stands already is shown as they see it."""
    point = point_or_404(point_id)
    if point.is_erased:
        return nothing_left(request, point)
    round_ = latest_round(point)
    if round_ is None:
        raise Http404
    written = getattr(round_, "easy", None)
    initial = {"easy_what": written.what, "easy_why": written.why} if written else None
    form = EasyForm(kept.posted_or_kept(request), initial=initial)
    if done(form, lambda: _write(request, form, round_)):
        return redirect("feedback:point_easy", point_id)
    return render(request, "feedback/point_easy.jinja", {
        "point": point, "round": round_, "form": form, "ideas": queries.easy_read(point, round_),
    })  # fmt: skip


def _write(request: SchemeRequest, form: EasyForm, round_: Round) -> None:
    what, why = form.cleaned_data["easy_what"], form.cleaned_data["easy_why"]
    actions.write_easy_read(round_=round_, what=what, why=why, by=request.user)
