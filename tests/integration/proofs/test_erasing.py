"""Somebody is erased: their words stand nowhere in the whole database, and others' rows are as they were.

Every row of every table of every schema is read, by the superuser, before and after; and again after a restore.
"""

import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models import QuerySet
from django.test import Client, override_settings
from psycopg import sql
from wagtail.models import Page

import audit
from answers.models import PublishedAnswer
from cms.models import Picture, PictureRendition
from groups import actions as groups
from groups.models import Group, GroupDecision, GroupMembership
from kit import outbox
from kit.erasure import declared
from peer_monitoring import actions as visits
from peer_monitoring.models import Record
from people import actions, erasure
from people.models import Person
from questions.shape import Kind as QuestionKind
from questions.shape import Section
from tenants.feedback import actions as feedback
from tenants.feedback.models import Confirmation, GroupTag, Point, Sayer
from tenants.feedback.rules import Answer, Basis, Channel, Kind, Method
from tenants.schemes.entering import enter
from tenants.schemes.models import Membership, NationalRole, Scheme
from tenants.schemes.privileges import ERASER
from tenants.schemes.rights import NationalRoleName, Role
from tests import databases
from tests.factories import cms, phones
from tests.factories import feedback as saying
from tests.factories import peer_monitoring as monitoring
from tests.factories.groups import a_group, agreed, decided, let_in, promised, reported, seated, trained, works_there
from tests.factories.people import noticed, reached_by_mail, someone
from tests.factories.questions import a_form, a_question, published, words
from tests.factories.schemes import invited, works_at
from tests.integration.conftest import connect_as
from tests.integration.proofs.canaries import Canaries

# Wagtail leaves the temporary file of a picture's smaller copy to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore:Unclosed file:ResourceWarning")

PASSWORD = "maple lamp river"
# Whom an erasure writes about, and what says that it was done.
WRITTEN_BY_ERASING = {"public.audit_entry", "s_ashmere.audit_entry", "s_brackwell.audit_entry", "public.people_erasure"}
# What a monitor found is the group's evidence and stays; who found it goes (ADR 0072).
FOUND = "Nobody had brought water"
Rows = Counter[tuple[str, str]]


