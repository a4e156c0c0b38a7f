"""An Easy Read twin of any page: one idea, one picture, few words (S15, F4, ADR 0057)."""

from datetime import timedelta
from html import unescape
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader
from wagtail.models import Page

from cms import limits, papers
from cms import picture_actions as actions
from cms.errors import NotEasy
from cms.models import AnswersPage, EasyReadPage, HardWord, HomePage, Picture, StandardPage, StoryIndexPage
from cms.models.base import SitePage
from kit import clock
from tenants.schemes.entering import enter
from tests.factories.cms import a_picture, agreed, picture_bytes
from tests.factories.easy_read import FIFTEEN, PUBLISH, idea, twin_of, typed
from tests.payloads import WORDS

TWO = "We say no. We say why."
# Wagtail leaves the temporary file of a picture's smaller copy to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore:Unclosed file:ResourceWarning")


def add(desk, page, *ideas, **more):
    return desk.post(f"/cms/pages/add/cms/easyreadpage/{page.pk}/", typed(*ideas, **more))


def said_on(answer):
    """A page of the editor, with what stands in it for its scripts as words."""
    return unescape(answer.content.decode()).replace("\\u201c", "“").replace("\\u201d", "”")


def test_who_makes_a_new_page_reads_what_each_kind_is_for_and_finds_easy_read_after_it(desk, scheme):
    with enter(scheme):
        stories = StoryIndexPage.objects.get()
    page = desk.get(f"/cms/pages/{stories.pk}/add_subpage/").content.decode()
    assert "Not for something new." in page and "Something that changed after people spoke up" in page
    assert page.index("cms/storypage/") < page.index("cms/easyreadpage/")


def test_a_new_easy_read_has_a_place_for_its_title_and_says_of_which_page_it_is(desk, home):
    page = desk.get(f"/cms/pages/add/cms/easyreadpage/{home.pk}/").content.decode()
    assert 'placeholder="Page title*"' in page
    assert f'This is the Easy Read of <a href="/cms/pages/{home.pk}/edit/">{home.title}</a>' in page


@pytest.mark.parametrize(("kind", "is_easy"), [("storypage", True), ("easyreadpage", False)])
def test_an_easy_read_is_not_said_to_be_easy_because_its_words_are(desk, kind, is_easy):
    words = "We go to the bus stop and we wait for the bus. " * 4
    form = typed(words) | {"introduction": words, "body-count": "0"}
    answer = desk.post(f"/cms/reading-age/{kind}/", form)
    page = answer.content.decode()
    assert "Reading age" in page
    assert ("Most people can read this with ease" in page) is is_easy


def test_every_kind_of_page_may_have_one_twin_and_a_twin_none(inside):
    kinds = [kind for kind in SitePage.__subclasses__() if kind is not EasyReadPage]
    assert {HomePage, AnswersPage, StandardPage} <= set(kinds)
    assert all(EasyReadPage in kind.allowed_subpage_models() for kind in kinds)
    assert EasyReadPage.allowed_subpage_models() == []
    assert EasyReadPage not in Page.allowed_subpage_models()
    home = HomePage.objects.get()
    assert EasyReadPage.can_create_at(home)
    twin_of(home)
    assert not EasyReadPage.can_create_at(home)


@pytest.mark.parametrize("path", ["/", "/you-said-we-did/", "/how-we-use-what-you-tell-us/"])
def test_a_page_and_its_twin_lead_to_each_other(scheme, public, path):
    assert "Easy Read" not in public.get(path).content.decode()
    with enter(scheme):
        slug = path.strip("/")
        page = Page.objects.get(slug=slug) if slug else Page.objects.get(depth=2)
        twin_of(page, "We listen.")

    shown = public.get(path).content.decode()
    twin = public.get(f"{path}easy-read/").content.decode()

    assert f'href="{path}easy-read/"' in shown
    assert f'<a class="app-tools__way" href="{path}">' in twin
    assert "We listen." in twin and "/kit/easy/said" in twin


def test_each_page_leads_to_its_own_twin_and_to_none_that_is_no_more_than_written(scheme, public):
    with enter(scheme):
        home, answers = HomePage.objects.get(), AnswersPage.objects.get()
        twin_of(answers, "We listen.").unpublish()
        assert answers.twin and home.twin is None
        twin_of(home, "You can tell us.")
        assert (home.twin.get_parent().pk, answers.twin.get_parent().pk) == (home.pk, answers.pk)
    assert "easy-read/" not in public.get("/you-said-we-did/").content.decode()
    assert 'href="/easy-read/"' in public.get("/").content.decode()


