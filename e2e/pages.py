"""Every page of ours with a way to it: found by following links as each kind of person, or by a few clicks."""

import re
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.urls import Resolver404, resolve
from playwright.sync_api import Page, expect

from e2e.visiting import WILLOWFORD, Visits, into
from e2e.walking import (
    acknowledge,
    add_passkey,
    begin_to_decide,
    bring_in,
    decide,
    fill_decision,
    menu,
    open_point,
    print_slips,
    report,
    say_with_a_slip,
    workbook,
    write_down,
)
from tenants.schemes.pages import PLATFORM_PAGES, SCHEME_PAGES

PLATFORM, SCHEME = "platform", "scheme"
# What shows no page of its own: files, answers for machines, and addresses that do something and lead on.
NO_PAGE = {
    "health", "media", "account_email", "invitation_open", "invitation_accept", "group_join_open", "group_join_accept",
    "my_consent", "group_invitation_withdraw", "notice_open", "letter_retry", "team_invitation_withdraw",
    "asked", "help_link", "feedback:slip_close", "feedback:slip_confirm", "feedback:point_acknowledge",
    "feedback:concern_take", "feedback:slip_reply", "feedback:point_apart", "away_take_back", "my_mobile_remove",
    "notify_callback", "feedback:board_paper", "feedback:slip_paper", "feedback:letter", "feedback:letters",
    "mfa_login_webauthn", "work_sign_in", "openid_connect_callback",
    "feedback:supporter_end", "feedback:support_open", "feedback:support_stop",
}  # fmt: skip
# As whom links are followed, and from where; who may open most comes last, so that the others are looked at first.
FOLLOWERS = {
    PLATFORM: {"": ["/"], "Jo": ["/my/"], "group lead": ["/my/"], "programme manager": ["/my/"], "operator": ["/my/"]},
    SCHEME: {
        "": ["/", "/tell-us/", "/answer/"],
        "Lou": ["/", "/mine/"],
        "group member": ["/group/"],
        "involvement lead": ["/staff/"],
        "manager": ["/staff/"],
    },
}
# Follows links of one host, three of each kind, without moving the page.
FOLLOW = """async starts => {
  const kind = path => path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, ':id')
  const seen = new Set(), kinds = {}, found = [], queue = [...starts]
  while (queue.length) {
    const path = queue.shift()
    if (seen.has(path) || /^\\/(cms|static|media|sign-out)\\//.test(path) || (kinds[kind(path)] || 0) >= 3) continue
    seen.add(path)
    const answer = await fetch(path, { redirect: 'manual' })
    if (answer.status !== 200) continue
    kinds[kind(path)] = (kinds[kind(path)] || 0) + 1
    found.push(path)
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
    for (const link of page.querySelectorAll('a[href]')) {
      const to = new URL(link.getAttribute('href'), location.origin + path)
      if (to.origin === location.origin) queue.push(to.pathname)
    }
  }
  return found
}"""

DEAD_LETTER = """
INSERT INTO kit_outboxmessage (id, kind, schema, key, payload, created_at, due_at, attempts, dead_at, last_error,
                               given_up_because)
VALUES (%s, 'feedback.tell', 's_willowford', %s, '{}', now(), now(), 8, now(), 'ConnectionError in kit.mail', '')
"""

# A parent agreed years ago, and the month has come in which the child is asked.
TURNED_16 = """
UPDATE s_willowford.feedback_consent
   SET basis = 'parental_responsibility', giver_name = 'A parent', giver_relationship = 'mother',
       evidence_seen = 'passport', child_view = 'She wants it told.', review_on = date_trunc('month', now())
 WHERE sayer_id IN (SELECT sayer.id FROM s_willowford.feedback_sayer sayer JOIN s_willowford.feedback_point point
                    ON point.id = sayer.point_id WHERE point.said = 'I was scared of the van.')
"""


@dataclass(frozen=True, slots=True)
class Place:
    """A page that links lead to: on which side, as whom, and its address."""

    who: str
    address: str


