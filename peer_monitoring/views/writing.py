"""A visit as plain forms, online and without a script: section by section, kept after each page, then sent."""

from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from kit import clock
from kit.kept import posted_or_kept, take
from peer_monitoring import actions, queries, spoken
from peer_monitoring.changing import Change, change_in
from peer_monitoring.errors import VisitsRefused
from peer_monitoring.forms import StopForm
from peer_monitoring.models import Draft, Visit
from peer_monitoring.photo_words import Photos, photos_of
from people.here import me
from questions.answer_forms import PREFIX, AnswerForm, typed, with_rounds, without
from questions.answering import Answers, Reading, read_answers
from questions.compiled import Compiled
from questions.models import QuestionSetVersion
from tenants.schemes.requires import requires
from tenants.schemes.rights import Permission


@requires(Permission.LOG_VISITS)
@require_http_methods(["GET", "HEAD", "POST"])
def visit_log(request: HttpRequest, slug: str, visit_id: UUID) -> HttpResponse:
    """Every section and how much of it is answered; pressing “Begin” begins the visit."""
    visit = _mine(request, slug, visit_id)
    refused = None
    if request.method == "POST":
        try:
            begun = actions.open_draft(visit=visit, by=me(request).pk)
            version = queries.version_of(begun, visit)
            first = queries.section_after(version, None, _read(version, begun.answers, photos_of(visit, begun)))
            return redirect(_way(visit, first, spoken.language_of(request, version), None))
        except VisitsRefused as error:
            refused = error
    draft = queries.my_draft(visit, me(request).pk)
    record = queries.takes_the_place_of(draft, visit) if draft else queries.my_record(visit, me(request).pk)
    context: dict[str, Any] = {"visit": visit, "draft": draft, "record": record, "refused": refused}
    if draft:
        version = queries.version_of(draft, visit)
        photos = photos_of(visit, draft)
        context["sections"] = queries.progress(version, _read(version, draft.answers, photos), photos=photos.kept)
        context["spoken"] = spoken.language_of(request, version)
    return render(request, "peer_monitoring/visit_log.jinja", context, status=409 if refused else 200)


@requires(Permission.LOG_VISITS)
@require_http_methods(["GET", "HEAD", "POST"])
def visit_log_section(request: HttpRequest, slug: str, visit_id: UUID, name: str) -> HttpResponse:
    """One section; whatever is typed is kept, also what is wrong, and where another language is chosen or a concern is
    raised.

    The next comes once all that is asked was shown and nothing is wrong. What must be answered can wait for the last
    page, as in the app: on a visit somebody has to be able to go on and come back.
    """
    visit, draft = _writing(request, slug, visit_id)
    version = queries.version_of(draft, visit)
    section = _section(version, name)
    language, photos = spoken.language_of(request, version), photos_of(visit, draft)
    change, before = change_in(request), draft.answers
    pressed, another, cleared = (request.POST.get(name, "") for name in ("rounds", "language", "clear"))
    if request.method == "POST":
        draft = actions.save_answers(draft=draft, how=lambda was: _pressed(request, section, was))
        if "concern" in request.POST:
            return redirect("visit_concern", slug, visit_id)
    sent = request.POST if request.method == "POST" and not (pressed or another or cleared) else None
    again = None if request.method == "POST" else take(request)
    answers = typed(again, section, draft.answers) if again else draft.answers
    form = AnswerForm(
        version.compiled, section, answers, language=language, today=clock.today(), sent=sent,
        photos=photos.words, leaves_out=photos.leaves_out, may_wait=True,
    )  # fmt: skip
    if change and request.method == "POST":
        change = change.after(section, _read(version, before, photos), form.reading, version.compiled)
    if spoken.has(version, another):
        spoken.choose(request, another)
        return redirect(_way(visit, name, another, change))
    if cleared:
        return redirect(f"{_way(visit, name, language, change)}#id_{PREFIX}-{quote(cleared)}")
    if sent is not None and form.is_done():
        following = change.following if change else queries.section_after(version, section, form.reading)
        return redirect(_way(visit, following, language, change))
    context = {
        "visit": visit,
        "section": section,
        "spoken": language,
        "form": form,
        "change": change,
        "asked": version.compiled,
    }
    return render(request, "peer_monitoring/visit_log_section.jinja", context)


