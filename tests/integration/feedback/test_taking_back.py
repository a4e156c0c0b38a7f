"""Everything can be taken back with the code of a slip alone (S3, ADR 0054)."""

from collections.abc import Callable

import pytest
from django.test import Client

from audit.models import Entry
from kit import codes, outbox
from people.models import Notice
from tenants.feedback import actions, queries
from tenants.feedback.actions import Saying
from tenants.feedback.errors import NotTheirs, NotYet
from tenants.feedback.models import Concern, Confirmation, Consent, GroupTag, InformationNeed, Point, Reply, Sayer
from tenants.feedback.rules import Answer, Channel, Form, Kind
from tenants.schemes.entering import enter
from tenants.schemes.models import Membership, Scheme
from tenants.schemes.privileges import WEB
from tests.factories.feedback import WORDS, claimed, published, said, slip, somebody, staff, the_sayer
from tests.factories.people import someone
from tests.integration.conftest import connect_as

ClientAt = Callable[..., Client]


def test_with_the_code_alone_words_agreements_and_answers_go(
    owner: Membership, scheme: Scheme, client_at: ClientAt
) -> None:
    code = codes.new_code()
    point = said(slip(code=code, channel=Channel.WORKER, worker="Ola"))
    claimed(point, owner)
    actions.confirm(sayer=the_sayer(point), answer=Answer.NO, words="It is still dark.", by=None)
    phone = client_at(scheme)
    phone.post("/answer/", {"code": code})
    assert f"/answer/yours/{point.pk}/back/" in phone.get("/answer/yours/").content.decode()
    assert "We cannot bring it back" in phone.get(f"/answer/yours/{point.pk}/back/").content.decode()
    with enter(scheme):
        assert Point.objects.get().said == WORDS
    assert phone.post(f"/answer/yours/{point.pk}/back/")["Location"] == "/answer/taken-back/"
    assert "It is gone" in phone.get("/answer/taken-back/").content.decode()
    with enter(scheme):
        left, sayer = Point.objects.get(), Sayer.objects.get()
        assert (left.said, left.public_words, sayer.kind, sayer.slip, sayer.worker) == ("", "", Kind.GONE, "", "")
        assert not Consent.objects.filter(withdrawn_at=None).exists()
        assert list(Confirmation.objects.values_list("answer", "words")) == [(Answer.NO, "")]
        assert Entry.objects.get(what="took back everything they said").thing_id == str(point.pk)


def test_a_code_that_was_taken_back_opens_nothing_any_more(
    owner: Membership, scheme: Scheme, client_at: ClientAt
) -> None:
    code = codes.new_code()
    published(said(slip(code=code)), owner)
    assert len(queries.answered().object_list) == 1
    actions.take_back(sayer=Sayer.objects.get(), by=None)
    assert list(queries.answered().object_list) == []
    assert "We cannot find this code here" in client_at(scheme).post("/answer/", {"code": code}).content.decode()


def test_what_others_said_too_stays_in_the_register_and_leaves_the_website(owner: Membership) -> None:
    point = said(slip(), slip())
    published(point, owner)
    first, second = point.sayers.all()
    actions.take_back(sayer=first, by=None)
    assert (Point.objects.get().said, list(queries.answered().object_list)) == (WORDS, [])
    actions.take_back(sayer=second, by=None)
    assert Point.objects.get().said == ""


def test_a_finding_of_a_group_stays_in_the_register_s80(owner: Membership) -> None:
    group = GroupTag.objects.get(code="women")
    point = said(Saying(kind=Kind.SLIP, code=codes.new_code(), speaks_for=group, may_publish=True))
    actions.take_back(sayer=the_sayer(point), by=None)
    assert Point.objects.get().said == WORDS


def test_what_they_replied_and_what_they_need_go_with_it(owner: Membership, lead) -> None:
    code = codes.new_code()
    point, other = said(slip(code=code)), said(slip(code=code))
    actions.write_down_need(sayer=the_sayer(point), form=Form.LARGE, by=lead)
    asked = actions.ask_for_words(point=point, words="Where?", client_key=point.pk, by=lead)
    actions.reply(sayer=the_sayer(point), question=asked, words="In the hall.", by=None)
    actions.take_back(sayer=the_sayer(point), by=None)
    assert (Reply.objects.get().words, point.questions.get().words, InformationNeed.objects.count()) == ("", "", 1)
    actions.take_back(sayer=the_sayer(other), by=None)
    assert not InformationNeed.objects.exists()


def test_nobody_takes_back_what_somebody_else_said(owner: Membership, lead, scheme: Scheme, client_at) -> None:
    point = said()
    with pytest.raises(NotTheirs):
        actions.take_back(sayer=the_sayer(point), by=lead)
    assert client_at(scheme).post(f"/answer/yours/{point.pk}/back/").status_code == 404