def test_an_editor_writes_and_publishes_a_twin_at_its_own_address(leads_desk, public, home):
    assert add(leads_desk, home, "We listen.", ("heading", "What we do"), **PUBLISH).status_code == 302
    shown = public.get("/easy-read/").content.decode()
    assert "We listen." in shown and ">What we do</h2>" in shown


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (f"{FIFTEEN} more", f"This has 16 words. Use 15 at most, or make two ideas of it: “{FIFTEEN} more”"),
        (TWO, "This says two things. Make a new idea for “We say why.”"),
    ],
)
@pytest.mark.parametrize("when", [{}, {"go_live_at": "2090-01-01 10:00"}])
def test_an_idea_that_breaks_the_rule_is_not_published_and_nothing_typed_is_lost(
    scheme, leads_desk, home, words, told, when
):
    answer = add(leads_desk, home, "We listen.", words, **PUBLISH, **when)
    page = said_on(answer)
    assert told in page
    assert "We listen." in page and words in page
    with enter(scheme):
        assert not EasyReadPage.objects.exists()


@pytest.mark.parametrize(("words", "status"), [("We listen.", 302), (TWO, 200)])
def test_what_is_handed_in_keeps_the_rule_already(desk, home, words, status):
    assert add(desk, home, words, **{"action-submit": "1"}).status_code == status


def test_a_heading_keeps_the_rule_too(leads_desk, home):
    answer = add(leads_desk, home, "We listen.", ("heading", "Here. And there."), **PUBLISH)
    assert answer.status_code == 200 and "This says two things" in answer.content.decode()


def test_an_idea_without_a_picture_is_not_published(leads_desk, home):
    answer = add(leads_desk, home, ("idea", idea("We listen.", picture="")), **PUBLISH)
    assert "Choose a picture that shows what the words say." in answer.content.decode()


def test_a_draft_may_break_the_rule_also_of_a_page_that_is_public(scheme, desk, public, home):
    assert add(desk, home, TWO).status_code == 302
    with enter(scheme):
        (twin,) = EasyReadPage.objects.all()
        twin.ideas = [("idea", {"picture": "said", "photo": None, "words": "We listen."})]
        twin.save_revision().publish()
    assert desk.post(f"/cms/pages/{twin.pk}/edit/", typed(TWO)).status_code == 302
    assert "We listen." in public.get("/easy-read/").content.decode()
    with enter(scheme):
        assert EasyReadPage.objects.get().get_latest_revision_as_object().ideas[0].value["words"] == TWO


def test_a_draft_that_breaks_the_rule_is_published_by_no_other_way(scheme, leads_desk, public, home):
    add(leads_desk, home, TWO)
    with enter(scheme):
        (twin,) = EasyReadPage.objects.all()
        with pytest.raises(NotEasy, match="This says two things"):
            twin.get_latest_revision().publish()
    answer = leads_desk.post(
        f"/cms/bulk/wagtailcore/page/publish/?id={twin.pk}&next=/cms/", {"include_descendants": ""}
    )
    assert answer.status_code == 409 and "We say why." in answer.content.decode()
    assert public.get("/easy-read/").status_code == 404


def test_nor_does_it_by_any_way_take_the_place_of_what_everybody_reads(scheme, desk, leads_desk, public, home):
    with enter(scheme):
        twin = twin_of(home, "We listen.")
    desk.post(f"/cms/pages/{twin.pk}/edit/", typed(TWO))
    with enter(scheme), pytest.raises(NotEasy):
        EasyReadPage.objects.get().get_latest_revision().publish()
    leads_desk.post(f"/cms/bulk/wagtailcore/page/publish/?id={twin.pk}&next=/cms/", {"include_descendants": ""})
    page = public.get("/easy-read/").content.decode()
    assert "We listen." in page and "We say why." not in page


def test_an_idea_with_a_photo_of_which_nobody_said_who_is_in_it_is_not_published(scheme, leads_desk, public, home):
    """S29: nobody knows whether somebody must agree first."""
    with enter(scheme):
        unasked, asked = a_picture(None), a_picture(0)
    answer = add(leads_desk, home, ("idea", idea("We listen.", photo=unasked.pk)), **PUBLISH)
    assert "say how many people can be recognised" in answer.content.decode()
    assert public.get("/easy-read/").status_code == 404
    assert add(leads_desk, home, ("idea", idea("We listen.", photo=asked.pk)), **PUBLISH).status_code == 302


def test_a_twin_is_not_there_while_its_page_is_not(scheme, public, home):
    with enter(scheme):
        page = StandardPage.objects.get()
        twin_of(page)
        address = f"/{page.slug}/easy-read/"
    assert public.get(address).status_code == public.get(f"{address}pdf/").status_code == 200
    with enter(scheme):
        page.unpublish()
    assert public.get(address).status_code == public.get(f"{address}pdf/").status_code == 404


