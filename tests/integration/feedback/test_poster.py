"""The poster: what the public may read and nothing else, in one sheet, for as long as everybody agrees."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from kit import clock
from people.models import Person
from tenants.feedback import actions
from tenants.feedback.errors import TooMuch
from tenants.feedback.models import Point, Theme
from tenants.feedback.posters import poster
from tenants.feedback.queries import for_posters
from tenants.feedback.rules import Channel, Decision, Sheet
from tenants.schemes.entering import enter
from tenants.schemes.models import Membership, Scheme
from tests.factories.feedback import decided, published, quoted, said, slip, the_sayer

ClientAt = Callable[..., Client]
# In points, as a PDF says them.
SIZES = {"a4": (595, 842), "a3": (842, 1191)}


@pytest.fixture
def desk(client_at: ClientAt, scheme: Scheme, owner: Membership) -> Client:
    return client_at(scheme, Person.objects.get(pk=owner.person_id))


def text_of(document: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(document)).pages).split())


@pytest.mark.parametrize("sheet", ["a4", "a3"])
def test_a_poster_is_one_tagged_sheet_with_the_pairs_that_were_chosen(
    desk: Client, scheme: Scheme, owner: Membership, sheet: str
) -> None:
    """S59, S89: what cannot be done stands in the same box as what will be."""
    with enter(scheme):
        first, second = said(how_many=3), said(how_many=14)
        published(first, owner)
        published(second, owner, Decision.CANNOT, answer="We cannot open at night.", reason="There are five of us.")
    answer = desk.post("/poster/", {"points": [first.pk, second.pk], "sheet": sheet})
    assert answer["Content-Disposition"] == 'attachment; filename="poster.pdf"'
    assert answer["Cache-Control"] == "no-store"
    assert b"/Marked true" in answer.content and b"pdfuaid" in answer.content
    (page,) = PdfReader(BytesIO(answer.content)).pages
    assert (round(page.mediabox.width), round(page.mediabox.height)) == SIZES[sheet]
    words = text_of(answer.content)
    assert "You said, we did" in words and "We will" in words and "We cannot, because" in words
    assert "There are five of us." in words and "ashmere.alongside.localhost" in words
    # People by the rule of disclosure: 3 are a few, and 14 are about 15.
    assert "A few people" in words and "About 15 people" in words and "14" not in words
    assert "Nobody told me" not in words and "Sam" not in words


def test_a_poster_says_of_what_was_put_off_how_long_it_waits_again(inside: Scheme, owner: Membership) -> None:
    point = said()
    published(point, owner, Decision.NOT_NOW, review_on=date(2026, 11, 9))
    clock.set_to(datetime(2026, 11, 9, 9, tzinfo=UTC), frozen=True)
    actions.review_due(point=point)
    (one,) = for_posters()
    words = text_of(poster([one.pair], sheet=Sheet.A4, origin=inside.origin, name=inside.name))
    assert "We look again on 9 November 2026." in words
    assert "We look at it again and answer by 7 December 2026." in words


def test_only_what_the_public_may_read_is_offered(desk: Client, scheme: Scheme, owner: Membership) -> None:
    with enter(scheme):
        decided(said(words="No public words."), owner)
        told_later = said(slip(channel=Channel.LETTER))
        actions.approve_words(point=told_later, words="Not told yet.", by=Person.objects.get(pk=owner.person_id))
        decided(told_later, owner)
        assert for_posters() == []
    page = desk.get("/poster/").content.decode()
    assert "No answer can be shown yet." in page and "Not told yet." not in page
    answer = desk.post("/poster/", {"points": [told_later.pk], "sheet": "a4"})
    assert not answer.has_header("Content-Disposition")


def test_a_consent_that_was_taken_back_ends_the_poster_with_what_was_ticked_kept(
    desk: Client, scheme: Scheme, owner: Membership
) -> None:
    """S3: the page stood open while somebody changed their mind."""
    with enter(scheme):
        first, second = said(), said()
        published(first, owner), published(second, owner)
        ticked = {"points": [first.pk, second.pk], "sheet": "a3"}
    assert desk.post("/poster/", ticked).has_header("Content-Disposition")
    with enter(scheme):
        actions.stop_publishing(sayer=the_sayer(first), by=None)
    answer = desk.post("/poster/", ticked)
    page = answer.content.decode()
    assert not answer.has_header("Content-Disposition") and "One of these may no longer be shown." in page
    assert str(first.pk) not in page and page.count("checked") == 2  # the other answer, and the paper


def test_it_says_what_to_do_when_nothing_or_too_much_is_chosen(desk: Client, scheme: Scheme, owner: Membership) -> None:
    with enter(scheme):
        made = [said() for _ in range(5)]
        for point in made:
            published(point, owner)
    assert "Choose at least one answer" in desk.post("/poster/", {"sheet": "a4"}).content.decode()
    page = desk.post("/poster/", {"points": [point.pk for point in made], "sheet": "a4"}).content.decode()
    assert "Choose 4 at most" in page and page.count("checked") == 6


def test_words_that_would_be_too_small_are_refused_and_never_cut(
    desk: Client, scheme: Scheme, owner: Membership
) -> None:
    with enter(scheme):
        point = said()
        published(point, owner, answer="We will put a card on the wall. " * 34)
        (long,) = for_posters()
        with pytest.raises(TooMuch, match="Choose fewer answers or bigger paper"):
            poster([long.pair], sheet=Sheet.A4, origin=scheme.origin, name=scheme.name)
        # Bigger paper has room for it.
        assert poster([long.pair], sheet=Sheet.A3, origin=scheme.origin, name=scheme.name)
    page = desk.post("/poster/", {"points": [point.pk], "sheet": "a4"}).content.decode()
    assert "This is too much to read from a wall." in page and page.count("checked") == 2


def test_a_broken_template_is_not_taken_for_too_many_words(inside: Scheme, owner: Membership) -> None:
    published(said(), owner)
    (one,) = for_posters()
    assert poster([one.pair], sheet=Sheet.A4, origin="http://x.example", name='#panic("x")')


def test_older_answers_come_up_by_theme(desk: Client, scheme: Scheme, owner: Membership) -> None:
    with enter(scheme):
        rights, money = (Theme.objects.get(code=code) for code in ("rights", "money_and_housing"))
        point = said(theme=rights)
        published(point, owner), published(said(theme=money), owner)
    page = desk.get("/poster/?theme=rights").content.decode()
    assert page.count('type="checkbox"') == 1 and str(point.pk) in page
    assert desk.get("/poster/?theme=nothing").content.decode().count('type="checkbox"') == 2
    made = desk.post("/poster/?theme=rights", {"points": [point.pk], "sheet": "a4"})
    assert made.has_header("Content-Disposition")


def test_what_was_ticked_stays_ticked_while_somebody_looks_on(desk: Client, scheme: Scheme, owner: Membership) -> None:
    with enter(scheme):
        rights, money = (Theme.objects.get(code=code) for code in ("rights", "money_and_housing"))
        first, second, hidden = said(theme=rights), said(theme=money), said(theme=rights)
        for point in (first, second, said(theme=rights)):  # the last is not ticked
            published(point, owner)
    ticked = {"points": [first.pk, hidden.pk, "no id"], "sheet": "a3", "theme": "money_and_housing", "look_on": "yes"}
    page = desk.post("/poster/", ticked).content.decode()
    boxes = re.findall(r'<input[^>]*type="checkbox"[^>]*>', page)
    assert [str(first.pk) in box and "checked" in box for box in boxes] == [True, False]
    assert str(second.pk) in boxes[1] and str(hidden.pk) not in page and page.count("checked") == 2
    assert "There is a problem" not in page
    made = desk.post("/poster/", {"points": [first.pk, second.pk], "sheet": "a4", "theme": "money_and_housing"})
    assert made.has_header("Content-Disposition")


@pytest.mark.parametrize("answers", [1, 5])
def test_choosing_costs_the_same_for_any_number_of_answers(inside: Scheme, owner: Membership, answers: int) -> None:
    for _ in range(answers):
        published(said(), owner)
    assert Point.objects.count() == answers
    with CaptureQueriesContext(connection) as asked:
        assert len(for_posters()) == answers
    assert len(asked) == 10


def test_a_poster_holds_the_words_that_somebody_agreed_to_until_they_are_taken_back(
    inside: Scheme, owner: Membership
) -> None:
    """S3, S18."""
    point = said()
    published(point, owner)
    quoted(point)

    def words() -> str:
        (one,) = for_posters()
        return text_of(poster([one.pair], sheet=Sheet.A4, origin=inside.origin, name=inside.name))

    assert "“how long I would wait.”" in words()
    actions.take_back_quote(sayer=the_sayer(point), by=None)
    assert "how long I would wait" not in words()
