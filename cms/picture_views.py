"""Who agreed to be seen in which picture or film: for whoever edits the site."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from cms import picture_actions as actions
from cms import picture_queries as queries
from cms import picture_words, showing
from cms.models import Film, Picture
from cms.picture_forms import FilmForm, SeenForm
from kit.dates import short_day
from kit.errors import Refused
from kit.forms import Form
from kit.kept import posted_or_kept
from people.here import me
from tenants.schemes.requires import requires
from tenants.schemes.rights import Permission


@requires(Permission.EDIT_SITE)
@require_GET
def pictures(request: HttpRequest) -> HttpResponse:
    """Pictures with people in them, and films: which the public sees, and what is missing."""
    rows = queries.pictures_with_people(request.GET.get("page", 1))
    return render(request, "cms/pictures.jinja", {"pictures": rows, "films": queries.films()})


@requires(Permission.EDIT_SITE)
@require_GET
def picture(request: HttpRequest, picture_id: int) -> HttpResponse:
    """One picture, and who in it agreed."""
    return _shown(request, queries.picture(picture_id))


@requires(Permission.EDIT_SITE)
@require_GET
def film(request: HttpRequest, film_id: UUID) -> HttpResponse:
    """One film, and who in it agreed."""
    return _shown(request, queries.film(film_id))


@requires(Permission.EDIT_SITE)
def picture_agreed(request: HttpRequest, picture_id: int) -> HttpResponse:
    """Write down that somebody in a picture agreed."""
    return _agreed(request, queries.picture(picture_id))


@requires(Permission.EDIT_SITE)
def film_agreed(request: HttpRequest, film_id: UUID) -> HttpResponse:
    """Write down that somebody in a film agreed."""
    return _agreed(request, queries.film(film_id))


@requires(Permission.EDIT_SITE)
def film_add(request: HttpRequest) -> HttpResponse:
    """Add a film that stands elsewhere."""
    form = FilmForm(posted_or_kept(request))
    if form.is_valid():
        try:
            added = actions.add_film(by=me(request), **form.cleaned_data)
            return redirect("film", added.pk)
        except Refused as refused:
            form.refuse(refused, "address")
    return render(request, "cms/film_add.jinja", {"form": form})


@requires(Permission.EDIT_SITE)
def consent_take_back(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """Take back that somebody agreed, after a last look at what then happens."""
    consent = queries.consent(consent_id)
    if consent.withdrawn_at:
        messages.info(request, f"This was taken back on {short_day(consent.withdrawn_at)}.")
        return redirect("pictures")
    form = Form(posted_or_kept(request))
    if form.is_valid():
        actions.take_back(consent=consent, by=me(request))
        messages.success(request, "Taken back. From now on the site shows it nowhere.")
        return redirect("pictures")
    actions.read_consents(of=consent, by=me(request))
    return render(request, "cms/consent_take_back.jinja", {"consent": consent, "form": form})


def _shown(request: HttpRequest, of: Picture | Film) -> HttpResponse:
    actions.read_consents(of=of, by=me(request))
    small = showing.for_editors(of) if isinstance(of, Picture) else None
    context = {"of": of, "small": small, "agreements": queries.agreements(of), "state": queries.state(of)}
    return render(request, "cms/picture.jinja", context)


def _agreed(request: HttpRequest, of: Picture | Film) -> HttpResponse:
    form = SeenForm(posted_or_kept(request))
    if form.is_valid():
        given = {name: value for name, value in form.cleaned_data.items() if name != "theirs"}
        try:
            actions.record_consent(of=of, by=me(request), **given)
            messages.success(request, "Written down.")
            return redirect("film" if isinstance(of, Film) else "picture", of.pk)
        except Refused as refused:
            form.refuse(refused)
    words = picture_words.FILM if isinstance(of, Film) else picture_words.PHOTO
    return render(request, "cms/picture_agreed.jinja", {"of": of, "form": form, "words": words})
