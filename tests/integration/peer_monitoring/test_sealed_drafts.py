"""A draft that was sealed at signing out: kept as it came, given back with its photos, to its owner alone."""

import json
from datetime import time, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.models import Entry
from groups.actions import leave
from groups.queries import seat
from kit import clock
from peer_monitoring import actions, keys
from peer_monitoring.actions import drafts
from peer_monitoring.errors import RecordFirst
from peer_monitoring.models import Photo, SealedDraft, SealedPhoto, Seat, Visit
from peer_monitoring.records import sha256
from tenants.schemes.models import Scheme, Site
from tests.factories.cms import picture_bytes
from tests.factories.groups import seated
from tests.factories.peer_monitoring import make_ready, ready_group, settled
from tests.factories.people import someone
from tests.factories.phones import Delivering, made_ready, photo_named, raised, record_of, sealed_draft
from tests.factories.questions import published, published_again
from tests.sealing import sealer

PHOTO = picture_bytes()


@pytest.fixture
def visit(ready):
    return settled(ready, version=published(ready.group), photos_allowed=True)


@pytest.fixture
def phone(ready, client_at):
    return Delivering(client_at(None), made_ready(ready.monitors[0])[1])


@pytest.fixture
def mine(ready, client_at):
    return client_at(None, ready.monitors[0])


def draft_of(visit, **more):
    return {"id": str(uuid4()), "visit": str(visit.pk), "answers": {"told": "no"}, "mode": "question", **more}


def send(phone, told):
    return phone.part(told["id"], "draft", json.dumps(told).encode())


def fetched(client, told, *photos, **more):
    body = json.dumps({"photos": [one["id"] for one in photos], **more})
    return client.post(f"/app/drafts/{told['id']}/fetched/", body, content_type="application/json")


def given_back(client):
    return client.get("/app/mine.json").json()["drafts"]


def test_a_draft_comes_back_with_its_photos_and_then_leaves_the_server(visit, phone, mine):
    first, second = photo_named(PHOTO), photo_named(picture_bytes(size=(9, 9)), key="other")
    told = draft_of(visit, photos=[first, second])
    answer = send(phone, told)
    receipt = {"id": told["id"], "sha256": SealedDraft.objects.get().sha256}
    assert answer.json() == {**receipt, "photos": {"held": [], "missing": [first["id"], second["id"]]}}
    came = phone.photo(told, first, PHOTO).json()
    assert came["photos"] == {"held": [first["id"]], "missing": [second["id"]]}
    assert not Photo.objects.exists(), "nobody but its owner gets anything of a draft"
    (back,) = given_back(mine)
    assert (back["id"], back["draft"], back["photos"]) == (told["id"], told, came["photos"])
    photo = mine.get(f"/app/drafts/{told['id']}/photos/{first['id']}/")
    assert (photo.content, photo["Cache-Control"], photo["Content-Disposition"]) == (PHOTO, "no-store", "attachment")
    for _ in range(2):
        assert fetched(mine, told, first, second).json() == {"gone": True, "photos": None}
    assert not SealedDraft.objects.exists() and not SealedPhoto.objects.exists()
    assert Entry.objects.get(what="fetched a sealed draft").thing_id == str(visit.pk)
    assert given_back(mine) == []


def test_a_photo_that_comes_while_its_draft_is_fetched_stays_until_the_phone_has_it_too(visit, phone, mine):
    other = picture_bytes(size=(9, 9))
    first, second = photo_named(PHOTO), photo_named(other, key="other")
    told = draft_of(visit, photos=[first, second])
    send(phone, told)
    phone.photo(told, first, PHOTO)
    assert fetched(mine, told, first).json()["photos"] == {"held": [first["id"]], "missing": [second["id"]]}
    phone.photo(told, second, other)
    both = {"gone": False, "photos": {"held": [first["id"], second["id"]], "missing": []}}
    assert [fetched(mine, told, *some).json() for some in ((first,), (second,), ())] == [both] * 3
    assert mine.post(f"/app/drafts/{told['id']}/fetched/", b"", content_type="application/json").json() == both
    assert SealedPhoto.objects.count() == 2 and len(given_back(mine)) == 1
    assert fetched(mine, told, first, second).json()["gone"]
    assert not SealedPhoto.objects.exists()


