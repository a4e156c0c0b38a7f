"""An Easy Read page, as an editor types it and as it stands."""

from typing import Any

from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, streamfield

from cms.models import EasyReadPage

PUBLISH = {"action-publish": "1"}
FIFTEEN = " ".join(["word"] * 15)


def typed(*ideas: str | tuple[str, Any], title: str = "Welcome", **more: Any) -> dict[str, Any]:
    """What an editor's browser sends: ideas as words with a picture, or any block as (kind, value)."""
    blocks = [one if isinstance(one, tuple) else ("idea", idea(one)) for one in ideas]
    return nested_form_data({"title": title, "search_description": "", "ideas": streamfield(blocks), **more})


def idea(words: str, *, picture: str = "said", photo: Any = None) -> dict[str, Any]:
    """One idea."""
    return {"picture": picture, "photo": photo or "", "words": words}


def twin_of(page: Page, *words: str, title: str = "Welcome", **values: Any) -> EasyReadPage:
    """A published twin of a page."""
    ideas = [("idea", {"picture": "said", "photo": None, "words": one, **values}) for one in words or ("We listen.",)]
    made: EasyReadPage = page.add_child(instance=EasyReadPage(title=title, ideas=ideas))
    made.save_revision().publish()
    made.refresh_from_db()
    return made