class Robin:
    """Somebody of whom every part of the service knows something."""

    def __init__(self, scheme: Scheme, other: Scheme) -> None:
        self.words, self.scheme, self.other = Canaries(), scheme, other
        self.address = f"{self.words.new('address')}@example.org"
        self.person = someone(self.words.new("name"), email=self.address, password=PASSWORD)
        self._in_public()
        for place in (scheme, other):
            self._at(place)
        while outbox.work_once():
            pass
        self.sessions = list(UserSession.objects.filter(user=self.person).values_list("session_key", flat=True))
        assert self.sessions

    def _in_public(self) -> None:
        reached_by_mail(self.person, words=True)
        noticed(self.person, scheme=self.scheme)
        actions.remember_place(person_id=self.person.pk, scheme=self.scheme)
        actions.hand_over(person=self.person, host=self.scheme.host, state_hash="x")
        NationalRole.objects.create(person_id=self.person.pk, role=NationalRoleName.ANALYST)
        group = a_group("Voices")
        seat = seated(group, self.person)
        self._agrees(group)
        self._is_ready_to_visit(seat)
        self._goes_on_a_visit()
        groups.invite(group=a_group("Others"), email=self.address, seat="monitor", by=None)
        invited(self.other, self.address)
        sign_in(self.address, self.words.new("browser"))

    def _is_ready_to_visit(self, seat: GroupMembership) -> None:
        site = self.scheme.sites.earliest("name")
        trained(seat, name=self.words.new("training"))
        works_there(seat, site)
        groups.say_lived_experience(membership=seat, has=True, by=self.person.pk)
        groups.set_vetting(membership=seat, site=site, status="asked", stands_until=None, by=self.person.pk)

    def _agrees(self, group: Group) -> None:
        """For both sides, as whoever wrote it."""
        by = {"by": self.person.pk}
        made = agreed(group, self.scheme, **by)
        decision = decided(made, self.person)
        self.agreed = [
            made, decision, promised(made, self.scheme, **by), reported(decision, self.scheme, **by),
            groups.answer_delivery(decision=decision, answer="no", **by),
            let_in(made, self.scheme.sites.earliest("name"), self.person),
        ]  # fmt: skip

    def _goes_on_a_visit(self) -> None:
        """On its team, inside, with a record that was sent and a change of it that is not sent yet."""
        ready = monitoring.ready_group(self.scheme, "Visitors")
        seated(ready.group, self.person, seat="monitor")
        monitoring.make_ready(self.person, ready.group, ready.lead, ready.site)
        asked = a_form(Section("all", words("All"), (a_question("found", QuestionKind.TEXT),)))
        ready.monitors[0] = self.person
        number = f"{self.words.new('rung')}, 07700 900 982"
        visit = monitoring.settled(
            ready, version=published(ready.group, asked), to_ring=number, to_ring_of_id=self.person.pk
        )
        visits.write_needs(seat=visit.seats.get(person_id=self.person.pk), needs=self.words.new("needs"))
        monitoring.inside(visit, self.person)
        self.record = monitoring.written(visit, self.person, found=FOUND)
        visits.make_phone(name=self.words.new("phone"), by=self.person.pk)
        photo, draft = phones.with_a_photo(self.record).photo_id, phones.sealed_draft(visit, self.person).pk
        self.on_a_visit = [self.record.pk, photo, draft, phones.raised(visit, self.person, words=FOUND).pk]
        other = monitoring.written(visit, ready.monitors[1], found="One thing")
        monitoring.written(visit, ready.monitors[1], instance_id=other.pk, found="Another thing")
        visits.choose(record=other, received=other.received.latest("received_at"), by=self.person.pk)
        draft, changed = visits.correct(record=self.record, by=self.person.pk), self.words.new("draft")
        visits.save_answers(draft=draft, how=lambda was: {**was, "found": changed})

    def _at(self, place: Scheme) -> None:
        new = self.words.new
        owner = works_at(place, self.person.pk, role=Role.INVOLVEMENT_LEAD)
        with enter(place):
            parent = feedback.Agreement(
                basis=Basis.PARENT,
                giver_name=new("giver"),
                giver_relationship=new("giver"),
                evidence_seen=new("evidence"),
                child_view=new("child"),
            )
            alone = saying.said(
                saying.somebody(self.person, channel=Channel.EMAIL, words_in_message=True, agreement=parent),
                words=new("said"),
            )
            feedback.approve_words(point=alone, words=new("public words"), by=self.person)
            saying.decided(alone, owner)
            saying.claimed(saying.said(saying.somebody(self.person), words=new("said")), owner)
            claimed = Point.objects.latest("created_at")
            feedback.confirm(sayer=claimed.sayers.get(), answer=Answer.NO, words=new("still wrong"), by=self.person)
            women = GroupTag.objects.get(code="women")
            reporter = feedback.Saying(kind=Kind.REPORTER, person_id=self.person.pk, speaks_for=women)
            feedback.hear(said="The finding of a group", sayers=[reporter], method=Method.WORKSHOP, by=None)
            self._in_pictures(new)
            page = Page.objects.get(depth=2).specific
            page.owner = self.person
            page.save_revision(user=self.person).publish(user=self.person, skip_permission_checks=True)

    def _in_pictures(self, new: Callable[[str], str]) -> None:
        picture = cms.a_picture(1, title=new("picture"))
        picture.get_rendition("max-30x30")
        cms.agreed(picture, self.person, who=new("who"), reach=self.address)
        portrait = cms.a_picture(1, title=new("portrait"))
        cms.named(self.person, name=new("named"), does=new("does"), photo=portrait, reach=self.address)

    def own_ids(self) -> set[str]:
        """What rows about this person are known by."""
        ids = {str(self.person.pk), self.address, *self.sessions, *self.words.where}
        ids |= {str(one) for one in self.on_a_visit} | {str(one.pk) for one in self.agreed}
        for place in (self.scheme, self.other):
            with enter(place):
                sayers = Sayer.objects.filter(person_id=self.person.pk)
                ids |= {str(pk) for pk in sayers.values_list("pk", flat=True)}
                said = list(sayers.values_list("point_id", flat=True))
                ids |= {
                    str(pk) for pk in PublishedAnswer.objects.filter(point_id__in=said).values_list("pk", flat=True)
                }
                pictures = Picture.objects.exclude(title="A picture")
                ids |= set(PictureRendition.objects.filter(image__in=pictures).values_list("file", flat=True))
                ids |= _references_of(pictures)
        return ids


