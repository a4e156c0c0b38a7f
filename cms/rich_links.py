"""Links to pages within running words."""

from typing import Any

from django.utils.html import escape
from wagtail.rich_text.pages import PageLinkHandler

from cms.languages import address


class OurPageLinks(PageLinkHandler):
    """A link in running words."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, Any]]) -> list[str]:
        """The beginning of each link; one to a page that is gone, or not on the site, leads nowhere."""
        pages = cls.get_many(attrs_list)
        return [f'<a href="{escape(address(page))}">' if page and page.live else "<a>" for page in pages]
