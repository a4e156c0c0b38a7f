"""Easy Read and reading aloud where a browser is needed: checked while typing, and read by a voice (ADR 0057)."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from e2e.conftest import Pictures
from e2e.stack import Stack
from e2e.test_accessibility import AXE, RULES
from e2e.visiting import WILLOWFORD, Visits, into, play_the_weather

CASES = json.loads((Path(__file__).parents[1] / "tests" / "easy_read_cases.json").read_text())
# What the browser's check says to each case, by the rule that the page was handed.
CHECK = """async cases => {
  const { broken } = await import(document.querySelector('script[src*="cms/easy"]').src)
  const rule = JSON.parse(document.querySelector('[data-reading]').dataset.rule)
  return cases.map(one => broken(one.text, rule))
}"""
# Of the editor, what is ours.
OURS = """async rules => {
  const found = await axe.run({ include: [['[data-reading]'], ['[data-contentpath=ideas]']] }, { runOnly: rules })
  return found.violations.flatMap(one => one.nodes.map(node => `${one.id}: ${node.html}`))
}"""
# Headless browsers have no voices. This one has two, of which one speaks over the network, and says when it was asked.
VOICES = """(voices) => {
  const said = window.said = { words: [], voices: [], now: null }
  window.SpeechSynthesisUtterance = class { constructor (text) { this.text = text } }
  const speech = new EventTarget()
  speech.getVoices = () => voices
  speech.speak = one => { said.words.push(one.text); said.voices.push(one.voice.name); said.now = one }
  speech.cancel = () => { said.now = null; window.quiet?.(window.event?.type) }
  Object.defineProperty(window, 'speechSynthesis', { value: speech })
}"""
# The editor's own scripts are many, and each browser of a test fetches all of them.
LOADED = 30_000  # milliseconds
NETWORK = {"name": "far", "lang": "en-GB", "localService": False}
AMERICAN = {"name": "american", "lang": "en-US", "localService": True}
BRITISH = {"name": "british", "lang": "en-GB", "localService": True}


@pytest.fixture
def twin(visit: Visits, stack: Stack) -> Page:
    """Somebody who may publish opens the Easy Read of the home page in the editor."""
    page = into(visit("involvement lead"), stack)
    page.goto(f"{stack.scheme(WILLOWFORD)}/cms/reports/easy-read/")
    page.get_by_role("row", name="Home").get_by_role("link", name="Open its Easy Read").click()
    expect(page.locator("[data-easy]").first).to_be_visible(timeout=LOADED)
    return page


def test_the_browser_and_the_server_say_the_same_of_every_case(twin: Page) -> None:
    for case, found in zip(CASES, twin.evaluate(CHECK, CASES), strict=True):
        wanted = {key: case[key] for key in ("fault", "sentence", "words")} if case["fault"] else None
        assert found == wanted, case


def test_a_sentence_that_breaks_the_rule_is_marked_while_it_is_typed_and_not_published(
    twin: Page, pictures: Pictures
) -> None:
    box = twin.locator("textarea[name=ideas-0-value-words]")
    expect(twin.locator("[data-easy]").first).to_have_text("7 of 15 words")
    box.fill("We say no. We say why.")
    line = twin.locator("#" + (box.get_attribute("aria-describedby") or "").split()[-1])
    expect(line).to_contain_text("This says two things")
    expect(line.locator("mark")).to_have_text("We say why.")
    expect(box).to_have_attribute("aria-invalid", "true")
    twin.evaluate(AXE)
    assert twin.evaluate(OURS, RULES) == []
    pictures.take(twin, "easy-read-editor")

    twin.get_by_role("button", name="More actions").click()
    twin.get_by_role("button", name="Publish", exact=True).click()

    expect(twin.locator(".w-field__errors").get_by_text("This says two things").first).to_be_visible(timeout=LOADED)
    expect(twin.locator("textarea[name=ideas-0-value-words]")).to_have_value("We say no. We say why.")


def test_a_picture_is_chosen_by_looking_at_all_of_them(twin: Page, pictures: Pictures) -> None:
    choice = twin.locator("select[name=ideas-0-value-picture]")
    twin.get_by_text("Look at the pictures").first.click()
    pictures.take(twin, "easy-read-pictures")
    twin.get_by_role("button", name="Listening").first.click()
    expect(choice).to_have_value("listen")
    expect(choice).to_be_focused()
    expect(twin.locator("[data-easy-picture]").first).to_have_attribute("src", re.compile("listen"))
    expect(twin.get_by_role("button", name="Listening")).to_have_count(0)


def test_how_words_read_is_told_while_they_are_typed(twin: Page, stack: Stack, pictures: Pictures) -> None:
    twin.goto(f"{stack.scheme(WILLOWFORD)}/cms/reports/easy-read/")
    twin.get_by_role("link", name="How we use what you tell us").click()
    found = twin.locator("[data-reading-found]")
    expect(found).to_contain_text("Most people can read this with ease", timeout=LOADED)
    words = twin.locator("[contenteditable=true]").first
    words.click()
    twin.keyboard.press("Control+End")
    hard = "Notwithstanding organisational complexity, multidisciplinary collaboration facilitates rehabilitation."
    twin.keyboard.type(f" {hard}")
    expect(found.locator("[data-sentence]")).to_have_text(hard, timeout=LOADED)
    pictures.take(twin, "reading-age-editor")
    assert twin.evaluate("CSS.highlights.get('hard').size") == 1


def reader(visit: Visits, stack: Stack, *voices: dict[str, object]) -> Page:
    page = visit()
    page.add_init_script(f"({VOICES})({json.dumps(voices)})")
    page.goto(f"{stack.scheme(WILLOWFORD)}/easy-read/")
    page.locator("header[data-nhsuk-header-init]").wait_for()
    return page


@pytest.mark.parametrize("voices", [[], [NETWORK]])
def test_where_no_voice_is_on_the_device_there_is_no_button(
    visit: Visits, stack: Stack, voices: list[dict[str, object]]
) -> None:
    expect(reader(visit, stack, *voices).locator("[data-aloud]")).to_be_hidden()


def test_a_page_is_read_idea_by_idea_with_a_british_voice_of_the_device_by_keyboard_alone(
    visit: Visits, stack: Stack, pictures: Pictures
) -> None:
    page = reader(visit, stack, NETWORK, AMERICAN, BRITISH)
    button, end = page.locator("[data-aloud-go]"), page.locator("[data-aloud-stop]")
    button.press("Enter")
    expect(button).to_have_text("Pause")
    page.evaluate("window.said.now.onend()")
    expect(page.locator(".app-aloud-now")).to_have_text("We are a Liaison and Diversion service.")
    pictures.take(page, "read-aloud")
    button.press("Enter")
    expect(button).to_have_text("Go on reading")
    button.press("Enter")
    assert page.evaluate("window.said.words.slice(0, 3)") == [
        "Welcome", "We are a Liaison and Diversion service.", "We are a Liaison and Diversion service.",
    ]  # fmt: skip
    assert set(page.evaluate("window.said.voices")) == {"british"}
    end.press("Enter")
    expect(button).to_have_text("Read aloud")
    expect(button).to_be_focused()
    assert page.locator(".app-aloud-now").count() == 0


def test_leaving_ends_the_voice_at_once(visit: Visits, stack: Stack) -> None:
    page = reader(visit, stack, BRITISH)
    play_the_weather(page)
    page.locator("[data-aloud-go]").click()
    ended_by: list[str] = []
    page.expose_function("quiet", lambda kind: ended_by.append(kind))
    page.get_by_role("link", name="Leave now").click()
    expect(page.get_by_role("heading", name="Weather")).to_be_visible()
    assert ended_by[0] == "click"
