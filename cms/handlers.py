"""What the outbox brings: a role that began or ended, a picture that came or was taken back, another search."""

from uuid import UUID

from cms.actions import follow_rights, index_again
from cms.picture_actions import clear_away, make_sizes, promise_sizes
from kit.outbox import Message, handles
from tenants.schemes.models import Scheme


@handles("schemes.membership_changed")
def the_groups_follow(message: Message) -> None:
    """Whoever gained or lost the right to edit joins or leaves the editors."""
    scheme = Scheme.objects.get(schema_name=message.schema)
    follow_rights(person_id=UUID(str(message.payload["person"])), scheme=scheme)


@handles("cms.picture_came")
def its_sizes_are_made(message: Message) -> None:
    """Make every size of the picture before somebody opens a page with it."""
    # Behind the version stands which sizes there were when it was promised: all that there are now are made.
    version = ":".join(message.key.split(":")[:2])
    make_sizes(picture_id=int(str(message.payload["picture"])), version=version)


@handles("cms.every_picture")
def sizes_of_every_picture_follow(message: Message) -> None:
    """After a change of ours in which sizes there are: each picture has its own message, so that one stops no other."""
    promise_sizes()


@handles("cms.picture_taken_back")
def its_files_go(message: Message) -> None:
    """Delete the picture with all its files."""
    clear_away(picture_id=int(str(message.payload["picture"])))


@handles("cms.index_again")
def pages_are_found_by_what_they_say_now(message: Message) -> None:
    """After a change of ours in what is put into the search."""
    index_again()