def _references_of(pictures: QuerySet[Picture]) -> set[str]:
    """The rows in which Wagtail notes what a picture refers to; they hold numbers alone."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t::text FROM wagtailcore_referenceindex t WHERE content_type_id = %s AND object_id = ANY(%s)",
            [ContentType.objects.get_for_model(Picture).pk, [str(pk) for pk in pictures.values_list("pk", flat=True)]],
        )
        return {row for (row,) in cursor.fetchall()}


def nothing_of(robin: Robin) -> set[str]:
    """In which tables of groups that are about a person no row is about this one: an erasure of them shows nothing."""
    tables = [
        model for room in ("groups", "peer_monitoring", "questions") for model in apps.get_app_config(room).get_models()
    ]
    return {
        model._meta.label
        for model in tables
        for about in declared(model)
        if about.by and not model._base_manager.filter(**{about.by: robin.person.pk}).exists()
    }


def sign_in(address: str, browser: str) -> None:
    client = Client(headers={"host": f"{settings.PLATFORM_HOST}:{settings.PUBLIC_PORT}", "user-agent": browser})
    client.get("/sign-in/")
    client.post("/sign-in/", {"login": address, "password": PASSWORD})
    assert "_auth_user_id" in client.session


def others(scheme: Scheme, other: Scheme) -> UUID:
    """Somebody else, with as much of their own."""
    otto = someone("Otto", email="otto@example.org", password=PASSWORD)
    reached_by_mail(otto)
    noticed(otto, scheme=scheme)
    # PostgreSQL samples nothing of a table with one row.
    groups.invite(group=a_group("Otto's"), email="friend@example.org", seat="monitor", by=None)
    invited(other, "colleague@example.org")
    sign_in("otto@example.org", "Otto's browser")
    for place in (scheme, other):
        owner = works_at(place, otto.pk, role=Role.MANAGER)
        with enter(place):
            saying.published(saying.said(saying.somebody(otto), words="What Otto said"), owner)
            saying.published(saying.said(words="What somebody with a slip said"), owner)
            picture = cms.a_picture(1)
            picture.get_rendition("max-40x40")
            cms.agreed(picture, otto, reach="otto@example.org")
            cms.named(otto, name="Otto", photo=picture, reach="otto@example.org")
            audit.record(by=otto, operation="read", what="read a point", subject=otto)
    return otto.pk


def rows_of(database: str) -> Rows:
    """Every row of every table of every schema, as text."""
    found: Rows = Counter()
    with databases.cluster().connect(database=database) as line:
        tables = line.execute(
            "SELECT schemaname, tablename FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
        ).fetchall()
        for schema, table in tables:
            read = sql.SQL("SELECT t::text FROM {} t").format(sql.Identifier(schema, table))
            found.update((f"{schema}.{table}", row) for (row,) in line.execute(read).fetchall())
    return found


def words_left(robin: Robin, database: str) -> dict[str, set[str]]:
    """In which tables words of the person stand, and which."""
    left: dict[str, set[str]] = {}
    for table, row in rows_of(database):
        found = robin.words.found_in(row)
        if found:
            left.setdefault(table, set()).update(found)
    return left


def samples(database: str) -> str:
    """What PostgreSQL keeps of its columns for its plans."""
    with databases.cluster().connect(database=database) as line:
        return "\n".join(row for (row,) in line.execute("SELECT s::text FROM pg_stats s").fetchall())


def take_samples(database: str) -> None:
    """As it does by itself once enough has changed."""
    with databases.cluster().connect(database=database) as line:
        line.execute("ANALYZE")


def counting_each_transaction_by_itself(
    execute: Callable[..., Any], statement: str, params: Any, many: bool, context: dict[str, Any]
) -> Any:
    """PostgreSQL counts what a transaction changed with what one shortly before it did, and would see more."""
    context["connection"].connection.execute("SELECT pg_stat_force_next_flush()")
    return execute(statement, params, many, context)


@contextmanager
def copy_of(database: str) -> Iterator[str]:
    """A backup, brought back under another name."""
    name = f"restored_{os.getpid()}"
    connection.close()
    connection.close_pool()
    with databases.cluster().connect() as line:
        copying = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY")
        line.execute(copying.format(*map(sql.Identifier, (name, database))))
    databases.cluster().give_rights(name)
    try:
        yield name
    finally:
        databases.drop(name)


@pytest.fixture
def robin(as_owner: str, scheme: Scheme, other_scheme: Scheme, mail_folder: Path) -> Iterator[Robin]:
    others(scheme, other_scheme)
    with override_settings(EMAIL_BACKEND="kit.channels.files.FileBackend", EMAIL_FILE_PATH=mail_folder):
        yield Robin(scheme, other_scheme)


def test_nothing_of_the_person_stands_anywhere_and_others_rows_are_as_they_were(
    robin: Robin, as_owner: str, mail_folder: Path
) -> None:
    assert nothing_of(robin) == {"groups.GroupInvitation"}, "which is found by the address"
    before, own = rows_of(as_owner), robin.own_ids()
    there = words_left(robin, as_owner)
    assert len(there) >= 8, there
    assert set().union(*there.values()) == set(robin.words.where.values())
    letters = [file.read_text() for file in mail_folder.glob("*.eml")]
    assert any(robin.words.found_in(letter) for letter in letters)
    take_samples(as_owner)
    assert len(robin.words.found_in(samples(as_owner))) >= 8

    connect_as(ERASER, as_owner)
    with connection.execute_wrapper(counting_each_transaction_by_itself):
        erasure.erase(robin.address)

    assert words_left(robin, as_owner) == {}
    assert robin.words.found_in(samples(as_owner)) == set()
    assert not any(robin.words.found_in(file.read_text()) for file in mail_folder.glob("*.eml"))
    assert not Session.objects.filter(session_key__in=robin.sessions).exists()
    after = rows_of(as_owner)
    touched = [(table, row) for table, row in before - after if not any(mark in row for mark in own)]
    assert touched == []
    added = {table for table, row in after - before if not any(mark in row for mark in own)}
    emptied = {
        "s_ashmere.feedback_point", "s_brackwell.feedback_point", "public.peer_monitoring_visit",
        "public.peer_monitoring_record",
    }  # fmt: skip
    assert added <= WRITTEN_BY_ERASING | emptied
    with enter(robin.scheme):
        assert {"What Otto said", "What somebody with a slip said", "The finding of a group", ""} == set(
            Point.objects.values_list("said", flat=True)
        )
        assert Confirmation.objects.count() == 1
    assert GroupDecision.objects.get().by_id is None
    record = Record.objects.get(pk=robin.record.pk)
    assert (record.person_id, record.answers) == (None, {"found": FOUND})
    sent = record.received.get()
    assert (sent.person_id, FOUND in bytes(sent.body).decode()) == (None, True)
    photo = record.attachments.get().photo
    assert photo and (photo.person_id, photo.picture.width) == (None, 60)

    erasure.erase(robin.person.pk)
    twice = rows_of(as_owner)
    assert after - twice == Counter()
    assert {table for table, _ in twice - after} == {"public.audit_entry"}  # that it was done again is written down


def test_a_backup_older_than_the_erasure_is_emptied_by_the_ledger(robin: Robin, as_owner: str) -> None:
    with copy_of(as_owner) as restored:
        connect_as(ERASER, as_owner)
        erasure.erase(robin.address)
        connect_as(ERASER, restored)
        assert Person.objects.get(pk=robin.person.pk).email == robin.address
        assert words_left(robin, restored) != {}
        assert erasure.replay_ledger() == 1
        assert words_left(robin, restored) == {}
        assert not Membership.objects.of(robin.person.pk).exists()
        once = rows_of(restored)
        assert erasure.replay_ledger() == 1
        again = rows_of(restored)
        assert {table for table, _ in once - again} == {"public.people_erasure"}
        assert {table for table, _ in again - once} == {"public.people_erasure", "public.audit_entry"}
