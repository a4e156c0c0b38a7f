"""What is typed, and what is noted, on a phone on which there is room for nothing more."""

from uuid import UUID

from playwright.sync_api import CDPSession, Page, expect

from e2e.app_parts import Run
from e2e.phones import Phone, Planned, count_anew, soon
from e2e.stack import Stack
from e2e.test_app_in_trouble import begin, finish, full, short_form, type_pin
from e2e.visiting import PEOPLE
from questions.shape import Kind, Section
from tests.factories.questions import a_form, a_question, words


def make_room(phone: Phone, room: CDPSession) -> None:
    room.send("Storage.overrideQuotaForOrigin", {"origin": phone.origin})


def write_concern(page: Page, words: str) -> None:
    page.get_by_label("What are you worried about?").fill(words)


def a_concern_begun_on_a_full_phone(phone: Phone, planned: Planned) -> tuple[Page, CDPSession, UUID]:
    visit = planned.visit(form=short_form())
    phone.made_ready("group member")
    page, room = full(phone)
    page.goto(f"{phone.origin}/app/#concern/{visit}")
    write_concern(page, "Somebody")
    return page, room, visit


def test_after_a_concern_that_could_not_be_sealed_what_is_typed_goes_on_being_kept(
    phone: Phone, planned: Planned
) -> None:
    page, room, visit = a_concern_begun_on_a_full_phone(phone, planned)
    page.get_by_role("radio", name="Yes").check(force=True)
    is_full = page.get_by_text("This phone is full. What you typed last is not kept yet")
    expect(is_full).to_be_visible()
    page.evaluate("() => document.querySelector('[data-visits=trouble]').replaceChildren()")
    page.get_by_role("button", name="Send it now").click()
    expect(is_full).to_be_visible()
    make_room(phone, room)
    write_concern(page, "Somebody was hurt")
    expect(page.get_by_text("Safe on this phone", exact=True)).to_be_visible()
    expect(page.get_by_text("This phone is full.")).to_be_hidden()
    page.reload()
    expect(page.get_by_label("What are you worried about?")).to_have_value("Somebody was hurt")


def test_what_was_typed_before_there_was_room_does_not_come_back_over_what_was_typed_since(
    phone: Phone, planned: Planned
) -> None:
    visit = planned.visit(form=short_form())
    page = phone.made_ready("group member")
    begin(page, visit, "Before")
    page, room = full(phone)
    page.goto(f"{phone.origin}/app/#visit/{visit}/ask/seen")
    seen = page.get_by_label("What did you see?")
    seen.fill("Aft")
    expect(page.get_by_text("This phone is full. What you typed last is not kept yet")).to_be_visible()
    make_room(phone, room)
    seen.fill("After")
    expect(page.get_by_text("Safe on this phone", exact=True)).to_be_visible()
    expect(page.get_by_text("This phone is full.")).to_be_hidden()
    page.get_by_role("button", name="Look at it all").click()
    expect(page.get_by_text("After", exact=True)).to_be_visible()


def test_what_is_wrong_and_not_kept_is_not_said_to_be_kept(phone: Phone, planned: Planned) -> None:
    asked = (a_question("many", Kind.COUNT), a_question("seen", Kind.TEXT))
    visit = planned.visit(form=a_form(Section("room", words("Room"), asked)))
    page = phone.made_ready("group member")
    page.goto(f"{phone.origin}/app/#visit/{visit}")
    page.get_by_role("button", name="Begin").click()
    page.get_by_label("About many?").fill("lots")
    expect(page.get_by_text("Kept as typed. Please check it.")).to_be_visible()
    page, room = full(phone)
    many, kept = page.get_by_label("About many?"), page.get_by_text("Kept as typed. Please check it.")
    page.goto(f"{phone.origin}/app/#visit/{visit}/ask/many")
    many.fill("lots more")
    expect(page.get_by_text("This phone is full. What you typed last is not kept yet")).to_be_visible()
    page.keyboard.press("Tab")
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    expect(kept).to_have_count(0)
    make_room(phone, room)
    many.fill("lots and lots")
    expect(kept).to_be_visible()


def test_what_could_not_be_kept_goes_with_whoever_signs_out_in_another_tab(phone: Phone, planned: Planned) -> None:
    visit = planned.visit(form=short_form())
    phone.made_ready("group member")
    page, _ = full(phone)
    page.goto(f"{phone.origin}/app/#concern/{visit}")
    write_concern(page, "Somebody")
    expect(page.get_by_role("button", name="Try again")).to_be_visible()
    other = phone.open("/app/#out")
    other.get_by_role("button", name="Sign out").click()
    for one in (other, page):
        expect(one.get_by_role("heading", name="You are signed out")).to_be_visible()
    expect(page.get_by_role("button", name="Try again")).to_have_count(0)


def test_on_a_full_phone_what_was_begun_can_be_thrown_away(phone: Phone, planned: Planned) -> None:
    visit = planned.visit(form=short_form())
    page = phone.made_ready("group member")
    begin(page, visit, "Before")
    page, _ = full(phone)
    page.goto(f"{phone.origin}/app/#visit/{visit}")
    page.get_by_role("button", name="Throw away what I wrote").click()
    page.get_by_role("button", name="Yes, throw it away").click()
    expect(page.get_by_role("button", name="Begin")).to_be_visible()
    expect(page.get_by_text("This phone is full. What you typed last")).to_be_hidden()


