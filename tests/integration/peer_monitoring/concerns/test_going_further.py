"""A concern that nobody at the scheme sees to goes further, and whoever raised it reads why: nobody was there, nobody
took it up, or nobody there can read it, since the scheme is suspended or closed."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from kit import clock
from kit.dates import moment
from kit.erasure import erase_in_schema
from peer_monitoring.actions.concerns import follow_concern
from peer_monitoring.models import SiteConcern, Visit
from people.models import Notice
from people.own_waiting import text
from tenants.feedback import actions as at_the_scheme
from tenants.feedback.duties import concerns_nobody_took_up
from tenants.schemes import closing
from tenants.schemes.entering import enter
from tenants.schemes.models import NationalRole
from tenants.schemes.rights import NationalRoleName, Role
from tests.factories.feedback import concern as a_concern
from tests.factories.peer_monitoring import settled
from tests.factories.people import someone
from tests.factories.phones import raised
from tests.factories.schemes import works_at
from tests.integration.peer_monitoring.concerns.steps import WORDS, arrived, mine_of, seen_by

NATIONAL = "The national team was asked to ring them. Tell somebody in person now."
NOBODY = "Nobody is in the national team either. Tell somebody in person now. In danger call 999."


@pytest.fixture
def who(ready):
    return ready.monitors[0]


def in_post_nationally(role=NationalRoleName.PROGRAMME_MANAGER):
    made = someone("Abel")
    NationalRole.objects.create(person_id=made.pk, role=role)
    return made


@pytest.fixture
def national():
    return in_post_nationally()


@pytest.fixture(autouse=True)
def frozen():
    clock.set_to(clock.now(), frozen=True)


def left(scheme):
    """Nobody takes up what came, and its day goes by."""
    clock.set_to(clock.now() + timedelta(days=5), frozen=True)
    with enter(scheme):
        concerns_nobody_took_up()
    arrived(scheme)


def moved(scheme, status):
    if move := {"suspended": closing.suspend, "closed": closing.close}.get(status):
        move(slug=scheme.slug, by=None)
    scheme.refresh_from_db()


def told_of(kind):
    return set(Notice.objects.filter(kind=kind).values_list("person_id", flat=True))


@pytest.mark.parametrize("team", ["somebody", "nobody"])
def test_where_a_lead_is_in_post_and_nobody_takes_it_up_it_is_not_said_that_nobody_was_there(
    team, ready, lead, who, scheme, client_at
):
    if team == "somebody":
        national = in_post_nationally()
    visit = settled(ready)
    raised(visit, who)
    arrived(scheme)
    assert "Sent to the safeguarding lead of Ashmere" in seen_by(client_at, visit, who)
    left(scheme)
    page = seen_by(client_at, visit, who)
    further = NATIONAL if team == "somebody" else NOBODY
    assert f"Nobody at Ashmere has taken it up, {moment(clock.now())}. {further}" in page
    assert "was there" not in page
    (told,) = mine_of(client_at, who)["visits"][0]["concerns"]
    assert (told["whom"], told["because"]) == ("national" if team == "somebody" else "nobody", "late")
    if team == "somebody":
        waits = client_at(None, national).get("/my/").content.decode()
        assert "Nobody at Ashmere sees to what came on" in waits and "Nobody is there" not in waits


def test_where_a_manager_is_there_the_next_day_it_says_so_and_no_why(ready, lead, who, scheme, client_at):
    works_at(scheme, someone("Manager").pk, role=Role.MANAGER)
    visit = settled(ready)
    raised(visit, who)
    arrived(scheme)
    left(scheme)
    assert "Sent to the managers of Ashmere" in seen_by(client_at, visit, who)
    assert SiteConcern.objects.get().told_because == ""


@pytest.mark.parametrize("team", ["somebody", "nobody"])
@pytest.mark.parametrize("status", ["suspended", "closed"])
def test_of_a_scheme_that_is_suspended_or_closed_the_national_team_learns_at_once_and_who_raised_it_reads_that(
    as_owner, status, team, ready, lead, who, scheme, client_at
):
    works_at(scheme, someone("Manager").pk, role=Role.MANAGER)
    name = NationalRoleName.PROGRAMME_MANAGER if team == "somebody" else NationalRoleName.OPERATOR
    asked = in_post_nationally(name)
    visit = settled(ready)
    moved(scheme, status)
    raised(visit, who)
    arrived(scheme)
    now, page = moment(clock.now()), seen_by(client_at, visit, who)
    further = NATIONAL if team == "somebody" else NOBODY
    assert f"Nobody at Ashmere can read it, {now}: their pages are closed. {further}" in page
    assert "Sent to" not in page
    (told,) = mine_of(client_at, who)["visits"][0]["concerns"]
    assert (told["whom"], told["because"]) == ("national" if team == "somebody" else "nobody", "shut")
    assert (told_of("concern"), told_of("concern_nobody")) == (set(), {asked.pk}), "nobody there can open it"
    client_at(None, ready.lead).get(f"/groups/voices/visits/{visit.pk}/")
    waits = Notice.objects.filter(person=ready.lead, kind="visit_concern", read_at=None)
    assert not waits.exists(), "nobody there can take it up, so it ends with reading"


@pytest.mark.parametrize("status", ["suspended", "closed"])
def test_who_is_asked_to_ring_a_scheme_whose_pages_do_not_answer_reads_that_and_whom_to_ring(
    as_owner, status, ready, who, scheme, national, client_at
):
    visit = settled(ready)
    moved(scheme, status)
    raised(visit, who)
    arrived(scheme)
    browser, waits = client_at(None, national), Notice.objects.get(kind="concern_nobody")
    words = (
        f"Ashmere is {status}, so nobody there can read what came on {moment(clock.now())}. Ring An invented NHS "
        "trust, which runs it, today"
    )
    assert text(waits, scheme) == words and words in browser.get("/my/").content.decode()
    opened = browser.get(f"/my/notices/{waits.pk}/").content.decode()
    assert words in opened and "Ring them today" in opened and "You cannot read this now" not in opened


def test_what_waits_goes_further_when_its_scheme_is_suspended_and_back_when_it_is_reopened(
    as_owner, ready, lead, who, scheme, national, client_at
):
    visit = settled(ready)
    raised(visit, who)
    (concern,) = arrived(scheme)
    seen = []
    for move in (closing.suspend, closing.reopen, closing.suspend, closing.close):
        clock.set_to(clock.now() + timedelta(minutes=1), frozen=True)
        move(slug=scheme.slug, by=None)
        arrived(scheme)
        seen.append(SiteConcern.objects.values_list("told_to", "told_because").get())
    assert seen == [("national", "shut"), ("safeguarding_lead", ""), ("national", "shut"), ("national", "shut")]
    assert told_of("concern_nobody") == {national.pk}


def taken_up(scheme, lead):
    """What came is taken up."""
    (concern,) = arrived(scheme)
    with enter(scheme):
        concern = at_the_scheme.take_up(concern=concern, by=lead)
    arrived(scheme)
    return concern


def a_minute_later(move, scheme):
    clock.set_to(clock.now() + timedelta(minutes=1), frozen=True)
    move(slug=scheme.slug, by=None)
    arrived(scheme)


def waits_for():
    return set(Notice.objects.filter(kind="concern_nobody", read_at=None).values_list("person_id", flat=True))


@pytest.mark.parametrize("team", ["somebody", "nobody"])
@pytest.mark.parametrize("move", [closing.suspend, closing.close])
def test_what_somebody_took_up_and_has_not_closed_has_nobody_when_its_scheme_is_suspended_or_closed(
    as_owner, move, team, ready, lead, who, scheme, client_at, mailoutbox
):
    name = NationalRoleName.PROGRAMME_MANAGER if team == "somebody" else NationalRoleName.OPERATOR
    asked, visit = in_post_nationally(name), settled(ready)
    raised(visit, who)
    taken_up(scheme, lead)
    assert "Seen by the safeguarding lead of Ashmere" in seen_by(client_at, visit, who)
    mailoutbox.clear()
    a_minute_later(move, scheme)
    now, further = moment(clock.now()), NATIONAL if team == "somebody" else NOBODY
    for reads in (who, ready.lead):
        page = seen_by(client_at, visit, reads)
        assert f"Nobody at Ashmere can read it, {now}: their pages are closed. {further}" in page
        assert "Seen by" not in page
    (told,) = mine_of(client_at, who)["visits"][0]["concerns"]
    whom = "national" if team == "somebody" else "nobody"
    assert (told["state"], told["whom"], told["because"]) == ("told", whom, "shut")
    assert (waits_for(), [one.to for one in mailoutbox]) == ({asked.pk}, [[asked.email]])


def test_the_national_team_is_told_of_it_once_and_who_is_new_in_it_then(
    as_owner, ready, lead, who, scheme, national, client_at, mailoutbox
):
    visit, has_not_looked = settled(ready), someone("Beatrice")
    NationalRole.objects.create(person_id=has_not_looked.pk, role=NationalRoleName.PROGRAMME_MANAGER)
    raised(visit, who)
    taken_up(scheme, lead)
    mailoutbox.clear()
    a_minute_later(closing.suspend, scheme)
    assert (waits_for(), len(mailoutbox)) == ({national.pk, has_not_looked.pk}, 2)
    Notice.objects.filter(kind="concern_nobody", person=national).update(read_at=clock.now())
    a_minute_later(closing.reopen, scheme)
    assert "Seen by the safeguarding lead of Ashmere" in seen_by(client_at, visit, who)
    assert Notice.objects.get(kind="concern", person=lead).read_at is None
    assert waits_for() == set(), "the scheme has it again"
    later = someone("Later")
    NationalRole.objects.create(person_id=later.pk, role=NationalRoleName.PROGRAMME_MANAGER)
    mailoutbox.clear()
    for move in (closing.suspend, closing.close):
        a_minute_later(move, scheme)
        assert f"Nobody at Ashmere can read it, {moment(clock.now())}" in seen_by(client_at, visit, who)
    assert waits_for() == {has_not_looked.pk, later.pk}
    assert sorted(one.to[0] for one in mailoutbox) == sorted([has_not_looked.email, later.email])


def test_who_had_not_looked_is_written_to_each_time_that_the_scheme_is_shut_once_more(
    as_owner, ready, lead, who, scheme, national, mailoutbox
):
    raised(settled(ready), who)
    taken_up(scheme, lead)
    for _ in range(3):
        mailoutbox.clear()
        a_minute_later(closing.suspend, scheme)
        assert (waits_for(), [one.to for one in mailoutbox]) == ({national.pk}, [[national.email]])
        a_minute_later(closing.reopen, scheme)
        assert waits_for() == set()


@pytest.mark.parametrize("there", [True, False])
def test_once_a_scheme_is_reopened_what_it_has_again_waits_for_nobody_in_the_national_team(
    as_owner, there, ready, lead, who, scheme, national, client_at
):
    raised(settled(ready), who)
    has_again = taken_up(scheme, lead)
    raised(settled(ready), who, words="Nobody has taken this up.")
    new = next(one for one in arrived(scheme) if one.pk != has_again.pk)
    a_minute_later(closing.suspend, scheme)
    assert client_at(None, national).get("/my/").content.decode().count("so nobody there can read what came on") == 2
    if not there:
        type(lead).objects.filter(pk=lead.pk).update(is_active=False)
    a_minute_later(closing.reopen, scheme)
    page = client_at(None, national).get("/my/").content.decode()
    waits = {new.pk} if there else {new.pk, has_again.pk}
    assert set(Notice.objects.filter(kind="concern_nobody").values_list("key", flat=True)) == set(map(str, waits))
    assert page.count("Nobody at Ashmere sees to what came on") == len(waits)
    assert "A scheme needed you" not in page, "nobody looked at it"


def test_what_was_taken_up_after_it_went_further_once_is_something_new(as_owner, ready, lead, who, scheme, national):
    raised(settled(ready), who)
    arrived(scheme)
    a_minute_later(closing.suspend, scheme)
    a_minute_later(closing.reopen, scheme)
    left(scheme)
    assert waits_for() == {national.pk}
    clock.set_to(clock.now() + timedelta(minutes=1), frozen=True)
    taken_up(scheme, lead)
    assert waits_for() == set()
    a_minute_later(closing.suspend, scheme)
    assert waits_for() == {national.pk}


def test_what_was_dealt_with_goes_no_further(as_owner, ready, lead, who, scheme, national, client_at):
    visit = settled(ready)
    raised(visit, who)
    concern = taken_up(scheme, lead)
    with enter(scheme):
        at_the_scheme.close_concern(concern=concern, what_was_done="Water was brought.", by=lead)
    for move in (closing.suspend, closing.reopen, closing.close):
        a_minute_later(move, scheme)
    assert "Dealt with at Ashmere" in seen_by(client_at, visit, who)
    assert told_of("concern_nobody") == set()


def test_a_scheme_that_is_opened_again_is_told_of_nothing_that_went_no_further(as_owner, ready, lead, who, scheme):
    moved(scheme, "suspended")
    arrived(scheme)
    with enter(scheme):
        at_the_scheme.take_up(concern=a_concern("Told on paper"), by=lead)
    closing.reopen(slug=scheme.slug, by=None)
    arrived(scheme)
    assert told_of("concern") == set()


def test_after_a_scheme_was_reopened_what_nobody_takes_up_goes_to_the_managers_as_ever(
    as_owner, ready, lead, who, scheme, national, client_at
):
    manager = someone("Manager")
    works_at(scheme, manager.pk, role=Role.MANAGER)
    visit = settled(ready)
    raised(visit, who)
    arrived(scheme)
    closing.suspend(slug=scheme.slug, by=None)
    arrived(scheme)
    left(scheme)
    assert SiteConcern.objects.get().told_because == "shut", "its clocks run on"
    closing.reopen(slug=scheme.slug, by=None)
    arrived(scheme)
    assert told_of("concern") == {lead.pk}
    left(scheme)
    assert told_of("concern") == {lead.pk, manager.pk}


@pytest.mark.parametrize("status", ["open", "suspended", "closed"])
def test_before_somebody_sends_it_they_read_whether_anybody_there_can_read_it(
    as_owner, status, ready, who, scheme, client_at
):
    visit = settled(ready)
    moved(scheme, status)
    page = client_at(None, who).get(f"/groups/voices/visits/{visit.pk}/concern/").content.decode()
    shut = "The pages of Ashmere are closed, so nobody there can read what you write."
    assert (shut in page) == (status != "open")
    assert ("goes at once to the safeguarding lead of Ashmere" in page) == (status == "open")
    assert ("They are told your group" in page) == (status == "open")
    (told,) = mine_of(client_at, who)["visits"]
    assert told["scheme_is_open"] == (status == "open")


@pytest.mark.parametrize("status", ["open", "suspended", "closed"])
def test_after_somebody_sent_it_they_read_the_same_until_it_was_passed_on(
    as_owner, status, ready, who, scheme, national, client_at
):
    visit, client = settled(ready, is_held_back=True), client_at(None, who)
    moved(scheme, status)
    sent = {"words": WORDS, "inside": "no", "send": str(uuid4())}
    page = client.post(f"/groups/voices/visits/{visit.pk}/concern/", sent, follow=True).content.decode()
    shut = "We have it. The pages of Ashmere are closed, so nobody there can read what you write."
    for read in (page, seen_by(client_at, visit, who)):
        assert (shut in read) == (status != "open")
        assert ("It goes to the safeguarding lead of Ashmere." in read) == (status == "open")
    assert ("They are not told which place it is." in page) == (status == "open")
    arrived(scheme)
    assert shut not in seen_by(client_at, visit, who)
    SiteConcern.objects.update(told_at=None, told_to="", told_because="")
    Visit.objects.update(cancelled_at=clock.now())
    (told,) = mine_of(client_at, who)["concerns"]
    assert (told["state"], told["scheme_is_open"]) == ("received", status == "open")


def test_what_was_erased_before_it_went_to_the_scheme_is_said_to_have_gone_nowhere(ready, lead, who, scheme, client_at):
    before, after = settled(ready), settled(ready)
    raised(after, who)
    arrived(scheme)
    raised(before, who)
    erase_in_schema(who.pk, "public")
    assert len(arrived(scheme)) == 1
    assert "Nobody at Ashmere was told. Whoever raised it had all of theirs erased" in seen_by(
        client_at, before, ready.lead
    )
    assert "Sent to the safeguarding lead of Ashmere" in seen_by(client_at, after, ready.lead)


def test_who_was_told_before_and_is_heard_of_later_is_not_told_last(ready, lead, who, scheme):
    raised(settled(ready), who)
    (concern,) = arrived(scheme)
    before = clock.now() - timedelta(minutes=1)
    follow_concern(kept_as=concern.pk, step="told", whom="national", because="late", at=before)
    assert SiteConcern.objects.get().told_to == "safeguarding_lead"


@pytest.mark.parametrize("told_to", ["safeguarding_lead", "manager", ""])
def test_why_it_went_further_is_said_only_where_it_did(told_to, ready, who):
    raised(settled(ready), who)
    wrong = {"told_to": told_to, "told_at": clock.now() if told_to else None, "told_because": "late"}
    with pytest.raises(IntegrityError, match="site_concern_says_why_it_went_further"), transaction.atomic():
        SiteConcern.objects.update(**wrong)
