"""What a scheme's own site shows is found nationally, and nothing else: however and whenever it changes (S18)."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from answers import actions as national
from answers.models import PublishedAnswer
from kit import clock, outbox, scheduler
from kit.models import OutboxMessage
from people.erasure import _empty_in, erase
from people.models import Person
from tenants.feedback import actions, queries
from tenants.feedback.actions import Saying
from tenants.feedback.models import GroupTag, Point, Round, Told
from tenants.feedback.queries.published import published_answers
from tenants.feedback.rules import Answer, Channel, Decision
from tenants.schemes.entering import enter
from tenants.schemes.models import Membership, Scheme
from tenants.schemes.privileges import ERASER, OWNER
from tests.factories.feedback import decided, of_a_parent, published, quoted, said, slip, somebody
from tests.factories.people import reached_by_mail
from tests.integration.answers.conftest import WAITING, Publish, Refuse, kept, lead_of
from tests.integration.conftest import MakePerson, connect_as

PRIVATE = "I waited nine hours in a cell at Ashmere and cried."
PUBLIC = "People were not told how long they would wait."
Owners = dict[str, Membership]
Work = Callable[[], None]


def together(sayer: Saying, *, by: Person) -> Point:
    """A point by which a later one of this sayer's is answered too."""
    first = said()
    clock.set_to(clock.now() + timedelta(seconds=1), frozen=True)
    return actions.answer_together(points=[first, said(sayer, words="I was cold.")], by=by)


def test_a_published_answer_is_found_as_its_own_site_shows_it(scheme: Scheme, publish: Publish) -> None:
    with enter(scheme):
        groups = [GroupTag.objects.get(code="women")]
        site = scheme.sites.get(kind="custody")
    point = publish(scheme, PRIVATE, theme=WAITING, groups=groups, site_id=site.pk, how_many=12)
    row = kept(point)
    assert row is not None
    with enter(scheme):
        (pair,) = queries.answered()
    assert (row.said, row.answer, row.reason, row.who) == (pair.said, pair.answer, pair.why, pair.who)
    assert (row.theme_code, row.groups, row.site_kind, row.people) == (WAITING, ["women"], "custody", 10)
    assert [stop for stop, _ in row.line] == [stop.done for stop in pair.stops]


def test_no_word_of_what_was_said_and_no_id_of_a_person_comes_along(
    scheme: Scheme, publish: Publish, person: MakePerson
) -> None:
    sayer = person("Jo")
    point = publish(scheme, PRIVATE, sayers=[somebody(sayer)])
    row = str(PublishedAnswer.objects.filter(point_id=point.pk).values().get())
    assert PUBLIC in row
    assert "cell" not in row and "cried" not in row and str(sayer.pk) not in row and "Jo" not in row


def test_a_quote_stays_on_the_site_for_which_it_was_given(scheme: Scheme, publish: Publish, work: Work) -> None:
    point = publish(scheme)
    with enter(scheme):
        quoted(point, "how long I would wait.")
        assert queries.answered()[0].quotes == ["how long I would wait."]
    work()
    assert "how long I would" not in str(PublishedAnswer.objects.values().get())


@pytest.mark.parametrize(("how_many", "people"), [(None, None), (3, 0), (9, 0), (12, 10), (13, 15)])
def test_people_are_counted_by_the_rule_of_disclosure(
    how_many: int | None, people: int | None, scheme: Scheme, publish: Publish
) -> None:
    """docs/formulas.md §3."""
    row = kept(publish(scheme, how_many=how_many))
    assert row is not None and row.people == people


def test_what_is_not_public_on_the_site_is_not_found(scheme: Scheme, owners: Owners, work: Work) -> None:
    with enter(scheme):
        decided(said(), owners["ashmere"])
        letter = said(slip(channel=Channel.LETTER))
        actions.approve_words(point=letter, words=PUBLIC, by=lead_of(owners["ashmere"]))
        decided(letter, owners["ashmere"])
    work()
    assert not PublishedAnswer.objects.exists()


def test_words_that_are_taken_back_are_gone_at_once(scheme: Scheme, publish: Publish, work: Work) -> None:
    point = publish(scheme)
    with enter(scheme):
        actions.stop_publishing(sayer=point.sayers.get(), by=None)
    work()
    assert kept(point) is None