def names() -> Iterator[tuple[str, str]]:
    """Every page of the two tables, with its side."""
    for side, table in ((PLATFORM, PLATFORM_PAGES), (SCHEME, SCHEME_PAGES)):
        yield from ((side, name) for name in table if name not in NO_PAGE)


def follow_links(visit: Visits) -> dict[tuple[str, str], Place]:
    """The first address found for each name, by somebody who may open it."""
    found: dict[tuple[str, str], Place] = {}
    for side, followers in FOLLOWERS.items():
        origin = visit.stack.platform if side == PLATFORM else visit.stack.scheme(WILLOWFORD)
        for who, starts in followers.items():
            page = visit(
                who, start=f"{origin}/sign-in/?next=/health/" if who and side == SCHEME else f"{origin}/health/"
            )
            page.wait_for_url(f"{origin}/health/")
            for path in page.evaluate(FOLLOW, starts):
                found.setdefault((side, name_of(path, side)), Place(who, origin + path))
    return found


def name_of(path: str, side: str) -> str:
    """The name of the page at a path."""
    try:
        return resolve(path, urlconf=f"alongside.urls.{side}").view_name
    except Resolver404:
        return ""


Way = Callable[[Visits], Page]
WAYS: dict[tuple[str, str], Way] = {}


def way(side: str, name: str) -> Callable[[Way], Way]:
    """A way to a page that no link leads to by itself."""

    def keep(walk: Way) -> Way:
        WAYS[side, name] = walk
        return walk

    return keep


def code_in(letter: str) -> str:
    """The code in a message."""
    found = re.search(r"Your code is (\S+)", letter)
    assert found, letter
    return found[1]


def press(page: Page) -> None:
    """Press the button of the page's form."""
    page.get_by_role("main").get_by_role("button").first.click()


@way(PLATFORM, "design")
def looks_at_every_component(visit: Visits) -> Page:
    return visit(start=f"{visit.stack.platform}/design/")


@way(PLATFORM, "account_confirm_login_code")
def asked_for_a_code(visit: Visits) -> Page:
    page = visit(start=f"{visit.stack.platform}/sign-in/code/")
    page.get_by_label("Email").fill("ash@example.org")
    press(page)
    return page


@way(PLATFORM, "text_code_enter")
def asked_for_a_code_by_text(visit: Visits) -> Page:
    page = visit(start=f"{visit.stack.platform}/sign-in/text/")
    page.get_by_label("Mobile number").fill("07700 900 200")
    press(page)
    return page


@way(PLATFORM, "text_code_new")
def has_a_number_that_opens_nothing(visit: Visits) -> Page:
    before = len(visit.stack.letters_to("+447700900201"))
    page = visit(start=f"{visit.stack.platform}/sign-in/text/")
    page.get_by_label("Mobile number").fill("07700 900 201")
    press(page)
    page.get_by_label("What is the code we sent you?").fill(
        code_in(visit.stack.letter_to("+447700900201", after=before))
    )
    press(page)
    return page


@way(PLATFORM, "recover_prove")
def has_lost_every_way_in(visit: Visits) -> Page:
    return asks_for_a_new_way(visit, "lost@example.org")


@way(PLATFORM, "recover_stop")
def was_told_of_a_change(visit: Visits) -> Page:
    before = len(visit.stack.letters_to("changed@example.org"))
    page = asks_for_a_new_way(visit, "changed@example.org")
    page.get_by_label("What is the code we sent you?").fill(code_in(visit.stack.letter_to("new.changed@example.org")))
    press(page)
    page.goto(link_in(visit.stack.letter_to("changed@example.org", after=before + 1)))
    return page


def asks_for_a_new_way(visit: Visits, address: str) -> Page:
    """Somebody makes an account and a code on paper, and says that they lost everything else."""
    page = join_as(visit, address)
    page.goto(f"{visit.stack.platform}/my/recovery/")
    page.get_by_role("button", name="Make a code for me").click()
    code = page.locator(".app-slip__code").inner_text()
    page.goto(f"{visit.stack.platform}/sign-in/help/")
    page.get_by_label("The code on your paper").fill(code)
    page.get_by_label("Your new mobile number or email address").fill(f"new.{address}")
    page.get_by_role("button", name="Go on").click()
    return page


