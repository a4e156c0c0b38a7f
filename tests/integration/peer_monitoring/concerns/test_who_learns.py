"""Who learns of a concern in the group, what is said of that before, and whom the team can ring."""

from uuid import uuid4

import pytest

from kit import clock
from kit.dates import moment
from kit.models import OutboxMessage
from peer_monitoring.actions.concerns import tell_leads
from peer_monitoring.models import Seat
from peer_monitoring.reaching import number_in
from people.models import Notice
from tenants.feedback import actions as at_the_scheme
from tenants.schemes.entering import enter
from tests.factories.groups import seated
from tests.factories.peer_monitoring import settled
from tests.factories.people import someone
from tests.factories.phones import raised
from tests.integration.peer_monitoring.concerns.steps import WORDS, arrived, mine_of


@pytest.mark.parametrize("by", ["monitor", "lead"])
def test_the_leads_of_the_group_hear_of_it_at_once_and_read_no_word_of_it(
    by, ready, lead, scheme, client_at, mailoutbox
):
    second = someone("Second")
    seated(ready.group, second, seat="lead")
    raiser = ready.monitors[0] if by == "monitor" else ready.lead
    visit = settled(ready)
    arrived(scheme)
    mailoutbox.clear()
    raised(visit, raiser, words=WORDS)
    arrived(scheme)
    told = {one.person_id: one.path for one in Notice.objects.filter(kind="visit_concern")}
    here = f"/groups/voices/visits/{visit.pk}/"
    assert told == dict.fromkeys({ready.lead.pk, second.pk} - {raiser.pk}, here)
    assert (
        {second.email}
        <= {one.to[0] for one in mailoutbox}
        == {second.email, lead.email} | ({ready.lead.email} - {raiser.email})
    )
    assert "Something was raised on a visit" in client_at(None, second).get("/my/").content.decode()
    page = client_at(None, second).get(here).content.decode()
    assert f"{raiser.name}, {moment(clock.now())[:10]}" in page
    assert WORDS not in page and "Sent to the safeguarding lead of Ashmere" in page


@pytest.mark.parametrize("is_held_back", [True, False])
def test_the_page_says_who_learns_what_and_whom_to_ring(is_held_back, ready, client_at):
    type(ready.agreement).objects.update(contact_role="Involvement lead", contact_way="01632 960123")
    visit = settled(ready, is_held_back=is_held_back, to_ring="Robin, +44 (0)7700 900 982")
    page = client_at(None, ready.monitors[0]).get(f"/groups/voices/visits/{visit.pk}/concern/").content.decode()
    assert "goes at once to the safeguarding lead of Ashmere. If they are not there, its managers get it." in page
    assert "If nobody is there, the national team is asked to ring Ashmere, and does not read it." in page
    assert ("They are told nothing of this visit." in page) == is_held_back
    assert ("They are told your group, the place and the time, and not who you are." in page) != is_held_back
    assert '<a href="tel:+447700900982">Robin, +44 (0)7700 900 982</a>' in page
    assert ('<a href="tel:01632960123">' in page) != is_held_back
    here = client_at(None, ready.lead).get(f"/groups/voices/visits/{visit.pk}/").content.decode()
    assert '<a href="tel:+447700900982">' in here


@pytest.mark.parametrize(
    ("who", "leads", "told", "says"),
    [
        ("monitor", 1, "lead", "Your lead gets a message that you raised a concern"),
        ("lead", 2, "others", "The other leads of your group get a message that you raised a concern"),
        ("lead", 1, "nobody", "Nobody else leads your group, so nobody in it gets a message."),
        ("monitor", 0, "nobody", "Nobody else leads your group, so nobody in it gets a message."),
    ],
)  # fmt: skip
def test_it_is_said_before_which_leads_hear_of_it_and_those_do(who, leads, told, says, ready, client_at):
    raiser = ready.monitors[0] if who == "monitor" else ready.lead
    visit = settled(ready)
    Seat.objects.get_or_create(visit=visit, person_id=raiser.pk)
    if leads == 2:
        seated(ready.group, someone("Second"), seat="lead")
    if leads == 0:
        ready.group.memberships.filter(seat="lead").update(until=clock.today())
    page = client_at(None, raiser).get(f"/groups/voices/visits/{visit.pk}/concern/").content.decode()
    others = {"Your lead gets", "The other leads", "Nobody else leads"} - {says[:14], says[:15], says[:17]}
    assert says in page and not any(other in page for other in others)
    assert mine_of(client_at, raiser)["visits"][0]["told_of_concerns"] == told
    tell_leads(concern_id=raised(visit, raiser).pk)
    assert Notice.objects.filter(kind="visit_concern").exists() == (told != "nobody")


