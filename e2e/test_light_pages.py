"""Pages that everybody reads are light, and nothing on them moves while they come: many read them on an old phone.

Bytes are those that came over the line, compressed, with all that the page asks for; nothing was kept from before.
"""

from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPMessage
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from e2e.stack import Stack
from e2e.visiting import DESK, PHONE, WILLOWFORD, Visits

MOST = 150_000  # bytes
STORY, NEWS = "/stories/a-card-on-the-wall/", "/news/the-card/"
MOVED = """() => new Promise(done => {
  new PerformanceObserver(list => { window.moved = (window.moved || 0)
    + list.getEntries().reduce((sum, one) => sum + one.value, 0) }).observe({ type: 'layout-shift', buffered: true })
  setTimeout(() => done(window.moved || 0), 300)
})"""
CHOSEN = """images => images.map(one => ({
  used: one.currentSrc, drawn: one.clientWidth, high: one.clientHeight,
  has: one.naturalWidth, shape: one.naturalWidth / one.naturalHeight
}))"""


@dataclass(frozen=True, slots=True)
class Weight:
    """What a page cost its reader: bytes, and how far things moved (1 is the whole screen)."""

    bytes: float
    moved: float


def weighed(page: Page, address: str) -> Weight:
    """Open a page as somebody does who was never there."""
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.setCacheDisabled", {"cacheDisabled": True})
    came: list[float] = []
    line.on("Network.loadingFinished", lambda event: came.append(event["encodedDataLength"]))
    page.goto(address, wait_until="networkidle")
    for _ in range(6):
        page.mouse.wheel(0, 900)
        page.wait_for_timeout(50)
    page.wait_for_load_state("networkidle")
    return Weight(sum(came), float(page.evaluate(MOVED)))


def pages_of(stack: Stack) -> dict[str, str]:
    """The pages that are weighed, by what they are."""
    site = stack.scheme(WILLOWFORD)
    paths = {
        "home": "/",
        "home in Polish": "/pl/",
        "answers": "/you-said-we-did/",
        "a story": STORY,
        "news with a picture": NEWS,
    }
    return {"front door": f"{stack.platform}/"} | {name: site + path for name, path in paths.items()}


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_what_everybody_reads_is_light_and_stands_still(stack: Stack, visit: Visits, width: int) -> None:
    """S15: whoever has little data can read it."""
    for name, address in pages_of(stack).items():
        weight = weighed(visit(width=width), address)
        print(f"{name} at {width}: {weight.bytes / 1000:.0f} kB, moved {weight.moved:.4f}")
        assert weight.bytes < MOST, f"{name} at {width}: {weight.bytes / 1000:.0f} kB"
        assert weight.moved == 0, f"{name} at {width} moved by {weight.moved}"


def test_styles_and_scripts_come_as_small_as_a_browser_can_read_them(stack: Stack, visit: Visits) -> None:
    """S15: of two ways to pack them, by the better one; whoever can read the other one alone gets that."""
    page = visit(start=f"{stack.platform}/")
    path = urlsplit(page.locator("link[rel=stylesheet]").first.evaluate("it => it.href")).path
    packed = {can: _headers(stack, path, can) for can in ("gzip, deflate, br", "gzip")}
    assert [came["Content-Encoding"] for came in packed.values()] == ["br", "gzip"]
    by_brotli, as_gzip = (int(came["Content-Length"]) for came in packed.values())
    assert by_brotli < as_gzip


def _headers(stack: Stack, path: str, encodings: str) -> HTTPMessage:
    host = urlsplit(stack.platform).netloc
    with closing(HTTPConnection("127.0.0.1", stack.port, timeout=30)) as line:
        line.request("GET", path, headers={"Host": host, "Accept-Encoding": encodings})
        return line.getresponse().headers


def test_a_browser_takes_a_picture_that_is_as_large_as_it_draws_it_and_keeps_its_shape(
    stack: Stack, visit: Visits
) -> None:
    address = stack.scheme(WILLOWFORD) + NEWS
    for width in (PHONE, DESK):
        page = visit(start=address, width=width)
        picture = page.locator("main picture img").first
        picture.scroll_into_view_if_needed()
        expect(picture).to_have_js_property("complete", True)
        [one] = page.locator("main picture img").evaluate_all(CHOSEN)
        assert one["used"].endswith(".webp")
        assert one["drawn"] <= one["has"] <= max(2 * one["drawn"], 400)
        assert one["drawn"] / one["high"] == pytest.approx(one["shape"], rel=0.02)