@way(PLATFORM, "my_mobile_opens")
def has_a_number_of_their_own(visit: Visits) -> Page:
    before = len(visit.stack.letters_to("+447700900202"))
    page = visit("Ash", start=f"{visit.stack.platform}/my/mobile/")
    page.get_by_label("What is your mobile number?").fill("07700 900 202")
    press(page)
    page.get_by_label("What is the code we sent you?").fill(
        code_in(visit.stack.letter_to("+447700900202", after=before))
    )
    press(page)
    page.goto(f"{visit.stack.platform}/my/mobile/sign-in/")
    return page


@way(PLATFORM, "account_email_verification_sent")
def made_an_account(visit: Visits) -> Page:
    page = visit(start=f"{visit.stack.platform}/sign-in/new/")
    page.get_by_label("Email").fill("new@example.org")
    press(page)
    return page


@way(PLATFORM, "account_confirm_password_reset_code")
def forgot_the_password(visit: Visits) -> Page:
    page = visit(start=f"{visit.stack.platform}/sign-in/password/")
    page.get_by_label("Email").fill("lou@example.org")
    press(page)
    return page


@way(PLATFORM, "account_complete_password_reset")
def has_the_code_for_a_new_password(visit: Visits) -> Page:
    before = len(visit.stack.letters_to("lou@example.org"))
    page = forgot_the_password(visit)
    page.get_by_label("Code").fill(code_in(visit.stack.letter_to("lou@example.org", after=before)))
    press(page)
    return page


@way(PLATFORM, "account_password_reset_completed")
def has_a_new_password(visit: Visits) -> Page:
    return visit(start=f"{visit.stack.platform}/sign-in/password/done/")


@way(PLATFORM, "account_inactive")
def has_a_closed_account(visit: Visits) -> Page:
    return visit(start=f"{visit.stack.platform}/sign-in/closed/")


@way(PLATFORM, "my_first_visit")
def came_for_the_first_time(visit: Visits) -> Page:
    return join_as(visit, "first@example.org")


@way(PLATFORM, "account_set_password")
def wants_a_password(visit: Visits) -> Page:
    page = join_as(visit, "second@example.org")
    page.goto(f"{visit.stack.platform}/my/password/new/")
    return page


@way(PLATFORM, "my_letter")
def wants_letters(visit: Visits) -> Page:
    return chooses(visit, "By letter")


@way(PLATFORM, "my_worker")
def wants_to_be_told_by_somebody(visit: Visits) -> Page:
    return chooses(visit, "Through somebody I know who works with me")


@way(PLATFORM, "my_words")
def wants_emails(visit: Visits) -> Page:
    return chooses(visit, "By email")


@way(PLATFORM, "my_mobile_code")
def has_a_code_for_a_number(visit: Visits) -> Page:
    page = visit("Lou", start=f"{visit.stack.platform}/my/mobile/")
    page.get_by_label("What is your mobile number?").fill("07700 900 123")
    press(page)
    expect(page.get_by_label("What is the code we sent you?")).to_be_visible()
    return page


def chooses(visit: Visits, how: str) -> Page:
    """Somebody says how we can reach them."""
    page = visit("Lou", start=f"{visit.stack.platform}/my/contact/way/")
    page.get_by_label(how, exact=True).check()
    before = page.url
    press(page)
    page.wait_for_url(lambda url: url != before)
    return page


@way(PLATFORM, "demonstration_codes")
def looks_up_a_code(visit: Visits) -> Page:
    return visit(start=f"{visit.stack.platform}/demonstration/codes/")


@way(PLATFORM, "step_start")
def is_asked_for_a_second_step(visit: Visits) -> Page:
    return visit("Lou", start=f"{visit.stack.platform}/sign-in/step/")


