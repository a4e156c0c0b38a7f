"""Pages and pictures of one scheme's site."""

from cms.models.answers import AnswersPage
from cms.models.home import HomePage
from cms.models.pictures import Picture, PictureRendition
from cms.models.publishing import PublishingTask
from cms.models.standard import StandardPage

__all__ = ["AnswersPage", "HomePage", "Picture", "PictureRendition", "PublishingTask", "StandardPage"]
