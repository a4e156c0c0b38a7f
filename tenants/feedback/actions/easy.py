"""Staff write an answer in Easy Read, and whoever needs that is told in it (ADR 0055)."""

from django.db import transaction

import audit
from kit import clock
from people.models import Person
from tenants.feedback import easy
from tenants.feedback.actions.locking import locked_with_words
from tenants.feedback.errors import NothingSaid
from tenants.feedback.models import EasyRead, Round, Told
from tenants.feedback.rules import BY_HAND, Form


@transaction.atomic
def write_easy_read(*, round_: Round, what: str, why: str, by: Person) -> EasyRead:
    """Write it, or write it anew; for whoever is told on a page, a slip or by a message the form they need is made."""
    point = locked_with_words(round_.point_id)
    check_easy("easy_what", what)
    check_easy("easy_why", why)
    given = {"what": "\n".join(easy.lines_of(what)), "why": "\n".join(easy.lines_of(why))}
    written, _ = EasyRead.objects.update_or_create(
        round=round_, defaults=given | {"by_id": by.pk, "written_at": clock.now()}
    )
    waiting = Told.objects.filter(round=round_, form=Form.EASY, met_on=None).exclude(channel__in=BY_HAND)
    waiting.update(met_on=clock.today())
    audit.record(by=by, operation="change", what="wrote an answer in easy read", thing=point)
    return written


def check_easy(field: str, text: str) -> None:
    """Refuse what is empty, and the first line that is hard to read, with that line."""
    if not easy.lines_of(text):
        raise NothingSaid("Write at least one line. Each line is one idea.", field=field)
    for problem in easy.problems(text):
        raise NothingSaid(problem, field=field)