def held(mine, person, *hashes):
    return mine.get("/app/mine.json", headers={"X-Held": " ".join([str(person.pk), *hashes])})


def test_what_a_draft_says_comes_once_while_it_waits_for_its_photos(ready, visit, phone, mine):
    robin, photo = ready.monitors[0], photo_named(PHOTO)
    told = draft_of(visit, photos=[photo], answers={"told": "no", "seen": "The cell was cold. " * 5_000})
    send(phone, told)
    first = held(mine, robin)
    (back,) = first.json()["drafts"]
    assert back["draft"] == told
    second = held(mine, robin, back["sha256"])
    assert second.json()["drafts"] == [{**back, "draft": None}]
    assert len(first.content) > 95_000 and len(second.content) < 5_000
    assert fetched(mine, told).json()["gone"] is False
    phone.photo(told, photo, PHOTO)
    (again,) = held(mine, robin, "0" * 64, back["sha256"]).json()["drafts"]
    assert again == {**back, "draft": None, "photos": {"held": [photo["id"]], "missing": []}}


def test_a_draft_that_changed_since_comes_anew(ready, visit, phone, mine):
    told = draft_of(visit, photos=[photo_named(PHOTO)])
    send(phone, told)
    (before,) = given_back(mine)
    changed = {**told, "answers": {"told": "yes"}, "after": before["sha256"]}
    send(phone, changed)
    (now,) = held(mine, ready.monitors[0], before["sha256"]).json()["drafts"]
    assert (now["draft"], now["sha256"] != before["sha256"]) == (changed, True)


@pytest.mark.parametrize(
    "said", ["{sha}", "{other} {sha}", "", " ", "{mine}", "{mine} {sha}0", "{mine},{sha}", "{mine} {id}"]
)
def test_a_draft_comes_whole_where_a_phone_does_not_say_that_this_person_has_it(said, ready, visit, phone, mine):
    """A phone that holds things of somebody else, or whose storage was cleared, loses nothing."""
    told = draft_of(visit, photos=[photo_named(PHOTO)])
    send(phone, told)
    robin, other = (str(one.pk) for one in ready.monitors[:2])
    words = said.format(sha=SealedDraft.objects.get().sha256, mine=robin, other=other, id=told["id"])
    (back,) = mine.get("/app/mine.json", headers={"X-Held": words}).json()["drafts"]
    assert back["draft"] == told


def test_a_draft_without_photos_leaves_when_nothing_is_said(visit, phone, mine):
    told = draft_of(visit)
    send(phone, told)
    assert mine.post(f"/app/drafts/{told['id']}/fetched/", b"", content_type="application/json").json() == {
        "gone": True,
        "photos": None,
    }
    assert not SealedDraft.objects.exists()


@pytest.mark.parametrize("body", [b"x", b"[]", b'{"photos": 3}', b'{"photos": ["x"]}', b'{"photos": [3]}', b"\xff"])
def test_what_does_not_say_which_photos_are_there_lets_nothing_go(body, visit, phone, mine):
    told = draft_of(visit)
    send(phone, told)
    answer = mine.post(f"/app/drafts/{told['id']}/fetched/", body, content_type="application/json")
    assert (answer.status_code, "Open the app again" in answer.json()["sentence"]) == (400, True)
    assert SealedDraft.objects.exists()


