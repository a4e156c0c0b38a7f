"""How a concern stands: what whoever raised it and the leads read, and what must never be false of it."""

from datetime import timedelta
from importlib import import_module
from operator import itemgetter
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from kit import clock
from kit.dates import moment
from peer_monitoring import actions
from peer_monitoring.actions.concerns import follow_concern
from peer_monitoring.models import Seat, SiteConcern
from tenants.feedback import actions as at_the_scheme
from tenants.schemes.entering import enter
from tenants.schemes.rights import NationalRoleName, Role
from tests.factories.feedback import concern as a_concern
from tests.factories.peer_monitoring import logged, settled
from tests.factories.people import someone
from tests.factories.phones import raised
from tests.factories.schemes import works_at
from tests.integration.peer_monitoring.concerns.steps import WORDS, arrived, mine_of, seen_by


def test_whoever_raised_it_and_the_leads_see_how_it_stands_and_nobody_else(ready, lead, scheme, client_at):
    clock.set_to(clock.now(), frozen=True)
    visit, who = settled(ready), ready.monitors[0]
    raised(visit, who, words=WORDS)

    def stands():
        (told,) = mine_of(client_at, who)["visits"][0]["concerns"]
        pages = [seen_by(client_at, visit, one) for one in (who, ready.lead)]
        assert seen_by(client_at, visit, ready.monitors[1]) == ""
        assert WORDS not in str(told) and not any(WORDS in page for page in pages)
        return told, pages

    told, pages = stands()
    kept = SiteConcern.objects.get()
    assert told == {
        "id": str(kept.id_on_phone), "raised_at": kept.raised_at.isoformat(), "state": "received", "whom": "",
        "because": "", "at": kept.received_at.isoformat(),
    }  # fmt: skip
    assert all("We have it. It goes to the safeguarding lead of Ashmere." in page for page in pages)
    (concern,) = arrived(scheme)
    now = moment(clock.now())
    told, pages = stands()
    assert (told["state"], told["whom"], told["at"]) == ("told", "safeguarding_lead", clock.now().isoformat())
    assert all(f"Sent to the safeguarding lead of Ashmere, {now}. Nobody there has said yet" in page for page in pages)
    with enter(scheme):
        at_the_scheme.take_up(concern=concern, by=lead)
    arrived(scheme)
    told, pages = stands()
    assert (told["state"], told["whom"]) == ("seen", "safeguarding_lead")
    assert all(f"Seen by the safeguarding lead of Ashmere, {now}. They see to it." in page for page in pages)
    with enter(scheme):
        at_the_scheme.close_concern(concern=concern, what_was_done="Water was brought.", by=lead)
    arrived(scheme)
    told, pages = stands()
    assert (told["state"], told["whom"]) == ("done", "")
    assert all(f"Dealt with at Ashmere, {now}." in page and "Water" not in page for page in pages)


def test_the_app_is_told_of_ones_own_concerns_alone(ready, client_at):
    visit, other = settled(ready), settled(ready)
    for one, where in ((ready.monitors[0], visit), (ready.monitors[1], visit), (ready.monitors[0], other)):
        raised(where, one)
    told = {one["id"]: len(one["concerns"]) for one in mine_of(client_at, ready.monitors[0])["visits"]}
    assert told == {str(visit.pk): 1, str(other.pk): 1}
    raised(visit, ready.monitors[0], words="Another")
    (first, second) = next(
        one["concerns"] for one in mine_of(client_at, ready.monitors[0])["visits"] if one["id"] == str(visit.pk)
    )
    assert first["raised_at"] < second["raised_at"]


def test_where_the_managers_stand_in_it_says_so(ready, scheme, client_at):
    manager = someone("Manager")
    works_at(scheme, manager.pk, role=Role.MANAGER)
    visit = settled(ready)
    raised(visit, ready.monitors[0])
    (concern,) = arrived(scheme)
    assert "Sent to the managers of Ashmere" in seen_by(client_at, visit, ready.monitors[0])
    with enter(scheme):
        at_the_scheme.take_up(concern=concern, by=manager)
    arrived(scheme)
    assert "Seen by a manager of Ashmere" in seen_by(client_at, visit, ready.monitors[0])


