"""Pages and pictures of one scheme's site."""

from cms.models.about import AboutPage
from cms.models.answers import AnswersPage
from cms.models.consents import Film, PictureConsent
from cms.models.easy_read import EasyReadPage
from cms.models.events import EventIndexPage, EventPage
from cms.models.hard_words import HardWord
from cms.models.home import HomePage
from cms.models.involvement import InvolvementPage
from cms.models.links import FollowedLink
from cms.models.named import Named
from cms.models.news import NewsIndexPage, NewsPage
from cms.models.notices import NoticePage
from cms.models.papers import UploadedPaper
from cms.models.people import PeoplePage
from cms.models.pictures import Picture, PictureRendition
from cms.models.publishing import PublishingTask
from cms.models.resources import ResourceIndexPage, ResourcePage
from cms.models.standard import StandardPage
from cms.models.stories import StoryIndexPage, StoryPage

__all__ = [
    "AboutPage",
    "AnswersPage",
    "EasyReadPage",
    "EventIndexPage",
    "EventPage",
    "Film",
    "FollowedLink",
    "HardWord",
    "HomePage",
    "InvolvementPage",
    "Named",
    "NewsIndexPage",
    "NewsPage",
    "NoticePage",
    "PeoplePage",
    "Picture",
    "PictureConsent",
    "PictureRendition",
    "PublishingTask",
    "ResourceIndexPage",
    "ResourcePage",
    "StandardPage",
    "StoryIndexPage",
    "StoryPage",
    "UploadedPaper",
]
