"""What somebody who is named on the site wants it to say, and that they agreed."""

from typing import Any

from django.db.models import QuerySet

from cms.models import Named, Picture, PictureConsent
from kit import clock
from kit.fields import Date, ModelSelect, Radios, Text, Textarea, Tick
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


class NamedForm(NamedWordsForm):
    """The same, with their agreement."""

    explained = Radios("How was it explained to them?", PictureConsent.Explained.choices)
    agreed_on = Date("When did they agree?", latest=clock.today, too_late="Enter today or a day before")
    until = Date(
        "Until when do they agree?",
        hint="Leave it empty if they set no day. For example, 27 3 2028",
        required=False,
        earliest=clock.today,
        too_early="Enter a day that is still to come",
    )
    reach = Text(
        "Their email address or mobile number, if they have an account here",
        hint="We do not keep it. If they ever have their account taken away, they go from the site too.",
        max_length=120,
        required=False,
    )
    theirs = Tick(
        "They are 16 or over, and they agreed themselves after hearing or reading what stands above",
        required=True,
        required_error="Tick the box if it is so. If it is not, they must not be named",
    )


def words_of(person: Named) -> dict[str, Any]:
    """What a form starts with to change what the site says of somebody."""
    return {name: getattr(person, name) for name in ("name", "does", "words", "photo")}
