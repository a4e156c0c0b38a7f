"""Anybody finds what any scheme did: by words, theme, group, kind of place and decision (S15, S18, S93)."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from answers import queries
from answers.models import PublishedAnswer
from answers.queries import Chosen, search
from answers.querysets import MOST_COMPARED
from tenants.feedback import actions
from tenants.feedback import queries as feedback
from tenants.feedback.models import GroupTag
from tenants.feedback.rules import Answer, Decision
from tenants.schemes.entering import enter
from tenants.schemes.models import Membership, Scheme
from tests.integration.answers.conftest import MEDICATION, WAITING, Publish, lead_of
from tests.integration.feedback.conftest import MONDAY

ClientAt = Callable[..., Client]


def answers(**chosen: str) -> list[str]:
    return [one.row.answer for one in search(Chosen(**chosen))]


def test_what_fits_best_stands_first(scheme: Scheme, other_scheme: Scheme, publish: Publish) -> None:
    publish(scheme, answer="We bought blankets for the waiting room.", reason="It is cold.")
    publish(other_scheme, answer="We bought chairs.", reason="Blankets were there.")
    assert answers(words="blanket") == [
        "We bought blankets for the waiting room.", "We bought chairs.",
    ]  # fmt: skip


def test_words_are_found_in_any_of_their_forms_and_all_of_them_are_needed(scheme: Scheme, publish: Publish) -> None:
    publish(scheme, answer="We wrote new letters.", reason="They were hard.")
    assert answers(words="letter wrote") and not answers(words="letter blanket")


def test_without_words_the_newest_stands_first(
    scheme: Scheme, other_scheme: Scheme, publish: Publish, at_moment
) -> None:
    publish(scheme, answer="The first.")
    at_moment(MONDAY.replace(day=3))
    publish(other_scheme, answer="The second.")
    assert answers() == ["The second.", "The first."]


@pytest.mark.parametrize(
    ("chosen", "other"),
    [
        ({"theme": WAITING}, {"theme": MEDICATION}),
        ({"group": "women"}, {"group": "young"}),
        ({"kind": "custody"}, {"kind": "crown"}),
        ({"decision": "will"}, {"decision": "cannot"}),
    ],
)
def test_each_choice_leaves_out_what_is_about_something_else(
    chosen: dict[str, str], other: dict[str, str], scheme: Scheme, publish: Publish
) -> None:
    with enter(scheme):
        women = GroupTag.objects.get(code="women")
    site = scheme.sites.get(kind="custody")
    publish(scheme, theme=WAITING, groups=[women], site_id=site.pk, decision=Decision.WILL)
    assert len(answers(**chosen)) == 1
    assert answers(**other) == []


def test_what_a_suspended_scheme_published_is_found_by_nobody(as_owner: str, scheme: Scheme, publish: Publish) -> None:
    publish(scheme)
    Scheme.objects.filter(pk=scheme.pk).update(status="suspended")
    assert answers() == []


def test_the_page_is_open_to_everybody_and_leads_to_the_schemes_own_site(
    scheme: Scheme, publish: Publish, client_at: ClientAt
) -> None:
    publish(scheme, theme=WAITING, answer="A card on the wall.")
    page = client_at(None).get("/answers/", {"q": "card", "theme": WAITING}).content.decode()
    assert "1 answer<" in page and "A card on the wall." in page
    assert f'href="{scheme.origin}/you-said-we-did/?theme={WAITING}&amp;decision=will"' in page


def test_the_page_says_what_to_do_where_nothing_is_found(client_at: ClientAt) -> None:
    assert "There are no answers here yet." in client_at(None).get("/answers/").content.decode()
    assert "Use other words or fewer words" in client_at(None).get("/answers/", {"q": "xyz"}).content.decode()


@pytest.mark.parametrize(
    "query", ["theme=nothing", "page=999", "q=%00", "q=" + "x" * 200, "q=%27%3B--", "group=a&kind=b"]
)
def test_an_address_that_somebody_made_up_is_no_error(query: str, scheme: Scheme, publish: Publish, client_at) -> None:
    publish(scheme)
    assert client_at(None).get(f"/answers/?{query}").status_code in (200, 400)


def test_withdrawn_words_are_found_no_more(scheme: Scheme, publish: Publish, work, client_at: ClientAt) -> None:
    point = publish(scheme)
    visitor = client_at(None)
    assert "1 answer<" in visitor.get("/answers/?q=wait").content.decode()
    with enter(scheme):
        actions.stop_publishing(sayer=point.sayers.get(), by=None)
    work()
    assert "0 answers<" in visitor.get("/answers/?q=wait").content.decode()


@pytest.mark.parametrize("number", [1, 4])
def test_the_page_costs_the_same_for_any_number_of_answers(
    number: int, scheme: Scheme, publish: Publish, client_at: ClientAt, django_assert_max_num_queries
) -> None:
    for one in range(number):
        publish(scheme, f"The form number {one} was hard.")
    visitor = client_at(None)
    # Nine of these count it, and three see to it that none of the others takes long.
    with django_assert_max_num_queries(23):
        visitor.get("/answers/")


def test_what_somebody_is_looking_for_is_written_down_nowhere(
    scheme: Scheme, owners: dict[str, Membership], client_at: ClientAt, caplog: pytest.LogCaptureFixture
) -> None:
    client_at(None, lead_of(owners["ashmere"])).get("/answers/", {"q": "zebrafinch"})
    assert "zebrafinch" not in caplog.text


def test_a_group_that_only_one_scheme_has_is_found_by_its_words(scheme: Scheme, publish: Publish) -> None:
    with enter(scheme):
        own = GroupTag.objects.create(code="veterans", label="Veterans of Ashmere", core=False)
    publish(scheme, groups=[own], answer="A card on the wall.")
    publish(scheme, answer="A clock.")
    assert answers(words="veteran") == ["A card on the wall."]


@pytest.mark.parametrize("waits_again", [True, False])
@pytest.mark.parametrize(("said_done_on", "late"), [("", True), ("2026-11-01", False)])
def test_a_promise_is_late_until_the_scheme_says_that_it_is_done_whatever_others_say(
    said_done_on: str, late: bool, waits_again: bool, scheme: Scheme, publish: Publish, at_moment
) -> None:
    point = publish(scheme)
    (row,) = PublishedAnswer.objects.filter(point_id=point.pk)
    row.line[4] = [False, said_done_on]
    PublishedAnswer.objects.filter(pk=row.pk).update(line=row.line, waits_again=waits_again)
    at_moment(MONDAY + timedelta(days=61))
    (found,) = search(Chosen())
    assert found.pair.is_late == late


def test_what_those_who_said_it_deny_is_as_late_here_as_on_its_own_site(
    scheme: Scheme, publish: Publish, owners: dict[str, Membership], work, at_moment
) -> None:
    point = publish(scheme)
    with enter(scheme):
        actions.claim_done(point=point, words="It is there.", by=lead_of(owners["ashmere"]))
        actions.confirm(sayer=point.sayers.get(), answer=Answer.NO, by=None)
    work()
    at_moment(MONDAY + timedelta(days=61))
    with enter(scheme):
        (there,) = feedback.answered()
    (found,) = search(Chosen())
    assert (found.pair.is_late, found.pair.by) == (there.is_late, there.by) and not there.is_late


@pytest.mark.parametrize("status", [Scheme.Status.SUSPENDED, Scheme.Status.CLOSED])
def test_of_a_scheme_whose_site_does_not_answer_nothing_is_found_and_nothing_offered(
    status: str, as_owner: str, scheme: Scheme, publish: Publish
) -> None:
    with enter(scheme):
        groups = [GroupTag.objects.get(code="women")]
    publish(scheme, theme=WAITING, groups=groups, answer="A clock hangs there.")
    assert answers(words="clock") and queries.themes() and queries.groups()
    Scheme.objects.filter(pk=scheme.pk).update(status=status)
    assert not answers(words="clock") and not answers() and not queries.themes() and not queries.groups()


@pytest.mark.parametrize(("many", "cut"), [(MOST_COMPARED, False), (MOST_COMPARED + 1, True)])
def test_the_page_says_so_where_more_answers_have_the_words_than_are_compared(
    many: int, cut: bool, scheme: Scheme, publish: Publish, client_at: ClientAt
) -> None:
    publish(scheme)
    (row,) = PublishedAnswer.objects.values("decision", "answer", "reason", "said", "answered_at")
    PublishedAnswer.objects.bulk_create(
        PublishedAnswer(scheme=scheme, point_id=uuid4(), **row) for _ in range(many - 1)
    )
    page = client_at(None).get("/answers/", {"q": "card"}).content.decode()
    assert ("Very many answers have these words. You see the newest 2,000." in page) == cut
    assert ("2,000 answers" in page) != cut