def test_the_server_may_empty_the_words_of_an_answer_and_nothing_else_of_it(as_owner: str) -> None:
    scheme = Scheme.objects.get(slug="ashmere")
    with enter(scheme):
        point = claimed(said(), staff(scheme)[1]).point
        actions.confirm(sayer=the_sayer(point), answer=Answer.NO, words="Still dark.", by=None)
    connect_as(WEB, as_owner)
    with enter(scheme):
        actions.take_back(sayer=the_sayer(point), by=None)
        assert Confirmation.objects.get().words == ""


def test_what_is_taken_back_of_two_parts_stands_in_the_other_no_more(owner: Membership, lead) -> None:
    cold, wait = "The room is cold.", "Nobody told me how long."
    point = said(words=f"{cold} {wait}")
    part = actions.split(point=point, stays=cold, goes=wait, theme=None, client_key=point.pk, by=lead)
    actions.take_back(sayer=the_sayer(part), by=None)
    point.refresh_from_db()
    assert (point.said, point.said_whole) == (cold, cold)


def test_the_other_part_keeps_the_whole_while_somebody_else_still_says_it(owner: Membership, lead) -> None:
    cold, wait = "The room is cold.", "Nobody told me how long."
    point = said(slip(), slip(), words=f"{cold} {wait}")
    part = actions.split(point=point, stays=cold, goes=wait, theme=None, client_key=point.pk, by=lead)
    actions.take_back(sayer=part.sayers.first(), by=None)
    point.refresh_from_db()
    assert point.said_whole == f"{cold} {wait}"


def test_the_page_says_what_goes_and_what_the_code_still_opens(
    owner: Membership, lead, scheme: Scheme, client_at: ClientAt
) -> None:
    code, cold, wait = codes.new_code(), "The room is cold.", "Nobody told me how long."
    point = said(slip(code=code), words=f"{cold} {wait}")
    part = actions.split(point=point, stays=cold, goes=wait, theme=None, client_key=point.pk, by=lead)
    phone = client_at(scheme)
    phone.post("/answer/", {"code": code})
    first = phone.get(f"/answer/yours/{part.pk}/back/").content.decode()
    assert "Only this part is taken back" in first and "still opens the other things" in first
    phone.post(f"/answer/yours/{part.pk}/back/")
    last = phone.get(f"/answer/yours/{point.pk}/back/").content.decode()
    assert "does not open anything more here" in last
    with enter("public"):
        page = client_at(scheme, lead).get(f"/points/{point.pk}/").content.decode()
    assert "The other part: its words are gone" in page


def test_with_an_account_one_can_take_back_as_much_as_with_a_slip(
    owner: Membership, scheme: Scheme, client_at: ClientAt
) -> None:
    robin, other = someone("Robin"), someone("Other")
    point = said(somebody(robin))
    published(point, owner)
    address = f"/mine/{point.pk}/back/"
    mine = client_at(scheme, robin)
    assert address in mine.get(f"/mine/{point.pk}/").content.decode()
    assert "We cannot bring it back" in mine.get(address).content.decode()
    assert client_at(scheme, other).post(address).status_code == 404
    with enter(scheme):
        assert Point.objects.get().said == WORDS
    assert mine.post(address)["Location"] == "/mine/taken-back/"
    assert "It is gone" in mine.get("/mine/taken-back/").content.decode()
    assert mine.get(f"/mine/{point.pk}/").status_code == 404
    with enter(scheme):
        assert (Point.objects.get().said, Sayer.objects.get().person_id) == ("", None)
        assert list(queries.answered().object_list) == []


def test_nothing_waits_any_more_about_what_was_taken_back(
    owner: Membership, scheme: Scheme, client_at: ClientAt
) -> None:
    robin = someone("Robin")
    made = claimed(said(somebody(robin)), owner)
    while outbox.work_once():
        pass
    assert Notice.objects.filter(person_id=robin.pk, read_at=None).exists()
    client_at(scheme, robin).post(f"/mine/{made.point_id}/back/")
    assert not Notice.objects.filter(person_id=robin.pk, read_at=None).exists()


@pytest.mark.parametrize("with_account", [True, False])
def test_what_was_passed_on_is_not_said_to_be_gone_since_a_concern_holds_it(
    owner: Membership, lead, scheme: Scheme, client_at: ClientAt, with_account: bool
) -> None:
    robin, code = someone("Robin"), codes.new_code()
    point = said(somebody(robin) if with_account else slip(code=code))
    phone = client_at(scheme, robin) if with_account else client_at(scheme)
    phone.post("/answer/", {} if with_account else {"code": code})
    with enter(scheme):
        actions.hand_over(point=point, note="", by=lead)
    address = f"/mine/{point.pk}/back/" if with_account else f"/answer/yours/{point.pk}/back/"
    for sent in (phone.get(address), phone.post(address)):
        page = sent.content.decode()
        assert sent.status_code == 409 and "There is nothing to take back here any more" in page
        assert "gone from our records" not in page
    with enter(scheme):
        with pytest.raises(NotYet):
            actions.take_back(sayer=the_sayer(point), by=robin if with_account else None)
        assert (Concern.objects.get().words, Sayer.objects.get().kind == Kind.GONE) == (WORDS, False)