@pytest.mark.parametrize("how", ["left the team", "called off", "closed"])
def test_a_draft_comes_with_its_visit_when_that_is_theirs_no_more(how, ready, phone, mine):
    visit = settled(ready, version=published(ready.group), meeting_point="At the bus stop", note="Ask for the sergeant")
    told = draft_of(visit)
    send(phone, told)
    here = given_back(mine)[0]["visit"]
    assert (here["gone"], here["note"]) == (False, "Ask for the sergeant")
    now = clock.now()
    if how == "left the team":
        Seat.objects.filter(visit=visit).update(left_at=now)
    if how == "called off":
        actions.cancel(visit=visit, why="Ill", by=ready.lead.pk)
    if how == "closed":
        Visit.objects.filter(pk=visit.pk).update(began_at=now, logged_at=now, closed_at=now)
    all_told = mine.get("/app/mine.json").json()
    (back,) = all_told["drafts"]
    assert (all_told["visits"], list(all_told["versions"])) == ([], [back["version"]])
    assert back["version"] == str(visit.version_id)
    hidden = {"gone": True, "meeting_point": "", "note": "", "host": None, "state": back["visit"]["state"]}
    hidden |= {"questions": ""} if how == "left the team" else {}
    assert back["visit"] == {**here, **hidden}


def test_whoever_left_is_given_the_questions_that_their_draft_answers_and_none_that_are_asked_since(ready, phone, mine):
    tomorrow, before = clock.today() + timedelta(days=1), published(ready.group)
    visit = settled(ready, day=tomorrow, version=before)
    send(phone, draft_of(visit, version=str(before.pk)))
    actions.choose_team(visit=visit, people=[ready.monitors[1].pk, ready.lead.pk], by=ready.lead.pk)
    later = ready.plan(day=tomorrow, version=published_again(before))
    actions.change_plan(visit=visit, what=later, by=ready.lead.pk)
    told = mine.get("/app/mine.json").json()
    assert list(told["versions"]) == [told["drafts"][0]["version"]] == [str(before.pk)]


def test_a_draft_comes_with_the_version_that_it_answers_and_opens_no_set_of_another_group(ready, visit, phone, mine):
    before, other_set = visit.version, published(ready.group)
    later = published_again(before)
    Visit.objects.filter(pk=visit.pk).update(version=later)
    elsewhere = published(ready_group(Scheme.objects.last()).group)
    for said, given in ((before, before), (other_set, other_set), (elsewhere, later), (None, later)):
        told = draft_of(visit, version=str(said.pk) if said else 7)
        send(phone, told)
        all_told = mine.get("/app/mine.json").json()
        (back,) = all_told["drafts"]
        assert back["version"] == str(given.pk)
        assert set(all_told["versions"]) == {str(given.pk), str(later.pk)}
        fetched(mine, told)


def test_a_draft_of_one_group_opens_no_set_of_another_group_of_theirs(ready, visit, phone, mine, scheme):
    other, mover = ready_group(scheme), ready.monitors[0]
    seated(other.group, mover, seat="monitor")
    make_ready(mover, other.group, other.lead, other.site)
    other.monitors[0] = mover
    beside = settled(other, version=published(other.group))
    own, strayed = draft_of(beside, version=str(beside.version_id)), draft_of(visit, version=str(beside.version_id))
    for told in (own, strayed):
        send(phone, told)
    given = {back["id"]: back["version"] for back in given_back(mine)}
    assert given == {own["id"]: str(beside.version_id), strayed["id"]: str(visit.version_id)}


def test_each_photo_is_found_at_its_own_draft(visit, phone, mine):
    photos = [PHOTO, picture_bytes(size=(9, 9))]
    named = [photo_named(one) for one in photos]
    told, beside = draft_of(visit, photos=named), draft_of(visit)
    for draft in (told, beside):
        send(phone, draft)
    for one, content in zip(named, photos, strict=True):
        phone.photo(told, one, content)
    for one, content in zip(named, photos, strict=True):
        assert mine.get(f"/app/drafts/{told['id']}/photos/{one['id']}/").content == content
        assert mine.get(f"/app/drafts/{beside['id']}/photos/{one['id']}/").status_code == 404


def test_what_is_kept_of_a_draft_can_be_read_by_nobody_in_the_database(visit, phone):
    named = photo_named(PHOTO)
    told = draft_of(visit, photos=[named], answers={"told": "Nobody reads this"})
    send(phone, told)
    phone.photo(told, named, PHOTO)
    assert b"Nobody reads" not in bytes(SealedDraft.objects.get().body)
    assert PHOTO[:20] not in bytes(SealedPhoto.objects.get().body)


