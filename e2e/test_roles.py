"""Every kind of person comes to a page of their own and is offered what is theirs, and nothing else."""

import pytest
from playwright.sync_api import Page, expect

from e2e.pages import join_as, link_in, press
from e2e.stack import Stack
from e2e.visiting import Visits, into

EVERYBODY = ["You said, we did", "Tell us", "Your answer"]
ACCOUNT = ["What I said"]
STAFF = [*EVERYBODY, *ACCOUNT, "Staff"]
REGISTER = [*STAFF, "Points"]
CONCERNS = [*REGISTER, "Concerns"]
MONITORING = "Monitoring"
MINE = ["My Alongside", "My groups", "What others did"]

# The way on that the start page offers, apart from the menu.
REGISTERED, TEAM, SITES = "What people said, and our answers", "The team", "Our sites"
HARM, BOARD, POSTER = (
    "Concerns",
    "Paper for the Partnership Board",
    "Make a poster: you said, we did",
)
COMPLAINTS = "Where a complaint goes"
AGREEMENTS, SITE, AUDIT = "Agreements with groups", "Edit the public site", "Who read or changed what"
PICTURES = "People in pictures, and people whom the site names"


@pytest.mark.parametrize(
    ("who", "menu", "ways_on"),
    [
        (
            "manager",
            [*CONCERNS, MONITORING],
            [REGISTERED, HARM, BOARD, POSTER, TEAM, SITES, COMPLAINTS, AGREEMENTS, SITE, PICTURES, AUDIT],
        ),
        ("involvement lead", [*REGISTER, MONITORING], [REGISTERED, BOARD, POSTER, TEAM, AGREEMENTS, SITE, PICTURES]),
        ("practitioner", [*REGISTER, MONITORING], [REGISTERED, TEAM]),
        ("STR worker", [*REGISTER, MONITORING], [REGISTERED, TEAM]),
        ("safeguarding lead", [*CONCERNS, MONITORING], [REGISTERED, HARM, TEAM]),
        ("editor", [*STAFF, MONITORING], [POSTER, TEAM, SITE, PICTURES]),
    ],
)
def test_staff_come_to_the_staff_pages_and_see_their_own_ways_on(
    stack: Stack, visit: Visits, who: str, menu: list[str], ways_on: list[str]
) -> None:
    page = into(visit(who), stack)
    expect(page.get_by_role("heading", name="What waits for you")).to_be_visible()
    assert menu_of(page) == menu
    ways = page.get_by_role("list").filter(has=page.get_by_role("link", name=TEAM, exact=True))
    expect(ways.get_by_role("link")).to_have_text(ways_on)


@pytest.mark.parametrize(
    ("who", "menu"),
    [
        ("Jo", MINE),
        ("group lead", MINE),
        ("group member", MINE),
        ("manager", MINE),
        ("analyst", [*MINE, "Schemes", "Comparing schemes"]),
        ("programme manager", [*MINE, "Schemes", "Comparing schemes"]),
        ("operator", [*MINE, "Operating"]),
    ],
)
def test_everybody_has_my_alongside_and_the_menu_that_is_theirs(
    stack: Stack, visit: Visits, who: str, menu: list[str]
) -> None:
    page = visit(who, start=f"{stack.platform}/my/")
    assert menu_of(page) == menu
    for heading in ("What waits for you", "My services", "My details"):
        expect(page.get_by_role("heading", name=heading)).to_be_visible()


def test_a_service_user_at_a_scheme_sees_their_own_and_nothing_of_staff(stack: Stack, visit: Visits) -> None:
    page = into(visit("Jo"), stack)
    assert menu_of(page) == [*EVERYBODY, *ACCOUNT]
    for path in ("staff", "points", "team", "audit", "sites", "agreements", "group", "cms"):
        page.goto(f"{stack.scheme('willowford')}/{path}/")
        expect(page.get_by_role("heading", name="We cannot find this page")).to_be_visible()


def test_a_manager_is_nobody_at_another_scheme(stack: Stack, visit: Visits) -> None:
    page = visit("manager elsewhere", start=f"{stack.scheme('willowford')}/sign-in/?next=/staff/")
    expect(page.get_by_role("heading", name="We cannot find this page")).to_be_visible()
    assert menu_of(page) == [*EVERYBODY, *ACCOUNT]


def test_a_member_of_a_group_with_an_agreement_sees_what_is_shared(stack: Stack, visit: Visits) -> None:
    page = visit("group member", start=f"{stack.platform}/my/")
    page.get_by_role("main").get_by_role("link", name="Nether Voices").click()
    page.get_by_role("link", name="Willowford").click()
    expect(page.get_by_role("heading", name="Nether Voices and Willowford")).to_be_visible()
    page.get_by_role("link", name="What Willowford shares with you").click()
    expect(page.get_by_role("heading", name="What Willowford shares with you")).to_be_visible()
    assert "Group" in menu_of(page)
    assert "Staff" not in menu_of(page)


def test_a_group_is_set_up_its_lead_joins_by_mail_invites_somebody_and_leaves(stack: Stack, visit: Visits) -> None:
    founder = visit("programme manager", start=f"{stack.platform}/my/")
    founder.get_by_role("banner").get_by_role("link", name="My groups").click()
    founder.get_by_role("link", name="Set up a group").click()
    founder.get_by_label("Name of the group").fill("Kind Ears")
    founder.get_by_label("Reference").check()
    founder.get_by_label("Email address of its first lead").fill("ear@example.org")
    founder.get_by_role("button", name="Set it up and invite the lead").click()
    expect(founder.get_by_role("heading", name="Kind Ears is set up")).to_be_visible()

    link = link_in(stack.letter_to("ear@example.org"))
    lead = join_as(visit, "ear@example.org")
    lead.get_by_label("What should we call you?").fill("Pat")
    lead.get_by_role("checkbox").check()
    press(lead)
    lead.goto(link)
    lead.get_by_role("button", name="Join the group").click()
    expect(lead.get_by_role("heading", name="Kind Ears")).to_be_visible()

    letters = len(stack.letters_to("ash@example.org"))
    lead.get_by_role("button", name="Invite somebody").click()
    lead.get_by_label("Their email address").fill("ash@example.org")
    lead.get_by_label("Lead").check()
    lead.get_by_role("button", name="Send the invitation").click()
    ash = visit("Ash", start=link_in(stack.letter_to("ash@example.org", after=letters)))
    ash.get_by_role("button", name="Join the group").click()
    expect(ash.get_by_text("Ash Pell: lead")).to_be_visible()

    lead.reload()
    lead.get_by_role("link", name="Leave the group").click()
    lead.get_by_role("button", name="Leave the group").click()
    expect(lead.get_by_role("main").get_by_role("link", name="Kind Ears")).to_have_count(0)
    ash.reload()
    expect(ash.get_by_text("Pat:")).to_have_count(0)


def menu_of(page: Page) -> list[str]:
    """What the header offers, apart from the account."""
    return [text.strip() for text in page.locator("a.nhsuk-header__navigation-link").all_inner_texts()]
