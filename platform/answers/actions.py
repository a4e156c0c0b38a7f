"""What changes published answers: a scheme hands one over or takes it away; and who follows which theme."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from answers.models import AnswersCheck, Digest, PublishedAnswer, ThemeFollowed
from answers.published import Published
from answers.queries import NOTICE, may_follow, themes_of_new_answers, weeks_not_seen, whose_week_is_due
from kit import clock, outbox
from kit.faults import is_away
from people.actions import notice, read_notice
from people.models import Person

# On Mondays, when the day's work begins.
WEEK_BEGINS_AT = 7
# What is being written at this moment is left for the next week, so that no week leaves it out.
STILL_COMING = timedelta(minutes=5)

# What is older when it is found missing or different here was public before, such as all of a scheme that is restored.
NEWS_FOR = timedelta(days=7)

# When answers are compared word by word: from two in the morning on, over three hours.
NIGHT_BEGINS = timedelta(hours=2)
NIGHT_MINUTES = 180


def alone_with(*, scheme_id: UUID, point_ids: Collection[UUID]) -> None:
    """Whoever brings the same answers here waits until this transaction has ended, and then reads what is true by then.

    So a message that comes late, twice or beside another one does no harm. Called before the state is read.
    """
    keys = [f"answers:{scheme_id}:{point_id}" for point_id in sorted(point_ids)]
    with connection.cursor() as cursor:
        # The list is gone through in its order, by which no two wait for each other.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(key, 0)) FROM unnest(%s::text[]) AS key", [keys])


@transaction.atomic
def keep(*, scheme_id: UUID, point_id: UUID, published: Published, announced: bool = True) -> PublishedAnswer:
    """Have an answer stand here as the public reads it now; done again, no change.

    What nobody `announced` is brought into step: it is news only as long as the answer is new.
    """
    values = _values(published)
    now = clock.now()
    is_news = announced or published.answered_at > now - NEWS_FOR
    row = PublishedAnswer.objects.of_scheme(scheme_id).filter(point_id=point_id).first()
    if row is None:
        came_at = now if is_news else published.answered_at
        return PublishedAnswer.objects.create(scheme_id=scheme_id, point_id=point_id, came_at=came_at, **values)
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    if not changed:
        return row
    if is_news and {"answered_at", "theme_code", "theme_is_core"}.intersection(changed):
        # Whoever follows the theme has not heard of it.
        values["came_at"] = now
        changed.append("came_at")
    for name in changed:
        setattr(row, name, values[name])
    row.save(update_fields=changed)
    return row


@transaction.atomic
def drop(*, scheme_id: UUID, point_ids: Collection[UUID]) -> int:
    """Take answers away that the public may not read any more; how many there were."""
    return PublishedAnswer.objects.of_scheme(scheme_id).filter(point_id__in=point_ids).delete()[0]


def stands_as(row: PublishedAnswer, published: Published) -> bool:
    """Whether a row says just what the scheme's own page says."""
    return all(getattr(row, name) == value for name, value in _values(published).items())


def night_to_compare(*, scheme_id: UUID) -> date | None:
    """The last night whose hour has come for a scheme, if its answers were not compared in that night yet.

    Each scheme has a minute of its own, so that the clock is not busy with all of them at once.
    """
    here = clock.now().astimezone(clock.LONDON) - NIGHT_BEGINS - timedelta(minutes=scheme_id.int % NIGHT_MINUTES)
    night = here.date()
    return None if AnswersCheck.objects.filter(scheme_id=scheme_id, night__gte=night).exists() else night


def note_compared(*, scheme_id: UUID, night: date) -> None:
    """Say that all answers of a scheme stood as they should, or were mended, in a night."""
    AnswersCheck.objects.update_or_create(scheme_id=scheme_id, defaults={"night": night})


@transaction.atomic
def follow(*, person: Person, themes: Collection[str]) -> None:
    """Hear of new answers about these themes and no others; a theme that was followed before counts on."""
    before = set(ThemeFollowed.objects.of(person.pk).values_list("theme_code", flat=True))
    ThemeFollowed.objects.of(person.pk).exclude(theme_code__in=themes).delete()
    ThemeFollowed.objects.bulk_create(
        [ThemeFollowed(person_id=person.pk, theme_code=code) for code in sorted(set(themes) - before)],
        ignore_conflicts=True,
    )


def send_digests() -> list[Exception]:
    """Look through the week for everybody who follows a theme, from Monday morning on; what failed is given back.

    Each by itself: nobody waits for another's.
    """
    now = clock.now()
    week, failed = _latest_monday(now), []
    for person_id in whose_week_is_due(week):
        try:
            _send_digest(person_id, week, until=now - STILL_COMING)
        except Exception as error:
            if is_away(error):
                raise
            failed.append(error)
    return failed


@transaction.atomic
def _send_digest(person_id: UUID, week: date, *, until: datetime) -> None:
    """One person's week: a notice and a message where something is new, and a mark that it was looked through.

    Whoever works nowhere any more hears nothing, and is not asked for again that week either.
    """
    found = themes_of_new_answers(person_id, until=until) if may_follow(person_id) else []
    digest, is_new = Digest.objects.get_or_create(
        person_id=person_id,
        week=week,
        defaults={"until": until, "answers": len(found), "themes": len(set(found))},
    )
    if not is_new or not found:
        return
    notice(person_id=person_id, kind=NOTICE, key=str(digest.pk), path="/answers/?followed=yes", scheme=None)
    outbox.put("answers.digest", key=digest.pk)


def see_new_answers(*, person: Person) -> None:
    """Whoever opens what they follow has seen what waited for them there."""
    for digest_id in weeks_not_seen(person.pk):
        read_notice(person_id=person.pk, kind=NOTICE, key=digest_id)


def _latest_monday(now: datetime) -> date:
    """The last Monday whose morning has come, in London."""
    here = now.astimezone(clock.LONDON)
    monday = (here - timedelta(days=here.weekday())).replace(hour=WEEK_BEGINS_AT, minute=0, second=0, microsecond=0)
    return (monday if monday <= here else monday - timedelta(days=7)).date()


def _values(published: Published) -> dict[str, Any]:
    """The columns, in the shapes in which they come back from the database."""
    values = asdict(published)
    same = values.pop("same")
    lists = {name: list(values[name]) for name in ("groups", "group_labels", "helps")}
    line = [list(stop) for stop in published.line]
    return (
        values
        | lists
        | {
            "line": line,
            "same_scheme_id": same[0] if same else None,
            "same_point_id": same[1] if same else None,
        }
    )
