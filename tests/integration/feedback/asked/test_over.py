"""What ends before its message has gone: the message says no word of it, and all of what else it is for."""

from collections.abc import Callable
from pathlib import Path

import pytest

from audit.models import Entry
from people.models import Person, Word, WordLink
from tenants.feedback import actions
from tenants.feedback.models import Point, Round
from tenants.feedback.rules import Channel, Decision, TellingState
from tenants.schemes.models import Membership
from tests.factories.feedback import claimed, decided, said, somebody
from tests.factories.people import reached_by_mail
from tests.integration.conftest import MakePerson
from tests.integration.feedback.asked.steps import LINK, Work, later, messages

Ends = Callable[[Round, Person, Membership], object]


def taken_back(round_: Round, robin: Person, owner: Membership) -> None:
    actions.take_back(sayer=round_.point.sayers.get(person_id=robin.pk), by=robin)


def passed_on(round_: Round, robin: Person, owner: Membership) -> None:
    actions.hand_over(point=round_.point, note="", by=Person.objects.get(pk=owner.person_id))


def given_up(round_: Round, robin: Person, owner: Membership) -> None:
    """It did not go out."""
    for asked in round_.askings.filter(sayer__person_id=robin.pk):
        actions.fail_asking(asked=asked, note="It did not go out.")
    for told in round_.tellings.pending().filter(sayer__person_id=robin.pk):
        actions.fail_telling(told=told, note="It did not go out.")


def decided_anew(round_: Round, robin: Person, owner: Membership) -> None:
    decided(round_.point, owner, Decision.CANNOT, replaces=round_)


@pytest.fixture
def kim(person: MakePerson) -> Person:
    return reached_by_mail(person("Kim"))


def with_words(robin: Person, *others: Person) -> Point:
    """Robin lets words stand in messages."""
    reached_by_mail(robin, words=True)
    theirs = somebody(robin, channel=Channel.EMAIL, words_in_message=True)
    return said(theirs, *(somebody(one, channel=Channel.EMAIL) for one in others))


@pytest.mark.parametrize("ends", [taken_back, passed_on, given_up])
def test_a_question_that_ended_leaves_its_message_to_what_else_waits(
    ends: Ends, owner: Membership, robin: Person, kim: Person, work: Work, mail_folder: Path
) -> None:
    """Else the next message has a link that opens nothing, and leaves out the words that they ticked."""
    kims = claimed(said(somebody(kim, channel=Channel.EMAIL)), owner)
    round_ = claimed(with_words(robin), owner)
    for one in (kims, round_):
        actions.ask_whether_it_changed(round_id=one.pk)
    ends(round_, robin, owner)
    assert [link.key for link in WordLink.objects.all()] == [kims.askings.get().pk]
    assert [word.person_id for word in Word.objects.all()] == [kim.pk]
    decided(with_words(robin), owner, answer="There is a card.")
    later(days=1)
    work()
    (robins,) = [one for one in messages(mail_folder) if robin.email in one]
    assert "There is a card." in robins and not LINK.search(robins)
    assert kims.askings.get().state == TellingState.SENT


@pytest.mark.parametrize("ends", [taken_back, passed_on, given_up, decided_anew])
def test_a_telling_that_ended_leaves_its_message_to_what_else_waits(
    ends: Ends, owner: Membership, robin: Person, kim: Person, work: Work, mail_folder: Path
) -> None:
    kims = decided(said(somebody(kim, channel=Channel.EMAIL)), owner)
    round_ = decided(with_words(robin), owner, answer="The first answer.")
    for one in (kims, round_):
        actions.start_telling(round_id=one.pk)
    ends(round_, robin, owner)
    assert [word.person_id for word in Word.objects.all()] == [kim.pk]
    if ends is not decided_anew:
        decided(with_words(robin), owner, answer="There is a card.")
    later(days=1)
    work()
    (robins,) = [one for one in messages(mail_folder) if robin.email in one]
    assert ("A card on the wall" if ends is decided_anew else "There is a card.") in robins
    assert "The first answer." not in robins
    assert kims.tellings.get().state == TellingState.SENT


def test_giving_up_on_a_question_is_written_down(owner: Membership, robin: Person, kim: Person) -> None:
    round_ = claimed(with_words(robin, kim), owner)
    actions.ask_whether_it_changed(round_id=round_.pk)
    given_up(round_, robin, owner)
    entry = Entry.objects.get(what="gave up on asking somebody whether it changed")
    assert (entry.operation, entry.by, entry.subject, entry.thing_id) == (
        "change", None, robin.pk, str(round_.point_id),
    )  # fmt: skip
