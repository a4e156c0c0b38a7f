"""Question sets: begin, copy, change the draft, publish, retire."""

from collections.abc import Callable
from uuid import UUID

from django.db import transaction

import audit
from groups.models import Group
from kit import clock
from questions.checking import problems
from questions.compiled import compiled
from questions.editing import new_form
from questions.errors import ChangedMeanwhile, NothingNew, NotReady
from questions.models import QuestionSet, QuestionSetVersion, Retirement
from questions.shape import ENGLISH, Form, fingerprint, read, write


@transaction.atomic
def begin(*, group: Group, title: str, purpose: str, by: UUID) -> QuestionSet:
    """Start a set of a group's own with nothing in it."""
    return _made(group, new_form(title.strip()), purpose.strip(), by=by)


@transaction.atomic
def copy(*, version: QuestionSetVersion, group: Group, by: UUID) -> QuestionSet:
    """Start a set of a group's own with the questions of a version that it can use."""
    form = read(version.form)
    title = {**form.title, ENGLISH: f"{form.title[ENGLISH][:100]} (our copy)"}
    return _made(group, Form(title, form.languages, form.sections, form.lists), "", by=by)


@transaction.atomic
def change(*, question_set: QuestionSet, edition: int, how: Callable[[Form], Form]) -> QuestionSet:
    """Change the draft as `how` says, if nobody did since `edition`; else what they did would be lost."""
    held = _held(question_set, edition)
    form = how(read(held.draft))
    held.draft, held.title = write(form), form.title[ENGLISH]
    held.edition, held.changed_at = held.edition + 1, clock.now()
    held.save(update_fields=["draft", "title", "edition", "changed_at"])
    return held


@transaction.atomic
def describe(*, question_set: QuestionSet, purpose: str) -> QuestionSet:
    """Say what a set is for."""
    held = _held(question_set)
    held.purpose = purpose.strip()
    held.save(update_fields=["purpose"])
    return held


@transaction.atomic
def publish(*, question_set: QuestionSet, edition: int, by: UUID | None) -> QuestionSetVersion:
    """Keep the draft as a version that nobody can change; visits that are planned from now on can take it.

    It is the draft that somebody saw: nothing is published that another wrote since that `edition`.
    """
    held = _held(question_set, edition)
    form = read(held.draft)
    if found := problems(form):
        raise NotReady(tuple(str(one) for one in found))
    rows = write(form)
    md5 = fingerprint(rows)
    newest = QuestionSetVersion.objects.of_set(held.pk).first()
    if newest is not None and newest.md5 == md5:
        raise NothingNew(f"Nothing has changed since version {newest.number}. Change something first.")
    version = QuestionSetVersion.objects.create(
        question_set=held,
        number=newest.number + 1 if newest else 1,
        title=held.title,
        form=rows,
        compiled=compiled(form),
        md5=md5,
    )
    audit.record(by=by, operation="change", what="published a question set", thing=version)
    return version


@transaction.atomic
def retire(*, version: QuestionSetVersion, by: UUID) -> Retirement:
    """Offer a version to no new visit; saying so twice is saying it once."""
    retirement, is_new = Retirement.objects.get_or_create(version=version)
    if is_new:
        audit.record(by=by, operation="change", what="retired a question set", thing=version)
    return retirement


def _made(group: Group, form: Form, purpose: str, *, by: UUID) -> QuestionSet:
    made = QuestionSet.objects.create(group=group, title=form.title[ENGLISH], purpose=purpose, draft=write(form))
    audit.record(by=by, operation="change", what="started a question set", thing=made)
    return made


def _held(question_set: QuestionSet, edition: int | None = None) -> QuestionSet:
    held = QuestionSet.objects.select_for_update(of=("self",)).get(pk=question_set.pk)
    if edition not in (None, held.edition):
        raise ChangedMeanwhile(
            "Somebody else changed this set since you opened the page. Look at what they did, then press once more."
        )
    return held
