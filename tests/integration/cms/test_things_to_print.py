"""Posters, leaflets, newsletters and exhibitions: of the state of this moment, or uploaded and written anew (S34)."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader, PdfWriter
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, streamfield

from cms import limits
from cms.duties import papers_that_no_page_has
from cms.models import ResourceIndexPage, ResourcePage, UploadedPaper
from kit import clock, erasure
from tenants.feedback import actions
from tenants.feedback.models import Point
from tenants.feedback.rules import Decision
from tenants.schemes.entering import enter
from tenants.schemes.models import Membership, Scheme
from tests.factories.cms import answered_point, resource, story
from tests.factories.feedback import published, quoted, said, slip, somebody, staff, the_sayer
from tests.factories.people import someone

WORDS = "People were not told how long they would wait."
PLACE = "/to-print-and-share/"
KINDS = ["poster", "leaflet", "newsletter", "exhibition"]
# In points, as a PDF says them.
SHEETS = {"poster": (595, 842), "leaflet": (842, 595), "newsletter": (595, 842), "exhibition": (842, 1191)}


@pytest.fixture
def owner(scheme: Scheme) -> Membership:
    with enter(scheme):
        return staff(scheme)[1]


@pytest.fixture
def index(scheme: Scheme) -> Page:
    with enter(scheme):
        return ResourceIndexPage.objects.get()


def text_of(document: bytes) -> str:
    return " ".join(
        " ".join(page.extract_text() for page in PdfReader(BytesIO(document)).pages).replace("\u200b", "").split()
    )


def a_pdf(pages: int = 1) -> bytes:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(200, 200)
    writer.add_metadata({"/Author": "Sam Secret"})
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_made_here_is_tagged_and_holds_what_the_public_may_read(
    public: Client, scheme: Scheme, owner: Membership, kind: str
) -> None:
    """S34, S89: what cannot be done stands beside what will be, in the same frame."""
    with enter(scheme):
        first, second = said(how_many=3), said(words="Open at night.")
        published(first, owner)
        quoted(first)
        published(second, owner, Decision.CANNOT, answer="We cannot open at night.", reason="There are five of us.")
        page = resource(kind, first, second)
    answer = public.get(f"/print/{page.pk}/")
    assert answer["Content-Type"] == "application/pdf" and answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"] == f'attachment; filename="{kind}.pdf"'
    assert "sandbox" in answer["Content-Security-Policy"] and "default-src 'none'" in answer["Content-Security-Policy"]
    assert b"/Marked true" in answer.content and b"pdfuaid" in answer.content
    sheet = PdfReader(BytesIO(answer.content)).pages[0].mediabox
    assert (round(sheet.width), round(sheet.height)) == SHEETS[kind]
    words = text_of(answer.content)
    for expected in (WORDS, "“how long I would wait.”", "We cannot, because", "There are five of us.", "A few people"):
        assert expected in words, expected
    assert "Nobody told me" not in words and "Open at night." not in words and "Sam" not in words
    assert (len(PdfReader(BytesIO(answer.content)).pages)) == {"leaflet": 2, "exhibition": 3}.get(kind, 1)


@pytest.mark.parametrize("kind", KINDS)
def test_what_may_not_be_read_any_more_is_on_no_paper_that_is_made_afterwards(
    public: Client, scheme: Scheme, owner: Membership, kind: str
) -> None:
    """S3."""
    with enter(scheme):
        point = said()
        published(point, owner)
        quoted(point)
        page = resource(kind, point, answered_point("Somebody else said this."))
    assert WORDS in text_of(public.get(f"/print/{page.pk}/").content)
    with enter(scheme):
        actions.take_back_quote(sayer=the_sayer(point), by=None)
    words = text_of(public.get(f"/print/{page.pk}/").content)
    assert WORDS in words and "how long I would wait." not in words
    with enter(scheme):
        actions.stop_publishing(sayer=the_sayer(point), by=None)
    words = text_of(public.get(f"/print/{page.pk}/").content)
    assert WORDS not in words and "Somebody else said this." in words


def test_where_nothing_is_left_there_is_nothing_to_download(public: Client, scheme: Scheme, owner: Membership) -> None:
    robin = someone("Robin")
    with enter(scheme):
        point = said(somebody(robin))
        published(point, owner)
        page = resource("newsletter", point)
    assert "Download it (PDF)" in public.get(f"{PLACE}{page.slug}/").content.decode()
    with enter(scheme):
        erasure.erase_person(robin.pk)
    assert public.get(f"/print/{page.pk}/").status_code == 404
    shown = public.get(f"{PLACE}{page.slug}/").content.decode()
    assert "nothing to download here at the moment" in shown and "/print/" not in shown and WORDS not in shown


def test_nothing_is_made_of_a_story_that_is_gone_while_others_stand_on_the_site(public: Client, scheme: Scheme) -> None:
    with enter(scheme):
        gone = story("A story of yesterday", answered_point("Of a story that is gone."))
        story("A card on the wall", answered_point("Nobody told me."))
        page = resource("newsletter", gone)
        gone.unpublish()
    assert public.get(f"/print/{page.pk}/").status_code == 404


def test_a_newsletter_tells_stories_that_are_on_the_site_with_their_points(public: Client, scheme: Scheme) -> None:
    with enter(scheme):
        told = story("A card on the wall", answered_point("Nobody told me."))
        gone = story("A story of yesterday", answered_point("Of a story that is gone."))
        page = resource("newsletter", told, gone, words="Words of an editor.")
        gone.unpublish()
    words = text_of(public.get(f"/print/{page.pk}/").content)
    for expected in ("A card on the wall", "Nobody told me.", "Words of an editor.", "/stories/a-card-on-the-wall/"):
        assert expected in words, expected
    shown = public.get(f"{PLACE}{page.slug}/").content.decode()
    assert "A card on the wall" in shown and "Nobody told me." in shown
    assert "A story of yesterday" not in words + shown and "Of a story that is gone." not in words + shown


@pytest.mark.parametrize("kind", KINDS)
def test_very_much_and_very_long_goes_on_and_is_never_cut(public: Client, scheme: Scheme, kind: str) -> None:
    with enter(scheme):
        points = [
            answered_point(f"Beginning {number}. {'It was very long. ' * 40} End {number}.") for number in range(8)
        ]
        page = resource(kind, *points)
    words = text_of(public.get(f"/print/{page.pk}/").content)
    for number in range(8):
        assert f"Beginning {number}." in words and f"End {number}." in words


def test_words_are_never_read_as_instructions(public: Client, scheme: Scheme) -> None:
    with enter(scheme):
        page = resource("leaflet", answered_point('#panic("x") *bold* $x$ <label> @ref'), words="#include('x') = one")
    words = text_of(public.get(f"/print/{page.pk}/").content)
    assert '#panic("x") *bold* $x$ <label> @ref' in words and "#include('x') = one" in words


def test_a_paper_costs_the_same_statements_for_any_number_of_points(public: Client, scheme: Scheme) -> None:
    def statements(page: Page) -> int:
        public.get(f"/print/{page.pk}/")
        with CaptureQueriesContext(connection) as asked:
            assert public.get(f"/print/{page.pk}/").status_code == 200
        return len(asked)

    with enter(scheme):
        one = resource("newsletter", answered_point(), story("One", answered_point()))
        many = resource(
            "newsletter", *(answered_point(changed=True) for _ in range(9)),
            *(story(f"Story {number}", answered_point()) for number in range(4)), title="Many",
        )  # fmt: skip
    assert statements(one) == statements(many)


def test_another_scheme_has_none_of_it(client_at: Callable[..., Client], scheme: Scheme, other_scheme: Scheme) -> None:
    with enter(scheme):
        page = resource("leaflet", answered_point())
    assert client_at(other_scheme).get(f"/print/{page.pk}/").status_code == 404


def test_a_draft_is_for_editors_alone(public: Client, desk: Client, scheme: Scheme) -> None:
    with enter(scheme):
        page = resource("leaflet", answered_point())
        page.unpublish()
    assert public.get(f"/print/{page.pk}/").status_code == 404
    assert desk.get(f"/print/{page.pk}/").status_code == 200


def test_nobody_has_papers_made_without_end(public: Client, scheme: Scheme, monkeypatch: Any) -> None:
    monkeypatch.setattr(limits, "PAPERS_AN_HOUR", 1)
    with enter(scheme):
        page = resource("leaflet", answered_point())
    assert public.get(f"/print/{page.pk}/").status_code == 200
    answer = public.get(f"/print/{page.pk}/")
    assert answer.status_code == 409 and "Wait one hour and try again." in answer.content.decode()


def test_the_list_shows_them_by_kind_and_the_front_door_leads_there_once_there_is_one(
    public: Client, scheme: Scheme
) -> None:
    assert PLACE not in public.get("/").content.decode()
    assert "nothing to print here yet" in public.get(PLACE).content.decode()
    with enter(scheme):
        resource("leaflet", answered_point(), title="What changed in May")
        resource("exhibition", answered_point(), title="A draft").unpublish()
    assert PLACE in public.get("/").content.decode()
    page = public.get(PLACE).content.decode()
    assert "What changed in May" in page and ">Leaflet<" in page
    assert "A draft" not in page and ">Exhibition<" not in page


def test_an_answer_that_joined_others_reads_as_their_common_answer(
    public: Client, scheme: Scheme, owner: Membership
) -> None:
    with enter(scheme):
        said(slip()), said(slip())
        lead = someone("Lead")
        carrier = actions.answer_together(points=list(Point.objects.all()), by=lead)
        published(carrier, owner)
        page = resource("leaflet", carrier.joined.get())
    assert WORDS in text_of(public.get(f"/print/{page.pk}/").content)


# --- in the editor


def form(*points: object, **more: str) -> dict[str, Any]:
    return nested_form_data({
        "title": "A leaflet", "slug": "a-leaflet", "seo_title": "", "search_description": "", "kind": "leaflet",
        "sheet": "a4", "introduction": "What changed.", "uploaded": "",
        "body": streamfield([("heading", "In May"), *(("point", str(one)) for one in points)]), **more,
    })  # fmt: skip


def test_an_editor_makes_one_at_each_scheme_in_turn(
    leads_desk: Client, public: Client, scheme: Scheme, other_scheme: Scheme, client_at: Callable[..., Client],
    person: Callable[..., Any],
) -> None:  # fmt: skip
    elsewhere = client_at(other_scheme, person("Bo", role="manager", at=other_scheme))
    for place, desk in ((scheme, leads_desk), (other_scheme, elsewhere)):
        with enter(place):
            point, told = answered_point("Nobody told me."), story(f"Told at {place.name}")
            index = ResourceIndexPage.objects.get()
            title = f"a-leaflet-{ResourcePage.objects.count()}"
        given = form(slug=title, **{"action-publish": "1"}) | nested_form_data(
            {"body": streamfield([("point", str(point.pk)), ("story", str(told.pk))])}
        )
        answer = desk.post(f"/cms/pages/add/cms/resourcepage/{index.pk}/", given)
        assert answer.status_code == 302, place
        with enter(place):
            told.delete()
    assert "Nobody told me." in public.get(f"{PLACE}a-leaflet-0/").content.decode()


def upload(desk: Client, content: bytes, name: str = "Sam Secret.pdf") -> Any:
    file = SimpleUploadedFile(name, content, "application/pdf")
    return desk.post("/cms/choose-paper/create/", {"title": "Your rights", "file": file}).json()


def test_an_uploaded_pdf_is_written_anew_and_given_as_a_download(
    desk: Client, leads_desk: Client, public: Client, scheme: Scheme, index: Page
) -> None:
    chosen = upload(desk, a_pdf(3))
    assert chosen["step"] == "chosen" and chosen["result"]["title"] == "Your rights"
    with enter(scheme):
        paper = UploadedPaper.objects.get()
        assert paper.file.name.startswith("s_ashmere/papers/") and "Secret" not in paper.file.name
        with default_storage.open(paper.file.name) as file:
            assert b"Sam Secret" not in file.read()
    given = form(uploaded=str(paper.pk), **{"action-publish": "1"}) | nested_form_data({"body": streamfield([])})
    add = f"/cms/pages/add/cms/resourcepage/{index.pk}/"
    both = leads_desk.post(add, form(uploaded=str(paper.pk), **{"action-publish": "1"}))
    assert "one of the two" in both.content.decode()
    assert leads_desk.post(add, given).status_code == 302
    shown = public.get(f"{PLACE}a-leaflet/").content.decode()
    assert "It has 3 pages." in shown and "A screen reader may not read it well." in shown
    with enter(scheme):
        page = ResourcePage.objects.get()
    answer = public.get(f"/print/{page.pk}/")
    assert len(PdfReader(BytesIO(answer.content)).pages) == 3 and answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith("attachment") and "sandbox" in answer["Content-Security-Policy"]
    assert public.get(f"/media/{paper.file.name}").status_code == 404


@pytest.mark.parametrize("content", [b"<script>alert(1)</script>", b"%PDF-1.7 nothing", b"\x89PNG"])
def test_what_is_no_pdf_is_refused_beside_the_field(desk: Client, scheme: Scheme, content: bytes) -> None:
    answer = upload(desk, content)
    assert answer["step"] == "reshow_creation_form" and "choose it again." in answer["htmlFragment"]
    with enter(scheme):
        assert not UploadedPaper.objects.exists()


def test_whose_file_is_gone_has_nothing_to_download(public: Client, scheme: Scheme) -> None:
    with enter(scheme):
        paper = UploadedPaper.objects.create(title="x", file=ContentFile(a_pdf(), name="x.pdf"))
        page = resource("leaflet", uploaded=paper)
        default_storage.delete(paper.file.name)
    assert public.get(f"/print/{page.pk}/").status_code == 404


# --- until nobody needs it


@pytest.fixture
def a_paper(scheme: Scheme) -> UploadedPaper:
    """An uploaded PDF that no page has."""
    with enter(scheme):
        return UploadedPaper.objects.create(title="Your rights", file=ContentFile(a_pdf(), name="x.pdf"))


def papers_left(scheme: Scheme) -> int:
    with enter(scheme):
        return UploadedPaper.objects.count()


def test_an_editor_deletes_a_pdf_that_no_page_has_with_its_file(
    desk: Client, scheme: Scheme, a_paper: UploadedPaper
) -> None:
    way = f"/uploaded/{a_paper.pk}/delete/"
    page = desk.get("/uploaded/").content.decode()
    assert "Your rights" in page and "No page has it" in page and way in page
    assert "This cannot be undone" in desk.get(way).content.decode()
    assert f"/uploaded/{a_paper.pk}/file/" in page
    saved = desk.get(f"/uploaded/{a_paper.pk}/file/")
    assert saved.content.startswith(b"%PDF-") and saved["Content-Disposition"].startswith("attachment")
    assert default_storage.exists(a_paper.file.name)
    assert desk.post(way).status_code == 302
    assert not default_storage.exists(a_paper.file.name) and papers_left(scheme) == 0
    assert "There is no uploaded PDF." in desk.get("/uploaded/").content.decode()


@pytest.mark.parametrize("has", ["live", "draft", "on its day"])
def test_a_pdf_that_a_page_has_is_not_deleted_by_hand_or_by_the_clock(
    has: str, desk: Client, scheme: Scheme, a_paper: UploadedPaper, at_moment: Callable[..., None]
) -> None:
    with enter(scheme):
        page = resource("leaflet", uploaded=a_paper if has == "live" else None)
        page.uploaded = a_paper
        if has == "draft":
            page.save_revision()
        if has == "on its day":
            page.go_live_at = clock.now() + timedelta(days=90)
            page.save_revision(approved_go_live_at=page.go_live_at)
            page.uploaded = None
            page.save_revision()
    listed = desk.get("/uploaded/").content.decode()
    assert f'<a href="/cms/pages/{page.pk}/edit/">{page.draft_title}</a>' in listed and "/delete/" not in listed
    answer = desk.post(f"/uploaded/{a_paper.pk}/delete/")
    assert "Take it off there first" in answer.content.decode()
    for days in (0, 30):
        at_moment(clock.now() + timedelta(days=days))
        with enter(scheme):
            papers_that_no_page_has()
    assert papers_left(scheme) == 1 and default_storage.exists(a_paper.file.name)


def test_the_clock_deletes_a_pdf_some_days_after_the_last_page_that_had_it(
    scheme: Scheme, a_paper: UploadedPaper, at_moment: Callable[..., None]
) -> None:
    def days_later(days: int) -> int:
        at_moment(clock.now() + timedelta(days=days))
        with enter(scheme):
            papers_that_no_page_has()
        return papers_left(scheme)

    assert days_later(0) == days_later(13) == 1
    with enter(scheme):
        page = resource("leaflet", uploaded=a_paper)
    assert days_later(13) == 1
    with enter(scheme):
        page.delete()
    assert days_later(0) == days_later(13) == 1 and default_storage.exists(a_paper.file.name)
    assert days_later(1) == 0 and not default_storage.exists(a_paper.file.name)
