"""What pages and messages ask of published answers, each in a fixed number of statements."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Expression, Q, QuerySet, Value

from answers.models import Digest, PublishedAnswer, ThemeFollowed
from answers.published import A_FEW
from answers.querysets import MOST_COMPARED, PublishedAnswerQuerySet
from kit import clock, disclosure
from kit.pair import STOPS, PairView, Stop
from people.models import Notice
from tenants.schemes.models import Membership, NationalRole, Scheme, Site
from tenants.schemes.rights import NationalRoleName

ON_A_PAGE = 10
NOTICE = "new_answers"
# An answer by its scheme and its point.
Key = tuple[UUID | None, UUID | None]
# Where every scheme's site shows its answers.
ON_THEIR_SITE = "/you-said-we-did/"


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which answers somebody asks for; what is empty leaves nothing out. Themes and groups are codes."""

    words: str = ""
    theme: str = ""
    group: str = ""
    kind: str = ""
    decision: str = ""
    themes: Collection[str] | None = None
    """Only these themes, such as those that one follows."""


@dataclass(frozen=True, slots=True)
class Found:
    """One answer with the scheme that gave it, the way there, and who did the same."""

    row: PublishedAnswer
    pair: PairView
    same_count: int
    first: PublishedAnswer | None
    """The answer of another scheme that this one followed, as long as it stands there and everybody may read it."""
    shares: str = ""
    """What it shares with the point beside which it stands, in words."""

    @property
    def scheme(self) -> Scheme:
        return self.row.scheme

    @property
    def href(self) -> str:
        """The answers about the same on the scheme's own site."""
        return way_there(self.row)

    @property
    def kind(self) -> str:
        """The kind of place it is about, in words."""
        return Site.Kind(self.row.site_kind).label if self.row.site_kind in Site.Kind.values else ""

    @property
    def same_words(self) -> str:
        """How many schemes say that they did the same: a count of things, so it is exact."""
        if not self.same_count:
            return ""
        return (
            "1 other scheme did the same" if self.same_count == 1 else f"{self.same_count} other schemes did the same"
        )

    @property
    def first_words(self) -> str:
        return f"{self.first.scheme.name} did this first" if self.first else ""

    @property
    def first_href(self) -> str:
        return way_there(self.first) if self.first else ""


def search(chosen: Chosen, *, page: int | str = 1) -> Page[Any]:
    """Answers that everybody may read: with words those that fit best first, else the newest; `Found` each."""
    ids = matching(chosen).values_list("pk", flat=True)
    # Of words, so few are compared that all ids come at once: to count them apart would be to look for them twice.
    found: Page[Any] = Paginator(list(ids) if chosen.words else ids, ON_A_PAGE).get_page(page)
    found.object_list = as_found(_in_order(found.object_list))
    return found


def first(chosen: Chosen, *, but: UUID, most: int) -> list[Found]:
    """The first of a search, without those of one scheme."""
    return as_found(_in_order(_ids(matching(chosen, but=but), most)))


def is_cut(chosen: Chosen, found: Page[Any]) -> bool:
    """Whether more answers have the words than were compared."""
    if not chosen.words or found.paginator.count < MOST_COMPARED:
        return False
    return chosen_rows(chosen).having(chosen.words)[MOST_COMPARED : MOST_COMPARED + 1].exists()


def matching(chosen: Chosen, *, but: UUID | None = None) -> PublishedAnswerQuerySet:
    """The rows of a search, in order."""
    rows = chosen_rows(chosen, but=but)
    return rows.saying(chosen.words) if chosen.words else rows.newest_first()


def chosen_rows(chosen: Chosen, *, but: UUID | None = None) -> PublishedAnswerQuerySet:
    """The rows among which words are looked for."""
    rows = PublishedAnswer.objects.readable()
    if but:
        rows = rows.of_others(but)
    if chosen.theme:
        rows = rows.about(chosen.theme)
    if chosen.themes is not None:
        rows = rows.filter(theme_code__in=chosen.themes, theme_is_core=True)
    if chosen.group:
        rows = rows.from_group(chosen.group)
    if chosen.kind:
        rows = rows.at_kind(chosen.kind)
    if chosen.decision:
        rows = rows.decided_as(chosen.decision)
    return rows


