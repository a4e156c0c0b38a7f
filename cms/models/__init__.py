"""Pages and pictures of one scheme's site."""

from cms.models.answers import AnswersPage
from cms.models.easy_read import EasyReadPage
from cms.models.hard_words import HardWord
from cms.models.home import HomePage
from cms.models.links import FollowedLink
from cms.models.papers import UploadedPaper
from cms.models.pictures import Picture, PictureRendition
from cms.models.publishing import PublishingTask
from cms.models.resources import ResourceIndexPage, ResourcePage
from cms.models.standard import StandardPage
from cms.models.stories import StoryIndexPage, StoryPage

__all__ = [
    "AnswersPage",
    "EasyReadPage",
    "FollowedLink",
    "HardWord",
    "HomePage",
    "Picture",
    "PictureRendition",
    "PublishingTask",
    "ResourceIndexPage",
    "ResourcePage",
    "StandardPage",
    "StoryIndexPage",
    "StoryPage",
    "UploadedPaper",
]
