"""What others did, for everybody; and for staff the themes that they follow."""

from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from answers import actions, queries
from answers.forms import FollowForm, SearchForm
from answers.limits import limited
from kit.kept import posted_or_kept
from people.here import me
from tenants.schemes.requires import may, requires, sign_in_and_back
from tenants.schemes.rights import Permission


@requires(Permission.ANYONE)
@require_safe
@limited
def answers(request: HttpRequest) -> HttpResponse:
    """Every answer that schemes published, by words and by what it is about; what is looked for is kept nowhere."""
    wants_followed = request.GET.get("followed") == "yes"
    if wants_followed and not request.user.is_authenticated:
        # Whoever comes by the link of the weekly message finds what it says.
        return sign_in_and_back(request)
    form = SearchForm(request.GET)
    chosen = form.chosen
    followed = wants_followed and may(request, Permission.FOLLOW_ANSWERS)
    if followed:
        chosen = replace(chosen, themes=queries.followed_by(me(request).pk))
        actions.see_new_answers(person=me(request))
    found = queries.search(chosen, page=request.GET.get("page", 1))
    context = {"form": form, "found": found, "followed": followed, "is_chosen": chosen != queries.Chosen()}
    context["follows_nothing"] = followed and not chosen.themes
    context["is_cut"] = queries.is_cut(chosen, found)
    return render(request, "answers/answers.jinja", context)


@requires(Permission.FOLLOW_ANSWERS)
def answers_follow(request: HttpRequest) -> HttpResponse:
    """The themes of which I want to hear once a week."""
    form = FollowForm(posted_or_kept(request), followed=queries.followed_by(me(request).pk))
    if form.is_valid():
        themes = form.cleaned_data["themes"]
        actions.follow(person=me(request), themes=themes)
        many = "1 theme" if len(themes) == 1 else f"{len(themes) or 'no'} themes"
        messages.success(request, f"Your choice is kept. You follow {many}.")
        return redirect("answers_follow")
    return render(request, "answers/answers_follow.jinja", {"form": form})
