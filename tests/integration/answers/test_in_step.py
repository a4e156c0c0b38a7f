"""What nobody announced comes by the clock: ids each minute, and every word once a night; no answer stops another."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from answers.actions import NIGHT_MINUTES, night_to_compare, note_compared
from answers.models import AnswersCheck, PublishedAnswer
from kit import clock, scheduler
from tenants.feedback import actions
from tenants.feedback.actions import publishing
from tenants.feedback.models import Point
from tenants.schemes.entering import enter
from tenants.schemes.models import Scheme
from tests.integration.answers.conftest import Publish, Refuse, kept
from tests.integration.feedback.conftest import MONDAY

NIGHT = MONDAY.replace(hour=2, minute=0) + timedelta(days=1)


def changed_past_us(scheme: Scheme) -> None:
    """Another reason stands here than on the scheme's site, and no message says so."""
    PublishedAnswer.objects.of_scheme(scheme.pk).update(reason="Another reason.")


def by_id(point: Point) -> str:
    return str(point.pk)


def reason(point: Point) -> str:
    row = kept(point)
    return row.reason if row else ""


def test_each_night_every_word_is_compared_and_mended(scheme: Scheme, publish: Publish) -> None:
    point = publish(scheme)
    clock.set_to(NIGHT + timedelta(minutes=NIGHT_MINUTES), frozen=True)
    scheduler.tick()
    changed_past_us(scheme)
    scheduler.tick(clock.now() + timedelta(hours=20))
    assert reason(point) == "Another reason."
    scheduler.tick(clock.now() + timedelta(hours=4))
    assert reason(point) == "You asked for it."


def test_each_scheme_is_compared_at_a_minute_of_its_own_in_the_night(scheme: Scheme) -> None:
    own = NIGHT + timedelta(minutes=scheme.pk.int % NIGHT_MINUTES)
    for moment, day in ((own - timedelta(seconds=1), MONDAY), (own, NIGHT)):
        clock.set_to(moment, frozen=True)
        assert night_to_compare(scheme_id=scheme.pk) == day.date()


def test_what_was_compared_at_one_scheme_was_not_at_another(scheme: Scheme, other_scheme: Scheme) -> None:
    clock.set_to(NIGHT + timedelta(minutes=NIGHT_MINUTES), frozen=True)
    note_compared(scheme_id=scheme.pk, night=NIGHT.date())
    assert [night_to_compare(scheme_id=one.pk) for one in (scheme, other_scheme)] == [None, NIGHT.date()]


def test_one_scheme_that_cannot_be_mended_does_not_stop_others_and_is_tried_again(
    refuse: Refuse, scheme: Scheme, other_scheme: Scheme, publish: Publish
) -> None:
    here, there = publish(scheme), publish(other_scheme)
    AnswersCheck.objects.all().delete()
    for place in (scheme, other_scheme):
        changed_past_us(place)
    refuse(here)
    (failure,) = scheduler.tick().failures
    assert failure.schema == scheme.schema_name and "what_is_found_nationally_is_compared" in failure.duty
    assert (reason(here), reason(there)) == ("Another reason.", "You asked for it.")
    assert [one.scheme_id for one in AnswersCheck.objects.all()] == [other_scheme.pk]


def test_one_answer_that_cannot_come_does_not_stop_others(
    refuse: Refuse, compared: None, scheme: Scheme, publish: Publish
) -> None:
    points = [publish(scheme, f"The form number {number} was hard.") for number in range(3)]
    PublishedAnswer.objects.all().delete()
    refuse(points[0])
    (failure,) = scheduler.tick().failures
    assert "keeps_in_step" in failure.duty
    assert [kept(point) is not None for point in points] == [False, True, True]


def may_not_be_read(*points: Point) -> None:
    """The public may not read these any more, and no message says so."""
    Point.objects.filter(pk__in=[point.pk for point in points]).update(
        public_words_approved_at=None, public_words_by_id=None
    )


def test_one_answer_that_cannot_be_taken_away_stops_no_other(
    hold: Refuse, compared: None, scheme: Scheme, publish: Publish
) -> None:
    points = [publish(scheme, f"The form number {number} was hard.") for number in range(3)]
    with enter(scheme):
        may_not_be_read(*points[:2])
    PublishedAnswer.objects.filter(point_id=points[2].pk).delete()
    hold(points[0])
    (failure,) = scheduler.tick().failures
    assert "keeps_in_step" in failure.duty
    assert [kept(point) is not None for point in points] == [True, False, True]


