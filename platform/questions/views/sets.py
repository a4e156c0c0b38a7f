"""A group's question sets: the list, one set, its name, its copy, and the versions of it."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from groups.queries import group_where_monitor, is_led_by, led_group
from kit.forms import Form
from kit.kept import posted_or_kept
from people.here import me
from questions import actions, queries
from questions.checking import problems
from questions.errors import QuestionsRefused
from questions.exporting import xlsform
from questions.forms import SetForm, TitleForm
from questions.limits import in_words
from questions.shape import read
from questions.views.changing import changed, edition_of
from tenants.schemes.requires import requires
from tenants.schemes.rights import Permission

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@requires(Permission.LOG_VISITS)
@require_GET
def question_sets(request: HttpRequest, slug: str) -> HttpResponse:
    """The group's own sets, and ours."""
    group = group_where_monitor(me(request).pk, slug)
    context = {"group": group, "leads": is_led_by(group, me(request).pk), "sets": queries.sets_for(group)}
    return render(request, "questions/question_sets.jinja", context)


@requires(Permission.EDIT_QUESTIONS)
def question_set_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Start a set with nothing in it."""
    group = led_group(me(request).pk, slug)
    form = SetForm(posted_or_kept(request))
    if form.is_valid():
        made = actions.begin(group=group, by=me(request).pk, **form.cleaned_data)
        return redirect("question_set", slug, made.pk)
    return render(request, "questions/question_set_new.jinja", {"group": group, "form": form})


@requires(Permission.LOG_VISITS)
@require_GET
def question_set(request: HttpRequest, slug: str, set_id: UUID) -> HttpResponse:
    """All questions of a set in order, what is to be put right, and its versions."""
    group = group_where_monitor(me(request).pk, slug)
    one = queries.set_for(group, set_id)
    form = read(one.draft)
    context = {
        "group": group,
        "set": one,
        "draft": form,
        "rule": partial(in_words, form),
        "edits": one.group_id == group.pk and is_led_by(group, me(request).pk),
        "leads": is_led_by(group, me(request).pk),
        "problems": problems(form),
        "versions": queries.versions_of(one),
        "published": queries.published_as_it_is(one),
    }
    return render(request, "questions/question_set.jinja", context)


@requires(Permission.EDIT_QUESTIONS)
def question_set_title(request: HttpRequest, slug: str, set_id: UUID) -> HttpResponse:
    """What a set is called and what it is for."""
    group = led_group(me(request).pk, slug)
    one = queries.own_set(group, set_id)
    form = TitleForm(posted_or_kept(request), initial={"title": one.title, "purpose": one.purpose})
    if form.is_valid() and changed(request, one, form.applied_to, form):
        actions.describe(question_set=one, purpose=form.cleaned_data["purpose"])
        return redirect("question_set", slug, set_id)
    return render(request, "questions/question_set_title.jinja", {"group": group, "set": one, "form": form})


@requires(Permission.EDIT_QUESTIONS)
@require_POST
def question_set_copy(request: HttpRequest, slug: str, version_id: UUID) -> HttpResponse:
    """Start a set of the group's own with the questions of a version."""
    group = led_group(me(request).pk, slug)
    made = actions.copy(version=queries.version_for(group, version_id), group=group, by=me(request).pk)
    return redirect("question_set", slug, made.pk)


@requires(Permission.EDIT_QUESTIONS)
@require_http_methods(["GET", "HEAD", "POST"])
def question_set_publish(request: HttpRequest, slug: str, set_id: UUID) -> HttpResponse:
    """Keep the draft as a version, after being told what that means."""
    group = led_group(me(request).pk, slug)
    one = queries.own_set(group, set_id)
    refused = None
    if request.method == "POST":
        try:
            made = actions.publish(question_set=one, edition=edition_of(request), by=me(request).pk)
            messages.success(request, f"Version {made.number} is published. Visits that you plan now can use it.")
            return redirect("question_set", slug, set_id)
        except QuestionsRefused as error:
            refused = error
    context = {
        "group": group,
        "set": one,
        "refused": refused,
        "form": Form(posted_or_kept(request)),
        "problems": problems(read(one.draft)),
        "newest": queries.newest_number(one),
        "published": queries.published_as_it_is(one),
    }
    return render(request, "questions/question_set_publish.jinja", context, status=409 if refused else 200)


@requires(Permission.LOG_VISITS)
@require_GET
def question_set_version(request: HttpRequest, slug: str, version_id: UUID) -> HttpResponse:
    """A version as it was published, with everything that it asks."""
    group = group_where_monitor(me(request).pk, slug)
    version = queries.version_for(group, version_id)
    form = read(version.form)
    context = {
        "group": group,
        "version": version,
        "form_asked": form,
        "rule": partial(in_words, form),
        "leads": is_led_by(group, me(request).pk),
        "own": version.question_set.group_id == group.pk,
    }
    return render(request, "questions/question_set_version.jinja", context)


@requires(Permission.EDIT_QUESTIONS)
@require_POST
def question_set_retire(request: HttpRequest, slug: str, version_id: UUID) -> HttpResponse:
    """Offer a version of the group's own to no new visit."""
    group = led_group(me(request).pk, slug)
    actions.retire(version=queries.own_version(group, version_id), by=me(request).pk)
    return redirect("question_set_version", slug, version_id)


@requires(Permission.LOG_VISITS)
@require_GET
def question_set_file(request: HttpRequest, slug: str, version_id: UUID) -> HttpResponse:
    """A version as an XLSForm, for any tool that reads one."""
    version = queries.version_for(group_where_monitor(me(request).pk, slug), version_id)
    response = HttpResponse(xlsform(version.form), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{slugify(version.title)}-{version.number}.xlsx"'
    return response
