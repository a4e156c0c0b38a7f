"""What every page that changes a draft does alike."""

from collections.abc import Callable

from django.http import HttpRequest

from kit.forms import Form as KitForm
from questions import actions
from questions.errors import QuestionsRefused
from questions.models import QuestionSet
from questions.shape import Form


def edition_of(request: HttpRequest) -> int:
    """The edition of the draft that the page showed; one that says none shows none that is there."""
    given = request.POST.get("edition", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else -1


def changed(
    request: HttpRequest, question_set: QuestionSet, how: Callable[[Form], Form], form: KitForm | None = None
) -> bool:
    """Change a draft as the page says; what is refused stands on the form, with everything that was typed."""
    try:
        actions.change(question_set=question_set, edition=edition_of(request), how=how)
    except QuestionsRefused as refused:
        if form is None:
            raise
        form.refuse(refused)
        question_set.refresh_from_db(fields=["edition", "draft"])
        return False
    return True