def test_no_promise_to_write_to_a_lead_keeps_who_it_is(ready):
    tell_leads(concern_id=raised(settled(ready), ready.monitors[0]).pk)
    promise = OutboxMessage.objects.get(kind="peer_monitoring.concern_word")
    assert str(ready.lead.pk) not in str(promise.payload)


def test_who_has_left_the_group_before_the_message_goes_gets_none(ready, scheme, mailoutbox):
    concern = raised(settled(ready), ready.monitors[0])
    tell_leads(concern_id=concern.pk)
    ready.group.memberships.filter(seat="lead").update(until=clock.today())
    arrived(scheme)
    assert ready.lead.email not in {one.to[0] for one in mailoutbox}


def test_where_nobody_can_be_named_the_page_says_so(ready, client_at):
    visit = settled(ready)
    here, client = f"/groups/voices/visits/{visit.pk}/concern/", client_at(None, ready.monitors[0])
    assert "Nobody is named here" not in client.get(here).content.decode()
    ready.group.memberships.filter(seat="lead").update(until=clock.today())
    type(ready.agreement).objects.update(contact_role="")
    assert "Nobody is named here whom you could ring." in client.get(here).content.decode()


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("01632 960123", "01632960123"), ("Ask for Mo: (01632) 960-123, line 4", "01632960123"),
        ("+44 (0)1632 960123", "+441632960123"), ("mo1234567@example.org", ""), ("Ask Mo", ""), ("line 12 3", ""),
        ("", ""), ("Mon to Fri 09.00-17.00, 020 7946 0018", "02079460018"), ("+353 1 436 4200", "+35314364200"),
        ("Mon to Fri 09.00-17.00 020 7946 0018", "02079460018"), ("Room 12 07700 900 982", "07700900982"),
        ("Robin (9:00-17:00) 07700 900982", "07700900982"), ("01632.960.123", "01632960123"),
        ("mo07700900982@example.org, 07700 900 983", "07700900983"), ("01632 960123 or mo@example.org", "01632960123"),
        ("Robin, 07700 900 982 07700 900 983", ""), ("07700 900 982 or 07700 900 983", ""), ("01632 960123 4", ""),
        ("07700900982+447700900983", ""), ("0770090098207700900983", ""), ("From 1.12.2026, call 12345", ""),
    ],
)  # fmt: skip
def test_a_number_is_found_in_what_people_write_and_none_where_it_is_not_clear(words, number):
    assert number_in(words) == number


def test_where_it_is_not_clear_which_number_is_meant_the_words_stand_there_and_nothing_is_dialled(ready, client_at):
    two = "01632 960123 01632 960124"
    type(ready.agreement).objects.update(contact_role="Involvement lead", contact_way=two)
    visit = settled(ready)
    client = client_at(None, ready.monitors[0])
    page = client.get(f"/groups/voices/visits/{visit.pk}/concern/").content.decode()
    assert f"Involvement lead: {two}" in page and "tel:" not in page
    (told,) = client.get("/app/mine.json").json()["visits"]
    assert told["tell"][-1] == {"who": "Involvement lead", "way": two, "number": ""}


def waiting_for(person):
    return set(Notice.objects.filter(person=person, read_at=None).values_list("kind", flat=True))


@pytest.mark.parametrize("is_seen", [True, False])
def test_once_it_was_dealt_with_the_leads_who_were_told_learn_that_and_nothing_else_waits(
    is_seen, ready, lead, scheme, client_at
):
    second, raiser = someone("Second"), ready.monitors[0]
    seated(ready.group, second, seat="lead")
    visit = settled(ready)
    here = f"/groups/voices/visits/{visit.pk}/"
    raised(visit, raiser)
    (concern,) = arrived(scheme)
    assert "visit_concern" in waiting_for(ready.lead) & waiting_for(second)
    if is_seen:
        client_at(None, ready.lead).get(here)
        assert "visit_concern" in waiting_for(ready.lead), "nobody has taken it up yet"
    ready.group.memberships.filter(person_id=second.pk).update(until=clock.today())
    late = someone("Late")
    seated(ready.group, late, seat="lead")
    with enter(scheme):
        at_the_scheme.take_up(concern=concern, by=lead)
        at_the_scheme.close_concern(concern=concern, what_was_done="Water was brought.", by=lead)
    arrived(scheme)
    assert waiting_for(ready.lead) >= {"visit_concern_done"} and "visit_concern" not in waiting_for(ready.lead)
    of_it = {"visit_concern", "visit_concern_done"}
    assert not of_it & (waiting_for(second) | waiting_for(raiser) | waiting_for(late))
    client = client_at(None, ready.lead)
    assert "What was raised on a visit was dealt with" in client.get("/my/").content.decode()
    assert f"Dealt with at Ashmere, {moment(clock.now())[:10]}" in client.get(here).content.decode()
    assert "visit_concern_done" not in waiting_for(ready.lead)


