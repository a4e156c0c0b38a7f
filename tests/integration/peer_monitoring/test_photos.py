"""Photos: named by their record, received one by one, drawn anew before anybody sees one, missed where they are not."""

import json
from io import BytesIO
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from PIL import Image

from kit import clock
from peer_monitoring import actions, written
from peer_monitoring.models import Attachment, Photo, Picture, Received, Record, Seat, Visit
from peer_monitoring.parts import MOST_PHOTO
from questions.shape import Kind, Section
from tenants.schemes.models import Scheme
from tests.factories.cms import GPS_MARK, picture_bytes
from tests.factories.peer_monitoring import ready_group, settled
from tests.factories.people import someone
from tests.factories.phones import Delivering, made_ready, photo_named, record_of, with_a_photo
from tests.factories.questions import a_form, a_question, filled, published, words
from tests.sealing import sealer
from tests.tables import READ

PHOTO = picture_bytes()


@pytest.fixture
def visit(ready):
    asked = a_form(Section("rights", words("Rights"), (a_question(), a_question("photo", Kind.PHOTO))))
    return settled(ready, version=published(ready.group, asked), photos_allowed=True)


@pytest.fixture
def phone(ready, client_at):
    return Delivering(client_at(None), made_ready(ready.monitors[0])[1])


@pytest.fixture
def other_phone(ready, client_at):
    return Delivering(client_at(None), made_ready(ready.monitors[1])[1])


@pytest.fixture
def named():
    return photo_named(PHOTO)


@pytest.fixture
def told(visit, phone, named):
    """A record that names one photo, and has come."""
    told = record_of(visit, photos=[named])
    assert phone.record(told).json()["photos"] == {"held": [], "missing": [named["id"]]}
    return told


def page(client_at, ready, visit):
    return client_at(None, ready.lead).get(f"/groups/voices/visits/{visit.pk}/records/").content.decode()


def bomb(width=60_000, height=60_000):
    """A small JPEG that says that it is huge."""
    out = BytesIO()
    Image.new("RGB", (8, 8)).save(out, "JPEG")
    content = bytearray(out.getvalue())
    at = content.index(b"\xff\xc0") + 5
    content[at : at + 4] = height.to_bytes(2, "big") + width.to_bytes(2, "big")
    return bytes(content)


def test_a_photo_that_came_is_held_and_drawn_anew_and_nothing_else_of_it_is_shown(
    ready, visit, phone, told, named, work, client_at
):
    assert "1 of the photos that Monitor" in page(client_at, ready, visit)
    answer = phone.photo(told, named, PHOTO)
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    assert answer.json()["photos"] == {"held": [named["id"]], "missing": []}
    assert bytes(Photo.objects.get().body) == PHOTO and GPS_MARK in PHOTO
    waiting = page(client_at, ready, visit)
    assert "Received in part" not in waiting and "can be seen in a moment" in waiting
    address = f"/groups/voices/visits/{visit.pk}/records/photos/{Attachment.objects.get().pk}/"
    lead = client_at(None, ready.lead)
    assert lead.get(address).status_code == 404, "nobody sees the bytes that were sent"
    work()
    shown = lead.get(address)
    assert (shown["Content-Type"], shown["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    assert GPS_MARK not in shown.content
    with Image.open(BytesIO(shown.content)) as picture:
        assert (picture.size, picture.getexif()) == ((60, 40), {})
    assert f'src="{address}"' in page(client_at, ready, visit)


def test_sent_twenty_times_it_is_one_photo_with_one_receipt(phone, told, named):
    receipts = [phone.photo(told, named, PHOTO).content for _ in range(20)]
    assert len(set(receipts)) == 1
    assert Photo.objects.count() == 1


def test_a_photo_comes_after_its_record(visit, phone, named):
    told = record_of(visit, photos=[named])
    answer = phone.photo(told, named, PHOTO)
    assert (answer.status_code, "sent first" in answer.json()["sentence"]) == (409, True)
    assert not Photo.objects.exists()


def test_a_photo_of_somebody_elses_record_is_answered_like_one_of_no_record(other_phone, told, named):
    theirs, none = other_phone.photo(told, named, PHOTO), other_phone.photo({"id": str(uuid4())}, named, PHOTO)
    assert (theirs.status_code, theirs.content) == (none.status_code, none.content) == (409, none.content)
    unread = other_phone.bytes(told["id"], f"photos/{named['id']}", b"not a part", content_type="text/plain")
    assert (unread.status_code, unread.content) == (409, none.content)
    assert not Photo.objects.exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no photo that can be read"),
        (b"\xff\xd8\xff", "no photo that can be read"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "no photo that can be read"),
        (picture_bytes("PNG"), "no photo that can be read"),
        (bomb(), "more than 24 megapixels"),
        (bomb(12_000, 12_000), "more than 24 megapixels"),
        (bomb(6_000, 4_001), "more than 24 megapixels"),
    ],
    ids=["empty", "cut", "svg", "png", "bomb", "big bomb", "just too big"],
)
def test_what_is_no_photo_or_a_huge_one_is_refused_and_not_kept(content, said, visit, phone):
    named = photo_named(content)
    told = record_of(visit, photos=[named])
    phone.record(told)
    answer = phone.photo(told, named, content)
    assert (answer.status_code, said in answer.json()["sentence"]) == (400, True)
    assert not Photo.objects.exists()


