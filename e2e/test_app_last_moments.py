"""What somebody types or takes just before they go on, while a slow phone is still at work, and another tab too."""

import json

from playwright.sync_api import expect

from e2e.app_parts import photo_form, two_texts
from e2e.phones import Phone, Planned, a_photo, soon
from e2e.test_app_in_trouble import short_form

# A phone that takes two seconds to read a photo.
SLOW = """() => {
  const read = createImageBitmap
  window.createImageBitmap = async (...given) => {
    await new Promise(resolve => setTimeout(resolve, 2000))
    return read(...given)
  }
}"""
CHOOSE_AND_END = """id => {
  document.getElementById(id).click()
  location.reload()
}"""
# While nothing can be kept, somebody types, types on and goes on, and another tab says that the draft is another one.
TWO_TABS = """async ([files, visit]) => {
  const load = name => import(files[`peer_monitoring/app/${name}.js`])
  const [drafts, { alone }, { askScreen }] = [await load('drafts'), await load('database'), await load('screens/ask')]
  const { id } = await drafts.begin(await (await load('kept')).read(`visit:${visit}`))
  const screen = await askScreen({ trouble () {}, go () {}, redraw () {} }, visit, 'seen')
  document.body.append(...screen.content.flat(9).filter(Boolean))
  const input = document.getElementById('q-seen')
  const type = words => {
    input.value = words
    for (const kind of ['input', 'change']) input.dispatchEvent(new Event(kind))
  }
  let go
  alone('drafts', () => new Promise(resolve => { go = resolve }))
  type('One')
  type('One and two')
  const heard = screen.refresh({ what: 'draft', id })
  await new Promise(resolve => setTimeout(resolve, 200))
  go()
  await heard
  await screen.leave()
  return [input.value, (await drafts.draft(id)).answers.seen]
}"""


def test_a_photo_that_is_still_being_kept_belongs_to_what_is_finished(phone: Phone, planned: Planned) -> None:
    visit = planned.visit(form=photo_form())
    page = phone.made_ready("group member")
    page.locator(f'main a[href="#visit/{visit}"]').click()
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_role("heading", name="About photo?")).to_be_focused()
    page.evaluate(SLOW)
    photo = {"name": "taken.jpg", "mimeType": "image/jpeg", "buffer": a_photo()}
    page.locator("input[type=file]").set_input_files(photo)
    expect(page.get_by_text("Keeping the photo…")).to_be_visible()
    page.goto(f"{phone.origin}/app/#visit/{visit}/review")
    page.get_by_role("button", name="Finish and send").click()
    soon(lambda: len(planned.records(visit)) == len(planned.photos(visit)) == 1)


def test_what_is_chosen_last_is_kept_where_the_page_ends_at_once(phone: Phone, planned: Planned) -> None:
    visit = planned.visit(form=short_form())
    page = phone.made_ready("group member")
    page.locator(f'main a[href="#visit/{visit}"]').click()
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_role("radio", name="Partly")).to_be_visible()
    # Why it cannot be finished is chosen on a screen of its own.
    page.goto(f"{phone.origin}/app/#visit/{visit}/stop")
    expect(page.get_by_label("The visit was called off")).to_be_visible()
    with page.expect_navigation():
        page.evaluate(CHOOSE_AND_END, "kind")
    expect(page.get_by_label("The visit was called off")).to_be_checked()
    page.goto(f"{phone.origin}/app/#visit/{visit}/ask/told")
    expect(page.get_by_role("radio", name="Partly")).to_be_visible()
    with page.expect_navigation():
        page.evaluate(CHOOSE_AND_END, "q-told")
    page.goto(f"{phone.origin}/app/#visit/{visit}/ask/told")
    expect(page.get_by_role("radio", name="Yes", exact=True)).to_be_checked()


def test_what_another_tab_keeps_takes_nothing_of_what_is_typed_here(phone: Phone, planned: Planned) -> None:
    visit = planned.visit(form=two_texts())
    page = phone.made_ready("group member")
    files = json.loads((phone.stack.data / "static" / "staticfiles.json").read_text())["paths"]
    paths = {name: f"/static/{path}" for name, path in files.items() if name.startswith("peer_monitoring/app/")}
    assert page.evaluate(TWO_TABS, [paths, str(visit)]) == ["One and two", "One and two"]
