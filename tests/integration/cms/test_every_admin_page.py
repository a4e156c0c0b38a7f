"""A limited editor opens every page of Wagtail's admin: none breaks, and none shows anybody of another scheme."""

import re
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import transaction
from wagtail.models import Page

from tenants.schemes.entering import enter
from tenants.schemes.rights import Role
from tenants.schemes.urls_walk import pages_of

URLS = "alongside.urls.scheme"
STRANGER = "Zebedee Elsewhere"
ARGUMENT = re.compile(r"<(?:(\w+):)?(\w+)>")


def paths_of(home_id):
    """Every admin path, with ids of things that are there filled in."""
    values = {
        "app_label": "cms",
        "app_name": "cms",
        "content_type_app_name": "cms",
        "model_name": "standardpage",
        "content_type_model_name": "standardpage",
        "action": "delete",
        "slug": "x",
    }
    for page in pages_of(URLS):
        if not page.in_cms or "(" in page.route or "^" in page.route:
            continue
        yield "/" + ARGUMENT.sub(
            lambda found: values.get(found[2]) or (str(uuid4()) if found[1] == "uuid" else str(home_id)), page.route
        )


def test_the_first_page_of_the_editor_says_whose_site_it_is(desk, scheme):
    assert f"The site of {scheme.name}" in desk.get("/cms/").content.decode()


@pytest.mark.parametrize("turn", [3, pytest.param(1, marks=pytest.mark.long)])
def test_no_page_of_the_editor_breaks_or_shows_a_stranger(
    turn, desk, editor, home, client_at, person, scheme, other_scheme
):
    stranger = person(STRANGER, role=Role.EDITOR, at=other_scheme)
    person("Zebedee Nobody")
    other = client_at(other_scheme, stranger)
    # Pages are opened in turn at both schemes, so that nothing of the one can stay behind for the other: on the day
    # some of them.
    seen = 0
    for number, path in enumerate(paths_of(home.pk)):
        if number % turn == 0:
            other.get(path)
        with transaction.atomic():
            answer = desk.get(path)
        assert answer.status_code < 500, path
        text = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert b"Zebedee" not in text and b"zebedee" not in text, path
        seen += answer.status_code == 200
    assert seen > 40


@pytest.mark.parametrize("name", ["wagtailsnippets", "wagtaildocs", "wagtailembeds"])
def test_what_could_hold_more_than_a_site_is_not_there(name):
    assert not apps.is_installed(f"wagtail.{name.removeprefix('wagtail')}")
    assert name not in {config.label for config in apps.get_app_configs()}


def test_search_in_the_editor_finds_pages_of_this_scheme_alone(desk, home, other_scheme):
    with enter(other_scheme):
        elsewhere = Page.objects.get(depth=2).specific
        elsewhere.title = elsewhere.draft_title = "Brackwell lighthouse"
        elsewhere.save()
    for path in (f"/cms/pages/{home.pk}/", "/cms/choose-page/search/"):
        assert "Brackwell" not in desk.get(path, {"q": "lighthouse"}).content.decode()
        assert "How we use what you tell us" in desk.get(path, {"q": "tell"}).content.decode()