def test_nobody_waits_for_a_visit_while_a_photo_is_looked_at(phone, told, named):
    with CaptureQueriesContext(connection) as asked:
        phone.photo(told, named, b"no photo")
    assert not [one for one in asked if "FOR UPDATE" in one["sql"] and "peer_monitoring_visit" in one["sql"]]


def test_a_photo_that_its_record_does_not_name_is_refused(phone, other_phone, visit, told, named):
    theirs = photo_named(PHOTO)
    other_phone.record(record_of(visit, photos=[theirs]))
    assert phone.photo(told, theirs, PHOTO).status_code == 400
    for other, content in ((photo_named(PHOTO), PHOTO), (named, picture_bytes(size=(30, 30)))):
        answer = phone.photo(told, other, content)
        assert (answer.status_code, "names this photo" in answer.json()["sentence"]) == (400, True)
    assert not Photo.objects.exists()


def test_a_photo_is_bigger_than_10_mb_only_in_words(phone, told, named):
    answer = phone.bytes(told["id"], f"photos/{named['id']}", b"ALS1", CONTENT_LENGTH=str(MOST_PHOTO + 1))
    assert (answer.status_code, "bigger than 10 MB" in answer.json()["sentence"]) == (413, True)


def test_a_photo_moved_to_another_name_does_not_open(phone, visit):
    first, second = photo_named(PHOTO), photo_named(PHOTO)
    told = record_of(visit, photos=[first, second])
    phone.record(told)
    sealed = sealer()(PHOTO, f"{told['id']}/photos/{first['id']}")
    assert phone.bytes(told["id"], f"photos/{second['id']}", sealed).status_code == 400
    assert not Photo.objects.exists()


def test_where_photos_are_off_none_is_taken_and_none_is_missed(ready, phone, named, client_at):
    visit = settled(ready, version=published(ready.group))
    told = record_of(visit, photos=[named])
    assert phone.record(told).json()["photos"] == {"held": [], "missing": []}
    answer = phone.photo(told, named, PHOTO)
    assert (answer.status_code, "Photos are off" in answer.json()["sentence"]) == (400, True)
    assert not Photo.objects.exists()
    assert "Received in part" not in page(client_at, ready, visit)


