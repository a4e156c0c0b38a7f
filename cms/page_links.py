"""How templates lead to pages of the site: in the language of the page that somebody reads."""

from typing import Any

from jinja2 import Environment, pass_context
from jinja2.ext import Extension
from jinja2.runtime import Context

from cms.languages import address


@pass_context
def pageurl(context: Context, page: Any) -> str:
    """The address of a page, in place of Wagtail's own function; nothing for no page."""
    return address(page, context.get("request")) if page else ""


class PageLinks(Extension):
    """Stands behind Wagtail's own extension in the settings."""

    def __init__(self, environment: Environment) -> None:
        super().__init__(environment)
        environment.globals["pageurl"] = pageurl
