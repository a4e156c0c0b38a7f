"""What the outbox has this app do."""

from uuid import UUID

from kit import mail
from kit.outbox import Message, handles
from people import actions
from people.actions.second_steps import CHANGED
from people.actions.telling import TELLING
from people.mails import changed_words
from people.models import Person


@handles(CHANGED)
def tell_whose_second_step_changed(message: Message) -> None:
    """Write to the address somebody signs in with, in case it was not them."""
    person = Person.objects.filter(pk=str(message.payload["person"]), is_active=True).exclude(email=None).first()
    if person is not None:
        mail.send(
            key=f"{CHANGED}:{message.key}",
            to=str(person.email),
            subject=mail.Subject.ACCOUNT,
            words=changed_words(str(message.payload["what"])),
        )


@handles(TELLING)
def tell_a_way(message: Message) -> None:
    """Say on an old way in that a way to sign in changed."""
    actions.tell_way(way_id=UUID(str(message.payload["way"])), what=str(message.payload["what"]))


@handles("people.recovery")
def tell_an_old_way(message: Message) -> None:
    """Say on a way in that there was what is going to change, and how to stop it."""
    actions.tell_old_way(recovery_id=UUID(str(message.payload["recovery"])), way=str(message.payload["way"]))