def photos_off(ready, visit, *, then=False):
    """The lead takes back that photos may be taken, before anybody began, or lets them be taken again."""
    plan = ready.plan(version=visit.version, is_held_back=visit.is_held_back, photos_allowed=then)
    actions.change_plan(visit=visit, what=plan, by=ready.lead.pk)


def test_photos_that_were_taken_before_photos_were_off_are_kept(ready, visit, phone, named):
    told = record_of(visit, photos=[named], began_at=clock.now().isoformat())
    photos_off(ready, visit)
    assert phone.record(told).json()["photos"] == {"held": [], "missing": [named["id"]]}
    assert phone.photo(told, named, PHOTO).json()["photos"] == {"held": [named["id"]], "missing": []}


@pytest.mark.parametrize("began", ["after", "nobody knows when", "before they were allowed again"])
def test_photos_of_what_was_begun_where_photos_were_off_are_refused_in_words(began, ready, visit, phone, named):
    moment = clock.now()
    photos_off(ready, visit)
    if began == "before they were allowed again":
        photos_off(ready, visit, then=True)
        Visit.objects.filter(pk=visit.pk).update(photos_allowed=False)
    at = {"after": clock.now().isoformat(), "nobody knows when": None}.get(began, moment.isoformat())
    told = record_of(visit, photos=[named], began_at=at)
    assert phone.record(told).json()["photos"] == {"held": [], "missing": []}
    answer = phone.photo(told, named, PHOTO)
    assert (answer.status_code, "Photos are off" in answer.json()["sentence"]) == (400, True)


def test_a_change_on_the_phone_keeps_the_photos_that_were_named_before_photos_were_off(visit, phone, told, named):
    lost = photo_named(b"not sent yet")
    before = record_of(visit, supersedes=told["id"], photos=[named, lost])
    phone.record(before)
    phone.photo(told, named, PHOTO)
    Visit.objects.filter(pk=visit.pk).update(photos_allowed=False, photos_off_at=clock.now())
    new = photo_named(b"taken since")
    later = record_of(visit, supersedes=before["id"], photos=[named, lost, new], began_at=clock.now().isoformat())
    assert phone.record(later).json()["photos"] == {"held": [named["id"]], "missing": [lost["id"]]}


def test_what_another_on_the_team_named_before_photos_were_off_is_kept_for_nobody_else(
    visit, phone, other_phone, named
):
    other_phone.record(record_of(visit, photos=[named], began_at=clock.now().isoformat()))
    Visit.objects.filter(pk=visit.pk).update(photos_allowed=False, photos_off_at=clock.now())
    told = record_of(visit, photos=[named], began_at=clock.now().isoformat())
    assert phone.record(told).json()["photos"] == {"held": [], "missing": []}


def test_an_edit_keeps_the_photos_that_came_before_it(phone, visit, told, named):
    phone.photo(told, named, PHOTO)
    later = record_of(visit, supersedes=told["id"], photos=[photo_named(PHOTO)])
    assert phone.record(later).json()["photos"] == {"held": [later["photos"][0]["id"]], "missing": []}
    assert Photo.objects.count() == 1


def test_the_photo_of_another_on_the_team_or_of_another_visit_is_not_held_for_one(
    ready, other_phone, phone, visit, told, named
):
    elsewhere = record_of(settled(ready, version=published(ready.group), photos_allowed=True), photos=[named])
    before, after = (record_of(visit, photos=[photo_named(PHOTO)]) for _ in range(2))
    other_phone.record(before)
    phone.record(elsewhere)
    phone.photo(told, named, PHOTO)
    assert [other_phone.record(one).json()["photos"]["held"] for one in (before, after)] == [[], []]
    assert phone.record(elsewhere).json()["photos"]["held"] == []
    other_phone.photo(before, before["photos"][0], PHOTO)
    assert [other_phone.record(one).json()["photos"]["missing"] for one in (before, after)] == [[], []]
    assert Photo.objects.count() == 2