def test_a_draft_is_given_to_its_owner_and_nobody_else_has_it_fetched(ready, visit, mine, client_at):
    photo = sealed_draft(visit, ready.monitors[0]).held.get()
    address = f"/app/drafts/{photo.draft_id}"
    for other in (ready.monitors[1], ready.lead):
        theirs = client_at(None, other)
        assert given_back(theirs) == []
        assert theirs.get(f"{address}/photos/{photo.photo_id_on_phone}/").status_code == 404
        assert fetched(theirs, {"id": str(photo.draft_id)}, *photo.draft.photos).json()["gone"]
    visitor = client_at(None)
    for answer in (visitor.get(f"{address}/photos/{photo.photo_id_on_phone}/"), visitor.post(f"{address}/fetched/")):
        assert answer.status_code == 401
    assert len(given_back(mine)) == 1
    assert mine.get(f"{address}/photos/{uuid4()}/").status_code == 404


def test_fetching_needs_the_token_against_forgery(ready, visit, client_at):
    draft = sealed_draft(visit, ready.monitors[0])
    careful = client_at(None, ready.monitors[0], enforce_csrf_checks=True)
    assert careful.post(f"/app/drafts/{draft.pk}/fetched/").status_code == 403
    assert SealedDraft.objects.exists()


def test_sent_again_it_is_one_draft_and_changed_since_the_later_one(visit, phone, mine):
    told = draft_of(visit)
    assert len({send(phone, told).content for _ in range(20)}) == 1
    later = {**told, "answers": {"told": "yes"}, "after": SealedDraft.objects.get().sha256}
    send(phone, later)
    assert [one["draft"] for one in given_back(mine)] == [later]


def test_what_two_phones_made_of_one_draft_comes_back_of_both_with_its_photos(visit, phone, mine):
    """It stays here for a photo, so both have it: neither writes over what the other one sent."""
    other = picture_bytes(size=(9, 9))
    first, second = photo_named(PHOTO), photo_named(other, key="other")
    told = draft_of(visit, photos=[first, second])
    send(phone, told)
    phone.photo(told, first, PHOTO)
    (back,) = given_back(mine)
    one, two = ({**told, "answers": {"told": said}, "after": back["sha256"]} for said in ("yes", "partly"))
    for sent in (one, two, two):
        assert send(phone, sent).json()["id"] == told["id"]
    assert phone.photo(told, second, other).status_code == 200
    given = given_back(mine)
    assert [(one["draft"], one["photos"]["missing"]) for one in given] == [(one, []), (two, [])]
    for draft in given:
        for photo, content in ((first, PHOTO), (second, other)):
            assert mine.get(f"/app/drafts/{draft['id']}/photos/{photo['id']}/").content == content
        assert fetched(mine, draft, first, second, sha256=draft["sha256"]).json()["gone"]
    assert not SealedDraft.objects.exists()


def test_what_nobody_changed_on_two_phones_stays_one(visit, phone, mine):
    told = draft_of(visit)
    send(phone, told)
    (back,) = given_back(mine)
    for salt in ("one", "two"):
        send(phone, {**told, "salt": salt, "after": back["sha256"]})
    assert SealedDraft.objects.count() == 1


def test_what_was_only_looked_at_on_one_phone_undoes_nothing_that_another_made_of_it(visit, phone, mine):
    """However it was read there: another mode or language is no change."""
    told = draft_of(visit, photos=[photo_named(PHOTO)])
    send(phone, told)
    (back,) = given_back(mine)
    looked_at = {**told, "salt": "another", "mode": "section", "language": "easy", "after": back["sha256"]}
    assert send(phone, looked_at).json()["sha256"] == sha256(json.dumps(looked_at).encode())
    (still,) = given_back(mine)
    assert still["sha256"] == back["sha256"]
    phone.record(record_of(visit, id=told["id"], after=back["sha256"]))
    assert given_back(mine) == []


