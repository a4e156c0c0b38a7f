"""The steps of the loop as people click them; every function begins on any page of a scheme and asks for no address."""

import io
import re
from collections.abc import Sequence
from datetime import date, timedelta
from urllib.parse import urlsplit

from openpyxl import Workbook
from playwright.sync_api import Locator, Page, expect

from e2e.stack import Stack

LEAD = "Edie Thorne, Involvement lead"


def menu(page: Page, item: str) -> None:
    """Use the menu in the header, of which a phone shows a part until it is opened, once it has found its place."""
    page.wait_for_load_state()
    if page.locator("body.js-enabled").count():
        page.locator("header[data-nhsuk-header-init]").wait_for()
    header = page.get_by_role("banner")
    more = header.get_by_role("button", name="More")
    link = header.get_by_role("link", name=item, exact=True)
    if more.is_visible() and not link.is_visible():
        more.click()
    link.click()


def back(page: Page) -> None:
    """Press Back on the scheme's home page, once it stands: half-way there is nothing yet to go back from."""
    expect(page).to_have_url(re.compile(r":\d+/$"))
    page.wait_for_load_state()
    page.go_back()


def come_to_the_words(page: Page) -> None:
    """Somebody has something to say about the service, and stands before the box."""
    menu(page, "Tell us")
    page.get_by_role("button", name="Start").click()
    page.get_by_label("The service", exact=True).check()
    go_on(page)


def go_on(page: Page) -> None:
    """To the next page, once it stands."""
    before = page.get_by_role("heading", level=1).inner_text()
    page.get_by_role("button", name="Go on", exact=True).last.click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text(before)


def come_to_the_end(page: Page, words: str) -> None:
    """Somebody writes it down, says that it may be published, and stands before the last button."""
    come_to_the_words(page)
    page.get_by_label("What would you like us to know?").fill(words)
    go_on(page)
    go_on(page)
    page.get_by_label("You may put this on the website").check()
    go_on(page)


def say(page: Page, words: str, *, by_email: bool = False) -> None:
    """Somebody signed in says something, and wants the answer on their page, or word of it by e-mail."""
    come_to_the_end(page, words)
    page.get_by_label("Show me the answer in My Alongside").check()
    if by_email:
        page.get_by_label("Tell me when there is an answer, in the way I chose").check()
    go_on(page)
    page.get_by_role("button", name="Send this to us").last.click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()


def say_with_a_slip(page: Page, words: str) -> str:
    """A visitor says something; the code that they are given."""
    come_to_the_end(page, words)
    page.get_by_role("button", name="Send this to us").last.click()
    return page.locator(".app-slip__code").inner_text()


def open_point(page: Page, words: str, *, tab: str = "Waiting") -> None:
    """A member of staff finds a point in the register."""
    menu(page, "Points")
    tabs = page.get_by_role("navigation", name="Which points")
    tabs.get_by_role("link", name=re.compile(tab)).click()
    expect(tabs.locator("[aria-current=page]")).to_contain_text(re.compile(tab))
    if not page.get_by_role("link", name=words[:40]).count():  # it stands on a later page of a long list
        page.get_by_text("Show only some").click()
        page.get_by_label("With these words").fill(words)
        page.get_by_role("button", name="Show these").click()
    page.get_by_role("link", name=words[:40]).click()


def acknowledge(page: Page) -> None:
    """On a point's page: somebody has seen it."""
    page.get_by_role("button", name="Say that we have seen it").click()


def approve_words(page: Page, words: str) -> None:
    """On a point's page: write what the public may read."""
    page.get_by_role("link", name="the words for the website").click()
    page.get_by_label("Words for the website").fill(words)
    page.get_by_role("button", name="Approve these words").click()


def begin_to_decide(page: Page) -> None:
    """On a point's page: come to the question that stands before a decision."""
    page.get_by_role("link", name=re.compile("^Decide")).click()
    expect(page.get_by_role("heading", name="Does this change a policy")).to_be_visible()


def fill_decision(page: Page, answer: str, *, decision: str = "We will", owner: str = LEAD, in_days: int = 60) -> None:
    """On a point's page: open the decision and fill it in; a "not now" is looked at again on the day."""
    begin_to_decide(page)
    page.get_by_label("No", exact=True).check()
    page.get_by_label("If no: why not").fill("It is the same for everybody.")
    page.get_by_role("button", name="Go on").click()
    page.get_by_label(decision, exact=True).check()
    page.get_by_label("The answer").fill(answer)
    page.get_by_label("Why", exact=True).fill("It costs little and helps many.")
    page.get_by_label("Who sees to it").select_option(owner)
    day = date.today() + timedelta(days=in_days)
    by_when = page.get_by_role("group", name="look at it again" if decision == "Not now" else "By when")
    for name, number in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        by_when.get_by_label(name).fill(str(number))


