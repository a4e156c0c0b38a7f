"""What somebody writes down on a visit, kept after every page, until it is sent as one record."""

from collections.abc import Callable
from uuid import UUID

from django.db import transaction

from kit import clock
from peer_monitoring import queries, records
from peer_monitoring.actions.receiving import Receipt, receive
from peer_monitoring.actions.visiting import begin
from peer_monitoring.errors import NotFinished, NotOnTheTeam, TooLate
from peer_monitoring.models import Attachment, Draft, Record, Visit
from peer_monitoring.records import PhotoNamed, Sent, Stopped
from questions.answering import Answers, read_answers


@transaction.atomic
def open_draft(*, visit: Visit, by: UUID) -> Draft:
    """Somebody's own draft: the one that they have, or a new one, with which the visit begins."""
    begin(visit=visit, by=by) if visit.began_at is None else _require_seat(visit, by)
    if mine := queries.my_draft(visit, by):
        return mine
    _refuse_closed(visit)
    if visit.cancelled_at:
        raise TooLate("This visit was called off. What you wrote before can still be sent.")
    if queries.my_record(visit, by):
        raise TooLate("You have sent this already. Press “Change it” to change what you sent.")
    draft, _ = Draft.objects.get_or_create(visit=visit, person_id=by)
    return draft


@transaction.atomic
def save_answers(*, draft: Draft, how: Callable[[Answers], Answers]) -> Draft:
    """Keep what was typed, also what is wrong with it, beside what another page keeps at the same moment."""
    held = Draft.objects.select_for_update().get(pk=draft.pk)
    held.answers, held.changed_at = records.cleaned(how(held.answers)), clock.now()
    held.save(update_fields=["answers", "changed_at"])
    return held


@transaction.atomic
def correct(*, record: Record, by: UUID) -> Draft:
    """Change what was sent: a new draft with the same answers, that will replace it."""
    if record.state == Record.State.REPLACED:
        raise TooLate("This has been replaced already. Change the later one.")
    _require_seat(record.visit, by)
    _refuse_closed(record.visit)
    draft, _ = Draft.objects.get_or_create(
        visit=record.visit, person_id=by, defaults={"answers": record.answers, "supersedes_id": record.pk}
    )
    return draft


@transaction.atomic
def finish(*, draft_id: UUID, visit: Visit, by: UUID, stopped: Stopped | None = None) -> Receipt | None:
    """Send a draft as a record and let go of it; pressed twice, it is sent once, and the second press finds nothing.

    Whoever says why they cannot finish it sends what there is, also where everything is answered: only they know it.
    It takes the place of what they sent from a phone meanwhile; the visit is held first, so that nothing comes between.
    """
    held = Draft.objects.of(visit, by).select_for_update().filter(pk=draft_id).first()
    if held is None:
        return None
    Visit.objects.select_for_update(of=("self",)).get(pk=visit.pk)
    version, replaced = queries.version_of(held, visit), queries.takes_the_place_of(held, visit)
    reading = read_answers(version.compiled, held.answers, today=clock.today())
    if stopped is None and (reading.missing() or reading.problems):
        raise NotFinished("Some answers are missing or wrong. They are marked below.")
    sent = Sent(
        instance_id=held.pk, visit_id=visit.pk, version_id=version.pk,
        supersedes_id=replaced.pk if replaced else None, began_at=held.began_at, finished_at=clock.now(),
        answers=reading.answers, photos=_photos_of(replaced), stopped=stopped,
    )  # fmt: skip
    receipt = receive(body=records.written(sent), by=by)
    held.delete()
    return receipt


def _photos_of(replaced: Record | None) -> tuple[PhotoNamed, ...]:
    """The photos of the record that is replaced: pages take none, and none is to go with a change of words."""
    named = Attachment.objects.of(replaced) if replaced else ()
    once = {one.photo_id_on_phone: PhotoNamed(one.photo_id_on_phone, one.sha256, one.key) for one in named}
    return tuple(once.values())


def _require_seat(visit: Visit, by: UUID) -> None:
    if queries.my_seat(visit, by) is None:
        raise NotOnTheTeam("Only somebody on the team writes down what they found.")


def _refuse_closed(visit: Visit) -> None:
    """What was begun before can still be sent: whoever spoke is not to lose it."""
    if visit.closed_at:
        raise TooLate("This visit is closed. What you wrote before can still be sent.")