@pytest.mark.parametrize("is_first_sent", [False, True])
def test_a_photo_reaches_the_record_of_a_draft_that_has_another_name_here(is_first_sent, visit, phone, mine):
    """It was changed on two phones, and finished on the other one before the photo came from this one."""
    other = picture_bytes(size=(9, 9))
    second = photo_named(other, key="other")
    told = draft_of(visit, photos=[photo_named(PHOTO)])
    send(phone, told)
    (back,) = given_back(mine)
    if is_first_sent:
        phone.record(record_of(visit, id=told["id"], after=back["sha256"]))
    else:
        send(phone, {**told, "answers": {"told": "yes"}, "after": back["sha256"]})
    late = {**told, "answers": {"told": "partly"}, "photos": [second], "after": back["sha256"]}
    send(phone, late)
    apart = next(one for one in given_back(mine) if one["draft"] == late)
    replaced = told["id"] if is_first_sent else None
    record = record_of(visit, id=apart["id"], supersedes=replaced, photos=[second], after=apart["sha256"])
    assert phone.record(record).json()["photos"]["missing"] == [second["id"]]
    came = phone.photo(told, second, other)
    assert (came.status_code, came.json()["id"], came.json()["photos"]["held"]) == (200, told["id"], [second["id"]])
    assert mine.get("/app/mine.json").json()["records"][-1]["photos"][0]["held"]


def test_a_version_that_is_set_apart_gets_no_photo_of_another_person_that_has_the_same_name(
    ready, visit, phone, mine, client_at
):
    theirs, named = Delivering(client_at(None), made_ready(ready.monitors[1])[1]), photo_named(PHOTO)
    held = draft_of(visit, photos=[named])
    send(theirs, held)
    theirs.photo(held, named, PHOTO)
    send(phone, draft_of(visit, photos=[named]))
    assert [one["photos"]["missing"] for one in given_back(mine)] == [[named["id"]]]


def test_all_photos_that_a_draft_waited_with_go_to_its_record(visit, phone, mine):
    contents = [picture_bytes(size=(side, side)) for side in (9, 10)]
    photos = [photo_named(content, key=f"photo.{at}") for at, content in enumerate(contents)]
    told = draft_of(visit, photos=photos)
    send(phone, told)
    for photo, content in zip(photos, contents, strict=True):
        phone.photo(told, photo, content)
    assert phone.record(record_of(visit, id=told["id"], photos=photos)).json()["photos"]["missing"] == []


def test_a_photo_goes_to_ones_own_draft_or_record_whatever_of_others_has_its_name(ready, visit, phone, client_at):
    named, own = photo_named(PHOTO), draft_of(visit)
    theirs = Delivering(client_at(None), made_ready(ready.monitors[1])[1])
    theirs.record(record_of(visit, photos=[named]))
    send(theirs, draft_of(visit, photos=[named]))
    assert phone.photo(own, named, PHOTO).status_code == 409, "nothing of theirs names it"
    phone.record(record_of(visit, id=own["id"]))
    assert phone.photo(own, named, PHOTO).status_code == 400, "their record does not"
    send(phone, draft_of(visit, photos=[named]))
    assert phone.photo(own, named, PHOTO).status_code == 200, "their draft does"
    assert not Photo.objects.exists()
    assert [photo.draft.person_id for photo in SealedPhoto.objects.all()] == [ready.monitors[0].pk]


def test_a_phone_lets_go_only_of_the_version_that_it_has(visit, phone, mine):
    told = draft_of(visit)
    send(phone, told)
    (back,) = given_back(mine)
    send(phone, {**told, "answers": {"told": "yes"}, "after": back["sha256"]})
    assert fetched(mine, told, sha256=back["sha256"]).json()["gone"] is False
    (now,) = given_back(mine)
    assert fetched(mine, told, sha256=now["sha256"]).json()["gone"] is True


