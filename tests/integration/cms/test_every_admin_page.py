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


def test_no_page_of_the_editor_breaks_or_shows_a_stranger(browser, editor, home, client_at, person, scheme, other_scheme):
    stranger = person(STRANGER, role=Role.EDITOR, at=other_scheme)
    person("Zebedee Nobody")
    other = client_at(other_scheme, stranger)
    # Pages are opened in turn at both schemes, so that nothing of the one can stay behind for the other.
    seen = 0
    for path in paths_of(home.pk):
        other.get(path)
        with transaction.atomic():
            answer = browser.get(path)
        assert answer.status_code < 500, path
        text = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert b"Zebedee" not in text and b"zebedee" not in text, path
        seen += answer.status_code == 200
    assert seen > 40


@pytest.mark.parametrize("name", ["wagtailsnippets", "wagtaildocs", "wagtailembeds"])
def test_what_could_hold_more_than_a_site_is_not_there(name):
    assert not apps.is_installed(f"wagtail.{name.removeprefix('wagtail')}")
    assert name not in {config.label for config in apps.get_app_configs()}


def test_search_in_the_editor_finds_pages_of_this_scheme_alone(browser, home, other_scheme):
    with enter(other_scheme):
        elsewhere = Page.objects.get(depth=2).specific
        elsewhere.title = elsewhere.draft_title = "Brackwell lighthouse"
        elsewhere.save()
    assert "lighthouse" not in browser.get("/cms/pages/?q=lighthouse").content.decode().replace("q=lighthouse", "")
    assert "How we use what you tell us" in browser.get("/cms/pages/?q=tell").content.decode()
