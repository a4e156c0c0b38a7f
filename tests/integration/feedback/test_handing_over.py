"""Staff see harm in a point: its words go to the safeguarding lead, and from everywhere else (ADR 0041)."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from audit.models import Entry
from kit import clock, codes, scheduler
from people.models import Notice, Person
from tenants.feedback import actions, queries
from tenants.feedback.errors import NotYet, WordsErased
from tenants.feedback.models import Concern, Confirmation, GroupTag, Partner, Point, Reply, Told
from tenants.feedback.queries import Tab
from tenants.feedback.queries.own import of_people
from tenants.feedback.queries.trails import trails_until
from tenants.feedback.rules import Answer, Channel, TellingState
from tenants.schemes.entering import enter
from tenants.schemes.models import Membership, Scheme
from tenants.schemes.rights import Role
from tests.factories.feedback import claimed, decided, letter, published, said, slip, somebody, staff, the_sayer
from tests.factories.people import someone

ClientAt = Callable[..., Client]
HARM = "My stepfather hits the little one."
TO_SAYERS = "We passed this on to somebody who can help."


@pytest.fixture
def by(owner: Membership) -> Person:
    return Person.objects.get(pk=owner.person_id)


@pytest.fixture
def desk(client_at: ClientAt, scheme: Scheme, by: Person) -> Client:
    return client_at(scheme, by)


def over(point: Point, by: Person, note: str = "She is at the workshop now.") -> Concern:
    return actions.hand_over(point=point, note=note, by=by)


def test_the_words_move_and_the_point_is_empty_and_closed(inside: Scheme, by: Person) -> None:
    point = said(words=HARM)
    concern = over(point, by)
    point.refresh_from_db()
    assert (concern.words, concern.note, concern.handed_over_by_id) == (HARM, "She is at the workshop now.", by.pk)
    assert (point.said, point.public_words, point.is_open, point.why_empty) == ("", "", False, "This was passed on.")
    assert queries.register().object_list == [] and queries.tab_counts()[Tab.WAITING.value] == 0
    assert not queries.register(tab=Tab.ALL, words="stepfather").object_list
    (row,) = queries.register(tab=Tab.ALL).object_list
    assert (row.words, row.clock, row.owner) == ("This was passed on.", None, "")


def test_pressed_twice_it_is_one_concern(inside: Scheme, by: Person) -> None:
    point = said(words=HARM)
    assert over(point, by).pk == over(point, by, "again").pk == Concern.objects.get().pk


def test_the_lead_is_told_at_once_and_it_is_written_down_who_gave_it_to_whom_on_which_basis_s1(
    inside: Scheme, by: Person, work: Callable[[], None]
) -> None:
    lead, _ = staff(inside, Role.SAFEGUARDING_LEAD)
    point = said(words=HARM)
    concern = over(point, by)
    work()
    assert [(one.person_id, one.kind) for one in Notice.objects.all()] == [(lead.pk, "concern")]
    entries = set(Entry.objects.filter(by=by.pk).values_list("operation", "what", "basis", "thing_id"))
    assert ("disclose", "passed on a point", "public_task", str(point.pk)) in entries
    assert ("collect", "handed over a concern", "public_task", str(concern.pk)) in entries


def test_what_staff_were_answered_and_what_was_still_wrong_go_too(
    inside: Scheme, owner: Membership, by: Person
) -> None:
    point = said(words="It is loud.")
    question = actions.ask_for_words(point=point, words="Where is it loud?", client_key=uuid4(), by=by)
    actions.reply(sayer=the_sayer(point), question=question, words="Where he beats her.", by=None)
    claimed(point, owner)
    actions.confirm(sayer=the_sayer(point), answer=Answer.NO, words=HARM, by=None)
    concern = over(point, by)
    assert all(words in concern.words for words in ("It is loud.", "Where he beats her.", HARM))
    question.refresh_from_db()
    assert (question.words, Reply.objects.get().words) == ("", "")
    page = queries.point_page(point.pk)
    assert page and not page.still_wrong
    assert [one.words_here for one in Confirmation.objects.all()] == [""]


def test_no_page_of_the_register_shows_a_word_of_it(
    desk: Client, scheme: Scheme, owner: Membership, by: Person
) -> None:
    with enter(scheme):
        point = said(slip(), words="It is loud.")
        claimed(point, owner)
        actions.confirm(sayer=the_sayer(point), answer=Answer.NO, words=HARM, by=None)
        over(point, by)
    for address in (f"/points/{point.pk}/", "/points/?show=all", "/staff/", "/partners/", f"/points/{point.pk}/words/"):
        page = desk.get(address).content.decode()
        assert HARM not in page and "It is loud" not in page, address
    assert "This was passed on." in desk.get(f"/points/{point.pk}/").content.decode()
    file = desk.post("/points/file/?show=all", {
        "kind": "csv", "basis": "public_task", "with_words": "on", "why_words": "check",
    })  # fmt: skip
    saved = file.getvalue()
    assert b"It is loud" not in saved and b"Closed" in saved


def test_the_website_forgets_it(inside: Scheme, owner: Membership, by: Person) -> None:
    point = said(words=HARM)
    published(point, owner)
    assert queries.answered().object_list
    over(point, by)
    assert not queries.answered().object_list
    assert not Point.objects.get().words_are_approved


def test_who_is_reached_and_the_table_of_partners_leave_it_out_s12_s77(inside: Scheme, by: Person) -> None:
    group = GroupTag.objects.get(code="women")
    partner = Partner.objects.create(organisation="A women's centre", group=group)
    over(said(words=HARM, groups=[group], partner=partner, how_many=4), by)
    (row,) = [one for one in queries.reached_by_group() if one.group == group]
    assert (row.points, row.people, row.waiting, row.answered) == (0, None, 0, 0)
    assert not queries.partner_table()[0].is_reported


def test_whoever_holds_the_slip_finds_that_it_was_passed_on_and_nothing_to_answer(
    client_at: ClientAt, scheme: Scheme, owner: Membership, by: Person
) -> None:
    code = codes.new_code()
    with enter(scheme):
        point = said(slip(code=code), words=HARM)
        claimed(point, owner)
        over(point, by)
        sayer = the_sayer(point)
    visitor = client_at(scheme)
    visitor.post("/answer/", {"code": code})
    page = visitor.get("/answer/yours/").content.decode()
    assert TO_SAYERS in page and HARM not in page and "Did it change?" not in page
    with enter(scheme), pytest.raises(NotYet, match="passed this on"):
        actions.confirm(sayer=sayer, answer=Answer.YES, by=None)


def test_somebody_with_an_account_finds_it_on_their_page_and_gets_no_message(
    client_at: ClientAt, scheme: Scheme, by: Person, work: Callable[[], None]
) -> None:
    jo = someone("Jo")
    with enter(scheme):
        point = said(somebody(jo), words=HARM)
        concern = over(point, by)
        assert concern.person_id == jo.pk
        work()
    mine = client_at(scheme, jo)
    assert TO_SAYERS in mine.get("/mine/").content.decode()
    page = mine.get(f"/mine/{point.pk}/").content.decode()
    assert TO_SAYERS in page and HARM not in page
    assert not Notice.objects.filter(person_id=jo.pk).exists()


def test_a_question_can_no_longer_be_answered(inside: Scheme, by: Person) -> None:
    point = said(words=HARM)
    question = actions.ask_for_words(point=point, words="Where?", client_key=uuid4(), by=by)
    sayer = the_sayer(point)
    over(point, by)
    with pytest.raises(NotYet, match="passed this on"):
        actions.reply(sayer=sayer, question=question, words="Here.", by=None)
    assert not queries.by_fingerprint(sayer.slip)[0].to_reply


def test_nobody_is_left_to_tell(inside: Scheme, owner: Membership, by: Person) -> None:
    told = letter(owner)
    assert queries.tasks_of_telling().exists()
    over(told.round.point, by)
    assert not queries.tasks_of_telling().exists()
    assert Told.objects.get(pk=told.pk).state == TellingState.WAITING


def test_a_worker_through_whom_they_are_reached_is_named_to_the_lead(inside: Scheme, by: Person) -> None:
    point = said(slip(channel=Channel.WORKER, worker="Ada, outreach team"), words=HARM)
    assert over(point, by).reach_at == "Through Ada, outreach team"


def test_of_points_answered_together_the_others_stay_together(inside: Scheme, by: Person) -> None:
    three = [said(words=HARM), said(words="It is loud."), said(words="So loud.")]
    lead = actions.answer_together(points=three, by=by)
    over(lead, by)
    others = Point.objects.exclude(pk=lead.pk)
    (carrier,) = {one.carrier.pk for one in others}
    assert len(others) == 2 and carrier != lead.pk
    lead.refresh_from_db()
    assert lead.is_erased and not lead.joined.exists()


def test_one_of_those_answered_together_leaves_and_the_rest_are_told(
    inside: Scheme, owner: Membership, by: Person
) -> None:
    two = [said(words="It is loud."), said(words=HARM)]
    lead = actions.answer_together(points=two, by=by)
    (other,) = [one for one in two if one.pk != lead.pk]
    over(other, by)
    other.refresh_from_db()
    assert other.answered_with_id is None
    round_ = decided(Point.objects.get(pk=lead.pk), owner)
    assert [told.sayer.point_id for told in round_.tellings.all()] == [lead.pk]


def test_with_an_answer_the_others_keep_it_and_the_words_for_the_website_are_written_anew(
    inside: Scheme, owner: Membership, by: Person
) -> None:
    two = [said(words=HARM), said(words="It is loud.")]
    lead = actions.answer_together(points=two, by=by)
    (other,) = [one for one in two if one.pk != lead.pk]
    published(lead, owner)
    over(lead, by)
    lead.refresh_from_db()
    assert (lead.public_words, lead.words_are_approved, lead.is_erased) == ("", False, False)
    assert not queries.answered().object_list
    actions.approve_words(point=lead, words="It was loud.", by=by)
    lead.refresh_from_db()
    assert lead.words_left_out
    again = decided(lead, owner, replaces=lead.rounds.get())
    assert [told.sayer.point_id for told in again.tellings.all()] == [other.pk]


def test_the_other_part_of_what_was_taken_apart_keeps_no_word_of_it(inside: Scheme, by: Person) -> None:
    point = said(words=f"It is loud. {HARM}")
    part = actions.split(point=point, stays="It is loud.", goes=HARM, theme=None, client_key=uuid4(), by=by)
    concern = over(part, by)
    point.refresh_from_db()
    assert (point.said, point.said_whole) == ("It is loud.", "It is loud.")
    assert "It is loud." in concern.words


def test_nobody_can_do_anything_about_it_any_more(inside: Scheme, owner: Membership, by: Person) -> None:
    point = said(words=HARM)
    over(point, by)
    with pytest.raises(WordsErased, match="passed on to the safeguarding lead"):
        decided(point, owner)
    assert actions.acknowledge(point=point, by=by).stage == "said"


def test_an_editor_passes_on_only_what_may_come_to_the_website(client_at: ClientAt, scheme: Scheme) -> None:
    with enter(scheme):
        editor, _ = staff(scheme, Role.EDITOR)
        private, public = said(slip(may_publish=False), words=HARM), said(words=HARM)
    desk = client_at(scheme, editor)
    assert desk.get(f"/points/{private.pk}/pass-on/").status_code == 404
    assert HARM in desk.get(f"/points/{public.pk}/pass-on/").content.decode()
    assert desk.post(f"/points/{public.pk}/pass-on/", {"note": ""}).url == "/staff/"


def test_the_page_says_whom_to_call_first_and_passes_it_on(desk: Client, scheme: Scheme) -> None:
    with enter(scheme):
        point = said(words=HARM)
    page = desk.get(f"/points/{point.pk}/pass-on/").content.decode()
    assert "call 999" in page and HARM in page
    assert desk.post(f"/points/{point.pk}/pass-on/", {"note": "He is here."}).url == f"/points/{point.pk}/"
    assert desk.get(f"/points/{point.pk}/pass-on/").status_code == 410
    with enter(scheme):
        assert Concern.objects.get().note == "He is here."


def test_the_lead_reads_the_words_the_note_and_who_handed_it_over(
    client_at: ClientAt, scheme: Scheme, by: Person
) -> None:
    with enter(scheme):
        lead, _ = staff(scheme, Role.SAFEGUARDING_LEAD)
        concern = over(said(words=HARM), by)
    page = client_at(scheme, lead).get(f"/concerns/{concern.pk}/").content.decode()
    assert HARM in page and "She is at the workshop now." in page and f"handed over by {by.name}" in page


def test_the_words_of_a_concern_go_a_year_after_it_was_closed(
    inside: Scheme, by: Person, at_moment: Callable[..., None]
) -> None:
    concern = over(said(somebody(someone("Jo")), words=HARM), by)
    open_one = over(said(words="Another."), by)
    actions.take_up(concern=concern, by=by)
    actions.close_concern(concern=concern, what_was_done="The police came.", by=by)
    closed = clock.now()
    at_moment(closed + timedelta(days=364))
    scheduler.tick()
    assert Concern.objects.get(pk=concern.pk).words == HARM
    at_moment(closed + timedelta(days=366))
    scheduler.tick()
    concern.refresh_from_db()
    assert (concern.words, concern.note, concern.what_was_done, concern.person_id) == ("", "", "", None)
    assert concern.emptied_on == clock.today() and concern.closed_by_id == by.pk
    assert Concern.objects.get(pk=open_one.pk).words == "Another."
    assert Entry.objects.filter(operation="erase", what="emptied a concern that was closed").count() == 1


def test_the_manager_writes_down_where_a_complaint_goes(client_at: ClientAt, scheme: Scheme) -> None:
    with enter(scheme):
        manager, _ = staff(scheme, Role.MANAGER)
    desk, visitor = client_at(scheme, manager), client_at(scheme)
    assert "Telephone" not in visitor.get("/tell-us/complaint/").content.decode()
    filled = {"words": "Write to our complaints team.", "telephone": "01632 960000", "link": "example.org"}
    page = desk.post("/complaints/", filled).content.decode()
    assert "Write the whole address, beginning with https://" in page and "01632 960000" in page
    assert desk.post("/complaints/", filled | {"link": "https://example.org/complain"}).url == "/tell-us/complaint/"
    page = visitor.get("/tell-us/complaint/").content.decode()
    for words in ("Write to our complaints team.", "01632 960000", 'href="https://example.org/complain"', "Ombudsman"):
        assert words in page
    assert desk.post("/complaints/", {"words": "", "telephone": "", "link": ""}).status_code == 302
    assert "01632 960000" not in visitor.get("/tell-us/complaint/").content.decode()


def test_the_paper_for_the_board_leaves_it_out(inside: Scheme, by: Person) -> None:
    over(said(words=HARM), by)
    kept = said()
    assert [trail.received_on for trail in trails_until(clock.today())] == [kept.received_on]


def test_a_supporter_learns_nothing_of_it(inside: Scheme, by: Person) -> None:
    jo = someone("Jo")
    point, kept = said(somebody(jo), words=HARM), said(somebody(jo))
    over(point, by)
    assert [own.point.pk for own in of_people([jo.pk])] == [kept.pk]
