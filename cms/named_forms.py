"""What somebody who is named on the site wants it to say, and that they agreed."""

from typing import Any

from django.db.models import QuerySet

from cms.models import Named, Picture
from cms.picture_forms import AgreementForm
from kit.fields import ModelSelect, Text, Textarea
from kit.forms import Form


class NamedWordsForm(Form):
    """Their name, what they do, a few words and a portrait."""

    name = Text("Their name, as they want it shown", hint="A first name is enough.", max_length=80)
    does = Text("What they do", hint="For example, peer support worker", max_length=120)
    words = Textarea("A few words", hint="In their own words, if they like.", max_length=600, required=False)
    photo = ModelSelect(
        "Their portrait",
        hint="Pictures in which one person alone can be recognised. Upload it in the editor first.",
        queryset=Picture.objects.none(),
        required=False,
        empty_label="No portrait",
    )

    def __init__(self, data: Any = None, *args: Any, portraits: QuerySet[Picture], **kwargs: Any) -> None:
        super().__init__(data, *args, **kwargs)
        self.fields["photo"].queryset = portraits  # type: ignore[attr-defined]


class NamedForm(AgreementForm, NamedWordsForm):
    """The same, with their agreement."""


def words_of(person: Named) -> dict[str, Any]:
    """What a form starts with to change what the site says of somebody."""
    return {name: getattr(person, name) for name in ("name", "does", "words", "photo")}
