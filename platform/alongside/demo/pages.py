"""The other pages of the first scheme's site: who works there, what is on, what is new. All of it is invented."""

from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw
from wagtail.models import Page

from cms import named_actions, picture_actions
from cms.languages import ENGLISH
from cms.models import (
    AboutPage,
    EventIndexPage,
    EventPage,
    Film,
    HomePage,
    InvolvementPage,
    NewsIndexPage,
    NewsPage,
    NoticePage,
    PeoplePage,
    Picture,
    StoryPage,
)
from kit import clock
from people.models import Person

GREEN, SAND, BLUE, SKIN = "#007f3b", "#ede0c8", "#005eb8", "#b07a4f"


def fill(by: Person) -> None:
    """Put them on the site of the scheme entered, as its editor would."""
    home = HomePage.objects.get(locale__language_code=ENGLISH)
    card, portrait = _pictures(by)
    _into_the_story(card)
    _people(home, portrait, by)
    _about(home)
    _news(home, card)
    _events(home)
    cookies = NoticePage.objects.get(kind="cookies", locale__language_code=ENGLISH)
    cookies.body = [
        ("paragraph", "<p>A cookie is a small note that a website leaves on your device.</p>"),
        ("paragraph", "<p>If you have a question about this page, ask any member of our staff.</p>"),
    ]
    cookies.save_revision().publish()


def _pictures(by: Person) -> tuple[Picture, Picture]:
    """One of a thing, one of somebody who agreed, and one in which one of two has not agreed yet; and a film."""
    card, portrait, stall = (
        _of_a_card(),
        _of_people("Desk in our office", 1),
        _of_people("Our stall at the market", 2),
    )
    film = picture_actions.add_film(
        title="A morning at court", address="https://films.example.org/a-morning-at-court", people=1, by=by
    )
    for of, who in ((portrait, "Nia"), (film, "Nia"), (stall, "The one with the green scarf")):
        picture_actions.record_consent(of=of, who=who, by=by, explained="talked", agreed_on=clock.today())
    return card, portrait


def _into_the_story(card: Picture) -> None:
    story = StoryPage.objects.get()
    story.body.insert(1, ("picture", card))
    story.save_revision().publish()


def _of_a_card() -> Picture:
    drawing = Image.new("RGB", (900, 600), SAND)
    pen = ImageDraw.Draw(drawing)
    pen.rectangle((250, 100, 650, 500), fill="white", outline=BLUE, width=8)
    for line in range(5):
        pen.rectangle((300, 160 + 60 * line, 600 - 40 * (line % 3), 185 + 60 * line), fill=BLUE)
    card = _kept(drawing, "The card on the wall", 0)
    card.contextual_alt_text, card.decorative = "A white card with five lines on a wall.", False
    return card


def _of_people(title: str, people: int) -> Picture:
    drawing = Image.new("RGB", (600, 600), SAND)
    pen = ImageDraw.Draw(drawing)
    for number in range(people):
        left = 300 - 130 * (people - 1) + 260 * number
        pen.ellipse((left - 90, 140, left + 90, 320), fill=SKIN)
        pen.rounded_rectangle((left - 120, 340, left + 120, 660), radius=80, fill=(BLUE, GREEN)[number])
    return _kept(drawing, title, people)


def _kept(drawing: Image.Image, title: str, people: int) -> Picture:
    file = BytesIO()
    drawing.save(file, "PNG")
    upload = SimpleUploadedFile("drawing.png", file.getvalue(), "image/png")
    made: Picture = Picture.objects.create(title=title, file=upload, people=people)
    return made


def _people(home: Page, portrait: Picture, by: Person) -> None:
    given: dict[str, Any] = {"explained": "talked", "agreed_on": clock.today(), "by": by}
    nia = named_actions.name_somebody(
        name="Nia", does="peer support worker", words="I was in a cell myself. I know what the waiting is like.",
        photo=portrait, **given,
    )  # fmt: skip
    omar = named_actions.name_somebody(name="Omar", does="involvement lead", words="", photo=None, **given)
    value = {"heading": "Who you may meet", "people": [str(nia.pk), str(omar.pk)]}
    _put(home, PeoplePage(title="Who works here", slug="people", people=[("group", value)], show_in_menus=True))


def _about(home: Page) -> None:
    checked = clock.today()
    partner = {"name": "The Old Mill", "does": "A day centre where you can just drop in.", "address": ""}
    link = {"listed": "user_voice", "text": "", "says": "", "address": ""}
    _put(
        home,
        AboutPage(
            title="What Liaison and Diversion is",
            slug="what-it-is",
            introduction="We meet people at police stations and in court, and help them to get help.",
            partners=[("partner", partner | {"checked_on": checked})],
            links=[("link", link | {"checked_on": checked})],
            show_in_menus=True,
        ),
    )
    _put(home, InvolvementPage(title="Get involved", slug="get-involved", show_in_menus=True))


def _news(home: Page, card: Picture) -> None:
    index = _put(home, NewsIndexPage(title="News", slug="news", show_in_menus=True))
    words = (
        "paragraph",
        "<p>It says what happens next, and how long it takes. Four people helped to write it.</p>",
    )
    _put(
        index,
        NewsPage(
            title="The card is on the wall",
            slug="the-card",
            day=clock.today() - timedelta(days=20),
            summary="You asked what happens next. Now a card by each door says it.",
            body=[words, ("picture", card)],
        ),
    )
    _put(
        index,
        NewsPage(
            title="Newsletter: spring",
            slug="spring",
            kind=NewsPage.Kind.NEWSLETTER,
            issue="Issue 3, spring",
            day=clock.today() - timedelta(days=5),
            summary="What you said, what we did, and what is on.",
            body=[("film", {"film": str(Film.objects.get().pk), "says": "Nia tells how a morning goes. 4 minutes."})],
        ),
    )


def _events(home: Page) -> None:
    index = _put(home, EventIndexPage(title="Events", slug="events", show_in_menus=True))
    given: dict[str, Any] = {
        "place": "Nether Valley library",
        "address": "2 Bridge Street\nWillowford",
        "access": "No steps. There is a quiet room. Tell us if you need a signer.",
        "expenses": EventPage.Expenses.TRAVEL,
    }
    for title, slug, days in (("Open morning", "open-morning", 16), ("Have your say on the forms", "forms", -30)):
        day = clock.today() + timedelta(days=days)
        starts = datetime(day.year, day.month, day.day, 10, tzinfo=clock.LONDON)
        event = EventPage(title=title, slug=slug, starts=starts, ends=starts + timedelta(hours=2), **given)
        event.summary, event.getting_there = "Come and see us. There is tea.", "Bus 9 stops in front of the door."
        event.expenses_more = "In cash, on the day."
        _put(index, event)


def _put(parent: Page, page: Page) -> Page:
    parent.add_child(instance=page)
    page.save_revision().publish()
    return page
