"""What an editor can put on a page: NHS components, and nothing that takes HTML."""

from cms.blocks.body import Body
from cms.blocks.ideas import IdeaBlock, Ideas
from cms.blocks.pictures import FilmBlock, PictureBlock
from cms.blocks.words import RICH_TEXT, ActionLink, Details, DoList, RichWords, Warning

__all__ = [
    "RICH_TEXT",
    "ActionLink",
    "Body",
    "Details",
    "DoList",
    "FilmBlock",
    "IdeaBlock",
    "Ideas",
    "PictureBlock",
    "RichWords",
    "Warning",
]
