"""A point arrives."""

from datetime import date
from importlib import import_module
from uuid import UUID, uuid4, uuid5

import pytest
from django.apps import apps

from audit.models import Entry
from kit import codes
from kit.models import OutboxMessage
from people.models import Person, Place
from tenants.feedback import actions
from tenants.feedback.actions import Agreement, Heard, Saying
from tenants.feedback.actions.hearing import STORED, stored_key
from tenants.feedback.errors import NothingSaid
from tenants.feedback.models import Consent, GroupTag, Point
from tenants.feedback.rules import Basis, Channel, Kind, Method, Purpose, Stage
from tenants.schemes.models import Scheme
from tests.factories.feedback import said, slip, somebody, the_sayer
from tests.integration.conftest import MakePerson

PARENT = Agreement(
    basis=Basis.PARENT,
    giver_name="A parent",
    giver_relationship="mother",
    evidence_seen="birth certificate",
    child_view="She wants it told.",
)


def test_a_point_waits_to_be_seen_and_its_clock_starts_on_the_day_it_came(inside: Scheme) -> None:
    point = said(received_on=date(2026, 10, 30))
    assert (point.stage, point.due_on) == (Stage.SAID, date(2026, 11, 6))


def test_the_code_of_a_new_slip_is_given_once_and_only_its_fingerprint_is_kept(inside: Scheme) -> None:
    heard = actions.hear(said="A", sayers=[Saying(kind=Kind.SLIP)], method=Method.TELL_US, by=None)
    assert the_sayer(heard.point).slip == codes.fingerprint(heard.code)
    assert heard.code not in str(Point.objects.values().get())


def test_whoever_has_an_account_gets_no_slip(inside: Scheme, person: MakePerson) -> None:
    robin = person()
    heard = actions.hear(said="A", sayers=[somebody(robin)], method=Method.TELL_US, by=robin)
    assert heard.code == ""
    assert the_sayer(heard.point).channel == Channel.PAGE


def test_consent_is_a_record_for_each_purpose_apart_s3(inside: Scheme, person: MakePerson) -> None:
    quiet = the_sayer(said(slip(may_publish=False)))
    assert [one.purpose for one in quiet.consents.all()] == [Purpose.RECORD]
    open_ = the_sayer(said(somebody(person(), channel=Channel.EMAIL)))
    assert {one.purpose for one in open_.consents.all()} == {Purpose.RECORD, Purpose.PUBLISH, Purpose.CONTACT}
    record = quiet.consents.get()
    assert all([record.what, record.to_whom, record.explained_how, record.wording_version, record.given_at])


def test_a_parents_consent_keeps_all_four_things_s4(inside: Scheme) -> None:
    consent = the_sayer(said(slip(agreement=PARENT, may_publish=False))).consents.get()
    assert (consent.giver_name, consent.child_view) == ("A parent", "She wants it told.")


@pytest.mark.parametrize("missing", ["giver_name", "giver_relationship", "evidence_seen", "child_view"])
def test_a_parents_consent_is_refused_without_any_one_of_them_s4(inside: Scheme, missing: str) -> None:
    parts = {name: getattr(PARENT, name) for name in PARENT.__slots__} | {missing: " "}
    with pytest.raises(NothingSaid, match="parental responsibility"):
        said(slip(agreement=Agreement(**parts)))


def test_nothing_is_heard_from_an_empty_box(inside: Scheme) -> None:
    with pytest.raises(NothingSaid, match="Write something"):
        said(words=" \n ")


def test_nothing_is_heard_from_nobody(inside: Scheme) -> None:
    with pytest.raises(NothingSaid, match="Say who said it"):
        actions.hear(said="A", sayers=[], method=Method.TELL_US, by=None)


def test_a_form_that_is_sent_twice_is_one_point_with_one_code(inside: Scheme) -> None:
    key = uuid4()
    first, second = (
        actions.hear(said="A", sayers=[Saying(kind=Kind.SLIP)], method=Method.TELL_US, client_key=key, by=None)
        for _ in range(2)
    )
    assert (first.point, first.code) == (second.point, second.code)
    assert (first.is_new, second.is_new, Point.objects.count()) == (True, False, 1)