@pytest.mark.parametrize("path", ["/easy-read/other/", "/easy-read/pdf/more/"])
def test_nothing_else_stands_below_a_twin(scheme, public, home, path):
    with enter(scheme):
        twin_of(home)
    assert public.get(path).status_code == 404


def test_no_other_page_takes_a_twins_address(leads_desk, home):
    form = typed("x", title="Mine", slug="easy-read", body="") | {"body-count": "0", "show_in_menus": ""}
    answer = leads_desk.post(f"/cms/pages/add/cms/standardpage/{home.pk}/", form | PUBLISH)
    assert "This address is kept for the Easy Read" in answer.content.decode()


def test_a_hard_word_is_marked_where_it_is_met_first_and_told_at_the_end(scheme, public, home):
    with enter(scheme):
        twin_of(home, "The schemes listen.", "A scheme is <b>here</b>.", "Ask a service user.")
        scheme_word = HardWord.objects.get(word="scheme")
    page = public.get("/easy-read/").content.decode()
    link = f'<a class="app-hard-word" href="#hard-{scheme_word.pk}">'
    assert page.count(link) == 1 and f"The {link}schemes</a> listen." in page
    assert "A scheme is &lt;b&gt;here&lt;/b&gt;." in page
    end = page.partition("Hard words</h2>")[2]
    assert f'id="hard-{scheme_word.pk}"' in end and "Our service in this area." in end
    assert "service user" in end and "custody" not in end


def test_it_can_be_taken_on_paper_as_a_tagged_pdf(scheme, public, home):
    with enter(scheme):
        picture = Picture.objects.create(title="x", people=0, file=SimpleUploadedFile("x.jpg", picture_bytes()))
        twin_of(home, "A scheme listens.", photo=picture)
    answer = public.get("/easy-read/pdf/")
    assert answer["Content-Type"] == "application/pdf" and "easy-read.pdf" in answer["Content-Disposition"]
    document = PdfReader(BytesIO(answer.content))
    words = document.pages[0].extract_text()
    assert "Welcome" in words and "scheme listens." in words and "Our service in this area." in words
    assert document.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_an_address_that_somebody_makes_up_has_no_more_papers_made_than_any_other(scheme, public, home, monkeypatch):
    monkeypatch.setattr(limits, "PAPERS_AN_HOUR", 2)
    with enter(scheme):
        twin_of(home)
    assert [public.get(f"/easy-read/pdf/?x={number}").status_code for number in range(4)] == [200, 200, 409, 409]
    assert public.get("/easy-read/").status_code == 200


def test_where_a_photo_is_taken_back_while_the_paper_is_made_its_drawing_stands_there(scheme, home, editor):
    with enter(scheme):
        picture = a_picture(1)
        consent = agreed(picture, editor)
        twin = twin_of(home, "We listen.", photo=picture)
        reading = twin.reading()
        assert [one.photo for one in reading.shown] == [picture]
        actions.take_back(consent=consent, by=editor)
        assert papers.easy_read("Welcome", reading).startswith(b"%PDF")


def test_nothing_that_is_typed_into_an_idea_or_the_glossary_runs_on_the_page_or_on_paper(scheme, public, home):
    with enter(scheme):
        HardWord.objects.exclude(pk=HardWord.objects.earliest("pk").pk).delete()
        HardWord.objects.update(word="zebra", also="", meaning=WORDS[0])
        ideas = [("idea", {"picture": "said", "photo": None, "words": f"{words} zebra"}) for words in WORDS]
        headings = [("heading", words) for words in WORDS]
        home.add_child(instance=EasyReadPage(title=WORDS[0], ideas=[*ideas, *headings]))
    page = public.get("/easy-read/").content.decode()
    assert page.count("4711") > len(WORDS) and "zebra</a>" in page
    assert [words for words in WORDS if "<" in words and words in page] == []
    assert public.get("/easy-read/pdf/").content.startswith(b"%PDF")


def test_a_twin_costs_the_same_for_one_idea_and_for_twenty(scheme, public, home):
    with enter(scheme):
        twin_of(home, "We listen.")
    public.get("/easy-read/")
    with CaptureQueriesContext(connection) as one:
        public.get("/easy-read/")
    with enter(scheme):
        EasyReadPage.objects.all().delete()
        twin_of(Page.objects.get(depth=2), *["We listen."] * 20)
    with CaptureQueriesContext(connection) as twenty:
        public.get("/easy-read/")
    assert len(one) == len(twenty)


def test_a_page_that_changed_after_its_twin_is_known(inside, at_moment):
    page = StandardPage.objects.get()
    page.save_revision().publish()
    twin = twin_of(page)
    assert twin.whole_changed_on is None
    at_moment(clock.now() + timedelta(days=2))
    page.save_revision().publish()
    assert EasyReadPage.objects.get().whole_changed_on == StandardPage.objects.get().last_published_at
