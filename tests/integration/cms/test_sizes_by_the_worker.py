"""S15, S29: the worker makes every size of a picture as soon as it came, so that no visitor waits for it."""

import re
from importlib import import_module

import pytest
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import connection, transaction
from wagtail.images.models import Filter

from cms import picture_actions as actions
from cms import shapes, showing
from cms.models import Picture, PictureRendition
from kit.erasure import erase_in_schema
from kit.models import OutboxMessage
from people import erasure
from tenants.schemes.entering import enter
from tenants.schemes.privileges import ERASER
from tests.factories.cms import a_page_with, a_picture, agreed, files_of_sizes, picture_bytes
from tests.factories.people import someone
from tests.integration.conftest import connect_as

PAGE = "/getting-here/"
LARGE = (1600, 1200)


def promised():
    return OutboxMessage.objects.filter(kind="cms.picture_came")


def kept():
    """The names of all sizes that stand in the table."""
    return set(PictureRendition.objects.values_list("file", flat=True))


@pytest.fixture
def nothing_before(inside):
    """How many files other tests of this process left in the folder."""
    before = files_of_sizes()
    return lambda: files_of_sizes() - before


# --- the promise


def test_a_picture_that_comes_is_promised_once_however_often_it_is_saved(inside):
    picture = a_picture()
    assert promised().count() == 1
    picture.title = "Another name"
    picture.save()
    Picture.objects.get().save(update_fields=["file_size"])
    assert promised().count() == 1


def test_another_focal_point_and_another_file_are_promised_again(inside):
    picture = a_picture()
    picture.focal_point_x, picture.focal_point_y, picture.focal_point_width, picture.focal_point_height = 9, 9, 4, 4
    picture.save()
    assert promised().count() == 2
    picture.file = a_picture().file.name
    picture.save()
    assert len({message.key for message in promised()}) == promised().count() == 4


def test_a_picture_that_does_not_come_after_all_promises_nothing(inside):
    with transaction.atomic():
        a_picture()
        transaction.set_rollback(True)
    assert not promised().exists()


def test_an_upload_in_the_editor_is_a_picture_that_comes(desk, scheme, work):
    from django.core.files.uploadedfile import SimpleUploadedFile

    file = SimpleUploadedFile("door.jpg", picture_bytes(size=LARGE), "image/jpeg")
    assert desk.post("/cms/images/multiple/add/", {"title": "A door", "files[]": file}).json()["success"]
    work()
    with enter(scheme):
        made = set(PictureRendition.objects.values_list("filter_spec", flat=True))
    assert set(shapes.EVERY_SIZE) <= made


def test_pictures_that_came_before_there_was_a_promise_get_their_sizes_and_no_others(inside, editor, work):
    def migrate():
        with connection.cursor() as cursor:
            cursor.execute(import_module("cms.migrations.0017_sizes_of_every_picture").MAKE_THEIR_SIZES)

    migrate()
    assert not OutboxMessage.objects.exists()
    before, also, back = (a_picture(1, size=LARGE) for _ in range(3))
    actions.take_back(consent=agreed(back, editor), by=editor)
    OutboxMessage.objects.all().delete()
    migrate()
    migrate()
    assert OutboxMessage.objects.get().kind == "cms.every_picture"
    work()
    assert {message.key.rpartition(":")[0] for message in promised()} == {before.version, also.version}
    assert before.renditions.count() == also.renditions.count() == len(set(shapes.EVERY_SIZE))
    actions.promise_sizes()
    assert promised().count() == 2


def test_a_new_shape_reaches_pictures_whose_sizes_were_made_before_it_came(inside, work, monkeypatch):
    """What was done stays for 30 days, so that it is not promised again: but this is another promise."""
    picture = a_picture(size=LARGE)
    work()
    monkeypatch.setattr(shapes, "EVERY_SIZE", [*shapes.EVERY_SIZE, "max-30x30"])
    for _ in range(2):
        actions.promise_sizes()
        work()
    assert set(picture.renditions.values_list("filter_spec", flat=True)) == set(shapes.EVERY_SIZE)
    assert promised().count() == 2


# --- what the worker makes


def test_it_makes_every_size_of_every_shape_and_a_visitor_makes_none(scheme, home, public, work):
    with enter(scheme):
        picture = a_picture(size=LARGE)
        a_page_with(picture)
    work()
    with enter(scheme):
        made = set(PictureRendition.objects.values_list("filter_spec", flat=True))
        assert made == set(shapes.EVERY_SIZE) and len(made) == 18
        for shape in shapes.SHAPES:
            assert made >= set(shape.specs)
        default_storage.delete(picture.file.name)  # without it nothing more can be made
    page = public.get(PAGE).content.decode()
    assert len(re.findall(r"/media/\S+\.webp (?:400|640|900)w", page)) == 3
    assert 'width="900" height="675"' in page
    for address in set(re.findall(r"/media/[\w/]+\.\w+", page)):
        assert public.get(address).status_code == 200
    with enter(scheme):
        assert len(kept()) == len(shapes.EVERY_SIZE)


def test_done_twice_it_changes_nothing(inside, work, nothing_before):
    picture = a_picture(size=LARGE)
    work()
    before = kept()
    actions.make_sizes(picture_id=picture.pk, version=picture.version)
    assert kept() == before == nothing_before()


def test_what_a_visitor_made_already_stays_and_the_rest_comes(inside, work, nothing_before):
    picture = a_picture(size=LARGE)
    showing.shown_each([picture], shapes.IN_WORDS)
    before = kept()
    assert len(before) == 4
    work()
    assert before < kept() == nothing_before() and len(kept()) == len(shapes.EVERY_SIZE)