def test_of_two_records_under_one_id_both_keep_their_photos_until_one_is_chosen(
    ready, visit, phone, other_phone, told, named
):
    theirs = record_of(visit, photos=[photo_named(PHOTO)])
    other_phone.record(theirs)
    other = photo_named(PHOTO + b"\0", photo_id=named["id"])
    third = photo_named(PHOTO + b"\0\0")
    second = {**told, "photos": [other, third], "answers": {"told": "no"}}
    assert phone.record(second).json()["conflict"]
    phone.photo(told, named, PHOTO)
    answer = phone.photo(told, third, PHOTO + b"\0\0").json()
    assert answer["photos"] == {"held": [third["id"]], "missing": [named["id"]]}, "one name stands for two photos"
    record = Record.objects.get(pk=told["id"])
    last = Received.objects.of(record.pk).get(body=json.dumps(second).encode())
    actions.choose(record=record, received=last, by=ready.lead.pk)
    assert {one.sha256 for one in Attachment.objects.of(record)} == {other["sha256"], third["sha256"]}
    assert Photo.objects.count() == 2, "what came stays"
    assert Attachment.objects.filter(record=theirs["id"]).exists(), "and what others named"


def test_what_comes_after_somebody_left_the_team_is_kept(ready, visit, phone, told, named):
    Seat.objects.filter(visit=visit, person_id=ready.monitors[0].pk).update(left_at=clock.now())
    assert phone.photo(told, named, PHOTO).json()["photos"]["missing"] == []


def test_a_photo_that_cannot_be_drawn_says_so_and_stays(ready, visit, phone, work, client_at):
    content = picture_bytes()[:-30]
    named = photo_named(content)
    told = record_of(visit, photos=[named])
    phone.record(told)
    phone.photo(told, named, content)
    work()
    assert Picture.objects.get().body is None
    assert "cannot be read" in page(client_at, ready, visit)
    with pytest.raises(Http404):
        written.picture_of(visit, Attachment.objects.get().pk)


def test_photos_stay_when_the_words_are_changed_on_the_pages(ready, visit, phone, told, named, client_at):
    lost = photo_named(b"still on the phone")
    phone.record(record_of(visit, supersedes=told["id"], photos=[named, lost]))
    phone.photo(told, named, PHOTO)
    first, place = client_at(None, ready.monitors[0]), f"/groups/voices/visits/{visit.pk}/log/"
    first.post(f"{place}change/")
    first.post(f"{place}review/")
    changed = Record.objects.on(visit).counting().get()
    came = {str(one.photo_id_on_phone): one.photo is not None for one in Attachment.objects.of(changed)}
    assert came == {named["id"]: True, lost["id"]: False}
    assert "1 of the photos that Monitor" in page(client_at, ready, visit)


def some_came(visit, phone, work):
    """A record that names four photos: one that came, one that did not, one that cannot be read, and one elsewhere."""
    broken = picture_bytes()[:-30]
    named = [photo_named(PHOTO), photo_named(b"lost"), photo_named(broken), photo_named(PHOTO + b"\0", "no_question")]
    told = record_of(visit, photos=named)
    phone.record(told)
    for one, content in zip(named, (PHOTO, None, broken, PHOTO + b"\0"), strict=True):
        if content:
            phone.photo(told, one, content)
    work()
    return [one["id"] for one in named]


@pytest.mark.parametrize("kind", ["csv", "ods"])
def test_a_table_says_of_each_photo_of_each_record_whether_it_came(
    kind, ready, visit, phone, other_phone, work, client_at
):
    came, lost, broken, elsewhere = some_came(visit, phone, work)
    other_phone.record(record_of(visit))
    answer = client_at(None, ready.lead).get(f"/groups/voices/visits/{visit.pk}/records/answers.{kind}")
    head, *rows = READ[kind](answer.content)
    lines = [dict(zip(head, row, strict=True)) for row in rows]
    told = {one["Photo"]: (one["Name"], one["Has the photo come"], one["Who wrote it"]) for one in lines}
    first, second = (one.name for one in ready.monitors)
    del told[""]
    assert told == {
        came: ("photo", "Yes", first),
        lost: ("photo", "No, it is missing", first),
        broken: ("photo", "Yes, but it cannot be read", first),
        elsewhere: ("no_question", "Yes", first),
    }
    without = [one for one in lines if one["Name"] == "photo" and not one["Photo"]]
    assert [(one["Who wrote it"], one["Has the photo come"]) for one in without] == [(second, "")]


