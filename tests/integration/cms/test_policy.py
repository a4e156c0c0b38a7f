"""The editor has a Content-Security-Policy of its own; every other page keeps the strict one."""

import pytest
from wagtail.test.utils.form_data import nested_form_data, streamfield


def policy_of(answer):
    return {name: " ".join(rest) for name, *rest in map(str.split, answer["Content-Security-Policy"].split(";"))}


@pytest.mark.parametrize("path", ["/", "/you-said-we-did/", "/nothing-here/"])
def test_pages_of_the_public_site_have_the_strict_policy(public, path):
    policy = policy_of(public.get(path))
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"


def test_the_editor_has_its_own(desk):
    policy = policy_of(desk.get("/cms/"))
    assert policy["script-src"] == "'self' 'unsafe-inline'"
    assert policy["default-src"] == "'self'"
    assert policy["object-src"] == policy["base-uri"] == "'none'"


def test_who_is_turned_away_from_the_editor_gets_the_strict_policy(public, client_at, person, scheme):
    assert policy_of(public.get("/cms/"))["script-src"] == "'self'"
    assert policy_of(client_at(scheme, person()).get("/cms/"))["script-src"] == "'self'"


def test_a_preview_keeps_the_strict_policy_and_stands_in_the_editors_frame(desk, home):
    form = nested_form_data(
        {
            "title": "Home",
            "introduction": "Words that nobody has published.",
            "body": streamfield([("heading", "A heading")]),
            "search_description": "",
        }
    )
    path = f"/cms/pages/{home.pk}/edit/preview/"
    assert desk.post(path, form).json()["is_valid"]

    answer = desk.get(path, {"mode": ""})

    assert "Words that nobody has published." in answer.content.decode()
    policy = policy_of(answer)
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert policy["frame-ancestors"] == "'self'"
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
