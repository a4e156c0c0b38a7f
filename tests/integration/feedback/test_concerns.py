"""Words about harm go to the safeguarding lead, never into the register, and never further than they must."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.test import Client, RequestFactory

from audit.models import Entry
from kit import clock, outbox, scheduler
from kit.dates import moment
from kit.models import OutboxMessage
from people.actions import notice
from people.models import Notice, Person
from people.own_waiting import text
from tenants.feedback import actions, limits
from tenants.feedback.errors import AlreadyTaken, NothingSaid, NotYet
from tenants.feedback.models import ComplaintWay, Concern, Point
from tenants.schemes.entering import enter
from tenants.schemes.models import Absence, NationalRole, Scheme
from tenants.schemes.rights import NationalRoleName, Role
from tests.factories.feedback import concern
from tests.factories.people import someone
from tests.factories.schemes import away, works_at
from tests.integration.conftest import MakePerson

ClientAt = Callable[..., Client]
WORDS = "My neighbour's boy is locked in at night."


@pytest.fixture
def lead(scheme: Scheme) -> Person:
    return _works(scheme, Role.SAFEGUARDING_LEAD)


@pytest.fixture
def manager(scheme: Scheme) -> Person:
    return _works(scheme, Role.MANAGER)


def _works(scheme: Scheme, role: Role) -> Person:
    made = someone(role.value)
    works_at(scheme, made.pk, role=role)
    return made


def told(visitor: Client, **filled: str) -> None:
    (send,) = re.findall(r'name="send" value="([^"]+)"', visitor.get("/tell-us/harm/").content.decode())
    assert visitor.post("/tell-us/harm/", {"words": WORDS, "send": send} | filled).status_code == 302


def the_concern(scheme: Scheme) -> Concern:
    with enter(scheme):
        return Concern.objects.get()


def work() -> None:
    while outbox.work_once():
        pass


def test_it_reaches_the_safeguarding_lead_at_once_with_no_word_of_it(
    client_at: ClientAt, scheme: Scheme, lead: Person, manager: Person, mail_folder: Path
) -> None:
    told(client_at(scheme), reach_at="07700 900000")
    work()
    (notice,) = Notice.objects.all()
    assert (notice.person_id, notice.kind) == (lead.pk, "concern")
    (message,) = mail_folder.glob("*.eml")
    written = message.read_text()
    assert f"To: {lead.email}" in written
    assert "Something waits for you" in written and "boy" not in written and "concern" not in written.lower()
    with enter(scheme):
        assert not Point.objects.exists()


def test_an_account_that_was_closed_is_sent_no_word(
    client_at: ClientAt, scheme: Scheme, lead: Person, mail_folder: Path
) -> None:
    Person.objects.filter(pk=lead.pk).update(is_active=False)
    told(client_at(scheme))
    work()
    assert not list(mail_folder.glob("*.eml"))


def test_without_a_safeguarding_lead_it_goes_to_the_managers(
    client_at: ClientAt, scheme: Scheme, manager: Person
) -> None:
    told(client_at(scheme))
    work()
    assert [notice.person_id for notice in Notice.objects.all()] == [manager.pk]


def told_of(kind: str = "concern") -> set[object]:
    return set(Notice.objects.filter(kind=kind).values_list("person_id", flat=True))


def test_while_the_safeguarding_lead_is_away_the_managers_hear_of_it_too(
    client_at: ClientAt, scheme: Scheme, lead: Person, manager: Person
) -> None:
    away(scheme, lead.pk, cover=manager.pk)
    told(client_at(scheme))
    work()
    assert told_of() == {lead.pk, manager.pk}


def test_of_several_safeguarding_leads_one_who_is_there_is_enough(
    client_at: ClientAt, scheme: Scheme, lead: Person, manager: Person
) -> None:
    second = someone("Second")
    works_at(scheme, second.pk, role=Role.SAFEGUARDING_LEAD)
    away(scheme, lead.pk, cover=second.pk)
    told(client_at(scheme))
    work()
    assert told_of() == {lead.pk, second.pk}


@pytest.mark.parametrize("when", ["elsewhere", "next week"])
def test_who_is_away_from_another_scheme_or_on_another_day_is_there(
    when: str, client_at: ClientAt, scheme: Scheme, other_scheme: Scheme, lead: Person, manager: Person
) -> None:
    if when == "elsewhere":
        for one in (lead, manager):
            works_at(other_scheme, one.pk, role=Role.SAFEGUARDING_LEAD)
        away(other_scheme, lead.pk, cover=manager.pk)
    else:
        away(scheme, lead.pk, cover=manager.pk)
        Absence.objects.update(first_day=clock.today() + timedelta(7), last_day=clock.today() + timedelta(9))
    told(client_at(scheme))
    work()
    assert told_of() == {lead.pk}


@pytest.mark.parametrize("why", ["nobody is in post", "accounts are closed", "everybody is away"])
def test_where_nobody_of_a_scheme_is_there_national_staff_learn_that_and_no_word_of_it(
    why: str, client_at: ClientAt, scheme: Scheme, person: MakePerson, mail_folder: Path
) -> None:
    national = person("Abel", national=NationalRoleName.PROGRAMME_MANAGER)
    person("Ana", national=NationalRoleName.ANALYST)
    over = person("Over", national=NationalRoleName.PROGRAMME_MANAGER)
    NationalRole.objects.filter(person_id=over.pk).update(until=clock.today())
    if why != "nobody is in post":
        lead, manager = (_works(scheme, role) for role in (Role.SAFEGUARDING_LEAD, Role.MANAGER))
        if why == "accounts are closed":
            Person.objects.filter(pk__in=[lead.pk, manager.pk]).update(is_active=False)
        else:
            away(scheme, lead.pk, cover=manager.pk)
            away(scheme, manager.pk, cover=lead.pk)
    told(client_at(scheme))
    work()
    assert told_of("concern_nobody") == {national.pk}
    notice = Notice.objects.get(kind="concern_nobody")
    assert (notice.path, notice.scheme_id) == ("/tell-us/complaint/", scheme.pk)
    (message,) = [one.read_text() for one in mail_folder.glob("*.eml") if national.email in one.read_text()]
    assert "Something waits for you" in message and "boy" not in message


def sent_first(scheme: Scheme) -> object:
    """Whom it says was told; nothing that is promised then names a person, whose id a dead letter would keep."""
    with enter(scheme):
        actions.send_concern(concern_id=Concern.objects.get().pk)
    people = {str(pk) for pk in Person.objects.values_list("pk", flat=True)}
    promised = OutboxMessage.objects.filter(done_at=None, kind__startswith="feedback.concern_")
    assert promised and not any(people & set(map(str, one.payload.values())) for one in promised)
    whom = promised.get(kind="feedback.concern_stands").payload["whom"]
    work()
    return whom


@pytest.mark.parametrize("why", ["nobody is in post", "the account is closed"])
def test_where_nobody_is_in_the_national_team_either_operators_learn_it_and_it_is_said_that_nobody_was_told(
    why: str, client_at: ClientAt, scheme: Scheme, person: MakePerson, mail_folder: Path
) -> None:
    operator = person("Bea", national=NationalRoleName.OPERATOR)
    if why != "nobody is in post":
        closed = person("Abel", national=NationalRoleName.PROGRAMME_MANAGER)
        Person.objects.filter(pk=closed.pk).update(is_active=False)
    told(client_at(scheme))
    assert sent_first(scheme) == "nobody"
    assert told_of("concern_nobody") == {operator.pk}
    (message,) = mail_folder.glob("*.eml")
    assert operator.email in message.read_text()


def test_with_a_national_team_no_operator_is_troubled_and_it_is_said_that_it_was_told(
    client_at: ClientAt, scheme: Scheme, person: MakePerson
) -> None:
    national, _ = (
        person("Abel", national=NationalRoleName.PROGRAMME_MANAGER),
        person("Bea", national=NationalRoleName.OPERATOR),
    )
    told(client_at(scheme))
    assert sent_first(scheme) == "national"
    assert told_of("concern_nobody") == {national.pk}


def test_the_national_team_reads_where_since_when_and_whom_to_ring_and_finds_the_number(
    client_at: ClientAt, scheme: Scheme
) -> None:
    national = someone("Abel")
    NationalRole.objects.create(person_id=national.pk, role=NationalRoleName.PROGRAMME_MANAGER)
    with enter(scheme):
        ComplaintWay.objects.create(telephone="01632 960111", by_id=national.pk)
        raised = concern("Words that nobody reads")
        Concern.objects.filter(pk=raised.pk).update(received_at=clock.now() - timedelta(days=2))
        raised.refresh_from_db()
        actions.pass_on(concern=raised)
    notice(person_id=national.pk, kind="answer", key="1", path="/", scheme=scheme)
    browser = client_at(None, national)
    page = browser.get("/my/").content.decode()
    came = moment(raised.received_at)
    waits = (
        f"Nobody is there at Ashmere to see to what came on {came}. Ring An invented NHS trust, which runs it, today"
    )
    assert waits in page
    assert text(Notice.objects.get(kind="concern_nobody"), Scheme(name="Other")).endswith("Ring whoever runs it, today")
    assert "There is an answer for you" in page and page.count("Nobody is there at") == 1
    where = browser.get(f"/my/notices/{Notice.objects.get(kind='concern_nobody').pk}/")["Location"]
    assert "/tell-us/complaint/" in unquote(where)
    assert "01632 960111" in client_at(scheme).get("/tell-us/complaint/").content.decode()


def test_what_waits_for_the_national_team_ends_when_somebody_at_the_scheme_takes_it_up(
    client_at: ClientAt, scheme: Scheme, person: MakePerson
) -> None:
    person("Abel", national=NationalRoleName.PROGRAMME_MANAGER)
    told(client_at(scheme))
    told(client_at(scheme), words="Of somebody else.")
    work()
    assert Notice.objects.filter(kind="concern_nobody", read_at=None).count() == 2
    with enter(scheme):
        raised = Concern.objects.get(words=WORDS)
        actions.take_up(concern=raised, by=_works(scheme, Role.SAFEGUARDING_LEAD))
    (waits,) = Notice.objects.filter(kind="concern_nobody", read_at=None)
    assert waits.key != str(raised.pk)


def test_it_ends_also_when_it_is_closed(scheme: Scheme, lead: Person, person: MakePerson) -> None:
    national = person("Abel", national=NationalRoleName.PROGRAMME_MANAGER)
    with enter(scheme):
        raised = actions.take_up(concern=concern("What somebody took up before"), by=lead)
        notice(person_id=national.pk, kind="concern_nobody", key=str(raised.pk), path="/")
        actions.close_concern(concern=raised, what_was_done="They are safe.", by=lead)
    assert Notice.objects.get(kind="concern_nobody").read_at


def test_of_what_somebody_took_up_before_the_message_went_nobody_else_is_told(
    client_at: ClientAt, scheme: Scheme, lead: Person, person: MakePerson
) -> None:
    person("Abel", national=NationalRoleName.PROGRAMME_MANAGER)
    away(scheme, lead.pk, cover=_works(scheme, Role.PRACTITIONER).pk)
    told(client_at(scheme))
    with enter(scheme):
        actions.take_up(concern=Concern.objects.get(), by=lead)
    work()
    assert told_of("concern_nobody") == told_of("concern") == set()


def test_no_word_goes_to_a_national_role_that_has_ended(
    client_at: ClientAt, scheme: Scheme, person: MakePerson, mail_folder: Path
) -> None:
    person("Abel", national=NationalRoleName.PROGRAMME_MANAGER)
    told(client_at(scheme))
    with enter(scheme):
        actions.send_concern(concern_id=Concern.objects.get().pk)
    NationalRole.objects.update(until=clock.today())
    work()
    assert not list(mail_folder.glob("*.eml"))


def test_what_nobody_took_up_never_falls_to_nobody(
    client_at: ClientAt, scheme: Scheme, lead: Person, person: MakePerson
) -> None:
    national = person("Abel", national=NationalRoleName.PROGRAMME_MANAGER)
    told(client_at(scheme))
    work()
    assert told_of("concern_nobody") == set()
    with enter(scheme):
        actions.pass_on(concern=Concern.objects.get())
    work()
    assert told_of("concern_nobody") == {national.pk}


def test_sent_twice_it_is_one(client_at: ClientAt, scheme: Scheme) -> None:
    visitor = client_at(scheme)
    (send,) = re.findall(r'name="send" value="([^"]+)"', visitor.get("/tell-us/harm/").content.decode())
    for _ in range(2):
        visitor.post("/tell-us/harm/", {"words": WORDS, "send": send})
    the_concern(scheme)


def form_of(visitor: Client) -> dict[str, str]:
    (send,) = re.findall(r'name="send" value="([^"]+)"', visitor.get("/tell-us/harm/").content.decode())
    return {"words": WORDS, "send": send}


def test_sent_again_from_the_same_form_the_newest_word_on_who_they_are_counts(
    client_at: ClientAt, scheme: Scheme, person: MakePerson
) -> None:
    """Who goes back to add how to be reached, or to take their name away, has it changed; both ways."""
    robin = person()
    visitor = client_at(scheme, robin)
    form = form_of(visitor)
    visitor.post("/tell-us/harm/", form)
    visitor.post("/tell-us/harm/", form | {"reach_at": "07700 900000", "show_me": "on"})
    found = the_concern(scheme)
    assert (found.reach_at, found.person_id) == ("07700 900000", robin.pk)
    visitor.post("/tell-us/harm/", form | {"reach_at": "07700 900000", "show_me": "on"})
    visitor.post("/tell-us/harm/", form)
    found = the_concern(scheme)
    assert (found.reach_at, found.person_id) == ("", None)
    with enter(scheme):
        changes = Entry.objects.filter(what="changed how a concern says who it is from")
        assert {(entry.by, entry.subject) for entry in changes} == {(robin.pk, robin.pk), (None, robin.pk)}


def test_what_is_closed_is_not_changed_by_sending_it_again(client_at: ClientAt, scheme: Scheme, lead: Person) -> None:
    visitor = client_at(scheme)
    form = form_of(visitor)
    visitor.post("/tell-us/harm/", form)
    with enter(scheme):
        concern = actions.take_up(concern=Concern.objects.get(), by=lead)
        actions.close_concern(concern=concern, what_was_done="Somebody went there.", by=lead)
    visitor.post("/tell-us/harm/", form | {"reach_at": "07700 900000"})
    assert the_concern(scheme).reach_at == ""


def test_a_sign_in_that_ended_loses_the_name_with_a_word_and_not_the_concern(
    client_at: ClientAt, scheme: Scheme, person: MakePerson
) -> None:
    form = form_of(client_at(scheme, person())) | {"show_me": "on"}
    gone = client_at(scheme)
    again = gone.post("/tell-us/harm/", form | {"words": ""}).content.decode()
    assert '<input type="hidden" name="show_me" value="on"' in again
    thanks = gone.post("/tell-us/harm/", form)["Location"]
    assert the_concern(scheme).person_id is None
    page = gone.get(thanks).content.decode()
    assert "Your name was not sent" in page and 'href="/sign-in/?next=/tell-us/harm/"' in page
    assert "Your name was not sent" not in gone.get("/tell-us/harm/thanks/").content.decode()


def test_other_words_from_the_same_form_are_another_concern(client_at: ClientAt, scheme: Scheme) -> None:
    visitor = client_at(scheme)
    (send,) = re.findall(r'name="send" value="([^"]+)"', visitor.get("/tell-us/harm/").content.decode())
    for words in (WORDS, "It happened again."):
        visitor.post("/tell-us/harm/", {"words": words, "send": send})
    with enter(scheme):
        assert {one.words for one in Concern.objects.all()} == {WORDS, "It happened again."}


def test_too_many_from_one_address_keep_their_words_and_are_told_to_call_999(
    client_at: ClientAt, scheme: Scheme
) -> None:
    visitor = client_at(scheme)
    for _ in range(limits.TELLINGS_AN_HOUR):
        told(visitor)
    (send,) = re.findall(r'name="send" value="([^"]+)"', visitor.get("/tell-us/harm/").content.decode())
    answer = visitor.post("/tell-us/harm/", {"words": "It happened again.", "send": send})
    page = answer.content.decode()
    assert answer.status_code == 429
    assert "It happened again." in page and "We have not got this yet" in page and "call 999" in page
    with enter(scheme):
        assert not Concern.objects.filter(words="It happened again.").exists()


def test_whatever_else_is_told_the_box_for_harm_stays_open(client_at: ClientAt, scheme: Scheme) -> None:
    """A whole custody suite may share one address."""
    request = RequestFactory().get("/")
    with enter(scheme):
        while limits.may_tell(request):
            pass
    told(client_at(scheme))
    the_concern(scheme)


def test_nobody_is_named_who_did_not_tick_it(client_at: ClientAt, scheme: Scheme, person: MakePerson) -> None:
    robin = person()
    told(client_at(scheme, robin))
    assert the_concern(scheme).person_id is None
    assert not Entry.objects.about(robin.pk).exists()


def test_whoever_wants_to_be_known_is(client_at: ClientAt, scheme: Scheme, person: MakePerson, lead: Person) -> None:
    robin = person("Robin Sayle")
    told(client_at(scheme, robin), show_me="on")
    found = the_concern(scheme)
    assert found.person_id == robin.pk
    assert "Robin Sayle" in client_at(scheme, lead).get(f"/concerns/{found.pk}/").content.decode()


@pytest.mark.parametrize("role", [Role.INVOLVEMENT_LEAD, Role.PRACTITIONER, Role.STR_WORKER, Role.EDITOR])
def test_no_other_staff_read_it(role: Role, client_at: ClientAt, scheme: Scheme) -> None:
    told(client_at(scheme))
    desk = client_at(scheme, _works(scheme, role))
    for page in ("/concerns/", f"/concerns/{the_concern(scheme).pk}/"):
        assert desk.get(page).status_code == 404
    assert "concern" not in desk.get("/staff/").content.decode().lower()


def test_each_reading_is_written_down_s1(client_at: ClientAt, scheme: Scheme, lead: Person) -> None:
    told(client_at(scheme))
    found = the_concern(scheme)
    desk = client_at(scheme, lead)
    assert WORDS.replace("'", "&#39;") in desk.get(f"/concerns/{found.pk}/").content.decode()
    assert "boy" not in desk.get("/concerns/").content.decode()
    with enter(scheme):
        entry = Entry.objects.filter(operation="read").get()
        assert (entry.by, entry.what) == (lead.pk, "read a concern")


def test_it_is_taken_up_and_closed_with_what_was_done(client_at: ClientAt, scheme: Scheme, lead: Person) -> None:
    told(client_at(scheme))
    address = f"/concerns/{the_concern(scheme).pk}/"
    desk = client_at(scheme, lead)
    assert "Take up a concern" in desk.get("/staff/").content.decode()
    assert "Close this concern" not in desk.get(address).content.decode()
    desk.post(f"{address}take/")
    assert "Take up a concern" not in desk.get("/staff/").content.decode()
    assert "Enter" in desk.post(address, {"what_was_done": ""}).content.decode()
    assert desk.post(address, {"what_was_done": "Told the council."}).status_code == 302
    found = the_concern(scheme)
    assert (found.state, found.taken_by_id, found.what_was_done) == ("Closed", lead.pk, "Told the council.")


def test_what_nobody_takes_up_goes_to_the_managers_once(
    client_at: ClientAt, scheme: Scheme, lead: Person, manager: Person
) -> None:
    told(client_at(scheme))
    for days in (1, 2, 3):
        clock.set_to(clock.now() + timedelta(days=1), frozen=True)
        scheduler.tick()
        passed_on = Notice.objects.filter(person=manager).count()
        assert passed_on == (0 if days == 1 else 1)


def test_what_is_taken_up_in_time_stays_with_the_lead(
    client_at: ClientAt, scheme: Scheme, lead: Person, manager: Person
) -> None:
    told(client_at(scheme))
    with enter(scheme):
        actions.take_up(concern=Concern.objects.get(), by=lead)
    clock.set_to(clock.now() + timedelta(days=5), frozen=True)
    scheduler.tick()
    assert not Notice.objects.filter(person=manager).exists()


def test_the_steps_have_an_order(client_at: ClientAt, scheme: Scheme, lead: Person, manager: Person) -> None:
    told(client_at(scheme))
    with enter(scheme):
        concern = Concern.objects.get()
        with pytest.raises(NotYet):
            actions.close_concern(concern=concern, what_was_done="x", by=lead)
        actions.take_up(concern=concern, by=lead)
        with pytest.raises(AlreadyTaken):
            actions.take_up(concern=concern, by=manager)
        with pytest.raises(NothingSaid):
            actions.close_concern(concern=concern, what_was_done=" ", by=lead)
        actions.close_concern(concern=concern, what_was_done="Done.", by=lead)
        with pytest.raises(AlreadyTaken):
            actions.close_concern(concern=concern, what_was_done="Again.", by=lead)


def test_no_words_are_an_error_in_plain_words(client_at: ClientAt, scheme: Scheme) -> None:
    page = client_at(scheme).post("/tell-us/harm/", {"reach_at": "At the corner shop"}).content.decode()
    assert "Write what you are worried about" in page and "At the corner shop" in page
