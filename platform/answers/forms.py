"""What is looked for, and which themes are followed."""

from collections.abc import Sequence
from typing import Any

from answers.queries import Chosen, groups, themes
from kit import fields
from kit.forms import Form
from kit.pair import DECISION_LABELS
from tenants.schemes.models import Site

CHOICES = ("theme", "group", "kind", "decision")


class SearchForm(Form):
    """Words and four lists; an address with a choice that is not offered leaves nothing out."""

    q = fields.Text("Words to look for", max_length=100, required=False)
    theme = fields.Select("About", required=False)
    group = fields.Select("From", required=False)
    kind = fields.Select("Kind of place", required=False)
    decision = fields.Select("Answer", required=False)

    def __init__(self, data: Any) -> None:
        lists: dict[str, Sequence[tuple[str, str]]] = {
            "theme": [("", "Everything"), *themes()],
            "group": [("", "Everybody"), *groups()],
            "kind": [("", "Every place"), *Site.Kind.choices],
            "decision": [
                ("", "All answers"),
                *((code, words.removesuffix(", because")) for code, words in DECISION_LABELS.items()),
            ],
        }
        offered = {name: {value for value, _words in choices} for name, choices in lists.items()}
        chosen = {name: data.get(name, "") for name in lists}
        super().__init__(
            {"q": data.get("q", "")} | {name: value if value in offered[name] else "" for name, value in chosen.items()}
        )
        for name, choices in lists.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Chosen:
        """What the query is asked; words that are too long ask for nothing."""
        self.full_clean()
        given = self.cleaned_data
        return Chosen(words=given.get("q", "").strip(), **{name: given[name] for name in CHOICES})


class FollowForm(Form):
    """The themes of which somebody wants to hear."""

    themes = fields.Checkboxes("Which themes do you want to follow?", required=False, hint="Tick none to hear nothing.")

    def __init__(self, data: Any, *, followed: Sequence[str]) -> None:
        super().__init__(data, initial={"themes": list(followed)})
        there = themes()
        gone = [(code, code.replace("_", " ").capitalize()) for code in followed if code not in dict(there)]
        self.fields["themes"].choices = [*there, *gone]  # type: ignore[attr-defined]
