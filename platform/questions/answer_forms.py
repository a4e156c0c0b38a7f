"""A section of a set as a form: the plain way to answer, without a script, and the preview of whoever builds it."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict

from kit.fields import Checkboxes, Date, Number, Radios, Text, Textarea, error_text, first_id
from kit.fields.days import PARTS
from kit.forms import Form as KitForm
from questions.answering import MOST_ROUNDS, Answers, Place, Reading, answer_at, read_answers, rounds_of
from questions.compiled import Compiled
from questions.shape import EASY_READ, Kind, words_in

# Before the name of each box, so that no question is taken for a field of the page itself, such as its section.
PREFIX = "answer"
# Where one answer of a few is chosen.
CHOSEN = (Kind.YES_NO, Kind.GRADE, Kind.SCALE, Kind.ONE)
IN_THE_APP = "A photo is taken in the app on a phone. On this page, go on without one."


def typed(data: Mapping[str, Any], section: Compiled, answers: Answers) -> Answers:
    """All answers with those of a section as somebody typed them on its page; a box that was not there says nothing."""
    found = dict(answers)
    if not section.get("repeats"):
        found.update(_typed_round(data, section, ""))
        return found
    was = rounds_of(answers, section)
    found[section["name"]] = [{**one, **_typed_round(data, section, f".{index}")} for index, one in enumerate(was)]
    return found


def with_rounds(pressed: str, section: Compiled, answers: Answers) -> Answers:
    """One round more or less, where that was pressed."""
    if not section.get("repeats"):
        return answers
    rounds = list(rounds_of(answers, section))
    if pressed == "more" and len(rounds) < MOST_ROUNDS:
        rounds.append({})
    if pressed == "fewer":
        rounds = rounds[:-1]
    return {**answers, section["name"]: rounds}


def without(pressed: str, section: Compiled, answers: Answers) -> Answers:
    """All answers but the one of a section whose key was pressed: what was chosen cannot be unchosen by itself."""
    name, _, index = pressed.partition(".")
    if name not in {one["name"] for one in section["questions"]}:
        return answers
    if not section.get("repeats"):
        return {**answers, name: ""}
    rounds = [{**one, name: ""} if str(at) == index else one for at, one in enumerate(rounds_of(answers, section))]
    return {**answers, section["name"]: rounds}


def _typed_round(data: Mapping[str, Any], section: Compiled, ending: str) -> dict[str, str]:
    given = {}
    for question in section["questions"]:
        key = f"{PREFIX}-{question['name']}{ending}"
        if (answer := _typed_one(data, key, question["kind"])) is not None:
            given[question["name"]] = answer
    return given


def _typed_one(data: Mapping[str, Any], key: str, kind: str) -> str | None:
    if kind == Kind.PHOTO:
        return None
    if kind == Kind.MANY:
        chosen: list[str] = data.getlist(key) if hasattr(data, "getlist") else [data.get(key, "")]
        return " ".join(chosen) if f"{key}-asked" in data else None
    if kind == Kind.DATE:
        if f"{key}_day" not in data:
            return None
        return _as_day(*(str(data.get(f"{key}_{part}", "")).strip() for part in PARTS))
    if kind in CHOSEN:
        return str(data.get(key, "")) if f"{key}-asked" in data else None
    return str(data[key]).replace("\r\n", "\n").strip() if key in data else None


def _as_day(day: str, month: str, year: str) -> str:
    """The day as it is kept; what is none stays as it was typed, for the reader to say what is wrong."""
    if not (day or month or year):
        return ""
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return f"{day} {month} {year}"


class AnswerForm(KitForm):
    """The questions of a section that are asked now, with what was answered; problems stand beside each.

    `sent` is what the browser sent of the page: what it did not show is `new`, and not missing yet. `photos` says what
    stands where a photo is asked for, and `leaves_out` which places are not shown. What must be answered `may_wait`
    where a later page says what is missing.
    """

    def __init__(
        self,
        compiled: Compiled,
        section: Compiled,
        answers: Answers,
        *,
        language: str,
        today: date,
        sent: Mapping[str, Any] | None = None,
        photos: Callable[[Place], str] = lambda place: IN_THE_APP,
        leaves_out: Callable[[Place], bool] | None = None,
        may_wait: bool = False,
    ) -> None:
        self.photos = photos
        self.language, self.rounds = language, len(rounds_of(answers, section)) if section.get("repeats") else 0
        self.reading: Reading = read_answers(compiled, answers, today=today, language=language, leaves_out=leaves_out)
        self.places = [place for place in self.reading.places if place.section is section]
        self.new = [one for one in self.places if sent is not None and f"{PREFIX}-{one.key}-asked" not in sent]
        values = {place.key: _shown(place, answer_at(answers, place)) for place in self.places if place.has_a_box}
        super().__init__(None if sent is None else _as_sent(values), initial=values, prefix=PREFIX)
        for place in self.places:
            if place.has_a_box:
                self.fields[place.key] = field_for(place.question, language)
        if sent is not None:
            self.full_clean()
            self._say_what_is_wrong(missing_too=not may_wait)

    def listed(self, bound: BoundField) -> str:
        """Which question it is about, since a page asks many."""
        place = next(one for one in self.places if one.key == bound.name)
        return _and_then(_named(place, self.language), error_text(bound))

    def is_chosen(self, place: Place) -> bool:
        """Whether one answer of a few was chosen there: nothing but a button of its own takes it away."""
        return place.question["kind"] in CHOSEN and bool(answer_at(self.reading.answers, place))

    def is_done(self) -> bool:
        """Whether nothing is wrong, and nothing is asked here that the page has not shown."""
        return self.is_valid() and not self.new

    def more(self) -> list[tuple[str, str]]:
        """What is asked now and was not on the page that was sent: where it stands, and its words."""
        return [(self._id_of(place), _named(place, self.language)) for place in self.new]

    def _id_of(self, place: Place) -> str:
        return f"id_{self.add_prefix(place.key)}" if not place.has_a_box else first_id(self[place.key])

    def _say_what_is_wrong(self, *, missing_too: bool) -> None:
        missing = {place.key for place in self.reading.missing() if missing_too and place not in self.new}
        for place in self.places:
            if not place.has_a_box:
                continue
            if place.key in self.reading.problems and place.key not in self.errors:
                self.add_error(place.key, self.reading.problems[place.key])
            elif place.key in missing:
                self.add_error(place.key, "This must be answered")


def field_for(question: Compiled, language: str) -> forms.Field:
    """The box, the buttons or the boxes in which a question is answered."""
    label, hint = words_in(question["label"], language), words_in(question.get("hint", {}), language)
    if question["kind"] == Kind.TIME:
        hint = hint or "For example, 14:05 or 2:05pm"
    rule = "Must be answered" if question.get("required") else ""
    common: dict[str, Any] = {"required": False, "hint": hint, "rule": rule}
    if language == EASY_READ and question["kind"] in (*CHOSEN, Kind.MANY):
        common["pictures"] = {one["value"]: one.get("picture", "") for one in question["choices"]}
    match question["kind"]:
        case kind if kind in CHOSEN:
            return Radios(label, _choices(question, language), **common)
        case Kind.MANY:
            said = words_in(question.get("message", {}), language)
            either = {"not_alone": said} if said else {}
            alone = question.get("alone")
            return Checkboxes(label, _choices(question, language), alone=alone, error_messages=either, **common)
        case Kind.COUNT:
            return Number(label, **common)
        case Kind.DATE:
            return Date(label, **common)
        case Kind.TIME:
            return Text(label, width=10, **common)
        case _:
            return Textarea(label, rows=3, max_length=5000, **common)


def _named(place: Place, language: str) -> str:
    label = words_in(place.question["label"], language)
    return f"{place.index + 1}. {label}" if place.section.get("repeats") else label


def _and_then(words: str, more: str) -> str:
    """Two sentences, of which the first may have no full stop, or be empty."""
    if not words:
        return more
    return f"{words} {more}" if words.endswith((".", "?", "!")) else f"{words}. {more}"


def _choices(question: Compiled, language: str) -> list[tuple[str, str]]:
    return [(one["value"], words_in(one["label"], language)) for one in question["choices"]]


def _shown(place: Place, answer: str) -> Any:
    kind = place.question["kind"]
    if kind == Kind.MANY:
        return answer.split()
    if kind == Kind.DATE and answer:
        try:
            return date.fromisoformat(answer)
        except ValueError:
            return dict(zip(PARTS, (*answer.split(" "), "", "", ""), strict=False))
    return answer


def _as_sent(values: Mapping[str, Any]) -> Any:
    data = QueryDict(mutable=True)
    for place, value in values.items():
        key = f"{PREFIX}-{place}"
        if isinstance(value, list):
            data.setlist(key, value)
        elif isinstance(value, date):
            for part in PARTS:
                data[f"{key}_{part}"] = str(getattr(value, part))
        elif isinstance(value, dict):
            for part in PARTS:
                data[f"{key}_{part}"] = value[part]
        else:
            data[key] = value
    return data