@way(PLATFORM, "mfa_authenticate")
def has_typed_the_password(visit: Visits) -> Page:
    page = visit(start=f"{visit.stack.platform}/sign-in/")
    page.get_by_label("Email").fill("editor.willowford@example.org")
    page.get_by_label("Password", exact=True).fill(visit.stack.password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_label("Code from your app")).to_be_visible()
    return page


@way(PLATFORM, "account_reauthenticate")
def shows_who_they_are_by_password(visit: Visits) -> Page:
    return visit("Lou", start=f"{visit.stack.platform}/sign-in/again/")


@way(PLATFORM, "mfa_reauthenticate")
def shows_who_they_are_by_code(visit: Visits) -> Page:
    return visit("editor", start=f"{visit.stack.platform}/sign-in/again/code/")


@way(PLATFORM, "mfa_activate_totp")
def sets_up_an_app(visit: Visits) -> Page:
    return visit("Lou", fresh=True, start=f"{visit.stack.platform}/my/second-step/app/")


@way(PLATFORM, "mfa_add_webauthn")
def sets_up_a_passkey(visit: Visits) -> Page:
    return visit("Lou", fresh=True, start=f"{visit.stack.platform}/my/second-step/passkey/")


@way(PLATFORM, "mfa_view_recovery_codes")
def is_given_recovery_codes(visit: Visits) -> Page:
    return add_passkey(visit("safeguarding lead", fresh=True), visit.stack)


@way(PLATFORM, "mfa_reauthenticate_webauthn")
def shows_who_they_are_by_passkey(visit: Visits) -> Page:
    page = add_passkey(visit("practitioner", fresh=True), visit.stack)
    page.goto(f"{visit.stack.platform}/sign-in/again/passkey/")
    return page


@way(PLATFORM, "recovery_codes_new")
def wants_new_recovery_codes(visit: Visits) -> Page:
    return visit("editor", fresh=True, start=f"{visit.stack.platform}/my/second-step/codes/new/")


@way(PLATFORM, "second_step_remove")
def removes_the_app(visit: Visits) -> Page:
    page = visit("editor", fresh=True, start=f"{visit.stack.platform}/my/second-step/")
    page.get_by_role("link", name="Remove").first.click()
    return page


@way(SCHEME, "step_start")
def goes_for_a_second_step(visit: Visits) -> Page:
    page = into(visit("Jo"), visit.stack)
    page.route(f"{visit.stack.platform}/sign-in/step/**", lambda route: route.fulfill(status=204))
    page.goto(f"{visit.stack.scheme(WILLOWFORD)}/sign-in/step/")
    expect(page.get_by_role("heading", name="One moment")).to_be_visible()
    page.wait_for_timeout(500)
    return page


@way(PLATFORM, "sign_out")
def leaves_the_platform(visit: Visits) -> Page:
    return visit("Jo", start=f"{visit.stack.platform}/sign-out/")


@way(SCHEME, "sign_out")
def leaves_the_scheme(visit: Visits) -> Page:
    page = into(visit("Jo"), visit.stack)
    menu(page, "Sign out")
    return page


@way(PLATFORM, "hand_off")
def is_handed_on(visit: Visits) -> Page:
    return stopped_before(visit, "**/sign-in/arrive/**")


@way(SCHEME, "arrive_start")
def begins_to_arrive(visit: Visits) -> Page:
    return stopped_before(visit, "**/hand-off/**")


@way(SCHEME, "arrive")
def arrives_too_late(visit: Visits) -> Page:
    return visit(start=f"{visit.stack.scheme(WILLOWFORD)}/sign-in/arrive/")


@way(PLATFORM, "invitation")
def is_invited_to_a_team(visit: Visits) -> Page:
    page = into(visit("manager"), visit.stack)
    page.goto(f"{visit.stack.scheme(WILLOWFORD)}/team/invite/")
    page.get_by_label("email").fill("lou@example.org")
    page.get_by_label("Editor").check()
    before = len(visit.stack.letters_to("lou@example.org"))
    press(page)
    return visit("Lou", start=link_in(visit.stack.letter_to("lou@example.org", after=before)))


