"""What a page of the public site may hold at most: anything else came in through an editor's hands."""

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup

ELEMENTS = {
    "a", "article", "b", "br", "details", "div", "figcaption", "figure", "h1", "h2", "h3", "h4", "img", "li", "ol", "p",
    "path", "span", "strong", "summary", "svg", "ul", "circle",
}  # fmt: skip
# The svg of a component of the design system, word for word.
DRAWN_BY_US = re.compile(r'<svg class="nhsuk-icon [^<>]*>(?:\s*<(?:path|circle) [^<>]*/?>(?:</path>)?)*\s*</svg>')
ATTRIBUTES = {
    "alt", "class", "data-block-key", "height", "href", "id", "loading", "role", "src", "width", "rel",
    "aria-hidden", "open",
}  # fmt: skip
LEADS_ON = re.compile(r"(https?://|mailto:|tel:|/(?![/\\])|#)", re.IGNORECASE)


def harms(html: str) -> Iterator[str]:
    """Whatever a browser would do more than show words, pictures of ours and links."""
    for element in BeautifulSoup(DRAWN_BY_US.sub("", html), "html.parser").find_all(True):
        if element.name not in ELEMENTS or element.name in ("svg", "path", "circle"):
            yield f"<{element.name}>"
        for name, value in element.attrs.items():
            if name not in ATTRIBUTES:
                yield f"{element.name}[{name}]"
            if name == "href" and not LEADS_ON.match(str(value)):
                yield f"{element.name} leads to {value!r}"
            if name == "src" and not str(value).startswith("/media/"):
                yield f"{element.name} shows {value!r}"