def test_a_form_sent_again_with_other_words_is_another_point(inside: Scheme) -> None:
    key = uuid4()
    for words in ("A", "A, and also B"):
        actions.hear(said=words, sayers=[Saying(kind=Kind.SLIP)], method=Method.TELL_US, client_key=key, by=None)
    assert Point.objects.count() == 2


def test_the_ticks_of_the_last_time_count_when_a_form_is_sent_again(inside: Scheme) -> None:
    key = uuid4()
    agreed = []
    for tick in (True, False, True):
        sayer = Saying(kind=Kind.SLIP, may_publish=tick)
        actions.hear(said="A", sayers=[sayer], method=Method.TELL_US, client_key=key, by=None)
        agreed.append(Point.objects.agreed_to_be_public().exists())
    assert agreed == [True, False, True]
    assert Consent.objects.filter(purpose=Purpose.PUBLISH).count() == 2


def test_collecting_what_somebody_said_is_written_down_with_its_basis_s1(inside: Scheme, person: MakePerson) -> None:
    robin = person()
    point = said(somebody(robin))
    entry = Entry.objects.get(operation="collect")
    assert (entry.subject, entry.thing_id, entry.basis) == (robin.pk, str(point.pk), "consent")


def test_a_finding_belongs_to_its_group_s76(inside: Scheme, person: MakePerson) -> None:
    women = GroupTag.objects.get(code="women")
    reporter = Saying(kind=Kind.REPORTER, person_id=person().pk, speaks_for=women)
    point = said(reporter, method=Method.WORKSHOP, groups=[women], how_many=9)
    assert list(point.groups.all()) == [women]
    assert the_sayer(point).voice == "reporter"


def test_whoever_said_something_finds_the_scheme_in_their_own_list(inside: Scheme, person: MakePerson, work) -> None:
    robin = person()
    said(somebody(robin))
    work()
    assert Place.objects.get(person=robin).scheme_id == inside.pk


def test_what_is_put_into_the_outbox_holds_no_words(inside: Scheme) -> None:
    said(words="Something private")
    assert "private" not in str(list(OutboxMessage.objects.values()))


def test_no_code_can_be_made_from_what_is_kept_of_a_form_though_it_is_known_when_it_comes_again(inside: Scheme) -> None:
    """ADR 0011: with the whole database and the secret key nobody makes a code."""
    form = uuid4()
    code = hear_slip(form).code
    kept = Point.objects.get()
    rows = [kept.client_key, kept.pk, kept.sayers.get().pk, *kept.sayers.get().consents.values_list("pk", flat=True)]
    for key in rows:
        made = [key, stored_key(key), uuid5(key, "\x1fA"), uuid5(STORED, key.hex)]
        assert code not in {codes.code_for(one) for one in made}
    assert hear_slip(form).point == kept and hear_slip(form).code == code


def test_what_was_kept_of_forms_before_leads_nowhere_either_and_they_are_known_when_they_come_again(
    inside: Scheme, lead: Person
) -> None:
    form = uuid4()
    heard = hear_slip(form)
    part = actions.split(
        point=said(words="Cold. Dark."), stays="Cold.", goes="Dark.", theme=None, client_key=form, by=lead
    )
    # As it stood before: what the code is made of.
    Point.objects.filter(pk=heard.point.pk).update(client_key=heard.key)
    assert codes.code_for(Point.objects.get(pk=heard.point.pk).client_key) == heard.code
    migration = import_module("tenants.feedback.migrations.0030_keys_of_forms")
    migration.keep_no_way_back(apps, None)
    assert codes.code_for(Point.objects.get(pk=heard.point.pk).client_key) != heard.code
    assert hear_slip(form).point == heard.point
    assert Point.objects.get(pk=part.pk).client_key == part.client_key


def hear_slip(form: UUID) -> Heard:
    return actions.hear(said="A", sayers=[Saying(kind=Kind.SLIP)], method=Method.TELL_US, client_key=form, by=None)