@way(PLATFORM, "group_join")
def is_invited_to_a_group(visit: Visits) -> Page:
    page = visit("group lead", start=f"{visit.stack.platform}/groups/nether-voices/invite/")
    page.get_by_label("email").fill("lou@example.org")
    before = len(visit.stack.letters_to("lou@example.org"))
    press(page)
    return visit("Lou", start=link_in(visit.stack.letter_to("lou@example.org", after=before)))


@way(PLATFORM, "letter_give_up")
def lays_a_message_aside(visit: Visits) -> Page:
    with visit.stack.database() as database:
        database.execute(DEAD_LETTER, [uuid.uuid4(), uuid.uuid4().hex])
    page = visit("operator", start=f"{visit.stack.platform}/operate/")
    page.get_by_role("link", name="Lay it aside").first.click()
    return page


def about_to_tell(visit: Visits, about: str) -> Page:
    """Somebody who chose what it is about."""
    page = visit(start=f"{visit.stack.scheme(WILLOWFORD)}/tell-us/")
    page.get_by_role("button", name="Start").click()
    page.get_by_label(about, exact=True).check()
    page.get_by_role("button", name="Go on").click()
    return page


@way(SCHEME, "feedback:harm")
def has_to_tell_of_harm(visit: Visits) -> Page:
    page = about_to_tell(visit, "Somebody is being hurt, or may be hurt")
    expect(page.get_by_role("heading", name="Somebody is being hurt")).to_be_visible()
    return page


@way(SCHEME, "feedback:harm_thanks")
def has_told_of_harm(visit: Visits) -> Page:
    page = has_to_tell_of_harm(visit)
    page.get_by_label("What are you worried about?").fill("She is not allowed to leave the house.")
    press(page)
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    return page


@way(SCHEME, "feedback:complaint")
def has_a_complaint(visit: Visits) -> Page:
    page = about_to_tell(visit, "A complaint")
    expect(page.get_by_role("heading", name="If you want to complain")).to_be_visible()
    return page


@way(SCHEME, "feedback:concern")
def reads_a_concern(visit: Visits) -> Page:
    has_told_of_harm(visit)
    page = into(visit("manager"), visit.stack)
    menu(page, "Concerns")
    page.get_by_role("main").get_by_role("listitem").get_by_role("link").first.click()
    press(page)
    expect(page.get_by_role("button", name="Close this concern")).to_be_visible()
    return page


@way(SCHEME, "feedback:tell_us_thanks")
def has_told_us(visit: Visits) -> Page:
    page = visit(start=visit.stack.scheme(WILLOWFORD))
    say_with_a_slip(page, "The radio is too loud.")
    return page


@way(SCHEME, "feedback:slip_answer")
def has_opened_a_slip(visit: Visits) -> Page:
    page = visit(start=f"{visit.stack.scheme(WILLOWFORD)}/answer/")
    page.get_by_label("Your code").fill(visit.stack.slip)
    press(page)
    return page


@way(SCHEME, "feedback:slip_stop")
def wants_it_off_the_website(visit: Visits) -> Page:
    page = visit(start=visit.stack.scheme(WILLOWFORD))
    code = say_with_a_slip(page, "The blinds do not shut.")
    menu(page, "Your answer")
    page.get_by_label("Your code").fill(code)
    press(page)
    page.get_by_role("link", name="Do not put it on the website").first.click()
    return page


@way(SCHEME, "feedback:slip_take_back")
def wants_to_take_it_back(visit: Visits) -> Page:
    page = visit(start=visit.stack.scheme(WILLOWFORD))
    code = say_with_a_slip(page, "The chairs are hard.")
    menu(page, "Your answer")
    page.get_by_label("Your code").fill(code)
    press(page)
    page.get_by_role("link", name="take back everything").click()
    return page


