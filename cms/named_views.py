"""Whom the site names, and what it says of them: for whoever edits the site."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

import audit
from cms import named_actions as actions
from cms import picture_queries as queries
from cms import picture_words
from cms.named_forms import NamedForm, NamedWordsForm, words_of
from kit.forms import Form
from kit.kept import posted_or_kept
from people.here import me
from tenants.schemes.requires import requires
from tenants.schemes.rights import Permission


@requires(Permission.EDIT_SITE)
@require_GET
def named(request: HttpRequest) -> HttpResponse:
    """Everybody whom the site may name."""
    audit.record(by=me(request), operation="read", what="read whom the site names")
    return render(request, "cms/named.jinja", {"people": queries.named_people()})


@requires(Permission.EDIT_SITE)
def named_add(request: HttpRequest) -> HttpResponse:
    """Write down somebody who agreed to be named."""
    form = NamedForm(posted_or_kept(request), portraits=queries.portraits())
    if form.is_valid():
        given = {name: value for name, value in form.cleaned_data.items() if name != "theirs"}
        actions.name_somebody(by=me(request), **given)
        messages.success(request, "Written down. Now choose them on a page of people in the editor.")
        return redirect("named")
    return render(request, "cms/named_add.jinja", {"form": form, "words": picture_words.NAMED})


@requires(Permission.PUBLISH_SITE)
def named_change(request: HttpRequest, named_id: UUID) -> HttpResponse:
    """Change what the site says of somebody: it stands on every page that names them at once (ADR 0065)."""
    person = queries.named(named_id)
    form = NamedWordsForm(posted_or_kept(request), portraits=queries.portraits(), initial=words_of(person))
    if form.is_valid():
        actions.change_words(named=person, by=me(request), **form.cleaned_data)
        return redirect("named")
    return render(request, "cms/named_change.jinja", {"form": form, "person": person})


@requires(Permission.EDIT_SITE)
def named_take_back(request: HttpRequest, named_id: UUID) -> HttpResponse:
    """Take somebody off the site."""
    person = queries.named(named_id)
    form = Form(posted_or_kept(request))
    if form.is_valid():
        actions.take_off(named=person, by=me(request))
        messages.success(request, "Taken off. From now on the site names them nowhere.")
        return redirect("named")
    return render(request, "cms/named_take_back.jinja", {"person": person, "form": form})
