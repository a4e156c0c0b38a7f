"""Words are quoted exactly as somebody said them, for as long as that one agrees and the point is public (S3, S18)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from audit.models import Entry
from kit import clock, codes, erasure
from people.models import Person
from tenants.feedback import actions, queries
from tenants.feedback.errors import FeedbackError, NotAgreed, NotTheirs, NotTheirWords, NotYet, QuotedAlready
from tenants.feedback.models import Consent, Point, Quote, Sayer
from tenants.feedback.rules import Channel, Decision, Kind, Purpose, TheySay
from tenants.schemes.entering import enter
from tenants.schemes.models import Membership, Scheme
from tenants.schemes.rights import Role
from tests.factories.feedback import decided, of_a_parent, published, quoted, said, slip, somebody, the_sayer
from tests.factories.people import someone
from tests.integration.feedback.conftest import MONDAY

ClientAt = Callable[..., Client]
YESTERDAY = MONDAY.date() - timedelta(days=1)
WORDS = "how long I would wait."


def shown() -> list[str]:
    """What the public reads of quotes."""
    return [words for pair in queries.answered().object_list for words in pair.quotes]


@pytest.fixture
def desk(client_at: ClientAt, scheme: Scheme, person: Callable[..., Person]) -> Client:
    return client_at(scheme, person("Edith", role=Role.EDITOR, at=scheme))


def test_words_stand_beside_the_answer_with_what_was_agreed_written_down(owner: Membership, lead: Person) -> None:
    """S3: who, how, when and to which wording; S18."""
    point = said()
    published(point, owner)
    made = actions.quote(sayer=the_sayer(point), words=f"  {WORDS} ", explained_how="read aloud", by=lead)
    assert shown() == [WORDS]
    agreed = made.consent
    assert (agreed.sayer, agreed.purpose, agreed.explained_how) == (the_sayer(point), Purpose.QUOTE, "read aloud")
    assert (agreed.wording_version, agreed.withdrawn_at, made.by_id) == ("quotes 1", None, lead.pk)
    assert Entry.objects.get(what="wrote down that somebody may be quoted").thing_id == str(point.pk)


def test_the_same_sent_twice_is_one_quote_and_other_words_are_refused(owner: Membership, lead: Person) -> None:
    point = said()
    published(point, owner)
    quoted(point)
    quoted(point)
    assert Quote.objects.count() == Consent.objects.filter(purpose=Purpose.QUOTE).count() == 1
    with pytest.raises(QuotedAlready):
        quoted(point, "Nobody told me")
    assert shown() == [WORDS]


@pytest.mark.parametrize("words", ["how long I waited.", "Nobody would wait.", "how long I would wait", "HOW LONG"])
def test_only_what_was_said_word_for_word_is_quoted(owner: Membership, words: str) -> None:
    point = said()
    published(point, owner)
    with pytest.raises(NotTheirWords):
        quoted(point, words)
    assert shown() == []


def test_what_they_wrote_when_staff_asked_can_be_quoted_and_not_what_another_wrote(
    owner: Membership, lead: Person
) -> None:
    point = said(slip(), slip())
    first, second = point.sayers.all()
    asked = actions.ask_for_words(point=point, words="Where?", client_key=point.pk, by=lead)
    actions.reply(sayer=first, question=asked, words="In the cold hall.", by=None)
    published(point, owner)
    with pytest.raises(NotTheirWords):
        actions.quote(sayer=second, words="the cold hall.", explained_how="asked", by=lead)
    actions.quote(sayer=first, words="the cold hall.", explained_how="asked", by=lead)
    assert shown() == ["the cold hall."]


def test_nobody_is_quoted_who_did_not_agree_to_the_website_or_for_whom_a_parent_spoke(owner: Membership) -> None:
    """S4: a parent's word is not enough to show a child's own words."""
    for saying in (slip(may_publish=False), slip(agreement=of_a_parent())):
        point = said(saying)
        decided(point, owner)
        with pytest.raises(NotAgreed):
            quoted(point)
    assert not Quote.objects.exists()


def test_before_there_is_an_answer_nothing_is_quoted(owner: Membership) -> None:
    with pytest.raises(NotYet):
        quoted(said())


@pytest.mark.parametrize("left_out", ["words", "explained_how"])
def test_an_empty_box_says_so(owner: Membership, lead: Person, left_out: str) -> None:
    point = said()
    published(point, owner)
    given: dict[str, Any] = {"words": WORDS, "explained_how": "read aloud"} | {left_out: "  "}
    with pytest.raises(FeedbackError) as refused:
        actions.quote(sayer=the_sayer(point), by=lead, **given)
    assert refused.value.field == left_out


def test_while_the_point_is_not_public_no_quote_is(owner: Membership, lead: Person) -> None:
    point = said(slip(channel=Channel.LETTER))
    made = decided(point, owner)
    quoted(point)
    assert shown() == []
    actions.approve_words(point=point, words="Other words.", by=lead)
    assert shown() == []
    actions.end_telling(told=made.tellings.get(), by=lead)
    assert shown() == [WORDS]


def test_whoever_said_them_takes_their_words_back_and_the_answer_stays(owner: Membership) -> None:
    point = said(slip(), slip())
    published(point, owner)
    first, second = point.sayers.all()
    quoted(point, sayer=first)
    quoted(point, "Nobody told me", sayer=second)
    actions.take_back_quote(sayer=first, by=None)
    actions.take_back_quote(sayer=first, by=None)
    # What the other one said stays, and so does the answer.
    assert shown() == ["Nobody told me"]
    assert first.consents.get(purpose=Purpose.QUOTE).withdrawn_at and not Quote.objects.filter(sayer=first).exists()
    assert second.consents.get(purpose=Purpose.QUOTE).withdrawn_at is None
    assert Entry.objects.filter(what="took back their own words").count() == 1


def test_the_day_on_which_somebody_first_took_their_words_back_stays(owner: Membership) -> None:
    point = said(slip())
    published(point, owner)
    agreed = quoted(point).consent
    Consent.objects.filter(pk=agreed.pk).update(withdrawn_at=MONDAY)
    actions.take_back_quote(sayer=the_sayer(point), by=None)
    assert Consent.objects.get(pk=agreed.pk).withdrawn_at == MONDAY


def test_nobody_takes_back_the_words_of_somebody_else(owner: Membership) -> None:
    robin, kim = someone("Robin"), someone("Kim")
    point = said(somebody(robin))
    published(point, owner)
    quoted(point)
    for other in (kim, None):
        with pytest.raises(NotTheirs):
            actions.take_back_quote(sayer=the_sayer(point), by=other)
    assert shown() == [WORDS]
    actions.take_back_quote(sayer=the_sayer(point), by=robin)
    assert shown() == []


def test_whoever_leaves_the_website_takes_their_own_words_with_them(owner: Membership) -> None:
    point = said(slip(), slip())
    published(point, owner)
    first, second = point.sayers.all()
    quoted(point, sayer=first)
    quoted(point, "Nobody told me", sayer=second)
    actions.stop_publishing(sayer=first, by=None)
    assert list(Quote.objects.values_list("sayer", flat=True)) == [second.pk]
    assert not first.consents.filter(withdrawn_at=None, purpose=Purpose.QUOTE).exists()


def test_with_all_that_somebody_takes_back_their_quote_goes_and_nobody_elses(owner: Membership) -> None:
    point = said(slip(), slip())
    published(point, owner)
    first, second = point.sayers.all()
    quoted(point, sayer=first)
    quoted(point, "Nobody told me", sayer=second)
    actions.take_back(sayer=first, by=None)
    assert list(Quote.objects.values_list("sayer", flat=True)) == [second.pk]


def test_erasing_somebody_erases_what_is_quoted_of_them_and_of_nobody_else(owner: Membership) -> None:
    robin, kim = someone("Robin"), someone("Kim")
    point = said(somebody(robin), somebody(kim))
    published(point, owner)
    first, second = point.sayers.all()
    quoted(point, sayer=first)
    quoted(point, "Nobody told me", sayer=second)
    erasure.erase_person(first.person_id)
    assert list(Quote.objects.values_list("sayer", flat=True)) == [second.pk]
    erasure.erase_person(second.person_id)
    assert not Quote.objects.exists()


def test_what_is_passed_on_leaves_no_quote(owner: Membership, lead: Person) -> None:
    point, other = said(), said()
    for one in (point, other):
        published(one, owner)
        quoted(one)
    actions.hand_over(point=point, note="", by=lead)
    assert list(Quote.objects.values_list("sayer__point", flat=True)) == [other.pk]


def test_of_points_answered_together_only_those_are_quoted_on_which_the_words_rest(
    owner: Membership, lead: Person
) -> None:
    said(), said()
    first = actions.answer_together(points=list(Point.objects.all()), by=lead)
    (second,) = first.joined.all()
    published(first, owner)
    quoted(second, "Nobody told me")
    assert shown() == ["Nobody told me"]
    # One of them leaves the website; the words for it are then written without that one.
    second.sayers.get().consents.filter(purpose=Purpose.PUBLISH).update(withdrawn_at=clock.now())
    assert shown() == []
    actions.approve_words(point=first, words="Other words.", by=lead)
    assert Quote.objects.count() == 1 and shown() == []
    quoted(first)
    assert shown() == [WORDS]


@pytest.mark.parametrize("points", [1, 4])
def test_quotes_cost_one_statement_for_any_number_of_points(
    owner: Membership, points: int, django_assert_num_queries: Any
) -> None:
    for _ in range(points):
        point = said()
        published(point, owner, Decision.CANNOT)
        quoted(point)
    ids = list(Point.objects.values_list("pk", flat=True))
    with django_assert_num_queries(1):
        assert len(queries.quotes_beside(ids)) == points


def test_an_editor_quotes_somebody_on_a_page_and_takes_it_away(
    desk: Client, client_at: ClientAt, scheme: Scheme, owner: Membership
) -> None:
    with enter(scheme):
        point = said(slip(), slip())
        published(point, owner)
        first, second = point.sayers.all()
    address = f"/points/{point.pk}/quotes/"
    page = desk.get(address).content.decode()
    assert "You can take the words back at any time" in page and page.count('type="radio"') == 2
    given = {"sayer": first.pk, "words": "how long I waited.", "explained_how": "read aloud", "agreed": "on"}
    refused = desk.post(address, given).content.decode()
    assert "Copy a part of what they said, word for word" in refused and "read aloud" in refused
    assert desk.post(address, given | {"words": WORDS, "agreed": ""}).status_code == 200
    assert desk.post(address, given | {"words": WORDS})["Location"] == address
    page = desk.get(address).content.decode()
    assert f"“{WORDS}”" in page and page.count('type="radio"') == 1
    public = client_at(scheme).get("/you-said-we-did/").content.decode()
    assert f"<blockquote>{WORDS}</blockquote>" in public and "In the words of somebody who said it" in public
    desk.post(f"{address}{second.pk}/")
    assert WORDS in client_at(scheme).get("/you-said-we-did/").content.decode()
    assert WORDS in desk.get(f"{address}{first.pk}/").content.decode()
    assert desk.post(f"{address}{first.pk}/")["Location"] == address
    assert WORDS not in client_at(scheme).get("/you-said-we-did/").content.decode()
    assert desk.get(f"{address}{point.pk}/").status_code == 404


def test_the_page_says_why_nobody_can_be_quoted(desk: Client, scheme: Scheme, owner: Membership) -> None:
    with enter(scheme):
        waits = said()
        child = said(slip(agreement=of_a_parent(review_on=None)))
        decided(child, owner)
    assert "Answer this first." in desk.get(f"/points/{waits.pk}/quotes/").content.decode()
    assert "Nobody else can be quoted." in desk.get(f"/points/{child.pk}/quotes/").content.decode()


def test_with_an_account_one_sees_ones_own_words_and_takes_them_back(
    client_at: ClientAt, scheme: Scheme, owner: Membership
) -> None:
    robin = someone("Robin")
    with enter(scheme):
        point = said(somebody(robin), slip())
        published(point, owner)
        quoted(point, sayer=point.sayers.get(person_id=robin.pk))
        quoted(point, "Nobody told me", sayer=point.sayers.get(person_id=None))
    phone = client_at(scheme, robin)
    page = phone.get(f"/mine/{point.pk}/").content.decode()
    assert f"“{WORDS}”" in page and "“Nobody told me”" not in page
    assert WORDS in phone.get(f"/mine/{point.pk}/quote/").content.decode()
    assert phone.post(f"/mine/{point.pk}/quote/")["Location"] == f"/mine/{point.pk}/"
    assert "None of your own words" in phone.get(f"/mine/{point.pk}/quote/").content.decode()
    with enter(scheme):
        assert shown() == ["Nobody told me"]
    assert client_at(scheme, someone("Kim")).post(f"/mine/{point.pk}/quote/").status_code == 404


def test_with_a_slip_one_sees_ones_own_words_and_takes_them_back(
    client_at: ClientAt, scheme: Scheme, owner: Membership
) -> None:
    code = codes.new_code()
    with enter(scheme):
        point = said(slip(code=code), slip())
        published(point, owner)
        theirs = point.sayers.get(slip=codes.fingerprint(code))
        quoted(point, sayer=theirs)
        quoted(point, "Nobody told me", sayer=point.sayers.exclude(pk=theirs.pk).get())
    phone = client_at(scheme)
    phone.post("/answer/", {"code": code})
    assert f"/answer/yours/{point.pk}/quote/" in phone.get("/answer/yours/").content.decode()
    assert WORDS in phone.get(f"/answer/yours/{point.pk}/quote/").content.decode()
    assert phone.post(f"/answer/yours/{point.pk}/quote/")["Location"] == "/answer/yours/"
    with enter(scheme):
        assert shown() == ["Nobody told me"]
    assert client_at(scheme).post(f"/answer/yours/{point.pk}/quote/").status_code == 404


def test_a_young_person_who_agrees_themselves_can_be_quoted(owner: Membership, lead: Person) -> None:
    point = said(slip(agreement=of_a_parent()))
    decided(point, owner)
    actions.ask_the_young(
        sayer=the_sayer(point), they=TheySay.AGREES, by=lead, may_publish=True, explained_how="asked face to face"
    )
    quoted(point)
    assert Quote.objects.get().sayer == Sayer.objects.get()


@pytest.mark.parametrize("which", ["words", "quotes", "pass-on"])
def test_an_editor_reads_no_words_of_whoever_did_not_agree_though_the_same_was_said_by_who_did(
    desk: Client, client_at: ClientAt, scheme: Scheme, owner: Membership, lead: Person, which: str
) -> None:
    """S3: what somebody agreed to is about their own words."""
    with enter(scheme):
        private = said(slip(may_publish=False), words="My name is Zelda.", received_on=YESTERDAY)
        agreed = said(words="I waited all night.")
        carrier = actions.answer_together(points=[private, agreed], by=lead)
        alone = said(slip(may_publish=False), words="Mine alone.")
        decided(carrier, owner)
    assert carrier == private
    shown = desk.get(f"/points/{private.pk}/{which}/")
    assert shown.status_code == (200 if which == "words" else 404)
    assert "Zelda" not in shown.content.decode()
    # The words that may be used, and what can be done about them, are there.
    if which == "words":
        text = shown.content.decode()
        assert "I waited all night." in text and f"/points/{agreed.pk}/quotes/" in text
        assert f"/points/{private.pk}/quotes/" not in text
    else:
        assert "I waited all night." in desk.get(f"/points/{agreed.pk}/{which}/").content.decode()
    assert desk.get(f"/points/{alone.pk}/{which}/").status_code == 404
    # Whoever sees the register reads all of it there as well.
    assert "Zelda" in client_at(scheme, lead).get(f"/points/{private.pk}/quotes/").content.decode()


def test_of_what_the_words_cannot_rest_on_any_more_an_editor_reads_nothing(
    desk: Client, scheme: Scheme, owner: Membership, lead: Person
) -> None:
    with enter(scheme):
        private = said(slip(may_publish=False), words="My name is Zelda.", received_on=YESTERDAY)
        agreed = said(words="I waited all night.")
        decided(actions.answer_together(points=[private, agreed], by=lead), owner)
        actions.hand_over(point=agreed, note="", by=lead)
    address = f"/points/{private.pk}/words/"
    for shown in (desk.get(address), desk.post(address, {"words": ""})):
        assert "Zelda" not in shown.content.decode()


def test_no_quote_is_shown_of_whoever_took_it_back_is_gone_or_whose_words_were_passed_on(owner: Membership) -> None:
    """Each of these alone hides it, also if its row were left by mistake."""
    point = said(slip(), slip())
    published(point, owner)
    first, second = point.sayers.all()
    one, other = quoted(point, sayer=first), quoted(point, "Nobody told me", sayer=second)
    assert Quote.objects.agreed_to().beside([point.pk]).count() == 2
    Consent.objects.filter(pk=one.consent_id).update(withdrawn_at=clock.now())
    assert list(Quote.objects.agreed_to()) == [other]
    Consent.objects.filter(pk=one.consent_id).update(withdrawn_at=None)
    Sayer.objects.filter(pk=second.pk).update(kind=Kind.GONE, slip="", channel=Channel.PAGE)
    assert list(Quote.objects.agreed_to()) == [one]
    empty = {"said": "", "said_whole": "", "only_person_id": None}
    Point.objects.filter(pk=point.pk).update(passed_on_at=clock.now(), passed_on_by_id=owner.person_id, **empty)
    assert list(Quote.objects.beside([point.pk])) == []


def test_whoever_is_gone_takes_nothing_back_and_is_not_among_those_who_can_be_quoted(owner: Membership) -> None:
    point = said(slip(), slip())
    published(point, owner)
    first, second = point.sayers.all()
    actions.take_back(sayer=first, by=None)
    with pytest.raises(NotTheirs):
        actions.take_back_quote(sayer=first, by=None)
    assert [one.sayer for one in queries.quotable(point)] == [second]


def test_the_page_says_that_words_are_gone_and_each_look_at_it_is_written_down_s1(
    desk: Client, client_at: ClientAt, scheme: Scheme, owner: Membership, lead: Person
) -> None:
    with enter(scheme):
        point = said()
        published(point, owner)
    address = f"/points/{point.pk}/quotes/"
    desk.get(address)
    with enter(scheme):
        seen = Entry.objects.filter(operation="read", thing_id=str(point.pk))
        assert seen.count() == 1
        actions.take_back(sayer=the_sayer(point), by=None)
    gone = client_at(scheme, lead).get(address)
    assert gone.status_code == 410 and "Read this to whoever said it" not in gone.content.decode()