def test_some_are_brought_at_a_time_and_what_is_gone_goes_first(
    compared: None, scheme: Scheme, publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = [publish(scheme, f"The cup number {number} was cold.") for number in range(3)]
    missing = [publish(scheme, f"The form number {number} was hard.") for number in range(3)]
    with enter(scheme):
        may_not_be_read(*gone)
    PublishedAnswer.objects.filter(point_id__in=[point.pk for point in missing]).delete()
    monkeypatch.setattr(publishing, "AT_ONCE", 2)
    for still, come in ((1, 0), (0, 1), (0, 3)):
        scheduler.tick()
        assert [sum(kept(point) is not None for point in points) for points in (gone, missing)] == [still, come]


def test_a_night_mends_some_each_minute_until_all_is_mended(
    scheme: Scheme, publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    points = [publish(scheme, f"The form number {number} was hard.") for number in range(3)]
    AnswersCheck.objects.all().delete()
    changed_past_us(scheme)
    monkeypatch.setattr(publishing, "AT_ONCE", 2)
    for mended in (2, 3):
        assert not AnswersCheck.objects.filter(scheme=scheme).exists()
        scheduler.tick()
        assert sum(reason(point) == "You asked for it." for point in points) == mended
    assert AnswersCheck.objects.filter(scheme=scheme).exists()


def test_a_night_takes_what_is_gone_away_before_it_mends(
    scheme: Scheme, publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = [publish(scheme, f"The cup number {number} was cold.") for number in range(3)]
    different = [publish(scheme, f"The form number {number} was hard.") for number in range(3)]
    AnswersCheck.objects.all().delete()
    changed_past_us(scheme)
    monkeypatch.setattr(publishing, "AT_ONCE", 2)
    with enter(scheme):
        may_not_be_read(*gone)
        for still, mended in ((1, 0), (0, 1), (0, 3)):
            assert actions.compare_by_night() == []
            assert sum(kept(point) is not None for point in gone) == still
            assert sum(reason(point) == "You asked for it." for point in different) == mended


def test_answers_that_cannot_be_mended_take_nobodys_turn_at_night_either(
    refuse: Refuse, scheme: Scheme, publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, then = sorted((publish(scheme, f"The form number {number} was hard.") for number in range(2)), key=by_id)
    AnswersCheck.objects.all().delete()
    changed_past_us(scheme)
    refuse(first)
    monkeypatch.setattr(publishing, "AT_ONCE", 1)
    with enter(scheme):
        for _ in range(30):
            actions.compare_by_night()
    assert (reason(first), reason(then)) == ("Another reason.", "You asked for it.")


@pytest.mark.parametrize("bring", [actions.keep_in_step, actions.compare_by_night])
def test_answers_that_cannot_be_taken_away_take_nobodys_turn(
    hold: Refuse, scheme: Scheme, publish: Publish, monkeypatch: pytest.MonkeyPatch, bring: Callable[[], object]
) -> None:
    points = sorted((publish(scheme, f"The form number {number} was hard.") for number in range(2)), key=by_id)
    AnswersCheck.objects.all().delete()
    hold(points[0])
    monkeypatch.setattr(publishing, "AT_ONCE", 1)
    with enter(scheme):
        may_not_be_read(*points)
        for _ in range(30):
            bring()
    assert [kept(point) is not None for point in points] == [True, False]


def test_answers_that_cannot_be_mended_do_not_take_the_turn_of_others(
    refuse: Refuse, scheme: Scheme, publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    points = [publish(scheme, f"The form number {number} was hard.") for number in range(2)]
    PublishedAnswer.objects.all().delete()
    refuse(min(points, key=lambda point: point.pk))
    monkeypatch.setattr(publishing, "AT_ONCE", 1)
    with enter(scheme):
        for _ in range(30):
            actions.keep_in_step()
    assert PublishedAnswer.objects.count() == 1


def test_catching_up_reads_all_answers_at_once(
    scheme: Scheme, publish: Publish, django_assert_max_num_queries: Callable[..., object]
) -> None:
    """Who asks of one answer asks of all of them: that is done once, and then each is written."""
    for number in range(8):
        publish(scheme, f"The form number {number} was hard.")
    PublishedAnswer.objects.all().delete()
    with enter(scheme), django_assert_max_num_queries(24 + 8 * 4):  # type: ignore[attr-defined]
        actions.keep_in_step()
    assert PublishedAnswer.objects.count() == 8
