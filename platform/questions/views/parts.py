"""Sections and questions of a draft: add, change, move, take away."""

from functools import partial
from typing import TypeVar
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from groups.models import Group
from groups.queries import led_group
from kit.kept import posted_or_kept
from people.here import me
from questions import editing, queries
from questions.forms import KINDS, QuestionForm, SectionForm
from questions.models import QuestionSet
from questions.shape import Form, Kind, Question, Section, read
from questions.views.changing import changed
from tenants.schemes.requires import requires
from tenants.schemes.rights import Permission

Part = TypeVar("Part", Section, Question)


@requires(Permission.EDIT_QUESTIONS)
def section_new(request: HttpRequest, slug: str, set_id: UUID) -> HttpResponse:
    """One more section at the end."""
    group, one, draft = _draft(request, slug, set_id)
    form = SectionForm(posted_or_kept(request), draft=draft)
    if form.is_valid() and changed(request, one, form.added, form):
        return redirect("question_set", slug, set_id)
    return render(request, "questions/section_new.jinja", {"group": group, "set": one, "form": form})


@requires(Permission.EDIT_QUESTIONS)
def section_change(request: HttpRequest, slug: str, set_id: UUID, name: str) -> HttpResponse:
    """What a section is called, whether it repeats, and when it is asked."""
    group, one, draft = _draft(request, slug, set_id)
    section = _found(draft.section(name))
    form = SectionForm(posted_or_kept(request), draft=draft, was=section)
    if form.is_valid() and changed(request, one, form.changed, form):
        return redirect(_place(slug, set_id, name))
    context = {"group": group, "set": one, "form": form, "section": section}
    return render(request, "questions/section_change.jinja", context)


@requires(Permission.EDIT_QUESTIONS)
@require_GET
def question_kind(request: HttpRequest, slug: str, set_id: UUID, name: str) -> HttpResponse:
    """What a new question of a section asks for."""
    group, one, draft = _draft(request, slug, set_id)
    context = {"group": group, "set": one, "section": _found(draft.section(name)), "kinds": KINDS}
    return render(request, "questions/question_kind.jinja", context)


@requires(Permission.EDIT_QUESTIONS)
def question_new(request: HttpRequest, slug: str, set_id: UUID, name: str, kind: str) -> HttpResponse:
    """One more question at the end of a section."""
    group, one, draft = _draft(request, slug, set_id)
    section = _found(draft.section(name))
    form = QuestionForm(posted_or_kept(request), draft=draft, kind=_kind(kind), section=name)
    if form.is_valid() and changed(request, one, form.added, form):
        return redirect(_place(slug, set_id, name))
    context = {"group": group, "set": one, "form": form, "section": section, "kind": KINDS[_kind(kind)][0]}
    return render(request, "questions/question_new.jinja", context)


@requires(Permission.EDIT_QUESTIONS)
def question_change(request: HttpRequest, slug: str, set_id: UUID, name: str) -> HttpResponse:
    """Everything about one question but what it asks for."""
    group, one, draft = _draft(request, slug, set_id)
    question = _found(draft.question(name))
    form = QuestionForm(posted_or_kept(request), draft=draft, kind=question.kind, was=question)
    if form.is_valid() and changed(request, one, form.changed, form):
        return redirect(_place(slug, set_id, name))
    context = {"group": group, "set": one, "form": form, "question": question, "kind": KINDS[question.kind][0]}
    return render(request, "questions/question_change.jinja", context)


@requires(Permission.EDIT_QUESTIONS)
@require_POST
def part_move(request: HttpRequest, slug: str, set_id: UUID, name: str) -> HttpResponse:
    """A section or a question one place up or down."""
    _, one, draft = _draft(request, slug, set_id)
    _part(draft, name)
    by = editing.UP if request.POST.get("to") == "up" else editing.DOWN
    changed(request, one, partial(editing.moved, name=name, by=by))
    return redirect(_place(slug, set_id, name))


@requires(Permission.EDIT_QUESTIONS)
@require_http_methods(["GET", "HEAD", "POST"])
def part_delete(request: HttpRequest, slug: str, set_id: UUID, name: str) -> HttpResponse:
    """Take a question away, or a section with all in it, after being asked once more."""
    group, one, draft = _draft(request, slug, set_id)
    part = _part(draft, name)
    if request.method == "POST":
        changed(request, one, partial(editing.without, name=name))
        return redirect("question_set", slug, set_id)
    return render(request, "questions/part_delete.jinja", {"group": group, "set": one, "part": part})


def _draft(request: HttpRequest, slug: str, set_id: UUID) -> tuple[Group, QuestionSet, Form]:
    group = led_group(me(request).pk, slug)
    one = queries.own_set(group, set_id)
    return group, one, read(one.draft)


def _found(part: Part | None) -> Part:
    if part is None:
        raise Http404
    return part


def _part(draft: Form, name: str) -> Section | Question:
    return draft.section(name) or _found(draft.question(name))


def _kind(kind: str) -> Kind:
    try:
        return Kind(kind)
    except ValueError as unknown:
        raise Http404 from unknown


def _place(slug: str, set_id: UUID, name: str) -> str:
    """The page of the set, where this stands on it."""
    return f"{reverse('question_set', args=[slug, set_id])}#{name}"
