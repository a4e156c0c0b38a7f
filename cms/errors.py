"""What the site refuses."""

from kit.errors import Refused


class NotAPicture(Refused):
    """A file is not a picture that can be read."""