@way(SCHEME, "feedback:slip_taken_back")
def has_taken_it_back(visit: Visits) -> Page:
    page = wants_to_take_it_back(visit)
    page.get_by_role("button", name="Take back what I said").click()
    return page


@way(SCHEME, "feedback:my_point_confirm")
def came_back_to_a_question(visit: Visits) -> Page:
    page = into(visit("Jo"), visit.stack)
    menu(page, "What I said")
    page.get_by_role("main").get_by_role("listitem").get_by_role("link").first.click()
    page.goto(f"{page.url}changed/")
    return page


@way(SCHEME, "feedback:support_join")
def has_a_link_that_was_used(visit: Visits) -> Page:
    page = into(visit("Lou"), visit.stack)
    page.goto(f"{visit.stack.scheme(WILLOWFORD)}/support/join/")
    return page


@way(SCHEME, "feedback:supported_confirm")
def sends_an_answer_for_somebody(visit: Visits) -> Page:
    page = into(visit("Lou"), visit.stack)
    menu(page, "What I said")
    page.get_by_role("link", name="People I help").click()
    page.get_by_role("link", name="What they said on").last.click()
    page.goto(f"{page.url}changed/")
    return page


@way(SCHEME, "feedback:my_point_reply")
def came_back_to_what_was_asked(visit: Visits) -> Page:
    page = into(visit("Jo"), visit.stack)
    menu(page, "What I said")
    page.get_by_role("main").get_by_role("listitem").get_by_role("link").first.click()
    page.goto(f"{page.url}reply/")
    return page


@way(SCHEME, "feedback:points_assign")
def ticked_a_row_and_chose_nobody(visit: Visits) -> Page:
    page = into(visit("involvement lead"), visit.stack)
    menu(page, "Points")
    page.get_by_role("checkbox").first.check()
    page.get_by_role("button", name="Let them see to these").click()
    expect(page.get_by_role("heading", name="Who sees to these points?")).to_be_visible()
    return page


@way(SCHEME, "feedback:point_regard")
def is_about_to_decide(visit: Visits) -> Page:
    page = has_something_to_decide(visit, "The clock in the room is wrong.")
    begin_to_decide(page)
    return page


@way(SCHEME, "feedback:point_decide")
def decides(visit: Visits) -> Page:
    page = has_something_to_decide(visit, "The chairs are too low for me.")
    fill_decision(page, "We will bring two higher ones.")
    return page


@way(SCHEME, "feedback:point_together")
def looks_for_the_same(visit: Visits) -> Page:
    page = has_something_to_decide(visit, "The tea machine is empty.")
    page.get_by_role("link", name="Answer it together with others").click()
    return page


@way(SCHEME, "feedback:point_split")
def takes_apart(visit: Visits) -> Page:
    page = has_something_to_decide(visit, "The tap drips. The bin is full.")
    page.get_by_role("link", name="It says two things").click()
    return page


def has_something_to_decide(visit: Visits, said: str) -> Page:
    """A point that somebody has just said, open before the involvement lead."""
    say_with_a_slip(visit(start=visit.stack.scheme(WILLOWFORD)), said)
    page = into(visit("involvement lead"), visit.stack)
    open_point(page, said)
    return page


@way(SCHEME, "feedback:point_logged")
def has_written_it_down(visit: Visits) -> Page:
    page = into(visit("practitioner"), visit.stack)
    write_down(page, "The queue is long on Mondays.")
    return page


@way(SCHEME, "feedback:points_import_look")
def looks_at_a_file(visit: Visits) -> Page:
    page = into(visit("involvement lead"), visit.stack)
    bring_in(page, workbook(["A youth club", "Young people", f"A place to sit {uuid.uuid4()}"]))
    return page


@way(SCHEME, "feedback:points_imported")
def has_brought_in_a_file(visit: Visits) -> Page:
    page = looks_at_a_file(visit)
    page.get_by_role("button", name="Add these").click()
    return page


