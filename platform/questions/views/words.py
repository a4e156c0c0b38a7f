"""The languages of a draft: which there are, and the words in each, section by section beside their English."""

from functools import partial
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from groups.queries import led_group
from kit.kept import posted_or_kept
from people.here import me
from questions import editing, queries
from questions.forms import LanguageForm, WordsForm
from questions.shape import ENGLISH, LANGUAGES, Form, Words, read
from questions.views.changing import changed
from tenants.schemes.requires import requires
from tenants.schemes.rights import Permission


@requires(Permission.EDIT_QUESTIONS)
def question_set_languages(request: HttpRequest, slug: str, set_id: UUID) -> HttpResponse:
    """The languages of a set and how much of each is written; another one to add."""
    group = led_group(me(request).pk, slug)
    one = queries.own_set(group, set_id)
    draft = read(one.draft)
    form = LanguageForm(posted_or_kept(request), draft=draft)
    if form.is_valid() and changed(request, one, partial(editing.with_language, code=form.cleaned_data["code"]), form):
        return redirect("question_set_languages", slug, set_id)
    context = {"group": group, "set": one, "form": form, "written": queries.languages_of(draft)}
    return render(request, "questions/question_set_languages.jinja", context)


@requires(Permission.EDIT_QUESTIONS)
def question_set_words(request: HttpRequest, slug: str, set_id: UUID, code: str, part: str) -> HttpResponse:
    """The words of one part of a set in one language."""
    group = led_group(me(request).pk, slug)
    one = queries.own_set(group, set_id)
    draft = read(one.draft)
    words = _words_of(draft, code, part)
    form = WordsForm(posted_or_kept(request), words=words, language=code)
    if form.is_valid() and changed(request, one, partial(editing.said_in, code=code, words=form.words()), form):
        return redirect("question_set_languages", slug, set_id)
    context = {"group": group, "set": one, "form": form, "spoken": LANGUAGES[code]}
    return render(request, "questions/question_set_words.jinja", context)


@requires(Permission.EDIT_QUESTIONS)
@require_http_methods(["GET", "HEAD", "POST"])
def question_set_language_remove(request: HttpRequest, slug: str, set_id: UUID, code: str) -> HttpResponse:
    """Take a language away with all its words, after being asked once more."""
    group = led_group(me(request).pk, slug)
    one = queries.own_set(group, set_id)
    if code == ENGLISH or code not in read(one.draft).languages:
        raise Http404
    if request.method == "POST":
        changed(request, one, partial(editing.without_language, code=code))
        return redirect("question_set_languages", slug, set_id)
    context = {"group": group, "set": one, "spoken": LANGUAGES[code]}
    return render(request, "questions/question_set_language_remove.jinja", context)


def _words_of(draft: Form, code: str, part: str) -> dict[str, Words]:
    parts = editing.words_by_part(draft)
    if code == ENGLISH or code not in draft.languages or part not in parts:
        raise Http404
    return parts[part]
