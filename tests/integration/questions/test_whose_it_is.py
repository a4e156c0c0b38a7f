"""A group has its own sets and ours, each with its own versions; of another group's it finds and takes none."""

import pytest

from groups.models import Group
from questions import actions, queries
from questions.models import QuestionSet, QuestionSetVersion
from questions.shape import write
from tests.factories.groups import a_group
from tests.factories.questions import NOBODY, a_set, every_kind, published, published_as_it_is


@pytest.fixture
def group() -> Group:
    return a_group("Voices")


@pytest.fixture
def theirs() -> QuestionSetVersion:
    return published(a_group("Others"))


def ours() -> set[QuestionSet]:
    return set(QuestionSet.objects.filter(group=None))


def test_a_group_is_offered_its_own_sets_and_ours_and_none_of_another(group, theirs) -> None:
    own = published(group)
    offered = {own.question_set} | ours()
    assert {one.question_set for one in queries.sets_for(group)} == offered
    assert set(queries.sets_in_use(group)) == offered
    assert {one.question_set for one in queries.versions_in_use(group)} == offered


def test_a_set_has_its_own_versions_and_no_other_set_lends_it_any(group, theirs) -> None:
    own, begun = published(group), a_set(group)
    assert list(queries.versions_of(own.question_set)) == [own]
    assert list(queries.versions_of(begun)) == []
    assert queries.newest_number(begun) == 0


def test_a_visit_takes_a_set_that_is_published_and_not_retired(group) -> None:
    begun, first = a_set(group), published(group)
    first.question_set.draft = write(every_kind())
    first.question_set.save()
    again = published_as_it_is(first.question_set)
    assert set(queries.sets_in_use(group)) == {first.question_set} | ours(), f"{begun} is not published"
    actions.retire(version=again, by=NOBODY)
    assert set(queries.sets_in_use(group)) == {first.question_set} | ours(), "the first one can be taken"
    actions.retire(version=first, by=NOBODY)
    assert set(queries.sets_in_use(group)) == ours()
