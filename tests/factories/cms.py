"""Things a site is tried with: answered points, pictures that know where they were taken."""

from datetime import datetime, timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.text import slugify
from PIL import ExifTags, Image, ImageCms

from cms import named_actions, picture_actions
from cms.models import (
    EventIndexPage,
    EventPage,
    Film,
    HomePage,
    Named,
    Picture,
    PictureConsent,
    ResourceIndexPage,
    ResourcePage,
    StandardPage,
    StoryIndexPage,
    StoryPage,
)
from kit import clock, scope
from people.models import Person
from tenants.feedback.models import Consent, Point, Progress, Round, Sayer
from tenants.feedback.rules import Channel, Decision, Kind, Method, Purpose, Stage

GPS_MARK = b"Alongside-GPS-mark"


def picture_bytes(kind: str = "JPEG", *, size: tuple[int, int] = (60, 40), orientation: int = 1) -> bytes:
    """A picture that says in its EXIF block, its XMP, its comment and its colours where and with what it was taken."""
    picture = Image.new("RGB", size, "teal")
    exif = picture.getexif()
    exif[ExifTags.Base.Make] = GPS_MARK.decode()
    exif[ExifTags.Base.Orientation] = orientation
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitudeRef] = "N"
    out = BytesIO()
    colours = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    picture.save(out, kind, exif=exif, comment=GPS_MARK, xmp=b"<x>" + GPS_MARK + b"</x>", icc_profile=colours)
    return out.getvalue()


def story(title: str = "A card on the wall", *points: Point, **fields: Any) -> StoryPage:
    """A story around these points, that everybody may read."""
    body: list[tuple[str, Any]] = [("paragraph", "<p>Somebody had an idea.</p>")]
    page = StoryPage(
        **{"title": title, "introduction": "Nobody waits without knowing any more."} | fields,
        body=body + [("point", point.pk) for point in points],
    )
    index: StoryIndexPage = StoryIndexPage.objects.earliest("path")
    index.add_child(instance=page)
    page.save_revision().publish()
    return page


def resource(kind: str, *parts: Point | StoryPage, words: str = "", **fields: Any) -> ResourcePage:
    """Something to print, made of these, that everybody may download."""
    body: list[tuple[str, Any]] = [("words", words)] if words else []
    body += [("point", one.pk) if isinstance(one, Point) else ("story", one.page_ptr) for one in parts]
    page = ResourcePage(
        **{"title": f"A {kind}", "kind": kind, "introduction": "What people said, and what we did."} | fields, body=body
    )
    index: ResourceIndexPage = ResourceIndexPage.objects.earliest("path")
    index.add_child(instance=page)
    page.save_revision().publish()
    return page


def answered_point(
    words: str = "Nobody told me how long I would wait.",
    *,
    decision: Decision = Decision.DOING,
    is_public: bool = True,
    agreed: bool = True,
    changed: bool = False,
    **point: Any,
) -> Point:
    """A point that was decided, with those who said it told or not, and agreeing to publication or not."""
    now = clock.now()
    made = Point.objects.create(
        said=f"In my own words: {words}",
        public_words=words,
        public_words_approved_at=now,
        public_words_by_id=uuid4(),
        method=Method.WORKSHOP,
        how_many=4,
        stage=Stage.CHANGED if changed else Stage.TOLD,
        seen_at=now,
        **point,
    )
    sayer = Sayer.objects.create(point=made, kind=Kind.SLIP, slip=uuid4().hex, channel=Channel.SLIP)
    if agreed:
        Consent.objects.create(
            sayer=sayer, purpose=Purpose.PUBLISH, what="words", to_whom="public", wording_version="1", explained_how="x"
        )
    round_ = Round.objects.create(
        point=made,
        number=1,
        decision=decision,
        answer="A card on the wall says what happens next.",
        reason="People asked for it.",
        owner_membership_id=uuid4(),
        owner_role="involvement lead",
        due=clock.today() + timedelta(days=30),
        review_on=clock.today() + timedelta(days=90) if decision == Decision.NOT_NOW else None,
        by_id=uuid4(),
        public_from=now if is_public else None,
    )
    if changed:
        Progress.objects.create(round=round_, kind=Progress.Kind.DONE, words="It hangs there.", by_id=uuid4())
    return made


def a_picture(
    people: int | None = 0, *, title: str = "A picture", kind: str = "JPEG", size: tuple[int, int] = (60, 40)
) -> Picture:
    """A picture in the library, in which so many people can be recognised."""
    file = SimpleUploadedFile(f"picture.{kind.lower()}", picture_bytes(kind, size=size), f"image/{kind.lower()}")
    made: Picture = Picture.objects.create(title=title, file=file, people=people)
    return made


def a_page_with(*pictures: Picture) -> StandardPage:
    """A page at /getting-here/ with these pictures, that everybody may read."""
    for one in pictures:
        one.contextual_alt_text, one.decorative = "A door", False
    body = [("picture", one) for one in pictures]
    page = StandardPage(title="Getting here", slug="getting-here", body=body)
    HomePage.objects.earliest("path").add_child(instance=page)
    page.save_revision().publish()
    return page


def files_of_sizes() -> set[str]:
    """Every file of a size of a picture of the scheme entered."""
    folder = f"{scope.current()}/sizes"
    there = default_storage.listdir(folder)[1] if default_storage.exists(folder) else []
    return {f"{folder}/{name}" for name in there}


def a_film(by: Person, *, people: int = 1, number: int = 1) -> Film:
    """A film on another website."""
    return picture_actions.add_film(
        title="How it went", address=f"https://films.example.org/{number}", people=people, by=by
    )


def agreed(of: Picture | Film, by: Person, **more: Any) -> PictureConsent:
    """Somebody agreed to be seen."""
    given = {"who": "The woman on the left", "explained": "talked", "agreed_on": clock.today()} | more
    return picture_actions.record_consent(of=of, by=by, **given)


def named(by: Person, *, name: str = "Kim", photo: Picture | None = None, **more: Any) -> Named:
    """Somebody who agreed to be named."""
    given = {"does": "peer support worker", "words": "I was there too.", "explained": "talked"} | more
    return named_actions.name_somebody(name=name, photo=photo, agreed_on=clock.today(), by=by, **given)


def an_event(
    *, title: str = "Open morning", starts: datetime | None = None, live: bool = True, **more: Any
) -> EventPage:
    """An event on the site of the scheme entered; the list of events comes with the first."""
    home = HomePage.objects.earliest("path")
    index = EventIndexPage.objects.first() or home.add_child(instance=EventIndexPage(title="Events", slug="events"))
    given = {"summary": "Come and see us.", "place": "The library", "access": "No steps.", "expenses": "travel"} | more
    slug = f"{slugify(title)}-{index.numchild}"
    event = EventPage(title=title, slug=slug, live=live, starts=starts or clock.now() + timedelta(days=3), **given)
    made: EventPage = index.add_child(instance=event)
    return made
