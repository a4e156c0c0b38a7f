"""For staff: a poster of answers that the public may read."""

from django.http import HttpResponse
from django.shortcuts import render

from kit import kept, paper
from tenants.feedback import posters, queries
from tenants.feedback.forms import PosterForm
from tenants.feedback.views.asking import SchemeRequest, done
from tenants.schemes.requires import requires
from tenants.schemes.rights import Permission

# The button that shows the answers of another theme.
LOOK_ON = "look_on"


@requires(Permission.MAKE_POSTERS)
def poster(request: SchemeRequest) -> HttpResponse:
    """Choose answers and get them on a sheet; what may no longer be shown cannot be chosen.

    What was ticked stays on the page, and ticked, whichever theme is looked at next.
    """
    asked = kept.posted_or_kept(request)
    ticked = asked.getlist("points") if asked else []
    themes = list(queries.themes_with_answers())
    theme = next((one.code for one in themes if one.code == (asked or request.GET).get("theme")), "")
    offered = queries.for_posters(theme=theme, also=ticked)
    if asked and LOOK_ON in asked:
        form = PosterForm(offered=offered, initial={"points": ticked, "sheet": asked.get("sheet")})
    else:
        form = PosterForm(asked, offered=offered)
        made: list[bytes] = []
        if done(form, lambda: made.append(_made(request, form))):
            return paper.as_download(made[0], "poster.pdf")
    return render(request, "feedback/poster.jinja", {"form": form, "themes": themes, "theme": theme})


def _made(request: SchemeRequest, form: PosterForm) -> bytes:
    scheme, chosen = request.scheme_here, form.cleaned_data["points"]
    return posters.poster(
        [one.pair for one in chosen], sheet=form.cleaned_data["sheet"], origin=scheme.origin, name=scheme.name
    )
