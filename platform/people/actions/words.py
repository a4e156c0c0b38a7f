"""The one message a day that says that something waits, to whoever it is safe to send it to (ADR 0042)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from django.urls import reverse

from kit import channels, clock, mail, tokens
from kit.channels import Outcome, TryLater
from people.models import SafeContact, Word, WordLink
from people.queries import Way, way_to
from people.safe_times import next_safe, tomorrow

FIRST_ASKED_AFTER = timedelta(minutes=2)
LONGEST_PAUSE = timedelta(hours=6)
# Notify forgets a message after a week.
ASKED_FOR = timedelta(days=7)
ASKED_AT_A_TIME = 20
# Notify takes a text of 918 letters, with whatever its template puts around ours.
LONGEST_TEXT, MOST_LINKS_IN_A_TEXT = 800, 2


@dataclass(frozen=True, slots=True)
class OpenLink:
    """What a link in a message opens without signing in: one thing of one scheme, until a moment."""

    scheme_id: UUID
    key: UUID
    until: datetime


@transaction.atomic
def promise_word(*, person_id: UUID, link: OpenLink | None = None) -> Word | None:
    """A message that will say that something waits: the one that has not gone yet, or a new one at the next safe time.

    Nothing where the person gets no messages. It is sent by `send_promised_word` in a later transaction, so that a key
    which a carrier may have seen is never lost. Whichever of the things it stands for sends it, `link` stands in it.
    """
    _alone_with(person_id)
    way = way_to(person_id)
    if way is None or not way.contact.is_by_message:
        return None
    due = _next_time(way)
    waiting = Word.objects.filter(person_id=person_id, sent_at=None)
    if waiting.update(channel=way.contact.channel, due_at=due, stands_for=F("stands_for") + 1):
        word = waiting.get()
    else:
        word = Word.objects.create(person_id=person_id, channel=way.contact.channel, due_at=due)
    if link:
        _put_link(word, link)
    return word


@transaction.atomic
def send_promised_word(*, word_id: UUID, words: str = "") -> Word | None:
    """Send a promised message if it is safe now; else it has a later `due_at`. Nothing if they want no messages now.

    `words` may stand in it only if it is for one thing alone, and the person ticked that.
    """
    promised = Word.objects.filter(pk=word_id).first()
    if promised is None:
        return None
    _alone_with(promised.person_id)
    word = Word.objects.select_for_update().get(pk=word_id)
    way = way_to(word.person_id)
    if word.sent_at is not None:
        return word
    if way is None or not way.contact.is_by_message:
        word.delete()
        return None
    word.channel, word.due_at = way.contact.channel, _next_time(way)
    if word.due_at <= clock.now():
        _send(word, way, words if word.stands_for == 1 and way.contact.words_in_messages else "")
    word.save()
    return word


@transaction.atomic
def drop_promised_word(*, word_id: UUID, link: UUID) -> None:
    """One of the things that a message was to say is over: its link is gone, and nobody is written to for nothing."""
    promised = Word.objects.filter(pk=word_id).first()
    if promised is None:
        return
    _alone_with(promised.person_id)
    word = Word.objects.select_for_update().get(pk=word_id)
    if word.sent_at is not None:
        return
    word.links.filter(key=link).delete()
    if word.stands_for == 1:
        word.delete()
    else:
        word.stands_for -= 1
        word.save(update_fields=["stands_for"])


@transaction.atomic
def word_ended(*, reference: str, outcome: Outcome) -> bool:
    """Write down what a carrier says of a message; whether there is one of ours that it can be about."""
    since = clock.now() - ASKED_FOR
    open_words = Word.objects.filter(outcome=Outcome.ACCEPTED, ask_at__isnull=False, sent_at__gte=since)
    found = open_words.filter(reference=reference).exclude(reference="").select_for_update().first()
    if found is None:
        return False
    _note(found, outcome)
    return True


def end_links(*, person_id: UUID, sent_by: str = "") -> None:
    """The links in what was sent open nothing any more: somebody else may read it where it went.

    A message that has not gone yet keeps its links: it goes by the way that is theirs then.
    """
    sent = WordLink.objects.filter(word__person_id=person_id, word__sent_at__isnull=False)
    (sent.filter(word__channel=sent_by) if sent_by else sent).delete()


def ask_how_words_ended() -> None:
    """Ask the carrier about messages that it took: soon after, then less and less often."""
    due = Word.objects.filter(outcome=Outcome.ACCEPTED, ask_at__lte=clock.now()).order_by("ask_at")
    for word in due.select_for_update(skip_locked=True)[:ASKED_AT_A_TIME]:
        try:
            outcome = channels.outcome(mark=channels.reference(_key(word)))
        except TryLater:
            # It does not answer anybody now; the next tick asks again.
            return
        _note(word, outcome or Outcome.ACCEPTED)


def _note(word: Word, outcome: Outcome) -> None:
    word.outcome, word.asked = outcome, word.asked + 1
    pause = min(FIRST_ASKED_AFTER * 2**word.asked, LONGEST_PAUSE)
    again = clock.now() + pause
    over = word.sent_at is None or again > word.sent_at + ASKED_FOR
    word.ask_at = None if outcome != Outcome.ACCEPTED or over else again
    word.save(update_fields=["outcome", "asked", "ask_at"])


def _put_link(word: Word, link: OpenLink) -> None:
    token_hash = tokens.fingerprint(tokens.token_for(link.key))
    put = {"word": word, "scheme_id": link.scheme_id, "token_hash": token_hash, "until": link.until}
    WordLink.objects.update_or_create(key=link.key, defaults=put)


def _send(word: Word, way: Way, words: str) -> None:
    word.sent_at = clock.now()
    links = [f"{settings.PLATFORM_ORIGIN}{_path(link)}" for link in word.links.all()]
    subject = mail.Subject.NEW if links else mail.Subject.ANSWER
    try:
        if word.channel == SafeContact.Channel.TEXT:
            sent = channels.send_text(key=_key(word), to=way.to, words=_as_text(subject, words, links))
        else:
            said = "\n\n".join(_sentences(subject, words, links)) + "\n"
            sent = mail.send(key=_key(word), to=way.to, subject=subject, words=said)
    except channels.BadAddress:
        word.outcome = Outcome.FAILED
        return
    word.outcome, word.sent_on, word.reference = sent.outcome, clock.today(), channels.reference(_key(word))
    word.ask_at = clock.now() + FIRST_ASKED_AFTER if sent.outcome == Outcome.ACCEPTED and sent.is_followed else None


def _as_text(subject: mail.Subject, words: str, links: Sequence[str]) -> str:
    """The same as a text message, which must not be long: then all of it waits on their page."""
    links = links if len(links) <= MOST_LINKS_IN_A_TEXT else []
    said = " ".join(_sentences(subject, words, links))
    return said if len(said) <= LONGEST_TEXT else " ".join(_sentences(subject, "", links))


def _sentences(subject: mail.Subject, words: str, links: Sequence[str]) -> list[str]:
    """What a message says: nothing of what it is about, unless that was ticked."""
    page = f"{settings.PLATFORM_ORIGIN}/my/"
    opened = [f"Open it here. You do not have to sign in: {link}" for link in links]
    rest = f"Your page is here: {page}" if links else f"Read it here: {page}"
    return [f"{subject}.", *filter(None, [words]), *opened, rest]


def _path(link: WordLink) -> str:
    return reverse("asked", args=[tokens.token_for(link.key)], urlconf=settings.PUBLIC_SCHEMA_URLCONF)


def _next_time(way: Way) -> datetime:
    """The next moment that is safe, on a day on which no message went to them yet."""
    now = clock.now()
    gone_today = Word.objects.filter(person_id=way.contact.person_id, sent_on=clock.today()).exists()
    return next_safe(way.contact, after=tomorrow(now) if gone_today else now)


def _key(word: Word) -> str:
    return f"word:{word.pk}"


def _alone_with(person_id: UUID) -> None:
    """Whoever promises or sends this person a message at the same moment waits until this transaction has ended."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"people.word:{person_id}"])
