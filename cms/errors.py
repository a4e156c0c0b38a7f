"""What the site refuses."""

from kit.errors import Refused


class TooOften(Refused):
    """More papers from one address within an hour than anybody needs."""


class NotAPicture(Refused):
    """A file is not a picture that can be read."""


class NotEasy(Refused):
    """An Easy Read page breaks the rule of Easy Read."""


class AlreadyOver(Refused):
    """What somebody agreed to is over already, or the picture is gone."""


class AddressTooLong(Refused):
    """A page would stand deeper or under a longer address than is kept."""


class StillShown(Refused):
    """A page has it still."""


class FilmIsThere(Refused):
    """A film stands in the list already."""


class OpenGaps(Refused):
    """A notice has gaps that only the scheme can fill."""
