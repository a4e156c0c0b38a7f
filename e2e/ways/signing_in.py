"""Ways to the pages of signing in, of being reached and of going between hosts."""

import uuid

from playwright.sync_api import Page, expect

from e2e.pages import PLATFORM, SCHEME, code_in, join_as, link_in, press, stopped_before, way
from e2e.visiting import WILLOWFORD, Visits, into
from e2e.walking import (
    add_passkey,
    menu,
)

DEAD_LETTER = """
INSERT INTO kit_outboxmessage (id, kind, schema, key, payload, created_at, due_at, attempts, dead_at, last_error,
                               given_up_because)
VALUES (%s, 'feedback.tell', 's_willowford', %s, '{}', now(), now(), 8, now(), 'ConnectionError in kit.mail', '')
"""


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
    page.goto(link_in(visit.stack.letter_to("changed@example.org", after=before + 2)))
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


@way(PLATFORM, "my_mobile")
def gives_a_number(visit: Visits) -> Page:
    return visit("Lou", fresh=True, start=f"{visit.stack.platform}/my/mobile/")


@way(PLATFORM, "my_mobile_opens")
def has_a_number_of_their_own(visit: Visits) -> Page:
    before = len(visit.stack.letters_to("+447700900202"))
    page = visit("Ash", fresh=True, start=f"{visit.stack.platform}/my/mobile/")
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
    page = visit("Lou", fresh=True, start=f"{visit.stack.platform}/my/mobile/")
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
