"""Erasing somebody empties what they said and keeps what staff did."""

from datetime import timedelta
from uuid import uuid4

import pytest

from kit import clock, erasure, scope
from people.models import Person
from tenants.feedback import actions, queries
from tenants.feedback.actions import Agreement, Saying
from tenants.feedback.duties import not_now_is_looked_at_again
from tenants.feedback.errors import WordsErased
from tenants.feedback.models import Consent, GroupTag, Point, Round, Sayer
from tenants.feedback.queries import Tab
from tenants.feedback.rules import Basis, Channel, Decision, Kind, Method, Stage
from tenants.schemes.models import Membership, Scheme
from tests.factories.feedback import decided, published, said, somebody
from tests.factories.people import reached_by_mail
from tests.integration.conftest import MakePerson


def test_every_model_of_the_loop_says_what_it_holds_about_a_person() -> None:
    assert [name for name in erasure.undeclared() if name.startswith("feedback.")] == []


def test_what_one_person_said_is_gone_and_so_is_the_way_to_them(owner: Membership, person: MakePerson) -> None:
    robin = person()
    parent = Agreement(
        basis=Basis.PARENT, giver_name="A parent", giver_relationship="a", evidence_seen="b", child_view="c"
    )
    point = said(somebody(robin, agreement=parent), words="My own story")
    published(point, owner)
    erasure.erase_person(robin.pk)
    point = Point.objects.get()
    sayer = Sayer.objects.get()
    assert (point.said, point.public_words, point.only_person_id) == ("", "", None)
    assert (sayer.kind, sayer.person_id) == (Kind.GONE, None)
    assert "A parent" not in str(list(Consent.objects.values()))
    assert (point.stage, point.rounds.count()) == (Stage.TOLD, 1)
    assert list(queries.answered().object_list) == []


def test_a_finding_of_a_group_outlives_its_reporter_in_the_register_but_not_in_public(
    owner: Membership, person: MakePerson, inside: Scheme
) -> None:
    robin, women = person(), GroupTag.objects.get(code="women")
    point = said(Saying(kind=Kind.REPORTER, person_id=robin.pk, speaks_for=women, may_publish=True), words="A finding")
    published(point, owner)
    erasure.erase_person(robin.pk)
    assert (Point.objects.get().said, Sayer.objects.get().kind) == ("A finding", Kind.GONE)
    assert list(queries.answered().object_list) == []


def test_erasing_somebody_leaves_others_as_they_were(inside: Scheme, person: MakePerson) -> None:
    said(somebody(person()), words="Mine")
    erasure.erase_person(uuid4())
    assert (scope.current(), Point.objects.get().said) == (inside.schema_name, "Mine")


def test_an_erased_point_is_shown_as_erased_to_staff(inside: Scheme, person: MakePerson) -> None:
    robin = person()
    actions.hear(said="A", sayers=[somebody(robin)], method=Method.TELL_US, by=robin)
    erasure.erase_person(robin.pk)
    (row,) = queries.register(tab=Tab.ALL).object_list
    assert row.words == "The words were erased."


def test_an_erased_point_asks_for_no_more_work(inside: Scheme, person: MakePerson) -> None:
    robin = person()
    point = said(somebody(robin))
    erasure.erase_person(robin.pk)
    assert list(queries.register().object_list) == [] and queries.tab_counts()[Tab.WAITING] == 0
    assert (queries.tab_counts()["all"], queries.tab_counts()["waiting"]) == (1, 0)
    (row,) = queries.register(tab=Tab.ALL).object_list
    shown = queries.point_page(point.pk)
    assert (row.clock, row.owner, list(shown.clocks)) == (None, "", [])  # type: ignore[union-attr]


def test_a_not_now_that_was_erased_is_not_looked_at_again(owner: Membership, person: MakePerson) -> None:
    robin = person()
    published(said(somebody(robin)), owner, Decision.NOT_NOW)
    erasure.erase_person(robin.pk)
    clock.set_to(clock.now() + timedelta(days=120), frozen=True)
    not_now_is_looked_at_again()
    assert Point.objects.get().stage == Stage.TOLD


def test_nobody_is_asked_to_tell_somebody_who_was_erased(owner: Membership, person: MakePerson) -> None:
    robin = reached_by_mail(person())
    told = decided(said(somebody(robin, channel=Channel.EMAIL)), owner).tellings.get()
    actions.fail_telling(told=told, note="The message did not go out.")
    assert queries.tasks_of_telling().count() == 1
    erasure.erase_person(robin.pk)
    assert queries.tasks_of_telling().count() == 0


def test_nothing_more_is_done_about_an_erased_point(owner: Membership, lead: Person, person: MakePerson) -> None:
    waiting, promised = said(somebody(person("Robin"))), said(somebody(person("Alex")))
    latest = published(promised, owner)
    for point in (waiting, promised):
        erasure.erase_person(point.sayers.get().person_id)
    for act in (
        lambda: decided(waiting, owner),
        lambda: decided(promised, owner, replaces=latest),
        lambda: actions.sort(point=waiting, theme=None, site_id=None, groups=[], by=lead),
        lambda: actions.approve_words(point=waiting, words="Other words", by=lead),
        lambda: actions.report_progress(point=promised, words="A card hangs.", by=lead),
        lambda: actions.claim_done(point=promised, words="A card hangs.", by=lead),
    ):
        with pytest.raises(WordsErased, match="Nobody is left to answer"):
            act()
    assert actions.acknowledge(point=waiting, by=lead).stage == Stage.SAID
    assert Round.objects.count() == 1
