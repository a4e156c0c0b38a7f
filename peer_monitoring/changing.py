"""“Change” on the last page leads back to it, through what is asked anew because of the change: as in the app."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import quote, urlencode

from django.http import HttpRequest

from questions.answering import Reading, answer_at
from questions.compiled import Compiled


@dataclass(frozen=True, slots=True)
class Change:
    """The answer that somebody changes, by its key, and the sections that they come by before the last page again."""

    key: str
    then: tuple[str, ...] = ()

    @property
    def following(self) -> str | None:
        """The next of these sections; nothing where the last page comes."""
        return self.then[0] if self.then else None

    @property
    def query(self) -> str:
        """What an address says of it."""
        return urlencode([("change", self.key), *(("then", name) for name in self.then)])

    @property
    def place(self) -> str:
        """Where its answer stands on the last page."""
        return f"#change-{quote(self.key)}"

    def after(self, section: Compiled, was: Reading, now: Reading, compiled: Compiled) -> "Change":
        """The same once a section was kept: what has come to be asked in others is still before them."""
        before = {*self.then, *_asked_anew(was, now)} - {section["name"]}
        asked = {place.section["name"] for place in now.places} | set(now.answers)
        return replace(self, then=tuple(_in_order(before & asked, compiled)))


def change_in(request: HttpRequest) -> Change | None:
    """What somebody who came from the last page changes; nothing where they go from section to section."""
    key = request.GET.get("change", "")
    return Change(key, tuple(request.GET.getlist("then"))) if key else None


def _asked_anew(was: Reading, now: Reading) -> set[str]:
    """The sections in which something without an answer is asked that was not asked before."""
    known = {place.key for place in was.places}
    anew = {
        place.section["name"] for place in now.places if place.key not in known and not answer_at(now.answers, place)
    }
    return anew | {name for name, given in now.answers.items() if given == [] and name not in was.answers}


def _in_order(names: Iterable[str], compiled: Compiled) -> list[str]:
    wanted = set(names)
    return [one["name"] for one in compiled["sections"] if one["name"] in wanted]