def test_of_one_answer_that_could_not_be_kept_the_last_words_count(run: Run) -> None:
    script = """
      const { keep, keepAgain, whyUnkept } = app.unkept
      let [room, kept] = [false, {}]
      const words = (what, said) => keep(async () => {
        if (!room) throw new DOMException('Full', 'QuotaExceededError')
        kept[what] = said
      }, what).catch(() => {})
      await words('seen', 'Aft')
      await words('heard', 'Noise')
      room = true
      await words('seen', 'After')
      const still = Boolean(whyUnkept())
      await keepAgain()
      return [kept, still, Boolean(whyUnkept())]"""
    assert run(script) == [{"seen": "After", "heard": "Noise"}, True, False]


def test_what_is_tried_again_does_not_come_over_what_was_said_since(run: Run) -> None:
    script = """
      const { keep, keepAgain, whyUnkept } = app.unkept
      let [room, kept, go] = [false, '']
      await keep(async () => {
        if (!room) throw new DOMException('Full', 'QuotaExceededError')
        kept = 'Aft'
      }, 'seen').catch(() => {})
      room = true
      const ends = new Promise(resolve => { go = resolve })
      const newer = keep(async () => {
        kept = 'After'
        await ends
      }, 'seen')
      const again = keepAgain()
      setTimeout(go, 50)
      await Promise.all([newer, again])
      return [kept, Boolean(whyUnkept())]"""
    assert run(script) == ["After", False]


def test_words_of_a_concern_that_find_room_from_another_screen_come_back_into_its_field(
    phone: Phone, planned: Planned
) -> None:
    page, room, visit = a_concern_begun_on_a_full_phone(phone, planned)
    expect(page.get_by_text("This phone is full. What you typed last is not kept yet")).to_be_visible()
    page.get_by_role("link", name="Back").click()
    page.get_by_role("link", name="Concern now").click()
    field = page.get_by_label("What are you worried about?")
    expect(field).to_have_value("")
    make_room(phone, room)
    page.get_by_role("button", name="Try again").click()
    expect(field).to_have_value("Somebody")


def test_a_full_phone_that_was_shut_out_says_so_and_keeps_its_name_when_it_is_made_ready_again(
    phone: Phone, stack: Stack
) -> None:
    page = phone.sign_in("group member")
    count_anew(stack)
    page.get_by_label("What do you call this phone?").fill("The red one")
    page.get_by_role("button", name="Make ready on this phone").click()
    expect(page.get_by_role("heading", name="My visits")).to_be_visible()
    Planned(stack).shut_out("group member")
    page, room = full(phone)
    phone.sign_in("group member", page)
    expect(page.get_by_text("This phone may not send any more.")).to_be_visible()
    page.get_by_role("button", name="Make ready on this phone").click()
    expect(page.get_by_text("Delete some pictures or apps.").first).to_be_visible()
    make_room(phone, room)
    page.get_by_role("button", name="Make ready on this phone").click()
    expect(page.get_by_text("This phone may not send any more.")).to_have_count(0)
    assert names_of_phones(stack, "group member")[-1] == "The red one"


def names_of_phones(stack: Stack, who: str) -> list[str]:
    """What somebody calls their phones that may deliver, the last one last."""
    with stack.database() as connection:
        rows = connection.execute(
            "SELECT name FROM peer_monitoring_phone WHERE shut_out_at IS NULL"
            " AND person_id = (SELECT id FROM people_person WHERE email = %s) ORDER BY made_at",
            [PEOPLE[who]],
        ).fetchall()
    return [row[0] for row in rows]


def test_on_a_full_phone_a_pin_opens_and_wrong_ones_are_counted(phone: Phone) -> None:
    page = phone.made_ready("group member")
    page.goto(f"{phone.origin}/app/#pin")
    page.get_by_label("Choose a PIN").fill("271828")
    page.get_by_label("The same PIN again").fill("271828")
    page.get_by_role("button", name="Use this PIN").click()
    expect(page.get_by_role("heading", name="My visits")).to_be_visible()
    page, _ = full(phone)
    page.goto(f"{phone.origin}/app/")
    type_pin(page, "111111")
    expect(page.get_by_text("You can try 9 more times.")).to_be_visible()
    page.reload()
    type_pin(page, "111111")
    expect(page.get_by_text("You can try 8 more times.")).to_be_visible()
    type_pin(page, "271828")
    expect(page.get_by_role("heading", name="My visits")).to_be_visible()


def test_nobody_finishes_a_visit_without_what_they_typed_last_on_a_full_phone(phone: Phone, planned: Planned) -> None:
    visit = planned.visit(form=short_form())
    page = phone.made_ready("group member")
    begin(page, visit, "Before")
    page, room = full(phone)
    page.goto(f"{phone.origin}/app/#visit/{visit}/ask/seen")
    page.get_by_label("What did you see?").fill("After")
    expect(page.get_by_text("This phone is full. What you typed last is not kept yet")).to_be_visible()
    page.get_by_role("link", name="Go to the visit").click()
    page.get_by_role("link", name="Look at it all and send it").click()
    expect(page.get_by_text("Before", exact=True)).to_be_visible()
    make_room(phone, room)
    finish(page)
    expect(page.get_by_text("After", exact=True)).to_be_visible()
    finish(page)
    expect(page.get_by_text("Look at what you wrote")).to_have_count(0)
    phone.sign_in("group member", page)
    soon(lambda: [one["answers"]["seen"] for one in planned.records(visit)] == ["After"])