def test_a_draft_that_was_finished_comes_back_no_more_and_its_photos_go_to_what_counts(visit, phone, mine):
    """Also where it was finished on another phone, and changed since: one of its photos is still on the first."""
    other = picture_bytes(size=(9, 9))
    first, second = photo_named(PHOTO), photo_named(other, key="other")
    told = draft_of(visit, photos=[first, second])
    send(phone, told)
    phone.photo(told, first, PHOTO)
    (back,) = given_back(mine)
    record = record_of(visit, id=told["id"], photos=[first, second], after=back["sha256"])
    answer = phone.record(record).json()
    assert answer["photos"] == {"held": [first["id"]], "missing": [second["id"]]}
    edit = record_of(visit, supersedes=told["id"], photos=[first, second], answers={"told": "no"})
    assert phone.record(edit).json()["photos"] == answer["photos"]
    assert given_back(mine) == [] and not SealedPhoto.objects.exists()
    phone.photo(told, second, other)
    (counts,) = mine.get("/app/mine.json").json()["records"]
    assert (counts["id"], [one["held"] for one in counts["photos"]]) == (edit["id"], [True, True])


def test_what_another_phone_made_of_a_draft_that_was_finished_comes_back_as_one_of_its_own(visit, phone, mine):
    first = photo_named(PHOTO)
    told = draft_of(visit, photos=[first])
    send(phone, told)
    (back,) = given_back(mine)
    before, late = ({**told, "answers": {"told": said}, "after": back["sha256"]} for said in ("yes", "partly"))
    send(phone, before)
    phone.record(record_of(visit, id=told["id"], after=back["sha256"]))
    for _ in range(2):
        assert send(phone, late).json()["id"] == told["id"]
    given = given_back(mine)
    assert [one["draft"] for one in given] == [before, late]
    assert told["id"] not in [one["id"] for one in given]
    assert phone.photo(told, first, PHOTO).status_code == 200, "the record names none, and they do"
    assert [one["photos"]["held"] for one in given_back(mine)] == [[first["id"]]] * 2


def test_a_draft_whose_key_is_gone_is_written_over_by_nothing(settings, tmp_path, visit, phone, mine):
    told = draft_of(visit)
    send(phone, told)
    settings.DATA_FOLDER = tmp_path
    send(phone, {**told, "answers": {"told": "yes"}})
    phone.record(record_of(visit, id=told["id"], after="0" * 64))
    assert SealedDraft.objects.count() == 2 and SealedDraft.objects.filter(pk=told["id"]).exists()


def test_a_draft_under_the_name_of_another_persons_is_refused_like_one_of_no_visit(ready, visit, phone, client_at):
    told = draft_of(visit)
    send(phone, told)
    other = Delivering(client_at(None), made_ready(ready.monitors[1])[1])
    for wrong in (
        told,
        {**draft_of(visit), "visit": str(uuid4())},
        draft_of(settled(ready_group(Scheme.objects.last()))),
    ):
        answer = send(other, wrong)
        assert (answer.status_code, answer.json()["sentence"]) == (400, drafts.NOT_TAKEN)
    assert SealedDraft.objects.get().person_id == ready.monitors[0].pk


@pytest.mark.parametrize(
    "more",
    [
        {"visit": None}, {"visit": "x"}, {"photos": "x"}, {"photos": [{}]}, {"after": "x"}, {"after": 7},
        {"photos": [{"id": str(uuid4()), "sha256": "0" * 64, "key": "a"} for _ in range(51)]},
        {"answers": {"told": "x" * 2 * 1024 * 1024}},
    ],
)  # fmt: skip
def test_what_is_no_draft_is_refused_in_words_and_not_kept(more, visit, phone):
    answer = send(phone, {**draft_of(visit), **more})
    assert answer.status_code == 400
    assert answer.json()["sentence"].endswith(("tell whoever leads your group.", "send it again."))
    assert not SealedDraft.objects.exists()


def test_a_photo_of_a_draft_comes_also_where_photos_are_off_by_now(visit, phone, mine):
    named = photo_named(PHOTO)
    told = draft_of(visit, photos=[named])
    send(phone, told)
    Visit.objects.update(photos_allowed=False, photos_off_at=clock.now())
    assert phone.photo(told, named, PHOTO).status_code == 200
    assert given_back(mine)[0]["photos"]["held"] == [named["id"]]


