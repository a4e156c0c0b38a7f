"""How an editor chooses an answered point for a page: among what the public may read, and by those words alone."""

from typing import Any

from django import forms
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView, ChosenView
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.widgets.chooser import BaseChooser

from kit.pair import DECISION_LABELS
from tenants.feedback.models import Point
from tenants.feedback.queries import choosable
from tenants.feedback.querysets.points import PointQuerySet

NOT_SHOWN = "This may not be shown any more. It is not on the page. You can take it out here."
LONGEST = 160


class WordsSearched(forms.Form):
    """The words that an answer is looked for by."""

    q = forms.CharField(label="Words to look for", required=False, max_length=200)
    is_filtering_by_collection = False

    @property
    def search_query(self) -> str:
        """What was typed, once it was checked."""
        return str(getattr(self, "cleaned_data", {}).get("q", ""))

    @property
    def is_searching(self) -> bool:
        return bool(self.search_query)

    def filter(self, points: PointQuerySet) -> PointQuerySet:
        """Only those with these words, in any of their forms."""
        return points.saying_publicly(self.search_query) if self.is_searching else points


class _Answers:
    """The list of what can be chosen."""

    filter_form_class = WordsSearched
    is_multiple_choice = False

    def get_object_list(self) -> PointQuerySet:
        """What the public may read now, the latest answer first."""
        return choosable()

    def apply_object_list_ordering(self, points: PointQuerySet) -> PointQuerySet:
        """They come in order."""
        return points

    @property
    def columns(self) -> list[Column]:
        """The words, what was decided, and since when the public reads it."""
        words: Any = super().title_column  # type: ignore[misc]
        words.label, words.accessor = "What people said", words_of
        decided = Column("decision", label="Our answer", accessor=lambda point: DECISION_LABELS[point.public_decision])
        return [words, decided, DateColumn("answered_at", label="Since", width="15%")]


class ChooseAnswer(_Answers, ChooseView):
    """The list, in the editor."""


class FoundAnswers(_Answers, ChooseResultsView):
    """The list after a search."""


class ChosenAnswer(ChosenView):
    """The one that was chosen: none but what the public may read can be asked for."""

    def get_object(self, pk: str) -> Point:
        try:
            return choosable().get(pk=pk)
        except (ValueError, forms.ValidationError):
            raise Point.DoesNotExist from None

    def get_display_title(self, point: Point) -> str:
        return words_of(point)

    def get_edit_item_url(self, point: Point) -> None:
        """It is not edited here."""


class AnswerWidget(BaseChooser):
    """What an editor sees of a point that is on a page."""

    model = Point
    icon = "openquote"
    choose_one_text = "Choose an answer"
    choose_another_text = "Choose another answer"
    chooser_modal_url_name = "answer_chooser:choose"
    show_edit_link = False

    def get_value_data(self, value: Any) -> dict[str, Any] | None:
        """The words that the public reads now; of what it may not read any more only that."""
        if not value:
            return None
        point = choosable().filter(pk=value).first()
        return {"id": str(value), "edit_url": None, "title": words_of(point) if point else NOT_SHOWN}


class AnswerChooser(ChooserViewSet):
    """The pages behind the button “Choose an answer”."""

    model = Point
    icon = "openquote"
    choose_one_text = "Choose an answer"
    page_title = "Choose an answer"
    per_page = 10
    register_widget = False
    preserve_url_parameters: list[str] = []
    choose_view_class = ChooseAnswer
    choose_results_view_class = FoundAnswers
    chosen_view_class = ChosenAnswer

    def get_urlpatterns(self) -> list[Any]:
        """To look and to choose, one at a time; points are not made here."""
        return [one for one in super().get_urlpatterns() if one.name in ("choose", "choose_results", "chosen")]


def words_of(point: Point) -> str:
    """Its public words, cut where they are very long."""
    words = point.public_words
    return words if len(words) <= LONGEST else f"{words[:LONGEST]}…"
