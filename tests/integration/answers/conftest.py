"""A Monday, an involvement lead at each of two schemes, and what the worker does."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection

from answers.actions import note_compared
from answers.models import PublishedAnswer
from kit import scheduler
from people.models import Person
from tenants.feedback.models import Point, Theme
from tenants.schemes.entering import enter
from tenants.schemes.models import Membership, Scheme
from tests.factories.feedback import published, said, slip, staff
from tests.integration.feedback.conftest import a_monday, real_mail  # noqa: F401 (fixtures)

WAITING, MEDICATION = "waiting_and_information", "health_and_medication"

Publish = Callable[..., Point]
Refuse = Callable[[Point], None]


@pytest.fixture(autouse=True)
def duties_of_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock does what answers need; the duties of other rooms have tests of their own."""
    ours = {name: one for name, one in scheduler._duties.items() if name.startswith(("answers.", "tenants.feedback."))}
    assert 10 < len(ours) < len(scheduler._duties)
    monkeypatch.setattr(scheduler, "_duties", ours)


@pytest.fixture
def owners(scheme: Scheme, other_scheme: Scheme) -> dict[str, Membership]:
    """The involvement leads, by the schemes' slugs."""
    return {place.slug: staff(place)[1] for place in (scheme, other_scheme)}


@pytest.fixture
def publish(owners: dict[str, Membership], work: Callable[[], None]) -> Publish:
    """`publish(scheme, "words", theme="…", …)`: an answer that everybody may read there, and that has come here."""

    def make(place: Scheme, words: str = "Nobody told me how long I would wait.", **more: Any) -> Point:
        theme = more.pop("theme", None)
        point_is = {name: more.pop(name) for name in ("site_id", "groups", "how_many") if name in more}
        sayers = more.pop("sayers", [slip()])
        with enter(place):
            about = Theme.objects.get(code=theme) if theme else None
            point = said(*sayers, words=words, theme=about, **point_is)
            published(point, owners[place.slug], **more)
        work()
        return point

    return make


@pytest.fixture
def compared(scheme: Scheme, other_scheme: Scheme) -> None:
    """No night compares word by word what the minutes and the messages should have brought."""
    for place in (scheme, other_scheme):
        note_compared(scheme_id=place.pk, night=date.max)


@pytest.fixture
def refuse(as_owner: str) -> Refuse:
    """`refuse(point)`: the database takes no row about this point any more."""

    def make(point: Point) -> None:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE answers_publishedanswer DROP CONSTRAINT IF EXISTS refused")
            cursor.execute(
                f"ALTER TABLE answers_publishedanswer ADD CONSTRAINT refused CHECK (point_id <> '{point.pk}') NOT VALID"
            )

    return make


@pytest.fixture
def hold(as_owner: str) -> Refuse:
    """`hold(point)`: the database lets the row about this point go no more."""

    def make(point: Point) -> None:
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE public.held (answer uuid REFERENCES public.answers_publishedanswer)")
            cursor.execute(
                "INSERT INTO public.held SELECT id FROM public.answers_publishedanswer WHERE point_id = %s", [point.pk]
            )

    return make


def kept(point: Point) -> PublishedAnswer | None:
    """How a point's answer stands here."""
    return PublishedAnswer.objects.filter(point_id=point.pk).first()


def lead_of(owner: Membership) -> Person:
    return Person.objects.get(pk=owner.person_id)
