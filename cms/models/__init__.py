"""Pages and pictures of one scheme's site."""

from cms.models.pages import AnswersPage, HomePage, StandardPage
from cms.models.pictures import Picture, PictureRendition

__all__ = ["AnswersPage", "HomePage", "Picture", "PictureRendition", "StandardPage"]
