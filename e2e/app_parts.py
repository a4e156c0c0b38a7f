"""The parts of the app by themselves, in a browser of somebody who is signed in: what no screen can bring about."""

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from playwright.sync_api import Page

from e2e.stack import Stack
from questions.shape import Form, Kind, Section
from tests.factories.questions import a_form, a_question, words

MODULES = (
    "asking", "concerns", "database", "delivering", "drafts", "kept", "keys", "late", "mine", "moments",
    "photo_field", "pin", "queue", "screens/ask", "screens/concern", "screens/list", "screens/out", "screens/pin",
    "screens/review", "screens/start", "screens/stop", "screens/visit", "screens/waiting", "session", "shut_out",
    "signing_out", "states", "turns", "unkept",
)  # fmt: skip
# The shell names pictures of ours. `app` is every module by its name, `picture` makes a photo, and `ready` makes this
# browser ready for visits.
AROUND = """async ({ files, visit }) => {
  const shell = document.body.appendChild(document.createElement('div'))
  Object.assign(shell, { id: 'visits' }).dataset.pictures = '{}'
  const app = {}
  for (const [name, file] of Object.entries(files)) app[name.replace('/', '_')] = await import(file)
  const picture = async () => {
    const canvas = new OffscreenCanvas(40, 30)
    const drawing = canvas.getContext('2d')
    drawing.fillStyle = `rgb(${Math.random() * 255}, ${Math.random() * 255}, 0)`
    drawing.fillRect(0, 0, 40, 30)
    return new Uint8Array(await (await canvas.convertToBlob({ type: 'image/jpeg' })).arrayBuffer())
  }
  const ready = async () => app.mine.makeReady((await app.mine.askForMine()).mine, 'A phone')
  const here = async () => app.kept.read(`visit:${visit}`)
  const wordsOf = ({ content }) => content.flat(9).map(node => node?.textContent ?? '').join(' ')
  const all = async (store) => (await app.database.database()).getAllKeys(store)
  %s
}"""
# Takes in what the service has for this phone now.
AGAIN = "await app.mine.takeIn((await app.mine.askForMine()).mine)"


@dataclass(frozen=True)
class Run:
    """What a script gives, with the parts of the app around it, on a page on which nothing else of the app stands."""

    page: Page
    stack: Stack

    def __call__(self, script: str, visit: UUID | None = None) -> Any:
        """Run a script that may say `return`; `visit` is the id that it knows by this name."""
        paths = json.loads((self.stack.data / "static" / "staticfiles.json").read_text())["paths"]
        files = {name: f"/static/{paths[f'peer_monitoring/app/{name}.js']}" for name in MODULES}
        return self.page.evaluate(AROUND % script, {"files": files, "visit": visit and str(visit)})


def photo_form() -> Form:
    """A question for a photo, and one for words; neither has to be answered."""
    return a_form(Section("room", words("Room"), (a_question("photo", Kind.PHOTO), a_question("seen", Kind.TEXT))))


def two_photos() -> Form:
    """Two questions for photos, and one for words; none has to be answered."""
    photos = (a_question(name, Kind.PHOTO) for name in ("first", "second"))
    return a_form(Section("room", words("Room"), (*photos, a_question("seen", Kind.TEXT))))


def three_photos() -> Form:
    """Three questions for photos; none has to be answered."""
    photos = tuple(a_question(name, Kind.PHOTO) for name in ("first", "second", "third"))
    return a_form(Section("room", words("Room"), photos))


def two_texts() -> Form:
    """Two questions for words; neither has to be answered."""
    asked = (a_question(name, Kind.TEXT) for name in ("seen", "heard"))
    return a_form(Section("room", words("Room"), tuple(asked)))