def test_the_file_of_all_that_was_sent_says_of_each_photo_whether_it_came(ready, visit, phone, work, client_at):
    came, lost, broken, elsewhere = some_came(visit, phone, work)
    answer = client_at(None, ready.lead).get(f"/groups/voices/visits/{visit.pk}/records/answers.json")
    (record,) = json.loads(answer.content)
    said = {one["id"]: (bool(one["came"]), one["can_be_read"]) for one in record["photos"]}
    assert said == {came: (True, True), lost: (False, None), broken: (True, False), elsewhere: (True, True)}


def test_only_the_team_and_the_lead_see_a_photo(ready, visit, phone, told, client_at):
    attachment = with_a_photo(Record.objects.get())
    address = f"/groups/voices/visits/{visit.pk}/records/photos/{attachment.pk}/"
    elsewhere = settled(ready)
    assert client_at(None, ready.monitors[1]).get(address).status_code == 200
    assert client_at(None, ready.lead).get(address.replace(str(visit.pk), str(elsewhere.pk))).status_code == 404
    for other in (someone("Nobody"), ready_group(Scheme.objects.get(slug="brackwell")).lead):
        assert client_at(None, other).get(address).status_code == 404


def test_a_photo_at_no_question_of_the_set_is_shown_below(ready, visit, phone, client_at):
    phone.record(record_of(visit, photos=[photo_named(PHOTO, key="gone.3")]))
    shown = page(client_at, ready, visit)
    assert shown.index("Other photos") < shown.index("This photo has not come yet")


@pytest.mark.parametrize(
    "statement", ["UPDATE peer_monitoring_photo SET body = ''", "DELETE FROM peer_monitoring_photo"]
)
def test_the_server_can_add_photos_and_never_change_them(as_web, statement):
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_any_number_of_photos_costs_the_page_and_the_app_the_same(ready, visit, phone, told, client_at):
    clients = [(client_at(None, ready.lead), f"/groups/voices/visits/{visit.pk}/records/"),
               (client_at(None, ready.monitors[0]), "/app/mine.json")]  # fmt: skip

    def costs():
        found = []
        for client, address in clients:
            with CaptureQueriesContext(connection) as asked:
                client.get(address)
            found.append(len(asked))
        return found

    with_a_photo(Record.objects.get())
    costs()  # the first contact of a sign-in gives it its mark
    one = costs()
    photos = [photo_named(PHOTO + bytes([number])) for number in range(20)]
    phone.record(record_of(visit, photos=photos))
    Record.objects.update(state=Record.State.COUNTS)
    assert costs() == one


def test_the_app_knows_what_is_held_of_its_own_records(ready, phone, told, named, client_at):
    (record,) = client_at(None, ready.monitors[0]).get("/app/mine.json").json()["records"]
    assert record["photos"] == [{**named, "held": False}]
    phone.photo(told, named, PHOTO)
    (record,) = client_at(None, ready.monitors[0]).get("/app/mine.json").json()["records"]
    assert record["photos"] == [{**named, "held": True}]


def test_a_picture_is_drawn_once_however_often_it_is_asked_for(phone, told, named):
    phone.photo(told, named, PHOTO)
    for _ in range(2):
        actions.make_picture(photo_id=Photo.objects.get().pk)
    assert Picture.objects.count() == 1
    assert written.picture_of(Record.objects.get().visit, Attachment.objects.get().pk)


