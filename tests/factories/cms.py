"""Things a site is tried with: answered points, pictures that know where they were taken."""

from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

from PIL import ExifTags, Image, ImageCms

from cms.models import ResourceIndexPage, ResourcePage, StoryIndexPage, StoryPage
from kit import clock
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
    index: StoryIndexPage = StoryIndexPage.objects.get()
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
    index: ResourceIndexPage = ResourceIndexPage.objects.get()
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
