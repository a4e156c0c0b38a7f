"""The form by which a picture comes in."""

from typing import Any

from django.core.exceptions import ValidationError
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from cms.errors import NotAPicture
from cms.rebuilding import UNREADABLE, rebuilt


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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if field := self.fields.get("file"):
            self.fields["file"] = PictureField(label=field.label, required=field.required, widget=field.widget)