def test_after_another_focal_point_its_crops_are_there_too(inside, work):
    picture = a_picture(size=LARGE)
    work()
    picture.focal_point_x, picture.focal_point_y, picture.focal_point_width, picture.focal_point_height = 9, 9, 4, 4
    picture.save()
    work()
    crops = [Filter(spec) for spec in shapes.PORTRAIT.specs]
    assert len(picture.find_existing_renditions(*crops)) == 4
    assert picture.renditions.filter(filter_spec=shapes.PORTRAIT.size).count() == 2


def test_of_a_picture_that_has_another_focal_point_by_now_the_older_promise_makes_nothing(inside):
    picture = a_picture(size=LARGE)
    older = picture.version
    picture.focal_point_x, picture.focal_point_y, picture.focal_point_width, picture.focal_point_height = 9, 9, 4, 4
    picture.save()
    actions.make_sizes(picture_id=picture.pk, version=older)
    assert not PictureRendition.objects.exists()
    assert picture.version != older
    older_one = Picture.objects.get()
    older_one.focal_point_x = None
    assert older_one.make_sizes([Filter("max-30x30")], wait=False) == {}


def test_of_a_picture_that_is_gone_nothing_is_made(inside, work, nothing_before):
    a_picture(size=LARGE).delete()
    work()
    assert not nothing_before() and promised().get().done_at


def test_of_a_picture_that_was_taken_back_nothing_is_made_whichever_comes_first(inside, editor, work, nothing_before):
    picture = a_picture(1, size=LARGE)
    consent = agreed(picture, editor)
    actions.take_back(consent=consent, by=editor)
    actions.make_sizes(picture_id=picture.pk, version=picture.version)
    assert not PictureRendition.objects.exists()
    work()
    actions.make_sizes(picture_id=picture.pk, version=picture.version)
    assert not PictureRendition.objects.exists() and not Picture.objects.exists()
    assert not nothing_before() and not default_storage.exists(picture.file.name)


def test_taking_it_back_takes_every_size_that_the_worker_made(inside, editor, work, nothing_before):
    consent = agreed(a_picture(1, size=LARGE), editor)
    work()
    assert len(nothing_before()) == len(shapes.EVERY_SIZE)
    actions.take_back(consent=consent, by=editor)
    work()
    assert not nothing_before() and not kept()


def test_erasing_somebody_takes_every_size_that_the_worker_made(inside, editor, work, nothing_before):
    kim = someone("Kim", email="kim@example.org")
    agreed(a_picture(1, size=LARGE), editor, reach=kim.email)
    work()
    assert len(nothing_before()) == len(shapes.EVERY_SIZE)
    erase_in_schema(kim.pk, inside.schema_name)
    assert not nothing_before() and not kept()


def test_erasing_somebody_takes_what_a_killed_process_left_of_their_picture_and_of_no_other(
    as_owner, scheme, editor, work
):
    kim = someone("Kim", email="kim@example.org")
    with enter(scheme):
        before = files_of_sizes()
        theirs, other = a_picture(1, size=LARGE), a_picture(size=LARGE)
        agreed(theirs, editor, reach=kim.email)
    work()
    with enter(scheme), transaction.atomic():
        other.make_sizes([Filter("max-30x30")], wait=True)
        of_the_other = files_of_sizes() - before - set(theirs.renditions.values_list("file", flat=True))
        theirs.make_sizes([Filter("max-30x30")], wait=True)
        transaction.set_rollback(True)
    with enter(scheme):
        assert len(files_of_sizes() - before - kept()) == 2
    connect_as(ERASER, as_owner)
    erasure.erase(kim)
    with enter(scheme):
        assert Picture.objects.get() == other
        assert files_of_sizes() - before == of_the_other and len(of_the_other) == len(shapes.EVERY_SIZE) + 1


# --- when it fails


class Full(OSError):
    """The disk takes no more."""


@pytest.fixture
def disk_is_full_after(monkeypatch):
    """The disk takes so many files, and of the next a part."""
    really = FileSystemStorage._save

    def fill(count):
        left = [count]

        def save(storage, name, content):
            done = really(storage, name, content)
            left[0] -= 1
            if left[0] < 0:
                raise Full
            return done

        monkeypatch.setattr(FileSystemStorage, "_save", save)

    yield fill


def test_of_a_batch_that_fails_no_file_and_no_row_is_left(inside, work, nothing_before, disk_is_full_after):
    a_picture(size=LARGE)
    disk_is_full_after(7)
    work()
    message = promised().get()
    assert (message.done_at, message.last_error.split(" ")[0]) == (None, "Full")
    assert not nothing_before() and not kept()


def test_a_disk_that_is_full_takes_no_page_down(scheme, home, public, disk_is_full_after):
    with enter(scheme):
        before = files_of_sizes()
        picture = a_picture(size=LARGE)
        a_page_with(picture)
        disk_is_full_after(2)
    assert "<picture" not in public.get(PAGE).content.decode()
    with enter(scheme):
        assert files_of_sizes() == before and not kept()
        disk_is_full_after(100)
    assert "<picture" in public.get(PAGE).content.decode()


def test_a_file_that_was_lost_takes_no_page_down_and_its_promise_waits(scheme, home, public, work):
    with enter(scheme):
        picture = a_picture(size=LARGE)
        a_page_with(picture)
        default_storage.delete(picture.file.name)
    work()
    assert "<picture" not in public.get(PAGE).content.decode()
    assert promised().get().done_at is None