def nested(deep):
    return json.loads("[" * deep + "]" * deep)


@pytest.mark.parametrize(
    "content",
    [float("nan"), float("-inf"), nested(21), nested(900), [[]] * 20_000],
    ids=["no number", "without end", "deep", "as deep as Python reads", "many times as big in memory"],
)
def test_a_draft_that_would_keep_its_owner_out_of_the_app_is_refused(content, ready, visit, phone, mine):
    assert send(phone, draft_of(visit, x=content)).status_code == 400
    told = draft_of(visit)
    body = json.dumps({**told, "x": content}).encode()
    SealedDraft.objects.create(
        pk=told["id"], visit=visit, person_id=ready.monitors[0].pk, sha256="0" * 64,
        body=sealer()(body, f"{told['id']}/draft"),
    )  # fmt: skip
    assert given_back(mine) == [], "one that came before is left out, and all else is told"


def test_a_number_that_is_too_big_for_any_draft_is_refused_too(visit, phone):
    told = draft_of(visit)
    body = json.dumps(told).replace('"question"', "1e999").encode()
    assert phone.part(told["id"], "draft", body).status_code == 400


def test_a_draft_as_long_as_anybody_writes_comes_back(visit, phone, mine):
    told = draft_of(visit, answers={f"q{number}": ["a", "b", {"note": "x" * 100}] for number in range(1_000)})
    assert send(phone, told).status_code == 200
    assert [one["draft"] for one in given_back(mine)] == [told]


def test_all_drafts_of_one_person_are_no_more_than_can_be_given_back_at_once(ready, visit, phone, monkeypatch):
    told = draft_of(visit, answers={"told": "x" * 1_000})
    send(phone, told)
    sealed_draft(visit, ready.monitors[1])
    monkeypatch.setattr(drafts, "MOST_BYTES", len(SealedDraft.objects.get(pk=told["id"]).body) + 100)
    assert send(phone, draft_of(visit)).status_code == 400
    after = SealedDraft.objects.get(pk=told["id"]).sha256
    again = {**told, "answers": {"told": "y" * 1_000}, "after": after}
    assert send(phone, again).status_code == 200, "it takes its own place"


def test_a_photo_that_its_draft_does_not_name_or_that_is_none_is_refused(visit, phone):
    named, other = photo_named(PHOTO), photo_named(b"<svg/>")
    told = draft_of(visit, photos=[named, other])
    assert phone.photo(told, named, PHOTO).status_code == 409
    send(phone, told)
    for wrong, content in ((photo_named(PHOTO), PHOTO), (named, picture_bytes(size=(9, 9))), (other, b"<svg/>")):
        assert phone.photo(told, wrong, content).status_code == 400
    Visit.objects.update(photos_allowed=False)
    assert "Photos are off" in phone.photo(told, named, PHOTO).json()["sentence"]
    assert not SealedPhoto.objects.exists()


def test_nobody_adds_a_photo_to_the_draft_of_another(ready, visit, phone, client_at):
    named = photo_named(PHOTO)
    told = draft_of(visit, photos=[named])
    send(phone, told)
    made, token = made_ready(ready.monitors[1])
    other = Delivering(client_at(None), token)
    assert other.photo(told, named, PHOTO).status_code == 409
    unread = other.bytes(told["id"], f"photos/{named['id']}", b"not a part", content_type="text/plain")
    assert unread.status_code == 409, "not a byte of it is read"
    sealed = sealer()(PHOTO, f"{told['id']}/photos/{named['id']}")
    with pytest.raises(RecordFirst):
        actions.deliver_photo(phone=made, delivery_id=told["id"], photo_id=named["id"], sealed=sealed)
    assert not SealedPhoto.objects.exists()