@pytest.mark.parametrize(
    ("who", "leads", "then"),
    [("monitor", 1, "Then tell your lead."), ("lead", 2, "Then tell the other leads of your group."), ("lead", 1, "")],
)
def test_nobody_who_leads_is_told_to_tell_their_lead(who, leads, then, ready, client_at):
    raiser = ready.monitors[0] if who == "monitor" else ready.lead
    if leads == 2:
        seated(ready.group, someone("Second"), seat="lead")
    visit = settled(ready)
    address, client = f"/groups/voices/visits/{visit.pk}/concern/", client_at(None, raiser)
    told = {"words": WORDS, "inside": "yes", "send": str(uuid4())}
    page = client.get(address).content.decode() + client.post(address, told, follow=True).content.decode()
    assert page.count(then) == 2 if then else "Then tell" not in page
    assert ("your lead" in page.lower()) == (who == "monitor")


def test_nobody_is_told_to_ring_or_to_tell_themselves(ready, client_at):
    second = someone("Second")
    seated(ready.group, second, seat="lead")
    visit = settled(ready, to_ring=f"{ready.lead.name}, 07700 900 982", to_ring_of_id=ready.lead.pk)
    Seat.objects.create(visit=visit, person_id=ready.lead.pk)
    for who, named in ((ready.lead, False), (ready.monitors[0], True)):
        page = client_at(None, who).get(f"/groups/voices/visits/{visit.pk}/concern/").content.decode()
        listed = page.partition("Tell somebody in person as well")[2].partition("<footer")[0]
        (told,) = mine_of(client_at, who)["visits"]
        assert "Second" in listed and {"who": "Second", "way": "", "number": ""} in told["tell"]
        assert (ready.lead.name in listed, "07700900982" in listed, ready.lead.name in str(told["tell"])) == (
            named,
        ) * 3


def test_a_lead_is_asked_to_turn_to_whoever_raised_it_and_not_to_themselves(ready, client_at):
    visit = settled(ready)
    here, client = f"/groups/voices/visits/{visit.pk}/", client_at(None, ready.lead)
    for who, is_asked in ((ready.lead, False), (ready.monitors[0], True)):
        raised(visit, who)
        assert ("Ask whoever raised it." in client.get(here).content.decode()) == is_asked


def test_that_it_was_raised_waits_for_the_leads_until_somebody_takes_it_up(ready, lead, scheme, client_at):
    visit = settled(ready)
    raised(visit, ready.monitors[0])
    (concern,) = arrived(scheme)
    led = client_at(None, ready.lead)
    own = Notice.objects.get(person=ready.lead, kind="visit_concern")
    assert "Concerns raised on this visit" in led.get(f"/my/notices/{own.pk}/", follow=True).content.decode()
    assert "visit_concern" in waiting_for(ready.lead), "opened as it is opened: by what waits itself"
    assert "Something was raised on a visit. Look at it today" in led.get("/my/").content.decode()
    with enter(scheme):
        at_the_scheme.take_up(concern=concern, by=lead)
    arrived(scheme)
    assert "visit_concern" not in waiting_for(ready.lead)


def test_where_whoever_raised_it_was_erased_before_it_went_on_it_ends_with_reading(ready, client_at):
    visit = settled(ready)
    concern = raised(visit, ready.monitors[0])
    tell_leads(concern_id=concern.pk)
    type(concern).objects.filter(pk=concern.pk).update(person_id=None, words="")
    client_at(None, ready.lead).get(f"/groups/voices/visits/{visit.pk}/")
    assert "visit_concern" not in waiting_for(ready.lead)