def nearest(*, like: Expression, theme: str, but: UUID, most: int) -> list[Found]:
    """The answers of other schemes that are nearest: by theme and words, then by theme alone, then by words alone."""
    others = PublishedAnswer.objects.readable().of_others(but)
    same_theme = others.about(theme) if theme else others.none()
    shares: dict[UUID, str] = {}
    for words, rows in (
        ("shares the theme and words", same_theme.like(like)),
        ("shares the theme", same_theme.newest_first()),
        ("shares words", others.like(like)),
    ):
        if len(shares) < most:
            shares |= dict.fromkeys(_ids(rows.exclude(pk__in=shares), most - len(shares)), words)
    return [replace(one, shares=shares[one.row.pk]) for one in as_found(_in_order(shares))]


def of_other_scheme(answer_id: UUID, *, but: UUID) -> PublishedAnswer | None:
    """One answer of another scheme, if everybody may read it."""
    return PublishedAnswer.objects.readable().of_others(but).filter(pk=answer_id).select_related("scheme").first()


def at(scheme_id: UUID, point_id: UUID) -> Found | None:
    """The answer of a scheme about one point of it, if everybody may read it."""
    rows = PublishedAnswer.objects.readable().of_scheme(scheme_id).filter(point_id=point_id)
    return next(iter(as_found(rows.select_related("scheme").defer("search"))), None)


def kept(scheme_id: UUID, point_ids: Collection[UUID] | None = None) -> dict[UUID, PublishedAnswer]:
    """Every answer of one scheme that stands here, or those about some points, by its point."""
    rows = PublishedAnswer.objects.of_scheme(scheme_id).defer("search")
    return {row.point_id: row for row in (rows if point_ids is None else rows.filter(point_id__in=point_ids))}


def kept_points(scheme_id: UUID) -> set[UUID]:
    """The points of one scheme whose answers stand here."""
    return set(PublishedAnswer.objects.of_scheme(scheme_id).order_by().values_list("point_id", flat=True))


def themes() -> list[tuple[str, str]]:
    """Themes that every scheme has, and about which there is an answer: code and words."""
    rows = PublishedAnswer.objects.readable().filter(theme_is_core=True).order_by()
    return sorted(rows.values_list("theme_code", "theme").distinct(), key=lambda one: one[1])


def groups() -> list[tuple[str, str]]:
    """Groups that every scheme has, and from which an answer came: code and words."""
    # The words of the others stand behind theirs, and have no code.
    rows = PublishedAnswer.objects.readable().exclude(groups=[]).order_by()
    pairs = {
        pair
        for codes, labels in rows.values_list("groups", "group_labels").distinct()
        for pair in zip(codes, labels, strict=False)
    }
    return sorted(pairs, key=lambda one: one[1])


def followed_by(person_id: UUID) -> list[str]:
    """The codes of the themes that somebody follows."""
    return list(ThemeFollowed.objects.of(person_id).values_list("theme_code", flat=True))


def may_follow(person_id: UUID) -> bool:
    """Whether somebody works for a scheme today, or looks at all of them."""
    at_schemes = Membership.objects.of(person_id).running()
    nationally = NationalRole.objects.of(person_id).running().exclude(role=NationalRoleName.OPERATOR)
    # Each page of the platform asks it, so it is one statement.
    held = (roles.order_by().annotate(one=Value(1)).values("one") for roles in (at_schemes, nationally))
    return next(held).union(*held, all=True).exists()


def whose_week_is_due(week: date) -> list[UUID]:
    """Everybody who follows something and whose week was not looked through yet."""
    done = Digest.objects.filter(week=week).values("person_id")
    rows = ThemeFollowed.objects.exclude(person_id__in=done).order_by("person_id")
    return list(rows.values_list("person_id", flat=True).distinct())


def weeks_not_seen(person_id: UUID) -> list[str]:
    """The weeks of somebody of which a notice still waits: by their keys."""
    waiting = Notice.objects.filter(person_id=person_id, kind=NOTICE, read_at=None)
    return list(waiting.values_list("key", flat=True))