def test_a_photo_comes_to_ones_own_draft_whatever_of_others_has_its_name(ready, visit, phone, client_at):
    named = photo_named(PHOTO)
    told = draft_of(visit, photos=[named])
    send(phone, told)
    other = Delivering(client_at(None), made_ready(ready.monitors[1])[1])
    assert other.record(record_of(visit, id=told["id"], photos=[named])).status_code == 200
    assert phone.photo(told, named, PHOTO).status_code == 200
    assert SealedPhoto.objects.exists() and not Photo.objects.exists()


def test_a_draft_of_who_left_the_team_is_given_back_too(ready, visit, phone, mine):
    Seat.objects.filter(visit=visit).update(left_at=clock.now())
    send(phone, draft_of(visit))
    assert len(given_back(mine)) == 1


def test_a_draft_that_comes_after_its_owner_left_the_group_is_not_kept(ready, visit, phone, work):
    told, who = draft_of(visit), ready.monitors[0]
    send(phone, told)
    leave(membership=seat(who.pk, ready.group), by=who.pk)
    work()
    answer = send(phone, told)
    assert (answer.status_code, answer.json()["sentence"]) == (400, drafts.NOT_TAKEN)
    assert not SealedDraft.objects.exists()


def test_a_draft_whose_key_is_gone_stays_and_keeps_nothing_else_back(settings, tmp_path, ready, visit, mine):
    photo = sealed_draft(visit, ready.monitors[0]).held.get()
    settings.DATA_FOLDER = tmp_path
    told = mine.get("/app/mine.json").json()
    assert (told["drafts"], told["key"]["name"]) == ([], keys.public_key().name)
    answer = mine.get(f"/app/drafts/{photo.draft_id}/photos/{photo.photo_id_on_phone}/")
    assert (answer.status_code, "a key that is gone" in answer.json()["sentence"]) == (400, True)
    assert SealedDraft.objects.exists()


def test_not_more_drafts_wait_than_anybody_writes(ready, visit, phone, monkeypatch):
    monkeypatch.setattr(drafts, "MOST_DRAFTS", 1)
    sealed_draft(visit, ready.monitors[1])
    told = draft_of(visit)
    send(phone, told)
    assert send(phone, draft_of(visit)).status_code == 400
    after = SealedDraft.objects.get(pk=told["id"]).sha256
    assert send(phone, {**told, "answers": {}, "after": after}).status_code == 200
    assert SealedDraft.objects.count() == 2


def test_many_drafts_cost_the_app_what_one_does(ready, visit, mine):
    def cost():
        with CaptureQueriesContext(connection) as asked:
            given_back(mine)
        return len(asked)

    sealed_draft(visit, ready.monitors[0])
    cost()  # the first time its sign-in gets its mark
    one = cost()
    for _ in range(5):
        sealed_draft(visit, ready.monitors[0])
    assert cost() == one


@pytest.mark.parametrize("how", ["off the team", "still on it"])
def test_whoever_left_the_team_is_told_where_and_when_it_was_to_be_then_and_nothing_of_what_it_became(
    how, ready, phone, mine
):
    visit = settled(ready, version=published(ready.group), starts_at=time(9, 30))
    raised(visit, ready.monitors[0])
    send(phone, draft_of(visit))
    before = given_back(mine)[0]["visit"]
    if how == "off the team":
        third = someone("Third")
        seated(ready.group, third, seat="monitor")
        make_ready(third, ready.group, ready.lead, ready.site)
        actions.choose_team(visit=visit, people=[ready.monitors[1].pk, third.pk], by=ready.lead.pk)
    other = Site.objects.filter(scheme=ready.site.scheme_id).exclude(pk=ready.site.pk).earliest("name")
    Visit.objects.filter(pk=visit.pk).update(day=clock.today() + timedelta(days=9), starts_at=time(17), site=other)
    after = given_back(mine)[0]["visit"]
    told = [{name: one[name] for name in ("site", "day", "starts_at")} for one in (before, after)]
    assert (told[0] == told[1]) == (how == "off the team")
    SealedDraft.objects.all().delete()
    places = {one["site"] for one in mine.get("/app/mine.json").json()["concerns"]}
    assert places == ({ready.site.name} if how == "off the team" else set())
