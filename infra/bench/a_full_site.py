"""A scheme with any number of answers, and a page of words and pictures: for what measures public pages."""

import random
from typing import Any

# Of one seed: each run measures the same words.
CHANCE = random.Random(58)


def make_scheme() -> Any:
    """A scheme with a page of words and pictures."""
    from django.core.files.uploadedfile import SimpleUploadedFile
    from wagtail.models import Page

    from cms.models import Picture, StandardPage
    from tenants.schemes import provisioning
    from tenants.schemes.entering import enter
    from tests.factories.cms import picture_bytes

    scheme = provisioning.provision(name="Bench", slug="bench", area="Invented", sites=[("A suite", "custody")])
    with enter(scheme):
        body: list[tuple[str, Any]] = []

        def words() -> str:
            return f"<p>{sentence(80)}</p>"

        for number in range(3):
            file = SimpleUploadedFile("x.jpg", picture_bytes(size=(1600, 900)), "image/jpeg")
            picture = Picture.objects.create(title="x", file=file)
            value = {"image": picture.pk, "decorative": False, "alt_text": f"Picture {number}"}
            body += [("heading", f"Part {number}"), ("paragraph", words()), ("paragraph", words())]
            block = StandardPage.body.field.stream_block.child_blocks["picture"]
            body.append(("picture", block.to_python(value)))
        page = StandardPage(title="A story", slug="a-story", show_in_menus=True, body=body)
        Page.objects.filter(depth=2).earliest("path").add_child(instance=page)
    return scheme


def sentence(words: int) -> str:
    """So many plain words: they pack as the words of people do."""
    from mnemonic import Mnemonic

    return " ".join(CHANCE.choices(Mnemonic("english").wordlist, k=words)).capitalize() + "."


def fill(scheme: Any, *, up_to: int) -> None:
    """Answered points, told and public, confirmed by those who said them: the rows that the actions would leave."""
    from datetime import timedelta
    from uuid import uuid4

    from django.db import connection

    from kit import clock
    from tenants.feedback.models import Confirmation, Consent, Point, Progress, Round, Sayer, Theme, Told
    from tenants.feedback.rules import Answer, Channel, Decision, Kind, Method, Purpose, Stage, TellingState, Voice
    from tenants.schemes.entering import enter

    with enter(scheme):
        themes = list(Theme.objects.all())
        has = Point.objects.count()
        for start in range(has, up_to, 1000):
            numbers = range(start, min(up_to, start + 1000))
            now = [clock.now() - timedelta(minutes=up_to - number) for number in numbers]
            points = Point.objects.bulk_create(
                Point(
                    said=f"What was said, {number}", public_words=sentence(25),
                    public_words_approved_at=at, public_words_by_id=uuid4(), method=Method.WORKSHOP, how_many=2,
                    stage=Stage.CONFIRMED, seen_at=at, theme=themes[number % len(themes)],
                )
                for number, at in zip(numbers, now, strict=True)
            )  # fmt: skip
            sayers = Sayer.objects.bulk_create(
                Sayer(point=point, kind=Kind.SLIP, slip=uuid4().hex, channel=Channel.SLIP)
                for point in points for _ in range(2)
            )  # fmt: skip
            Consent.objects.bulk_create(
                Consent(
                    sayer=sayer, purpose=Purpose.PUBLISH, what="words", to_whom="public", wording_version="1",
                    explained_how="x",
                )
                for sayer in sayers
            )  # fmt: skip
            rounds = Round.objects.bulk_create(
                Round(
                    point=point, number=1, decision=list(Decision)[index % 2], answer=sentence(12),
                    reason=sentence(12), owner_membership_id=uuid4(), owner_role="involvement lead",
                    due=clock.today() + timedelta(days=30), by_id=uuid4(), decided_at=at, public_from=at,
                )
                for index, (point, at) in enumerate(zip(points, now, strict=True))
            )  # fmt: skip
            Progress.objects.bulk_create(
                Progress(round=round_, kind=Progress.Kind.DONE, words="Done.", by_id=uuid4()) for round_ in rounds
            )
            by_point = {round_.point_id: round_ for round_ in rounds}
            Told.objects.bulk_create(
                Told(
                    round=by_point[sayer.point_id], sayer=sayer, channel=Channel.SLIP, state=TellingState.WAITING,
                    ended_at=clock.now(),
                )
                for sayer in sayers
            )  # fmt: skip
            Confirmation.objects.bulk_create(
                Confirmation(
                    round=by_point[sayer.point_id], sayer=sayer, number=1, answer=Answer.YES, voice=Voice.SAYER,
                    voice_key=uuid4(),
                )
                for sayer in sayers
            )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")  # as PostgreSQL does by itself within a minute
