"""What the site refuses."""

from kit.errors import Refused


class TooOften(Refused):
    """More papers from one address within an hour than anybody needs."""


class NotAPicture(Refused):
    """A file is not a picture that can be read."""


class NotEasy(Refused):
    """An Easy Read page breaks the rule of Easy Read."""