def decide(page: Page, answer: str, *, decision: str = "We will", owner: str = LEAD, in_days: int = 60) -> None:
    """On a point's page: decide."""
    fill_decision(page, answer, decision=decision, owner=owner, in_days=in_days)
    page.get_by_role("button", name="Decide and tell those who said it").click()
    expect(page.get_by_role("heading", name="What somebody said")).to_be_visible()


def report(page: Page, link: str, words: str) -> None:
    """On a point's page: say what was done so far, or that it is done."""
    page.get_by_role("link", name=link).click()
    page.get_by_label("What has been done").fill(words)
    page.get_by_role("main").get_by_role("button").click()
    expect(page.get_by_role("heading", name="What somebody said")).to_be_visible()


def open_own(page: Page, words: str) -> None:
    """Somebody opens what they said."""
    menu(page, "What I said")
    page.get_by_role("link", name=words[:40]).click()


def answer_whether_it_changed(page: Page, answer: str) -> None:
    """On one's own point, or on a slip's page."""
    page.get_by_label(answer, exact=True).check()
    page.get_by_role("button", name="Send my answer").click()


def public_pair(page: Page, words: str) -> Locator:
    """A pair on the public page, which is opened by its menu."""
    menu(page, "You said, we did")
    see_all = page.get_by_role("link", name="See all that people said and what we did")
    if see_all.count():
        see_all.click()
    return page.get_by_role("article").filter(has_text=words)


def stop_of(pair: Locator, name: str) -> Locator:
    """One stop of a pair's line."""
    return pair.get_by_role("listitem").filter(has_text=name)


def find_letter(page: Page, link: str = "Post a letter with") -> Locator:
    """From a point's page to the people still to tell; the link of the letter about this point, once it is there."""
    point = urlsplit(page.url).path
    page.get_by_role("link", name="Back").click()
    page.get_by_role("link", name="People still to tell").click()
    about = page.get_by_role("listitem").filter(has=page.locator(f'a[href="{point}"]'))
    return about.get_by_role("link", name=link)


def print_slips(page: Page, many: int) -> bytes:
    """A member of staff prints slips for a waiting room; the file."""
    menu(page, "Points")
    page.get_by_role("link", name="Print slips").click()
    page.get_by_label("How many slips").fill(str(many))
    page.get_by_role("button", name="Make the slips").click()
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save the slips as a PDF").click()
    return saved.value.path().read_bytes()


def write_down(page: Page, said: str, *, letter: bool = False, need: str = "Ordinary print", paper: str = "") -> None:
    """A member of staff writes down what somebody said and needs, who gets a letter or a slip, or had a paper one."""
    menu(page, "Points")
    page.get_by_role("link", name="Write down what somebody said").first.click()
    page.get_by_label("What they said").fill(said)
    page.get_by_label("How they said it").select_option("Paper slip" if paper else "Conversation with staff")
    page.get_by_label("If they wrote it on a paper slip").fill(paper)
    page.get_by_label("The person agreed").check()
    page.get_by_label("How you explained").fill("Read aloud")
    page.get_by_label("They agreed to put it on the website").check()
    if letter:
        page.get_by_label("By a letter").check()
    page.get_by_label(need, exact=True).check()
    page.get_by_role("button", name="Write this down").click()
    shown = "They have their slip" if paper else "Give them this slip"
    expect(page.get_by_role("heading", name=shown)).to_be_visible()


def workbook(*rows: Sequence[str]) -> bytes:
    """A workbook of findings: organisation, group, finding, and what more there is of them."""
    book = Workbook()
    head = ["organisation", "group", "finding", "said on", "method", "how many", "may publish", "reporter"]
    for row in (head, *rows):
        book.active.append(list(row))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def bring_in(page: Page, content: bytes) -> None:
    """Staff choose a workbook, to see what would be added."""
    menu(page, "Points")
    page.get_by_role("link", name="Bring in a file").click()
    choose_file(page, content)


def choose_file(page: Page, content: bytes) -> None:
    """Choose the file, also once more after it was mended."""
    page.locator("input[type=file]").set_input_files({"name": "findings.xlsx", "mimeType": "", "buffer": content})
    page.get_by_role("button", name="Look at it").click()


def has_a_device(page: Page) -> None:
    """The browser's device keeps passkeys, and knows its owner by their finger."""
    device = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": device})


def add_passkey(page: Page, stack: Stack) -> Page:
    """Somebody who signed in a moment ago sets up a passkey."""
    has_a_device(page)
    page.goto(f"{stack.platform}/my/second-step/")
    page.get_by_role("button", name="Set up a passkey").click()
    page.get_by_label("What is it on?").fill("My laptop")
    page.get_by_role("button", name="Set it up").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    return page