@way(SCHEME, "feedback:need")
def asks_again_what_somebody_needs(visit: Visits) -> Page:
    page = into(visit("involvement lead"), visit.stack)
    write_down(page, "I cannot read small letters.", need="Large print")
    page.goto(f"{visit.stack.scheme(WILLOWFORD)}/points/needs/")
    page.get_by_role("link", name="Large print").first.click()
    return page


@way(SCHEME, "feedback:printed_slips_cancel")
def cancels_slips_that_were_printed(visit: Visits) -> Page:
    page = into(visit("involvement lead"), visit.stack)
    print_slips(page, 1)
    menu(page, "Points")
    page.get_by_role("link", name="Print slips").click()
    page.get_by_role("main").get_by_role("link", name="Cancel").first.click()
    return page


@way(SCHEME, "feedback:young")
def asks_a_young_person(visit: Visits) -> Page:
    page = into(visit("involvement lead"), visit.stack)
    write_down(page, "I was scared of the van.")
    with visit.stack.database() as database:
        database.execute(TURNED_16)
    page.goto(f"{visit.stack.scheme(WILLOWFORD)}/staff/")
    page.get_by_role("link", name="Ask a young person themselves").first.click()
    return page


@way(SCHEME, "feedback:asking_end")
def has_somebody_to_ask(visit: Visits, said: str = "You have my old address.") -> Page:
    page = has_a_letter_to_post(visit, said)
    page.get_by_label("They were told face to face, or on the telephone").check()
    page.get_by_role("button", name="Keep this").click()
    open_point(page, said)
    report(page, "Say that it is done", "We ask everybody where to write.")
    page.get_by_role("link", name="Back").click()
    page.get_by_role("link", name="People still to tell").click()
    to_ask = page.get_by_role("main").get_by_role("link", name="Post a letter that asks")
    while not to_ask.count():  # the worker makes the task a moment later
        page.wait_for_timeout(300)
        page.reload()
    to_ask.last.click()
    return page


@way(SCHEME, "feedback:slip_asked")
def was_asked_by_letter(visit: Visits) -> Page:
    code = has_somebody_to_ask(visit, "You still have my old address.").locator(".app-slip__code").inner_text()
    page = visit(start=visit.stack.scheme(WILLOWFORD))
    menu(page, "Your answer")
    page.get_by_label("Your code").fill(code)
    press(page)
    return page


@way(SCHEME, "feedback:telling_end")
def has_a_letter_to_post(visit: Visits, said: str = "I never get the letters that you send.") -> Page:
    page = into(visit("involvement lead"), visit.stack)
    write_down(page, said, letter=True)
    page.get_by_role("button", name="They have their slip").click()
    open_point(page, said)
    acknowledge(page)
    decide(page, "We will ask where to send them.")
    page.get_by_role("link", name="Back").click()
    page.get_by_role("link", name="People still to tell").click()
    page.get_by_role("main").get_by_role("link", name="Post a letter with").last.click()
    return page


def join_as(visit: Visits, address: str) -> Page:
    """Make an account with the code from the message."""
    before = len(visit.stack.letters_to(address))
    page = visit(start=f"{visit.stack.platform}/sign-in/new/")
    page.get_by_label("Email").fill(address)
    press(page)
    page.get_by_label("Code").fill(code_in(visit.stack.letter_to(address, after=before)))
    press(page)
    return page


def link_in(letter: str) -> str:
    """The way that a message gives."""
    found = re.search(r"http\S+", letter)
    assert found, letter
    return found[0]


def stopped_before(visit: Visits, pattern: str) -> Page:
    """A page that moves on by itself, held at the moment before it does."""
    page = visit("Jo")
    # An answer without content leaves a browser where it is.
    page.route(pattern, lambda route: route.fulfill(status=204))
    page.goto(f"{visit.stack.scheme(WILLOWFORD)}/sign-in/")
    expect(page.get_by_role("heading", name="One moment")).to_be_visible()
    page.wait_for_timeout(500)
    return page
