"""What follows in the loop from what was promised in the outbox; each may run twice and has its effect once."""

from uuid import UUID

from kit import scope
from kit.outbox import Message, handles
from peer_monitoring.actions import hand_over_concern, say_where_kept, where_raised
from people.actions import remember_place
from people.queries import is_waiting
from tenants.feedback import actions
from tenants.feedback.actions import publishing
from tenants.feedback.actions.counting import KIND
from tenants.feedback.actions.doing import send_question
from tenants.feedback.actions.needs import need_of
from tenants.feedback.models import Sayer
from tenants.schemes.models import Membership, NationalRole, Scheme


@handles("feedback.heard")
def list_this_scheme(message: Message) -> None:
    """Whoever said something here finds this scheme in their own list."""
    scheme = Scheme.objects.get(schema_name=scope.current())
    for person_id in Sayer.objects.filter(point_id=UUID(message.key)).person_ids():
        remember_place(person_id=person_id, scheme=scheme)


@handles("feedback.heard")
def write_down_what_they_need(message: Message) -> None:
    """What somebody says on their own page that they need to read an answer is known here from the first point on."""
    for sayer in Sayer.objects.filter(point_id=UUID(message.key)):
        need_of(sayer)


@handles(KIND)
def count_for_the_nation(message: Message) -> None:
    """What happened to points reaches the store that national figures are made of, as they stand by now."""
    points = message.payload.get("points")
    if isinstance(points, list):
        actions.count(point_ids=[UUID(str(point)) for point in points])
    else:
        actions.count_everything()


@handles("feedback.decided")
def tell_those_who_said_it(message: Message) -> None:
    actions.start_telling(round_id=UUID(message.key))


@handles("feedback.tell")
def tell_one(message: Message) -> None:
    actions.send_telling(told_id=UUID(str(message.payload["told"])))


@handles("feedback.done")
def ask_those_who_said_it(message: Message) -> None:
    actions.ask_whether_it_changed(round_id=UUID(message.key))


@handles("feedback.asked")
def ask_one_whether_it_changed(message: Message) -> None:
    actions.send_asking(asked_id=UUID(str(message.payload["asked"])))


@handles("feedback.ask")
def ask_one(message: Message) -> None:
    word = message.payload.get("word")
    send_question(sayer_id=UUID(str(message.payload["sayer"])), word_id=UUID(str(word)) if word else None)


@handles("feedback.concern")
def tell_who_keeps_people_safe(message: Message) -> None:
    actions.send_concern(concern_id=UUID(message.key))


@handles("schemes.moved")
def tell_who_keeps_people_safe_by_now(message: Message) -> None:
    """A scheme was suspended, closed or reopened: who can see to what waits there is somebody else."""
    actions.tell_again()


@handles("peer_monitoring.concern")
def take_a_concern_from_a_visit(message: Message) -> None:
    """What somebody raised on a visit is a concern of this scheme like any other, and stands nowhere else any more."""
    concern_id = UUID(message.key)
    handed = hand_over_concern(concern_id=concern_id)
    if handed:
        concern = actions.raise_concern(
            words=handed.words, reach_at="", client_key=concern_id, by=None, how_it_came=handed.how_it_came
        )
        say_where_kept(concern_id=concern_id, kept_as=concern.pk)


@handles("peer_monitoring.concern_place")
def add_where_a_concern_was_raised(message: Message) -> None:
    """What may be told by now of where it was raised stands with it."""
    found = where_raised(concern_id=UUID(str(message.payload["concern"])))
    if found:
        actions.say_where_raised(concern_id=found.kept_as, how_it_came=found.how_it_came)


@handles("feedback.concern_word")
def send_word_of_a_concern(message: Message) -> None:
    member = Membership.objects.running().filter(pk=UUID(str(message.payload["member"]))).first()
    if member:
        actions.send_word(person_id=member.person_id, key=message.key)


@handles("feedback.concern_nobody")
def send_word_that_nobody_is_there(message: Message) -> None:
    role = NationalRole.objects.running().filter(pk=UUID(str(message.payload["role"]))).first()
    # Once somebody at the scheme sees to it, or they have read it, nothing waits for them.
    if role and is_waiting(role.person_id, kinds=[actions.NOBODY_THERE], key=message.key.partition(":")[0]):
        actions.send_word(person_id=role.person_id, key=message.key)


@handles(publishing.KIND)
def others_find_it_too(message: Message) -> None:
    actions.publish_nationally(point_id=UUID(str(message.payload["point"])))


@handles("schemes.membership_changed")
def points_come_back(message: Message) -> None:
    """Whoever left hands back what they saw to."""
    actions.hand_back()


@handles("feedback.supporter")
def write_to_a_supporter(message: Message) -> None:
    actions.send_invitation(supporter_id=UUID(message.key))


@handles("feedback.question")
def tell_those_who_are_asked(message: Message) -> None:
    actions.tell_of_question(question_id=UUID(message.key))
