"""The form by which a picture comes in."""

from typing import Any

from django.core.exceptions import ValidationError
from wagtail.images.forms import BaseImageForm

from cms.errors import NotAPicture
from cms.rebuilding import rebuilt


class PictureForm(BaseImageForm):
    """A picture is rebuilt from its pixels, so that nothing else in the file is kept."""

    def clean_file(self) -> Any:
        """The rebuilt file, where a new one came in."""
        file = self.cleaned_data["file"]
        if "file" not in self.changed_data:
            return file
        try:
            return rebuilt(file)
        except NotAPicture as refused:
            raise ValidationError(str(refused), code="unreadable") from refused