def test_what_somebody_takes_back_altogether_is_gone(scheme: Scheme, publish: Publish, work: Work) -> None:
    point = publish(scheme)
    with enter(scheme):
        actions.take_back(sayer=point.sayers.get(), by=None)
    work()
    assert kept(point) is None


def test_an_erasure_takes_the_answer_away_in_its_own_transaction(
    as_owner: str, scheme: Scheme, publish: Publish, person: MakePerson
) -> None:
    """No worker and no clock runs here: what an erasure empties waits for neither."""
    sayer = person("Jo")
    point, other = publish(scheme, sayers=[somebody(sayer)]), publish(scheme, "The form was hard.")
    connect_as(ERASER, as_owner)
    erase(sayer)
    assert kept(point) is None and kept(other) is not None


def test_another_answer_that_cannot_come_holds_no_erasure_back(
    as_owner: str, refuse: Refuse, scheme: Scheme, owners: Owners, publish: Publish, person: MakePerson
) -> None:
    """It rests on somebody else who was erased before, and the night tries it again."""
    first, then = person("Jo"), person("Kim")
    with enter(scheme):
        other = together(somebody(first, may_publish=False), by=lead_of(owners["ashmere"]))
        published(other, owners["ashmere"])
    point = publish(scheme, sayers=[somebody(then)])
    connect_as(ERASER, as_owner)
    erase(first)
    connect_as(OWNER, as_owner)
    PublishedAnswer.objects.filter(point_id=other.pk).update(reason="Another reason.")
    refuse(other)
    connect_as(ERASER, as_owner)
    erase(then)
    assert kept(point) is None
    row = kept(other)
    assert row is not None and row.reason == "Another reason."


def test_an_answer_that_cannot_be_taken_away_holds_its_own_erasure_back(
    as_owner: str, hold: Refuse, scheme: Scheme, publish: Publish, person: MakePerson
) -> None:
    """Done again, it goes on: no words are found nationally that their own scheme has lost."""
    sayer = person("Jo")
    point = publish(scheme, sayers=[somebody(sayer)])
    hold(point)
    connect_as(ERASER, as_owner)
    with pytest.raises(IntegrityError):
        erase(sayer)
    with enter(scheme):
        assert Point.objects.get(pk=point.pk).said and kept(point) is not None


def test_what_is_passed_on_is_gone(scheme: Scheme, owners: Owners, publish: Publish, work: Work) -> None:
    point = publish(scheme)
    with enter(scheme):
        actions.hand_over(point=point, note="", by=lead_of(owners["ashmere"]))
    work()
    assert kept(point) is None


def test_new_words_and_a_new_answer_take_the_place_of_the_old(
    scheme: Scheme, owners: Owners, publish: Publish, work: Work
) -> None:
    point = publish(scheme)
    lead = lead_of(owners["ashmere"])
    with enter(scheme):
        actions.approve_words(point=point, words="Waiting was long.", by=lead)
        again = decided(
            point, owners["ashmere"], Decision.CANNOT, answer="We have no room.", replaces=Round.objects.get()
        )
    work()
    row = PublishedAnswer.objects.get()
    assert (row.said, row.decision, row.answer) == ("Waiting was long.", "cannot", "We have no room.")
    assert row.answered_at == again.public_from


def test_what_was_done_and_confirmed_is_shown(scheme: Scheme, owners: Owners, publish: Publish, work: Work) -> None:
    point = publish(scheme)
    with enter(scheme):
        actions.claim_done(point=point, words="The card hangs.", by=lead_of(owners["ashmere"]))
    work()
    row = kept(point)
    assert row is not None and [done for done, _ in row.line] == [True] * 5 + [False]
    with enter(scheme):
        actions.confirm(sayer=point.sayers.get(), answer=Answer.NO, by=None)
    work()
    row = kept(point)
    assert row is not None and row.waits_again and row.says.startswith("None of the people")


def test_a_message_that_comes_twice_or_late_does_no_harm(scheme: Scheme, publish: Publish, work: Work) -> None:
    """Each message reads what is true when it is handled, whatever it was put for."""
    point = publish(scheme)
    with enter(scheme):
        actions.stop_publishing(sayer=point.sayers.get(), by=None)
    work()
    with enter(scheme), transaction.atomic():
        for _ in range(2):
            outbox.put("feedback.public", key=f"{point.pk}:{uuid4()}", point=point.pk)
    work()
    assert kept(point) is None


