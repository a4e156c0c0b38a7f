"""Choosing a record by its id."""

from typing import Any

from wagtail import blocks


class RecordChoice(blocks.ChoiceBlock):
    """The id of a record. What it is called is asked for by an editor's form alone, never by a page or an index."""

    def normalize_choice(self, value: Any) -> Any:
        """As it is: looking it up among all records would ask for them once for each."""
        return value

    def get_searchable_content(self, value: Any) -> list[str]:
        """Nothing: no index holds a name that was taken back."""
        return []