@requires(Permission.LOG_VISITS)
@require_http_methods(["GET", "HEAD", "POST"])
def visit_log_review(request: HttpRequest, slug: str, visit_id: UUID) -> HttpResponse:
    """Everything that was answered and what is missing; then it is sent, or what there is of it, with why."""
    visit = _mine(request, slug, visit_id)
    draft = queries.my_draft(visit, me(request).pk)
    if draft is None:
        return redirect("visit_log", slug, visit_id)
    refused, form = None, _stop_form(request)
    if request.method == "POST" and (not form.is_bound or form.is_valid()):
        try:
            stopped = form.stopped() if form.is_bound else None
            actions.finish(draft_id=draft.pk, visit=visit, by=me(request).pk, stopped=stopped)
            return redirect("visit_log", slug, visit_id)
        except VisitsRefused as error:
            refused = error
    version = queries.version_of(draft, visit)
    language, photos = spoken.language_of(request, version), photos_of(visit, draft)
    rows = queries.review(_read(version, draft.answers, photos), photos.words, language)
    replaced = queries.takes_the_place_of(draft, visit)
    context = {
        "visit": visit,
        "refused": refused,
        "rows": rows,
        "form": form,
        "spoken": language,
        "replaced": replaced,
    }
    return render(request, "peer_monitoring/visit_log_review.jinja", context, status=409 if refused else 200)


@requires(Permission.LOG_VISITS)
@require_POST
def visit_log_correct(request: HttpRequest, slug: str, visit_id: UUID) -> HttpResponse:
    """Change what was sent."""
    visit = _mine(request, slug, visit_id)
    record = queries.my_record(visit, me(request).pk)
    if record is None:
        raise Http404
    actions.correct(record=record, by=me(request).pk)
    return redirect("visit_log", slug, visit_id)


def _mine(request: HttpRequest, slug: str, visit_id: UUID) -> Visit:
    visit = queries.my_visit(me(request).pk, visit_id)
    if visit.group.slug != slug or visit.ready_at is None:
        raise Http404
    return visit


def _pressed(request: HttpRequest, section: Compiled, was: Answers) -> Answers:
    """What was typed on the page of a section, with a round more or less, or without an answer, as was pressed."""
    answers = with_rounds(request.POST.get("rounds", ""), section, typed(request.POST, section, was))
    return without(request.POST.get("clear", ""), section, answers)


def _stop_form(request: HttpRequest) -> StopForm:
    """Why they cannot finish, if that is what they sent."""
    given = posted_or_kept(request)
    return StopForm(given if given is not None and "why" in given else None)


def _writing(request: HttpRequest, slug: str, visit_id: UUID) -> tuple[Visit, Draft]:
    visit = _mine(request, slug, visit_id)
    draft = queries.my_draft(visit, me(request).pk)
    if draft is None:
        raise Http404
    return visit, draft


def _section(version: QuestionSetVersion, name: str) -> Compiled:
    found: Compiled | None = next((one for one in version.compiled["sections"] if one["name"] == name), None)
    if found is None:
        raise Http404
    return found


def _read(version: QuestionSetVersion, answers: Answers, photos: Photos) -> Reading:
    return read_answers(version.compiled, answers, today=clock.today(), leaves_out=photos.leaves_out)


def _way(visit: Visit, section: str | None, language: str, change: Change | None) -> str:
    """To a section, or to the last page where none is left: after a change, to where they came from."""
    if section is None:
        return reverse("visit_log_review", args=[visit.group.slug, visit.pk]) + (change.place if change else "")
    way = reverse("visit_log_section", args=[visit.group.slug, visit.pk, section])
    return f"{way}?language={language}{f'&{change.query}' if change else ''}"
