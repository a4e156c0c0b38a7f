"""Each kind of page that a site can have: for a reader at a desk, on a phone, by keyboard and without JavaScript.

And for its editor: the parts that are ours. The list of kinds is the models: one that the demonstration lacks fails.
"""

from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from cms.models.base import SitePage
from e2e.conftest import Pictures
from e2e.pages import SCHEME, Place
from e2e.stack import Stack
from e2e.test_accessibility import AXE, RULES, at_width, open_at, wrong_with
from e2e.test_keyboard import SEEN
from e2e.visiting import PHONE, WILLOWFORD, Looks, Visits, into

KINDS = sorted(kind.__name__ for kind in SitePage.__subclasses__())
# Those of which every part is tried on the day; the others in the long proofs.
ON_THE_DAY = {"HomePage", "StoryPage", "EventPage", "EasyReadPage", "AnswersPage"}
SOME = [kind if kind in ON_THE_DAY else pytest.param(kind, marks=pytest.mark.long) for kind in KINDS]
# The first live page of a kind, and its address on the site.
FIRST = """
SELECT page.id, substr(page.url_path, length(home.url_path)) FROM s_willowford.wagtailcore_page page
JOIN django_content_type kind ON kind.id = page.content_type_id
JOIN s_willowford.wagtailcore_page home ON home.depth = 2 AND page.path LIKE home.path || '%%'
WHERE kind.app_label = 'cms' AND kind.model = lower(%s) AND page.live ORDER BY page.path LIMIT 1
"""
# What somebody can come to by Tab, but those of which only one of several takes the focus.
REACHABLE = """() => [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')]
  .filter(one => one.checkVisibility({ visibilityProperty: true }) && !one.disabled && one.type !== 'radio').length"""
# Of Wagtail's editor, what is ours: the blocks of a page, and what stands beside them about reading.
OURS = """async rules => {
  const include = ['.c-sf-container', '[data-reading]'].filter(one => document.querySelector(one)).map(one => [one])
  if (!include.length) return []
  const found = await axe.run({ include }, { runOnly: rules })
  return found.violations.flatMap(one => one.nodes.map(node => `${one.id}: ${node.html}`))
}"""
LOADED = 30_000  # milliseconds


@dataclass(frozen=True, slots=True)
class Found:
    """A page of the demonstration: its number in the editor, and its address on the site."""

    number: int
    path: str


def first(kind: str, stack: Stack) -> Found:
    with stack.database() as database:
        row = database.execute(FIRST, [kind]).fetchone()
    assert row, f"The demonstration has no {kind}."
    return Found(*row)


def opened(visit: Visits, path: str, *, javascript: bool = True) -> Page:
    return visit(start=f"{visit.stack.scheme(WILLOWFORD)}{path}", javascript=javascript)


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_of_page_breaks_no_rule_and_fits_a_phone(
    kind: str, stack: Stack, looks: Looks, pictures: Pictures
) -> None:
    assert not wrong_with(open_at(looks, Place("", SCHEME, first(kind, stack).path)), f"kind-{kind}", pictures)


@pytest.mark.parametrize("path", ["/pl/", "/pl/stories/", "/search/?q=card", "/no/such/page/"])
def test_a_page_in_another_language_or_found_by_words_breaks_no_rule(
    path: str, visit: Visits, pictures: Pictures
) -> None:
    assert not wrong_with(opened(visit, path), f"kind-{path}", pictures)


@pytest.mark.parametrize("kind", SOME)
def test_all_of_a_page_is_reached_by_tab_and_seen_there(kind: str, stack: Stack, visit: Visits) -> None:
    page = opened(visit, first(kind, stack).path)
    at_width(page, PHONE)
    for _ in range(page.evaluate(REACHABLE)):
        page.keyboard.press("Tab")
        seen = page.evaluate(SEEN)
        assert all(seen.values()), f"{seen}: {page.evaluate('document.activeElement.outerHTML')}"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement === document.body"), "There is more on it than can be reached."


@pytest.mark.parametrize("kind", SOME)
def test_a_page_says_the_same_without_javascript(kind: str, stack: Stack, visit: Visits) -> None:
    path = first(kind, stack).path
    with_it, without = opened(visit, path), opened(visit, path, javascript=False)
    more, words = (set(page.locator("#maincontent").inner_text().split()) for page in (with_it, without))
    assert len(words) > 3
    # What is more, are the buttons to hear it read and to print it.
    buttons = with_it.locator("[data-aloud], [data-print]").all_inner_texts()
    assert more - words <= set(" ".join(buttons).split())
    assert words <= more
    expect(without.get_by_role("link", name="Leave now")).to_be_visible()


@pytest.mark.parametrize("kind", SOME)
def test_our_parts_of_the_editor_break_no_rule(kind: str, stack: Stack, visit: Visits, pictures: Pictures) -> None:
    page = into(visit("editor"), stack)
    page.goto(f"{stack.scheme(WILLOWFORD)}/cms/pages/{first(kind, stack).number}/edit/")
    expect(page.locator("#id_title, [name=title]").first).to_be_visible(timeout=LOADED)
    pictures.take(page, f"editing-{kind}")
    page.evaluate(AXE)
    assert page.evaluate(OURS, RULES) == []
