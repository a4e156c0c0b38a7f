"""What falls due in the loop by the clock."""

from datetime import timedelta

from kit import clock
from kit.channels import Outcome
from kit.scheduler import DoneInPart, duty
from people.queries import outcomes_of
from tenants.feedback import actions
from tenants.feedback.actions.telling import letter_arrived, settle_telling
from tenants.feedback.models import Asked, Concern, Point, Round, Told
from tenants.feedback.rules import PUBLIC_AFTER, Decision, Stage, Step

DID_NOT_ASK = "The message that asks whether it changed did not go out. Find another way to ask them."
KEPT_AFTER_CLOSING = timedelta(days=365)
DID_NOT_GO = "The message did not go out. Find another way to tell them, or send it again."


@duty(where="scheme")
def letters_arrive() -> None:
    """The telling of a letter ends two working days after it was posted."""
    for told in Told.objects.in_the_post_since(clock.today()):
        letter_arrived(told=told)


@duty(where="scheme")
def messages_that_did_not_go_out() -> None:
    """A message that should have gone two working days ago becomes a task for somebody."""
    for told in Told.objects.stuck_since(clock.today()):
        actions.fail_telling(told=told, note=DID_NOT_GO)
    for asked in Asked.objects.stuck_since(clock.today()):
        actions.fail_asking(asked=asked, note=DID_NOT_ASK)


@duty(where="scheme")
def messages_arrive_or_come_back() -> None:
    """What the carrier says of messages that it took: they were delivered, or somebody must find another way."""
    sent = list(Told.objects.sent_lately())
    outcomes = outcomes_of(told.word_id for told in sent if told.word_id)
    for told in sent:
        outcome = outcomes.get(told.word_id) if told.word_id else None
        if outcome and outcome != Outcome.ACCEPTED:
            settle_telling(told=told, outcome=outcome)


@duty(where="scheme")
def questions_arrive_or_come_back() -> None:
    """The same of messages that ask whether something changed."""
    sent = list(Asked.objects.sent_lately())
    outcomes = outcomes_of(asked.word_id for asked in sent if asked.word_id)
    for asked in sent:
        outcome = outcomes.get(asked.word_id) if asked.word_id else None
        if outcome and outcome != Outcome.ACCEPTED:
            actions.settle_asking(asked=asked, outcome=outcome)


@duty(where="scheme")
def answers_open_to_the_public() -> None:
    """The public may read an answer 10 working days after the decision, whoever could not be told by then."""
    for round_ in Round.objects.not_open_to_public().latest_of_its_point().decided_for(days=PUBLIC_AFTER):
        actions.open_to_public(round_=round_)


@duty(where="scheme")
def answers_that_nobody_waits_for_are_told() -> None:
    """Whoever was still to be told may have taken everything back: the others' answer waits for nobody."""
    for round_ in Round.objects.told_to_everybody():
        actions.open_to_public(round_=round_)


@duty(where="scheme")
def not_now_is_looked_at_again() -> None:
    """A "not now" waits for an answer again from its review day on."""
    due = Point.objects.leading().not_erased().at_stage(Stage.DECIDED, Stage.TOLD).decided_as(Decision.NOT_NOW)
    for point in due.filter(due_on__lte=clock.today()):
        actions.review_due(point=point)


@duty(where="scheme")
def concerns_nobody_took_up() -> None:
    """What nobody has taken up by its day goes to the managers too."""
    for concern in Concern.objects.left_until(clock.today()):
        actions.pass_on(concern=concern)


@duty(where="scheme")
def concerns_are_emptied() -> None:
    """The words of a concern go a year after it was closed."""
    for concern in Concern.objects.closed_before(clock.now() - KEPT_AFTER_CLOSING):
        actions.empty_concern(concern=concern)


@duty(where="scheme")
def points_of_those_who_left_come_back() -> None:
    """What nobody who works here sees to is for somebody else, also where a record was erased."""
    actions.hand_back()


@duty(where="scheme")
def what_is_found_nationally_keeps_in_step() -> DoneInPart:
    """What the public may read here, and no more, is found nationally: also where a day brought it about."""
    return DoneInPart(actions.keep_in_step())


@duty(where="scheme")
def what_is_found_nationally_is_compared() -> DoneInPart:
    """Once a night, word by word: also what nobody announced, and what a message failed to bring."""
    return DoneInPart(actions.compare_by_night())


@duty(where="scheme")
def clocks_are_told_of() -> None:
    """Whoever sees to a point, then the lead, then the manager, are told of a clock that ends or has ended."""
    for step in Step:
        actions.escalate(step=step)
