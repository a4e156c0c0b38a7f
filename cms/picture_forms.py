"""The forms by which a picture comes in, and by which it is written down that somebody in it agrees."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from cms.actions import GROUPS
from cms.errors import NotAPicture
from cms.models import PictureConsent
from cms.models.pictures import HOW_MANY, MOST_PEOPLE
from cms.rebuilding import UNREADABLE, rebuilt
from kit import clock
from kit.fields import Date, Number, Radios, Text, Tick
from kit.forms import Form
from tenants.schemes.rights import Permission

FEWER = (
    "With fewer people, the site could show this picture before everybody in it has agreed. "
    "If the number is wrong, ask a manager or an involvement lead: they publish, and can change it."
)

HOW_MANY_ERROR = "Enter how many people somebody could recognise. Enter 0 if there is nobody."
ABOUT_DESCRIPTION = "What it shows, for those who cannot see it. A page begins with these words; name nobody."


class PictureField(WagtailImageField):
    """A picture is rebuilt from its pixels, so that nothing else in the file is kept."""

    def to_python(self, data: Any) -> Any:
        """The rebuilt file, once Wagtail has found its kind and size to be right."""
        try:
            file = super().to_python(data)
            return file and rebuilt(file)
        except (OSError, NotAPicture) as broken:
            raise ValidationError(UNREADABLE, code="unreadable") from broken


class PictureForm(BaseImageForm):
    """Wagtail's form, with our field for the file."""

    def __init__(self, *args: Any, user: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.user = user
        if field := self.fields.get("file"):
            self.fields["file"] = PictureField(label=field.label, required=field.required, widget=field.widget)
            if self.instance.pk:
                # Who agreed, agreed to this very picture: another one is uploaded beside it.
                del self.fields["file"]
        if "people" in self.fields:
            self.fields["people"].error_messages["required"] = HOW_MANY_ERROR
        if "description" in self.fields:
            self.fields["description"].help_text = ABOUT_DESCRIPTION
        if "people" in self.fields and self.is_bound and self.add_prefix("people") not in self.data:
            # Dropped in a heap, each picture is asked about right after; until it is answered, nobody sees it.
            self.fields["people"].required = False

    def clean_people(self) -> int | None:
        """Only who publishes may say that fewer people can be recognised: the site shows it at once (ADR 0065)."""
        people: int | None = self.cleaned_data["people"]
        before = self.initial.get("people")
        if before is not None and (people is None or people < before) and not _publishes(self.user):
            raise ValidationError(FEWER)
        return people


def _publishes(user: Any) -> bool:
    # On every page of the editor the groups follow the rights, before its form is asked.
    return user is not None and user.groups.filter(name=GROUPS[Permission.PUBLISH_SITE]).exists()


class AgreementForm(Form):
    """That somebody agreed, told in such a way that it was their own choice."""

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
        hint="We do not keep it. If they ever ask us to delete their account, they go from the site too.",
        max_length=120,
        required=False,
    )
    theirs = Tick(
        "They are 16 or over, and they agreed themselves after hearing or reading what stands above",
        required=True,
        required_error="Tick the box if it is so. If it is not, the site must not show or name them",
    )


class SeenForm(AgreementForm):
    """That somebody agreed to be seen, told in such a way that they can be found again."""

    who = Text(
        "Who is it?",
        hint="In your own words, so that you find them again. For example, the woman on the left. Only staff read it.",
        max_length=200,
    )

    field_order = ("who",)


class FilmForm(Form):
    """A film that stands elsewhere."""

    title = Text("What is the film called?", max_length=120)
    address = Text("Its address", hint="It starts with https://", max_length=500, spellcheck=False, inputmode="url")
    people = Number(
        HOW_MANY,
        hint="By their face, their voice or their name. Write 0 if nobody.",
        min_value=0,
        max_value=MOST_PEOPLE,
    )

    def clean_address(self) -> str:
        """An address of another website, which a browser only follows."""
        address: str = self.cleaned_data["address"].strip()
        URLValidator(schemes=["https"], message="Enter an address that starts with https://")(address)
        return address
