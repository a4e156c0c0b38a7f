"""Words about harm go to the safeguarding lead, never into the register, and to others only where nobody is there."""

from datetime import timedelta
from pathlib import Path
from urllib.parse import unquote

import pytest

from kit import clock, scheduler
from kit.dates import moment
from kit.models import OutboxMessage
from people.actions import notice, read_notice
from people.models import Notice, Person
from people.own_waiting import text
from tenants.feedback import actions
from tenants.feedback.models import ComplaintWay, Concern, Point
from tenants.schemes.entering import enter
from tenants.schemes.models import Absence, NationalRole, Scheme
from tenants.schemes.rights import NationalRoleName, Role
from tests.factories.feedback import concern
from tests.factories.people import someone
from tests.factories.schemes import away, works_at
from tests.integration.conftest import MakePerson
from tests.integration.feedback.concerns.steps import WORDS, ClientAt, told, told_of, work, works


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
        lead, manager = (works(scheme, role) for role in (Role.SAFEGUARDING_LEAD, Role.MANAGER))
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
    waits = f"Nobody at Ashmere sees to what came on {came}. Ring An invented NHS trust, which runs it, today"
    assert waits in page
    assert text(Notice.objects.get(kind="concern_nobody"), Scheme(name="Other")).endswith("Ring whoever runs it, today")
    assert "There is an answer for you" in page and page.count("Nobody at Ashmere sees to") == 1
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
        actions.take_up(concern=raised, by=works(scheme, Role.SAFEGUARDING_LEAD))
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
    away(scheme, lead.pk, cover=works(scheme, Role.PRACTITIONER).pk)
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


@pytest.mark.parametrize("why", ["somebody took it up", "they have looked at it"])
def test_no_word_goes_to_national_staff_for_whom_nothing_waits_any_more(
    why: str, client_at: ClientAt, scheme: Scheme, person: MakePerson, mail_folder: Path
) -> None:
    national = person("Abel", national=NationalRoleName.PROGRAMME_MANAGER)
    told(client_at(scheme))
    with enter(scheme):
        raised = Concern.objects.get()
        actions.send_concern(concern_id=raised.pk)
        if why == "somebody took it up":
            actions.take_up(concern=raised, by=works(scheme, Role.SAFEGUARDING_LEAD))
        else:
            Notice.objects.filter(person_id=national.pk).update(read_at=clock.now())
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


@pytest.mark.parametrize("who", ["national", "manager"])
def test_whoever_read_it_and_nobody_took_it_up_is_told_anew_the_next_day(
    who: str, client_at: ClientAt, scheme: Scheme, person: MakePerson, mail_folder: Path
) -> None:
    role = NationalRoleName.PROGRAMME_MANAGER
    told_first = person("Abel", national=role) if who == "national" else works(scheme, Role.MANAGER)
    kind = "concern_nobody" if who == "national" else "concern"
    told(client_at(scheme))
    work()
    first = Notice.objects.get(kind=kind)
    read_notice(person_id=told_first.pk, kind=kind, key=first.key)
    clock.set_to(clock.now() + timedelta(days=2), frozen=True)
    for _ in range(2):
        scheduler.tick()
        work()
    again = Notice.objects.get(kind=kind)
    assert (again.pk, again.read_at, again.path, again.scheme_id) == (first.pk, None, first.path, scheme.pk)
    assert (again.at == first.at) == (who == "national"), "of what came to nobody it says since when it waits"
    to_them = [one for one in mail_folder.glob("*.eml") if told_first.email in one.read_text()]
    assert len(to_them) == 2