def themes_of_new_answers(person_id: UUID, *, until: datetime) -> list[str]:
    """The theme of each answer of other schemes than their own that came since somebody's last week was looked through,
    or since they followed it."""
    last = Digest.objects.filter(person_id=person_id).order_by("-until").values_list("until", flat=True).first()
    new = Q(pk=None)
    for one in ThemeFollowed.objects.of(person_id):
        since = max(one.since, last) if last else one.since
        new |= Q(theme_code=one.theme_code, theme_is_core=True, came_at__gt=since, came_at__lte=until)
    own = Membership.objects.of(person_id).running().values("scheme")
    rows = PublishedAnswer.objects.readable().filter(new).exclude(scheme__in=own).order_by()
    return list(rows.values_list("theme_code", flat=True))


def as_found(rows: Iterable[PublishedAnswer]) -> list[Found]:
    """Rows with how many did the same and whom they followed, in two statements for any number of rows."""
    listed = list(rows)
    counts = _schemes_that_did_the_same(listed)
    firsts = _followed(listed)
    today = clock.today()
    return [
        Found(
            row,
            _pair(row, today),
            len(counts[row.scheme_id, row.point_id]),
            _if_first(firsts.get((row.same_scheme_id, row.same_point_id)), row),
        )
        for row in listed
    ]


def _if_first(followed: PublishedAnswer | None, row: PublishedAnswer) -> PublishedAnswer | None:
    """The answer that was followed, unless a newer one stands in its place."""
    return followed if followed and followed.answered_at <= row.answered_at else None


def _ids(rows: PublishedAnswerQuerySet, most: int) -> QuerySet[Any, UUID]:
    return rows.values_list("pk", flat=True)[:most]


def _in_order(ids: Iterable[UUID]) -> list[PublishedAnswer]:
    """Whole rows in the order of their ids: a search sorts nothing else, which is what makes it quick."""
    listed = list(ids)
    rows = PublishedAnswer.objects.select_related("scheme").defer("search").in_bulk(listed)
    return [rows[pk] for pk in listed if pk in rows]


def way_there(row: PublishedAnswer) -> str:
    """Where a scheme's own site shows this answer; the address holds no words of anybody."""
    about = {"theme": row.theme_code} if row.theme_code else {}
    query = urlencode(about | {"decision": row.decision})
    return f"{row.scheme.origin}{ON_THEIR_SITE}?{query}"


def _schemes_that_did_the_same(rows: Sequence[PublishedAnswer]) -> dict[Key, set[UUID]]:
    """By answer. What was answered before it did not follow it: it followed one that stood there earlier, if any."""
    found: dict[Key, set[UUID]] = defaultdict(set)
    if rows:
        since = {(row.scheme_id, row.point_id): row.answered_at for row in rows}
        followers = PublishedAnswer.objects.readable().following([row.point_id for row in rows]).order_by()
        for follower in followers.only("same_scheme_id", "same_point_id", "scheme_id", "answered_at"):
            key = follower.same_scheme_id, follower.same_point_id
            if key in since and follower.answered_at >= since[key]:
                found[key].add(follower.scheme_id)
    return found


def _followed(rows: Sequence[PublishedAnswer]) -> dict[Key, PublishedAnswer]:
    wanted = [row.same_point_id for row in rows if row.same_point_id]
    if not wanted:
        return {}
    found = PublishedAnswer.objects.readable().filter(point_id__in=wanted).select_related("scheme").defer("search")
    return {(row.scheme_id, row.point_id): row for row in found}


def _pair(row: PublishedAnswer, today: date) -> PairView:
    stops = [
        Stop(name, done=done, on=date.fromisoformat(on) if on else None)
        for name, (done, on) in zip(STOPS, row.line, strict=False)
    ]
    # The stop has its day also where those who said it deny that it changed: the scheme has said that it is done.
    is_done = len(stops) > 4 and stops[4].on is not None
    return PairView(
        said=row.said,
        decision=row.decision,  # type: ignore[arg-type]
        answer=row.answer,
        why=row.reason,
        who=row.who,
        by=row.due,
        is_late=row.due is not None and row.due < today and not is_done,
        review_on=row.review_on,
        people_words=_people_words(row.people),
        groups=row.group_labels,
        helps=row.helps,
        said_on=row.said_on,
        stops=stops,
        confirmation_words=" ".join(filter(None, [row.says, "It waits for a new answer." if row.waits_again else ""])),
        in_other_words=True,
        example_note=row.example_note,
    )


def _people_words(people: int | None) -> str:
    if people is None:
        return ""
    words = disclosure.people_words(None if people == A_FEW else people)
    return words[:1].upper() + words[1:]
