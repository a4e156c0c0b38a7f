"""Easy Read is kept up to date by editors: what is behind or missing, and the glossary (S15, ADR 0057)."""

import re
from datetime import timedelta
from html import unescape

from wagtail.models import Page

from cms.models import EasyReadPage, HardWord, StandardPage
from kit import clock
from tenants.schemes.entering import enter
from tests.factories.easy_read import twin_of


def rows(desk):
    page = unescape(desk.get("/cms/reports/easy-read/").content.decode())
    return [[re.sub(r"<.*?>", "", cell).strip() for cell in re.findall(r"<td.*?>(.*?)</td>", row, re.S)]
            for row in re.findall(r"<tr>(.*?)</tr>", page, re.S) if "<td" in row]  # fmt: skip


def test_the_report_says_what_is_missing_first_and_what_is_behind(desk, scheme, at_moment):
    with enter(scheme):
        home, answers = Page.objects.get(depth=2).specific, Page.objects.get(slug="you-said-we-did").specific
        page = StandardPage.objects.get()
        for one in (home, answers, page):
            one.save_revision().publish()
        twin_of(answers)
        page.add_child(instance=EasyReadPage(title="Draft", ideas=[], live=False))
        others = ("Stories", "To print and share")
        assert [row[:2] for row in rows(desk) if row[0] not in others] == [
            ["Home", "No Easy Read yet"],
            ["How we use what you tell us", "Not published yet"],
            ["You said, we did", "Up to date"],
        ]
        at_moment(clock.now() + timedelta(hours=1))
    with enter(scheme):
        answers.save_revision().publish()
    assert ["You said, we did", "The page changed after its Easy Read"] in [row[:2] for row in rows(desk)]


def test_the_editor_of_a_twin_is_told_that_its_page_changed(desk, scheme, at_moment):
    with enter(scheme):
        page = StandardPage.objects.get()
        twin = twin_of(page)
        at_moment(clock.now() + timedelta(hours=1))
        page.save_revision().publish()
    said = "after its Easy Read"
    shown = desk.get(f"/cms/pages/{twin.pk}/edit/").content.decode()
    assert f"The page changed on {clock.now():%-d %B %Y}" in shown and said in shown
    with enter(scheme):
        at_moment(clock.now() + timedelta(hours=1))
        EasyReadPage.objects.get().save_revision().publish()
    assert said not in desk.get(f"/cms/pages/{twin.pk}/edit/").content.decode()


def test_whoever_publishes_keeps_the_glossary(leads_desk, scheme):
    form = {"word": "panel", "also": "panels", "meaning": "People who choose together."}
    assert leads_desk.post("/cms/hard-words/new/", form).status_code == 302
    again = leads_desk.post("/cms/hard-words/new/", form | {"word": "Panel"})
    assert "This word is in the list already" in again.content.decode()
    assert "panel" in leads_desk.get("/cms/hard-words/", {"q": "choose"}).content.decode()
    with enter(scheme):
        made = HardWord.objects.get(word="panel")
    leads_desk.post(f"/cms/hard-words/delete/{made.pk}/")
    with enter(scheme):
        assert not HardWord.objects.filter(word="panel").exists()


def test_an_editor_reads_the_glossary_and_whom_to_ask_and_changes_nothing_in_it(desk, leads_desk, scheme):
    """ADR 0065: what it says stands on every live Easy Read page at once."""
    with enter(scheme):
        word = HardWord.objects.earliest("pk")
    page = desk.get("/cms/hard-words/").content.decode()
    assert word.meaning in page and "ask a manager or an involvement lead" in page
    assert "ask a manager" not in leads_desk.get("/cms/hard-words/").content.decode()
    form = {"word": word.word, "also": "", "meaning": "Something else."}
    desk.post(f"/cms/hard-words/edit/{word.pk}/", form)
    desk.post("/cms/hard-words/new/", form | {"word": "panel"})
    desk.post(f"/cms/hard-words/delete/{word.pk}/")
    with enter(scheme):
        assert HardWord.objects.get(pk=word.pk).meaning == word.meaning
        assert not HardWord.objects.filter(word="panel").exists()


def test_a_meaning_keeps_the_rule_of_easy_read(leads_desk):
    answer = leads_desk.post("/cms/hard-words/new/", {"word": "panel", "also": "", "meaning": "They sit. They choose."})
    assert "This says two things" in answer.content.decode()


def test_the_glossary_of_one_scheme_is_not_in_another(leads_desk, other_scheme):
    leads_desk.post("/cms/hard-words/new/", {"word": "panel", "also": "", "meaning": "People who choose together."})
    with enter(other_scheme):
        assert not HardWord.objects.filter(word="panel").exists()
