"""A draft as a phone would ask it, section by section; nothing that is answered is kept."""

import json
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from groups.queries import group_where_monitor
from kit import clock
from people.here import me
from questions import queries
from questions.answer_forms import AnswerForm, typed, with_rounds, without
from questions.answering import Answers
from questions.compiled import Compiled, compiled
from questions.shape import ENGLISH, read
from tenants.schemes.requires import requires
from tenants.schemes.rights import Permission

MOST_CARRIED = 60_000


@requires(Permission.LOG_VISITS)
@require_http_methods(["GET", "HEAD", "POST"])
def question_set_preview(request: HttpRequest, slug: str, set_id: UUID) -> HttpResponse:
    """One section as a form; the answers so far travel with the page, and end with it."""
    group = group_where_monitor(me(request).pk, slug)
    one = queries.set_for(group, set_id)
    asked = compiled(read(one.draft))
    if not asked["sections"]:
        return render(request, "questions/question_set_preview.jinja", {"group": group, "set": one})
    section = _section(asked, request.POST.get("section") or request.GET.get("section", ""))
    language = _language(asked, request.GET.get("language", ENGLISH))
    answers, pressed, cleared = _carried(request), request.POST.get("rounds", ""), request.POST.get("clear", "")
    if request.method == "POST":
        answers = without(cleared, section, with_rounds(pressed, section, typed(request.POST, section, answers)))
    sent = request.POST if request.method == "POST" and not (pressed or cleared) else None
    # As on a visit somebody goes on past what must be answered, and reads at the end what is missing.
    form = AnswerForm(
        asked, section, answers, language=language, today=clock.today(), sent=sent, may_wait="go" in request.POST
    )
    if sent is not None and "go" in request.POST and form.is_done():
        section = _section(asked, request.POST["go"])
        form = AnswerForm(asked, section, answers, language=language, today=clock.today())
    context = {
        "group": group,
        "set": one,
        "asked": asked,
        "section": section,
        "after": _after(asked, section),
        "spoken": language,
        "form": form,
        "carried": json.dumps(answers),
    }
    return render(request, "questions/question_set_preview.jinja", context)


def _section(asked: Compiled, name: str) -> Compiled:
    if not name:
        return asked["sections"][0]
    found = next((one for one in asked["sections"] if one["name"] == name), None)
    if found is None:
        raise Http404
    return found


def _after(asked: Compiled, section: Compiled) -> Compiled | None:
    place = asked["sections"].index(section) + 1
    return asked["sections"][place] if place < len(asked["sections"]) else None


def _language(asked: Compiled, code: str) -> str:
    return code if code in {one["code"] for one in asked["languages"]} else ENGLISH


def _carried(request: HttpRequest) -> Answers:
    text = request.POST.get("carried", "")
    try:
        answers: Any = json.loads(text) if 0 < len(text) <= MOST_CARRIED else {}
    except ValueError:
        answers = {}
    return answers if isinstance(answers, dict) else {}