@pytest.mark.parametrize("team", ["somebody", "nobody"])
def test_where_nobody_of_the_scheme_is_there_the_group_reads_that_and_whether_anybody_was_told(
    team, ready, scheme, person, client_at
):
    if team == "somebody":
        person("Abel", national=NationalRoleName.PROGRAMME_MANAGER)
    clock.set_to(clock.now(), frozen=True)
    visit, who = settled(ready), ready.monitors[0]
    raised(visit, who)
    arrived(scheme)
    page, now = seen_by(client_at, visit, who), moment(clock.now())
    (told,) = mine_of(client_at, who)["visits"][0]["concerns"]
    if team == "somebody":
        words = f"Nobody at Ashmere was there, {now}. The national team was asked to ring them. Tell somebody in person"
    else:
        words = f"Nobody at Ashmere was there, {now}. Nobody is in the national team either. Tell somebody in person"
    assert words in page and "Sent to" not in page
    assert (told["state"], told["whom"]) == ("told", "national" if team == "somebody" else "nobody")


def test_no_words_are_read_for_the_page_of_a_visit_or_for_the_app(ready, client_at):
    visit, who = settled(ready), ready.monitors[0]
    raised(visit, who, words=WORDS)
    assert SiteConcern.objects.get().words == WORDS
    client = client_at(None, who)
    with CaptureQueriesContext(connection) as asked:
        assert "Concerns that you raised" in client.get(f"/groups/voices/visits/{visit.pk}/").content.decode()
        assert client.get("/app/mine.json").json()["visits"][0]["concerns"]
    of_concerns = [one["sql"] for one in asked if "peer_monitoring_siteconcern" in one["sql"]]
    assert of_concerns and not any("words" in sql for sql in of_concerns)


@pytest.mark.parametrize(("step", "whom"), [("tolled", "manager"), ("told", "managers"), ("seen", ""), ("told", "")])
def test_what_is_misspelt_of_a_concern_is_not_written_down(step, whom, ready, lead, scheme):
    raised(settled(ready), ready.monitors[0])
    (concern,) = arrived(scheme)
    SiteConcern.objects.update(told_to="", told_at=None)
    with pytest.raises(ValueError, match="is not a valid"):
        follow_concern(kept_as=concern.pk, step=step, whom=whom, at=clock.now())
    kept = SiteConcern.objects.get()
    assert (kept.told_at, kept.seen_at) == (None, None)


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("site_concern_says_who_was_told_and_when", {"told_to": "manager"}),
        ("site_concern_says_who_was_told_and_when", {"told_at": clock.now()}),
        ("site_concern_says_who_was_told_and_when", {"told_to": "mayor", "told_at": clock.now()}),
        ("site_concern_says_who_sees_to_it_and_since", {"seen_by": "manager"}),
        ("site_concern_says_who_sees_to_it_and_since", {"seen_at": clock.now()}),
        ("site_concern_says_who_sees_to_it_and_since", {"seen_by": "national", "seen_at": clock.now()}),
        ("site_concern_is_seen_before_it_is_done", {"done_at": clock.now()}),
        ("site_concern_is_kept_as_one_of_its_own", {"kept_as": uuid4()}),
    ],
)
def test_what_must_never_be_false_of_a_concern_is_refused(name, fields, ready):
    for one in ready.monitors:
        raised(settled(ready), one)
    with pytest.raises(IntegrityError, match=f'"{name}"'), transaction.atomic():
        SiteConcern.objects.update(**fields)