def test_the_same_message_again_changes_nothing(scheme: Scheme, publish: Publish) -> None:
    row = kept(point := publish(scheme))
    with enter(scheme):
        actions.publish_nationally(point_id=point.pk)
    assert kept(point) == row
    assert PublishedAnswer.objects.count() == 1


def test_messages_hold_ids_alone(scheme: Scheme, owners: Owners) -> None:
    with enter(scheme):
        point = said(words=PRIVATE)
        actions.approve_words(point=point, words=PUBLIC, by=lead_of(owners["ashmere"]))
    (message,) = OutboxMessage.objects.filter(kind="feedback.public")
    assert message.payload == {"point": str(point.pk)}


def test_a_day_that_comes_takes_words_away_without_anybody_acting(
    scheme: Scheme, owners: Owners, publish: Publish, compared: None
) -> None:
    """A parent's word for a child ends in a month, which nobody announces (S4): the clock looks every minute."""
    next_month = (clock.today() + timedelta(days=40)).replace(day=1)
    point = publish(scheme, sayers=[slip(agreement=of_a_parent(review_on=next_month))])
    assert kept(point) is not None
    assert not scheduler.tick(clock.now() + timedelta(days=45)).failures
    assert kept(point) is None


def test_what_a_lost_message_left_out_comes_with_the_next_minute(
    scheme: Scheme, publish: Publish, compared: None
) -> None:
    point = publish(scheme)
    PublishedAnswer.objects.all().delete()
    scheduler.tick()
    assert kept(point) is not None


def test_what_was_changed_past_us_is_found_by_comparing_and_mended(scheme: Scheme, publish: Publish) -> None:
    changed, missing = publish(scheme), publish(scheme, "The form was hard to read.")
    PublishedAnswer.objects.filter(point_id=changed.pk).update(reason="Another reason.")
    PublishedAnswer.objects.filter(point_id=missing.pk).delete()
    with enter(scheme):
        gone = published_answers([changed.pk])[changed.pk]
        stranger = national.keep(scheme_id=scheme.pk, point_id=uuid4(), published=gone).point_id
        step = actions.compare(mend=True)
        assert (step.otherwise, step.missing, step.gone) == ([changed.pk], [missing.pk], [stranger])
        assert actions.compare().is_kept


def test_one_scheme_touches_no_answer_of_another(scheme: Scheme, other_scheme: Scheme, publish: Publish) -> None:
    here, there = publish(scheme), publish(other_scheme)
    with enter(scheme):
        Point.objects.all().update(public_words_approved_at=None, public_words_by_id=None)
        actions.keep_in_step()
    assert kept(here) is None and kept(there) is not None


def test_handing_over_costs_the_same_for_any_number_of_answers(
    scheme: Scheme, publish: Publish, django_assert_max_num_queries
) -> None:
    for number in range(4):
        publish(scheme, f"The form number {number} was hard.")
    with enter(scheme), django_assert_max_num_queries(14):
        assert len(published_answers()) == 4


def test_an_erasure_of_somebody_who_could_not_be_told_changes_the_line_here_too(
    scheme: Scheme, owners: Owners, person: MakePerson, work: Work
) -> None:
    """Who is erased is told by nobody, so all others were told: though their words never stood on the website."""
    lead, silent = lead_of(owners["ashmere"]), reached_by_mail(person("Jo"))
    with enter(scheme):
        point = together(somebody(silent, may_publish=False, channel=Channel.EMAIL), by=lead)
        actions.approve_words(point=point, words=PUBLIC, by=lead)
        round_ = decided(point, owners["ashmere"])
        actions.fail_telling(told=Told.objects.pending().get(), note="It came back.")
        clock.set_to(clock.now() + timedelta(days=14), frozen=True)
        actions.open_to_public(round_=round_)
    work()
    row = kept(point)
    assert row is not None and row.line[3][0] is False
    _empty_in(silent.pk, scheme.schema_name)
    work()
    row = kept(point)
    assert row is not None and row.line[3][0] is True
