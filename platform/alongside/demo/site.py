"""What an editor has put on a scheme's site: a story, and things to print. All of it is invented."""

from typing import Any

from cms.models import ResourceIndexPage, ResourcePage, StoryIndexPage, StoryPage
from tenants.feedback.models import Point
from tenants.schemes.entering import enter
from tenants.schemes.models import Scheme

WAITING = "People were not told how long they would wait or what would happen next."
FORMS = "The forms are hard to read, and it is hard to say so."
NIGHTS = "Some women want to speak to a woman, at night too."
ROOM = "The small room with no window makes some people panic."


def put_on_the_site(scheme: Scheme) -> None:
    """One story, and one each of what can be printed."""
    with enter(scheme):
        story = _story()
        answers = [("point", _point(words)) for words in (WAITING, FORMS, NIGHTS)]
        _to_print("leaflet", "You said, we did", [("heading", "What people told us"), *answers])
        _to_print("newsletter", "News from Willowford", [
            ("words", "Every three months we write down what changed, and what did not."),
            ("story", story.page_ptr), ("heading", "We could not do this"), ("point", _point(NIGHTS)),
        ])  # fmt: skip
        _to_print("poster", "For the wall by the door", answers[:2])
        _to_print("exhibition", "Heard at the front desk", [*answers, ("point", _point(ROOM))])


def _story() -> StoryPage:
    story = StoryPage(
        title="A card on the wall",
        introduction="Nobody has to guess any more what happens next. People asked for it, and it hangs there.",
        body=[
            ("paragraph", "<p>It began at a workshop. People said that waiting was the worst of it.</p>"),
            ("point", _point(WAITING)),
            ("heading", "Then came the forms"),
            ("paragraph", "<p>When the card was there, people spoke of the forms. Some of them tried new ones.</p>"),
            ("point", _point(FORMS)),
        ],
    )  # fmt: skip
    _published(StoryIndexPage.objects.get(), story)
    return story


def _to_print(kind: str, title: str, body: list[tuple[str, Any]]) -> None:
    page = ResourcePage(title=title, kind=kind, introduction="What people said, and what we did about it.", body=body)
    _published(ResourceIndexPage.objects.get(), page)


def _published(index: StoryIndexPage | ResourceIndexPage, page: StoryPage | ResourcePage) -> None:
    index.add_child(instance=page)
    page.save_revision().publish()


def _point(words: str) -> Any:
    return Point.objects.values_list("pk", flat=True).get(public_words=words)
