"""Posters, leaflets, newsletters and exhibitions: made from points and stories as they stand at this moment (S34)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from cms.answers import POINT, points_in
from cms.blocks.papers import STORY
from cms.models.stories import StoryPage
from kit import clock, paper
from kit.dates import short_day
from kit.pair import PairView
from tenants.feedback.errors import TooMuch
from tenants.feedback.on_paper import on_paper
from tenants.feedback.posters import poster, square
from tenants.feedback.queries import pairs_by_id
from tenants.feedback.rules import Sheet
from tenants.schemes.models import Scheme


@dataclass(frozen=True, slots=True)
class ToldStory:
    """A story that everybody may read, with its points as they stand."""

    page: StoryPage
    pairs: Sequence[PairView]


@dataclass(frozen=True, slots=True)
class Content:
    """What a paper is made of now: what may not be read any more is not in it."""

    points: Mapping[UUID, PairView]
    stories: Mapping[int, ToldStory]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is left that could be shown."""
        return not self.points and not self.stories


def content_of(body: Iterable[Any]) -> Content:
    """Its points and its stories, in a fixed number of statements for any number of them."""
    blocks = list(body)
    wanted = [block.value.pk for block in blocks if block.block_type == STORY and block.value]
    stories = list(StoryPage.newest().filter(pk__in=wanted)) if wanted else []
    points = points_in(blocks)
    pairs = pairs_by_id([*points, *points_in(*(story.body for story in stories))])
    told = {story.pk: ToldStory(story, _each(points_in(story.body), pairs)) for story in stories}
    return Content({pk: pairs[pk] for pk in points if pk in pairs}, told)


class Printable(Protocol):
    """A page from which a paper is made."""

    kind: str
    title: str
    introduction: str
    sheet: str
    body: Iterable[Any]


def document_of(page: Printable, scheme: Scheme) -> bytes:
    """The paper as a tagged PDF; empty bytes where nothing is left that may be shown, or nobody said what it is."""
    blocks = list(page.body)
    content = content_of(blocks)
    if content.is_empty or not page.kind:
        return b""
    if page.kind == "poster":
        return _poster(_all_pairs(blocks, content), Sheet(page.sheet), scheme)
    address = f"{scheme.origin}/"
    data = {
        "title": page.title, "introduction": page.introduction, "scheme": scheme.name,
        "made_on": short_day(clock.today()),
        "address": address.partition("://")[2].rstrip("/"), "parts": _parts(blocks, content, scheme),
    }  # fmt: skip
    return paper.pdf(f"/cms/{page.kind}.typ", data, files={"site.svg": square(address)})


def below_home(page: StoryPage) -> str:
    """The address of a page without the host, asked of nobody: the first step of its path is the home page."""
    return str(page.url_path).split("/", 2)[2]


def _poster(pairs: Sequence[PairView], sheet: Sheet, scheme: Scheme) -> bytes:
    """One sheet where there is room; nobody who downloads it could choose fewer answers."""
    try:
        return poster(pairs, sheet=sheet, origin=scheme.origin, name=scheme.name)
    except TooMuch:
        return poster(pairs, sheet=sheet, origin=scheme.origin, name=scheme.name, several=True)


def _each(points: Iterable[UUID], pairs: Mapping[UUID, PairView]) -> list[PairView]:
    return [pairs[pk] for pk in dict.fromkeys(points) if pk in pairs]


def _all_pairs(blocks: Sequence[Any], content: Content) -> list[PairView]:
    """Every answer in its order, those of stories among them."""
    found: list[PairView] = []
    for block in blocks:
        if block.block_type == POINT and block.value in content.points:
            found.append(content.points[block.value])
        elif block.block_type == STORY and block.value and block.value.pk in content.stories:
            found += content.stories[block.value.pk].pairs
    return found


def _parts(blocks: Sequence[Any], content: Content, scheme: Scheme) -> list[dict[str, Any]]:
    """What stands on the paper, one after the other, as its template takes it."""
    return [part for block in blocks for part in _part(block, content, scheme)]


def _part(block: Any, content: Content, scheme: Scheme) -> Iterable[dict[str, Any]]:
    if block.block_type == POINT:
        if block.value in content.points:
            yield {"kind": "pair", "pair": on_paper(content.points[block.value])}
    elif block.block_type == STORY:
        told = content.stories.get(block.value.pk) if block.value else None
        if told:
            yield {
                "kind": "story", "title": told.page.title, "introduction": told.page.introduction,
                "address": f"{scheme.host}/{below_home(told.page)}", "pairs": [on_paper(pair) for pair in told.pairs],
            }  # fmt: skip
    else:
        yield {"kind": block.block_type, "words": str(block.value)}
