"""The editor sees how words read, as they were saved and while they are typed (S15, ADR 0057)."""

import re

import pytest
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from cms import reading_age
from cms.models import StandardPage
from cms.models.base import SitePage
from cms.panels import ReadingPanel
from tenants.schemes.entering import enter

HARD = (
    "Notwithstanding considerable organisational complexity, multidisciplinary collaboration facilitates comprehensive "
    "rehabilitation opportunities, particularly concerning individuals experiencing interconnected vulnerabilities."
)
EASY = "We are here to help you. You can ask us what you like. We tell you what comes next and why. It is up to you."
AT = "/cms/reading-age/standardpage/"


def written(words):
    return nested_form_data(
        {"title": "Getting here", "body": streamfield([("paragraph", rich_text(f"<p>{words}</p>"))])}
    )


def test_every_kind_of_page_shows_it(inside):
    for kind in SitePage.__subclasses__():
        (first, *_) = kind.get_edit_handler().children
        assert [type(one) for one in first.children].count(ReadingPanel) == 1
        kind.get_edit_handler()
        assert [type(one) for one in first.children].count(ReadingPanel) == 1


def test_easy_words_are_told_to_be_easy_and_hard_ones_are_marked(desk):
    easy = desk.post(AT, written(EASY)).content.decode()
    assert "Most people can read this" in easy and "data-sentence" not in easy
    hard = desk.post(AT, written(f"{EASY} {HARD}")).content.decode()
    assert "too hard for many" in hard and "You can publish it all the same" in hard
    assert re.findall(r"<mark data-sentence>(.*?)</mark>", hard) == [HARD]


def test_a_few_words_tell_nothing(desk):
    assert "from 20 words on" in desk.post(AT, written("We listen.")).content.decode()


def test_the_name_of_the_scheme_and_terms_of_the_field_are_not_counted(desk, scheme, monkeypatch):
    sixteen = " ".join(["word"] * 16) + "."
    too_few = "from 20 words on"
    assert too_few in desk.post(AT, written(f"{sixteen} We are at Samaritans.")).content.decode()
    monkeypatch.setattr(reading_age, "NOT_COUNTED", ())
    assert too_few in desk.post(AT, written(f"{sixteen} We are at {scheme.name}.")).content.decode()
    assert too_few not in desk.post(AT, written(f"{sixteen} We are at Samaritans.")).content.decode()


def test_what_was_saved_is_measured_when_the_page_is_opened(desk, scheme):
    with enter(scheme):
        page = StandardPage.objects.get()
        page.body = [("paragraph", f"<p>{EASY} {HARD}</p>")]
        page.save_revision()
    shown = desk.get(f"/cms/pages/{page.pk}/edit/").content.decode()
    assert f"<mark data-sentence>{HARD}</mark>" in shown and f'data-ask-at="{AT}"' in shown


@pytest.mark.parametrize("name", ["picture", "hardword", "nothing"])
def test_only_pages_are_measured(desk, name):
    assert desk.post(f"/cms/reading-age/{name}/", {}).status_code == 404


@pytest.mark.parametrize("sent", [{"body-count": "abc"}, written(EASY) | {"body-0-order": "x"}])
def test_what_no_editor_sends_is_a_bad_request(desk, sent):
    assert desk.post(AT, sent).status_code == 400


def test_nobody_but_an_editor_asks(public):
    assert public.post(AT, written(EASY)).status_code == 302


def test_a_page_leads_to_its_easy_read_or_to_where_it_is_written(desk, scheme):
    with enter(scheme):
        page = StandardPage.objects.get()
    shown = desk.get(f"/cms/pages/{page.pk}/edit/").content.decode()
    assert f'href="/cms/pages/add/cms/easyreadpage/{page.pk}/">Write it</a>' in shown
    assert desk.get(f"/cms/pages/add/cms/easyreadpage/{page.pk}/").status_code == 200
