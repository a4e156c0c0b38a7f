"""What pages ask about question sets: always for a group."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Max, OuterRef, Q, QuerySet, Subquery
from django.shortcuts import get_object_or_404

from groups.models import Group
from questions.editing import words_by_part
from questions.models import QuestionSet, QuestionSetVersion
from questions.shape import EASY_READ, ENGLISH, LANGUAGES, Form, Question, fingerprint, read, words_in, write


@dataclass(frozen=True, slots=True)
class Listed:
    """A set in a list: how many versions there are, and whether the draft is as the last one."""

    question_set: QuestionSet
    newest: int
    questions: int

    @property
    def is_ours(self) -> bool:
        """Whether it belongs to no group."""
        return self.question_set.group_id is None


def sets_for(group: Group) -> list[Listed]:
    """What a group can use, its own first, by title."""
    found = QuestionSet.objects.for_group(group).annotate(newest=Max("versions__number")).order_by("title")
    listed = [Listed(one, one.newest or 0, sum(1 for _ in read(one.draft).questions())) for one in found]
    return sorted(listed, key=lambda one: one.is_ours)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a set in a language: how many of its words are to be written, and which pictures to be chosen."""

    name: str
    label: str
    missing: int
    without_picture: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Language:
    """A language of a draft, with its parts."""

    code: str
    name: str
    parts: tuple[Part, ...]


def languages_of(draft: Form) -> list[Language]:
    """The languages of a draft but English, which is written first."""
    return [Language(code, LANGUAGES[code], _parts(draft, code)) for code in draft.languages if code != ENGLISH]


def _parts(draft: Form, code: str) -> tuple[Part, ...]:
    names = {one.name: words_in(one.label, ENGLISH) for one in draft.sections}
    without = [(home.name, one) for home, one in draft.without_pictures()] if code == EASY_READ else []
    return tuple(
        Part(
            name=name,
            label=names.get(name, "Title and shared answers"),
            missing=sum(1 for one in words.values() if not one.get(code)),
            without_picture=tuple(one for home, one in without if home == name),
        )
        for name, words in words_by_part(draft).items()
    )


def set_for(group: Group, set_id: UUID) -> QuestionSet:
    """One that a group can use; any other is not found."""
    return get_object_or_404(QuestionSet.objects.for_group(group), pk=set_id)


def own_set(group: Group, set_id: UUID) -> QuestionSet:
    """One of the group's own, to be changed; ours and those of others are not found."""
    return get_object_or_404(QuestionSet.objects.of_group(group), pk=set_id)


def versions_of(question_set: QuestionSet) -> QuerySet[QuestionSetVersion]:
    """Its versions, newest first, with what retired them."""
    return QuestionSetVersion.objects.of_set(question_set.pk).select_related("retirement").defer("form", "compiled")


def version_for(group: Group, version_id: UUID) -> QuestionSetVersion:
    """A version that a group can use; any other is not found."""
    return get_object_or_404(
        QuestionSetVersion.objects.for_group(group).select_related("question_set", "retirement"), pk=version_id
    )


def versions_in_use(group: Group, *, also: UUID | None = None) -> QuerySet[QuestionSetVersion]:
    """What a visit of a group can take: the newest version of each set that is not retired, and the one it has."""
    newest = QuestionSetVersion.objects.in_use().of_set(OuterRef("question_set")).values("number")[:1]
    usable = QuestionSetVersion.objects.for_group(group)
    chosen = Q(retirement=None, number=Subquery(newest)) | Q(pk=also)
    return usable.filter(chosen).order_by("title").defer("form", "compiled")


def sets_in_use(group: Group) -> QuerySet[QuestionSet]:
    """The sets of which a new visit of a group can take a version."""
    usable = QuestionSetVersion.objects.for_group(group).in_use().values("question_set")
    return QuestionSet.objects.filter(pk__in=usable).order_by("title")


def own_version(group: Group, version_id: UUID) -> QuestionSetVersion:
    """A version of one of the group's own sets; any other is not found."""
    return get_object_or_404(QuestionSetVersion.objects.of_group(group), pk=version_id)


def newest_number(question_set: QuestionSet) -> int:
    """The number of the newest version; 0 if there is none."""
    newest = versions_of(question_set).first()
    return newest.number if newest else 0


def published_as_it_is(question_set: QuestionSet) -> QuestionSetVersion | None:
    """The newest version, where nothing was changed since."""
    newest = versions_of(question_set).first()
    return newest if newest and newest.md5 == fingerprint(write(read(question_set.draft))) else None
