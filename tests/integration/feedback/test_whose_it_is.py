"""What is looked up is narrowed to whose it is: one scheme, one point, one purpose, one sayer, and what is in use."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from kit import clock
from people.models import Person, Place
from tenants.feedback import actions, queries
from tenants.feedback.actions import Saying
from tenants.feedback.importing import import_points
from tenants.feedback.models import Consent, GroupTag, Point, Round, Sayer, Theme, Told
from tenants.feedback.rules import Answer, Channel, Decision, Kind, Method, Purpose, Stage
from tenants.schemes.entering import enter
from tenants.schemes.models import Membership, Scheme, Site
from tests.factories.feedback import claimed, decided, letter, published, said, slip, somebody, staff, the_sayer
from tests.factories.people import reached_by_mail
from tests.integration.conftest import MakePerson

ClientAt = Callable[..., Client]


@pytest.fixture
def desk(client_at: ClientAt, scheme: Scheme, owner: Membership) -> Client:
    """The involvement lead, signed in at Ashmere."""
    return client_at(scheme, Person.objects.get(pk=owner.person_id))


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_taking_publication_back_leaves_the_other_agreements_and_the_day_it_was_first_done(
    owner: Membership, person: MakePerson
) -> None:
    sayer = the_sayer(said(somebody(person(), channel=Channel.EMAIL)))
    actions.stop_publishing(sayer=sayer, by=None)
    first = sayer.consents.get(purpose=Purpose.PUBLISH).withdrawn_at
    clock.set_to(clock.now() + timedelta(days=1), frozen=True)
    actions.stop_publishing(sayer=sayer, by=None)
    assert sayer.consents.get(purpose=Purpose.PUBLISH).withdrawn_at == first
    left = set(sayer.consents.filter(withdrawn_at=None).values_list("purpose", flat=True))
    assert left == {Purpose.RECORD, Purpose.CONTACT}


def test_the_same_words_sent_twice_with_the_tick_are_agreed_to_once(inside: Scheme) -> None:
    key = uuid4()
    for _ in range(2):
        sayers = [Saying(kind=Kind.SLIP, may_publish=True)]
        actions.hear(said="A", sayers=sayers, method=Method.TELL_US, by=None, client_key=key)
    assert Consent.objects.filter(purpose=Purpose.PUBLISH).count() == 1


def test_whoever_left_is_no_longer_offered_as_owner(desk: Client, scheme: Scheme, owner: Membership) -> None:
    with enter(scheme):
        point = said()
        actions.no_regard_needed(point=point, why_not="The same for all.", by=Person.objects.get(pk=owner.person_id))
    leaver, gone = staff(scheme)
    Person.objects.filter(pk=leaver.pk).update(name="Lee Leaver")
    assert "Lee Leaver" in read(desk, f"/points/{point.pk}/decide/")
    Membership.objects.filter(pk=gone.pk).update(until=clock.today())
    assert "Lee Leaver" not in read(desk, f"/points/{point.pk}/decide/")


def test_only_this_schemes_sites_and_what_is_in_use_are_offered(desk: Client, scheme: Scheme) -> None:
    with enter(scheme):
        point = said()
        Theme.objects.create(code="old-theme", label="A theme of old", active=False)
        GroupTag.objects.create(code="old-group", label="A group of old", active=False)
    for address in (f"/points/{point.pk}/sort/", "/points/new/"):
        page = read(desk, address)
        assert "Ashmere custody suite" in page
        assert not [words for words in ("Brackwell", "A theme of old", "A group of old") if words in page]


def test_a_closed_group_is_not_among_those_reached(inside: Scheme) -> None:
    GroupTag.objects.create(code="old-group", label="A group of old", active=False)
    assert "old-group" not in [row.group.code for row in queries.reached_by_group()]


def test_the_register_is_filtered_by_places_of_this_scheme_alone(desk: Client) -> None:
    page = read(desk, "/points/")
    assert "Ashmere custody suite" in page and "Brackwell" not in page


def test_a_points_page_names_its_own_place(desk: Client, scheme: Scheme, other_scheme: Scheme) -> None:
    own = Site.objects.get(name="Ashmere magistrates’ court")
    with enter(scheme):
        here, elsewhere = said(site_id=own.pk), said(site_id=other_scheme.sites.earliest("name").pk)
    assert "Ashmere magistrates’ court" in read(desk, f"/points/{here.pk}/")
    assert "Brackwell" not in read(desk, f"/points/{elsewhere.pk}/")


def test_a_closed_account_reports_for_no_group(scheme: Scheme, person: MakePerson) -> None:
    robin = person("Robin")
    with enter(scheme):
        said(somebody(robin))
    Person.objects.filter(pk=robin.pk).update(is_active=False)
    file = b"organisation,group,finding,method,said on,how many,may publish,reporter\nA,B,C,,,,,robin@example.org\n"
    assert import_points(file, scheme=scheme, apply=True).unknown == {"robin@example.org"}


def test_the_register_shows_the_latest_decision(owner: Membership) -> None:
    point = said()
    first = decided(point, owner, Decision.CANNOT)
    decided(point, owner, Decision.WILL, replaces=first)
    (row,) = queries.register(tab=queries.Tab.DECIDED).object_list
    assert row.round is not None and row.round.number == 2


def test_whoever_was_told_by_message_or_letter_is_waited_for_no_longer(owner: Membership, person: MakePerson) -> None:
    lead = Person.objects.get(pk=owner.person_id)
    posted = letter(owner)
    actions.post_letter(told=posted, by=lead)
    decided(said(somebody(reached_by_mail(person()), channel=Channel.EMAIL)), owner)
    later = clock.today() + timedelta(days=14)
    assert (len(Told.objects.in_the_post_since(later)), len(Told.objects.stuck_since(later))) == (1, 1)
    for told in Told.objects.pending():
        actions.end_telling(told=told, by=lead)
    assert (Told.objects.in_the_post_since(later), Told.objects.stuck_since(later)) == ([], [])


def test_staff_are_asked_for_words_only_where_they_may_be_written_and_are_missing(desk: Client, scheme: Scheme) -> None:
    lead, owner = staff(scheme)
    with enter(scheme):
        private, ready, wanted = said(slip(may_publish=False)), said(), said()
        actions.approve_words(point=ready, words="Public", by=lead)
    page = read(desk, "/staff/")
    asked = [point.pk for point in (private, ready, wanted) if f"/points/{point.pk}/words/" in page]
    assert asked == [wanted.pk]


def test_who_was_told_is_no_task_for_staff(desk: Client, scheme: Scheme, owner: Membership) -> None:
    with enter(scheme):
        decided(said(), owner)
    assert "/points/tellings/" not in read(desk, "/staff/")


def test_only_those_who_said_this_point_have_the_scheme_in_their_list(
    inside: Scheme, person: MakePerson, work: Callable[[], None]
) -> None:
    robin = person("Robin")
    said(somebody(robin))
    work()
    Place.objects.filter(person=robin).delete()
    said(somebody(person("Otto")))
    work()
    assert not Place.objects.filter(person=robin).exists()


def test_a_theme_of_points_that_nobody_may_read_is_not_offered_to_the_public(owner: Membership) -> None:
    theme, other = Theme.objects.order_by("code")[:2]
    said(theme=theme)
    published(said(theme=other), owner)
    assert [one.code for one in queries.themes_with_answers()] == [other.code]


def test_each_point_of_ones_own_is_shown_on_its_own_page(inside: Scheme, person: MakePerson) -> None:
    robin = person("Robin")
    points = [said(somebody(robin), words=words) for words in ("The first", "The second")]
    for point in points:
        own = queries.mine_at(robin.pk, point.pk)
        assert own is not None and own.point.pk == point.pk


def test_the_last_answer_of_each_counts_however_often_another_changed_their_mind(owner: Membership) -> None:
    point = said(slip(), slip())
    claimed(point, owner)
    first, second = Sayer.objects.all()
    actions.confirm(sayer=first, answer=Answer.NO, by=None)
    for answer in (Answer.PARTLY, Answer.YES):
        actions.confirm(sayer=second, answer=answer, by=None)
    assert Point.objects.get().stage == Stage.SEEN
    assert Round.objects.get().confirmations.that_count().count() == 2


def test_an_answer_that_is_not_public_yet_is_found_by_nobody_and_hides_none_that_is(owner: Membership) -> None:
    point = said(slip(channel=Channel.LETTER))
    first = published(point, owner)
    decided(point, owner, Decision.CANNOT, answer="The zebra stays outside.", replaces=first)
    assert queries.answered(words="zebra").object_list == []
    assert len(queries.answered(words="card").object_list) == 1


def test_of_points_that_were_asked_for_no_others_come(owner: Membership) -> None:
    asked, other = said(), said()
    for point in (asked, other):
        published(point, owner)
    assert set(queries.pairs_by_id([asked.pk])) == {asked.pk}