def test_what_could_not_be_true_before_is_put_right_on_a_full_database(as_owner, ready):
    names = [one.name for one in SiteConcern._meta.constraints if one.name.startswith("site_concern")]
    now = clock.now()
    wrong = (
        {"told_to": "manager"}, {"told_at": now}, {"seen_by": "manager"}, {"seen_at": now}, {"done_at": now},
        {"told_to": "manager", "told_at": now, "seen_by": "manager", "seen_at": now, "done_at": now},
    )  # fmt: skip
    visit = settled(ready)
    for _ in wrong:
        raised(visit, ready.monitors[0])
    with connection.cursor() as cursor:
        for name in names:
            drop = (
                "DROP INDEX" if "one_of_its_own" in name else "ALTER TABLE peer_monitoring_siteconcern DROP CONSTRAINT"
            )
            cursor.execute(f"{drop} {name}")
    for concern, fields in zip(SiteConcern.objects.all(), wrong, strict=True):
        SiteConcern.objects.filter(pk=concern.pk).update(**fields)
    import_module("peer_monitoring.migrations.0014_nobody_was_told_of_a_concern").put_right(apps, None)
    with connection.schema_editor() as editor:
        for one in SiteConcern._meta.constraints:
            if one.name in names:
                editor.add_constraint(SiteConcern, one)
    found = [(one.told_to, one.seen_by, bool(one.seen_at), bool(one.done_at)) for one in SiteConcern.objects.all()]
    assert found == [
        ("", "", False, False), ("", "", False, False), ("", "", False, False), ("", "safeguarding_lead", True, False),
        ("", "safeguarding_lead", True, True), ("manager", "manager", True, True),
    ]  # fmt: skip


def test_a_concern_that_nobody_raised_on_a_visit_stands_on_none(ready, lead, scheme, client_at):
    visit = settled(ready)
    raised(visit, ready.monitors[0])
    arrived(scheme)
    with enter(scheme):
        other = a_concern("Told on a page")
        at_the_scheme.take_up(concern=other, by=lead)
    arrived(scheme)
    assert "Sent to the safeguarding lead" in seen_by(client_at, visit, ready.monitors[0])


def test_how_a_concern_stands_is_told_to_the_app_also_after_its_visit_was_closed_called_off_or_left(ready, client_at):
    clock.set_to(clock.now(), frozen=True)
    over, off, left, on = logged(ready), settled(ready), settled(ready), settled(ready)
    who = ready.monitors[0]
    made = {one.visit_id: one for one in (raised(visit, who) for visit in (over, off, left, on))}
    raised(over, ready.monitors[1])
    assert mine_of(client_at, who)["concerns"] == []
    actions.close(visit=over, by=ready.lead.pk)
    actions.cancel(visit=off, why="CanaryWhy", by=ready.lead.pk)
    Seat.objects.filter(visit=left, person_id=who.pk).update(left_at=clock.now())
    told = mine_of(client_at, who)
    assert [len(one["concerns"]) for one in told["visits"]] == [1]
    # All were raised at one moment, so none comes before another.
    assert sorted(told["concerns"], key=itemgetter("visit")) == [
        {
            "id": str(made[visit.pk].id_on_phone), "raised_at": made[visit.pk].raised_at.isoformat(),
            "state": "received", "whom": "", "because": "", "at": made[visit.pk].received_at.isoformat(),
            "visit": str(visit.pk), "site": ready.site.name, "scheme": "Ashmere",
            "scheme_is_open": True,
        }
        for visit in sorted((over, off, left), key=lambda one: str(one.pk))
    ]  # fmt: skip
    SiteConcern.objects.update(received_at=clock.now() - timedelta(days=61))
    told = mine_of(client_at, who)
    assert (told["concerns"], [len(one["concerns"]) for one in told["visits"]]) == ([], [1])


def test_concerns_on_visits_that_are_closed_cost_the_same_for_any_number(ready, client_at):
    going = client_at(None, ready.monitors[0])

    def cost():
        with CaptureQueriesContext(connection) as asked:
            told = going.get("/app/mine.json").json()
        return len(asked), len(told["concerns"])

    def one_more():
        visit = logged(ready)
        raised(visit, ready.monitors[0])
        actions.close(visit=visit, by=ready.lead.pk)

    settled(ready)
    one_more()
    cost()  # the first time its sign-in gets its mark
    one, _ = cost()
    for _ in range(4):
        one_more()
    assert cost() == (one, 5)