def test_where_a_photo_is_asked_for_a_plain_page_says_what_to_do_and_has_no_empty_box(ready, visit, client_at):
    here, client = f"/groups/voices/visits/{visit.pk}/log/", client_at(None, ready.monitors[0])
    client.post(here)
    for path in ("sections/rights/", "review/"):
        page = client.get(f"{here}{path}").content.decode()
        assert "About photo?" in page and "On this page, go on without one." in page
        assert 'name="answer-photo"' not in page and "disabled" not in page
    assert "#id_answer-told" in page and "#id_answer-photo" not in page
    client.post(f"{here}sections/rights/", filled(told="yes", photo="words"))
    client.post(f"{here}review/")
    assert Record.objects.on(visit).get().answers == {"told": "yes", "photo": ""}


def test_where_photos_are_off_none_is_asked_for_counted_or_missing_on_a_plain_page(ready, client_at):
    photo, told = a_question("photo", Kind.PHOTO, required=True), a_question("told")
    alone = Section("wall", words("The wall"), (a_question("posters", Kind.PHOTO),))
    both = Section("rights", words("Rights"), (told, photo))
    form = a_form(alone, both, Section("room", words("Room"), (a_question("room_photo", Kind.PHOTO),)))
    visit = settled(ready, version=published(ready.group, form), photos_allowed=False)
    here, client = f"/groups/voices/visits/{visit.pk}/log/", client_at(None, ready.monitors[0])
    assert client.post(here)["Location"].startswith(f"{here}sections/rights/"), "nothing is asked of the wall"
    assert "About photo?" not in client.get(f"{here}sections/rights/").content.decode()
    answer = client.post(f"{here}sections/rights/", filled(told="yes"))
    assert answer["Location"] == f"{here}review/", "a section of photos alone costs no page"
    page = client.get(here).content.decode()
    assert "1 of 1 answered" in page and "The wall" not in page
    page = client.get(f"{here}review/").content.decode()
    assert "About told?" in page and "About photo?" not in page and "missing" not in page
    client.post(f"{here}review/")
    assert Record.objects.on(visit).get().answers["told"] == "yes"


def test_a_photo_that_was_sent_is_shown_and_counted_also_once_photos_are_off(ready, visit, told, named, client_at):
    Visit.objects.filter(pk=visit.pk).update(photos_allowed=False)
    here, client = f"/groups/voices/visits/{visit.pk}/log/", client_at(None, ready.monitors[0])
    client.post(f"{here}change/")
    assert "2 of 2 answered" in client.get(here).content.decode()
    assert "The photo that you sent stays." in client.get(f"{here}review/").content.decode()
    client.post(f"{here}review/")
    assert [one.sha256 for one in Attachment.objects.filter(record__in=Record.objects.counting())] == [named["sha256"]]


def test_a_change_on_the_pages_takes_no_photo_of_another_along(ready, visit, told, named, other_phone, client_at):
    other_phone.record(record_of(visit, photos=[photo_named(PHOTO)]))
    here, client = f"/groups/voices/visits/{visit.pk}/log/", client_at(None, ready.monitors[0])
    client.post(f"{here}change/")
    client.post(f"{here}review/")
    (change,) = Record.objects.counting().filter(supersedes=told["id"])
    assert [str(one.photo_id_on_phone) for one in change.attachments.all()] == [named["id"]]


def test_whoever_changes_what_they_sent_reads_that_their_photo_stays(ready, visit, told, other_phone, client_at):
    other_phone.record(record_of(visit, photos=[photo_named(PHOTO)]))
    here, client = f"/groups/voices/visits/{visit.pk}/log/", client_at(None, ready.monitors[0])
    client.post(f"{here}change/")
    for path in ("sections/rights/", "review/"):
        assert "The photo that you sent stays." in client.get(f"{here}{path}").content.decode()
