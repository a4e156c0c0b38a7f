"""A question set as a tree of sections and questions, and the rows of XLSForm that it is kept as (ADR 0070).

`read` makes the tree of the rows and `write` the rows of the tree; neither loses anything that the other knows.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from questions.errors import NotAQuestionSet

Words = Mapping[str, str]  # what something is called, by the code of a language
Row = dict[str, str]
Rows = dict[str, Any]

ENGLISH, EASY_READ = "en", "en-x-easy"
LANGUAGES = {
    ENGLISH: "English",
    EASY_READ: "Easy Read",
    "pl": "Polski",
    "ro": "Română",
    "lt": "Lietuvių",
    "pt": "Português",
    "es": "Español",
    "so": "Soomaali",
}
MOST_QUESTIONS = 500


class Kind(StrEnum):
    """What somebody is asked for."""

    YES_NO = "yes_no"
    GRADE = "grade"
    SCALE = "scale"
    ONE = "one"
    MANY = "many"
    COUNT = "count"
    TEXT = "text"
    DATE = "date"
    TIME = "time"
    PHOTO = "photo"
    NOTE = "note"


# The lists that every set has, and the kinds that ask from them.
SHARED_LISTS = {Kind.YES_NO: "yes_partly_no", Kind.GRADE: "pass_qualified_fail"}
PLAIN_TYPES = {
    Kind.COUNT: "integer",
    Kind.TEXT: "text",
    Kind.DATE: "date",
    Kind.TIME: "time",
    Kind.PHOTO: "image",
    Kind.NOTE: "note",
}
LIKERT = "likert"
_KINDS_OF_TYPES = {name: kind for kind, name in PLAIN_TYPES.items()}
_KINDS_OF_LISTS = {name: kind for kind, name in SHARED_LISTS.items()}


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to choose, with a picture of ours where there is one."""

    value: str
    label: Words
    picture: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One question: what it asks for, in which words, and when it is asked."""

    name: str
    kind: Kind
    label: Words
    hint: Words = field(default_factory=dict)
    required: bool = False
    relevant: str = ""
    constraint: str = ""
    message: Words = field(default_factory=dict)
    choices: tuple[Choice, ...] = ()
    picture: str = ""

    @property
    def list_name(self) -> str:
        """The list that its answers stand in, or nothing where there is none to choose from."""
        if self.kind in SHARED_LISTS:
            return SHARED_LISTS[self.kind]
        return self.name if self.kind in (Kind.ONE, Kind.MANY, Kind.SCALE) else ""

    @property
    def is_answered(self) -> bool:
        """Whether it takes an answer at all: a note only says something."""
        return self.kind != Kind.NOTE


@dataclass(frozen=True, slots=True)
class Section:
    """Questions that belong together; one that repeats is asked once for each person, room or thing."""

    name: str
    label: Words
    questions: tuple[Question, ...] = ()
    repeats: bool = False
    relevant: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A whole set: its title, its languages, its sections in order, and the answers that its shared lists offer."""

    title: Words
    languages: tuple[str, ...] = (ENGLISH,)
    sections: tuple[Section, ...] = ()
    lists: Mapping[str, tuple[Choice, ...]] = field(default_factory=dict)

    def questions(self) -> Iterator[tuple[Section, Question]]:
        """Every question with its section, in the order in which they are asked."""
        for section in self.sections:
            for question in section.questions:
                yield section, question

    def without_pictures(self) -> Iterator[tuple[Section, Question]]:
        """Those that Easy Read still needs a picture for."""
        return (found for found in self.questions() if not found[1].picture)

    def section(self, name: str) -> Section | None:
        """One section by its name."""
        return next((one for one in self.sections if one.name == name), None)

    def question(self, name: str) -> Question | None:
        """One question by its name."""
        return next((one for _, one in self.questions() if one.name == name), None)

    def section_of(self, name: str) -> Section | None:
        """The section that a question stands in."""
        return next((section for section, one in self.questions() if one.name == name), None)

    def names(self) -> set[str]:
        """Every name that is taken."""
        return {one.name for one in self.sections} | {one.name for _, one in self.questions()}

    def choices_of(self, question: Question) -> tuple[Choice, ...]:
        """The answers to choose from."""
        return self.lists.get(question.list_name, ()) if question.kind in SHARED_LISTS else question.choices


def column(name: str, language: str) -> str:
    """The column of an XLSForm that holds words in a language, such as `label::English (en)`."""
    return f"{name}::{LANGUAGES[language]} ({language})"


def title_column(language: str) -> str:
    """The column of the settings that holds the title in a language."""
    return "form_title" if language == ENGLISH else f"form_title_{language}"


def words_in(words: Words, language: str) -> str:
    """What to show in a language: its own words, else the English ones."""
    return words.get(language) or words.get(ENGLISH, "")


# ----------------------------------------------------------------------------------------------------------- writing
def write(form: Form) -> Rows:
    """The set as the sheets of an XLSForm: `survey`, `choices` and `settings`."""
    survey: list[Row] = []
    for section in form.sections:
        word = "repeat" if section.repeats else "group"
        survey.append(_row(type=f"begin_{word}", name=section.name, relevant=section.relevant, label=section.label))
        survey += [_question_row(one) for one in section.questions]
        survey.append(_row(type=f"end_{word}", name=section.name))
    return {"survey": survey, "choices": list(_choice_rows(form)), "settings": [_settings(form)]}


def _question_row(question: Question) -> Row:
    return _row(
        type=_type_of(question),
        name=question.name,
        required="yes" if question.required else "",
        relevant=question.relevant,
        constraint=question.constraint,
        appearance=LIKERT if question.kind == Kind.SCALE else "",
        image=question.picture,
        label=question.label,
        hint=question.hint,
        constraint_message=question.message,
    )


def _choice_rows(form: Form) -> Iterator[Row]:
    """The shared lists first, also those that nothing asks from yet, then those of one question each."""
    own = {one.list_name: one.choices for _, one in form.questions() if one.choices}
    for list_name, choices in {**form.lists, **own}.items():
        for one in choices:
            yield _row(list_name=list_name, name=one.value, image=one.picture, label=one.label)


def _settings(form: Form) -> Row:
    """XLSForm knows one title: those in other languages stand in columns that other tools pass over."""
    titles = {title_column(code): form.title.get(code, "") for code in form.languages if code != ENGLISH}
    return {
        "form_title": form.title.get(ENGLISH, ""),
        "default_language": f"{LANGUAGES[ENGLISH]} ({ENGLISH})",
        **titles,
    }


def _type_of(question: Question) -> str:
    if question.kind in PLAIN_TYPES:
        return PLAIN_TYPES[question.kind]
    return f"{'select_multiple' if question.kind == Kind.MANY else 'select_one'} {question.list_name}"


def _row(**cells: str | Words) -> Row:
    row: Row = {}
    for name, cell in cells.items():
        if isinstance(cell, str):
            row[name] = cell
        else:
            row.update({column(name, code): words for code, words in cell.items()})
    return {name: cell for name, cell in row.items() if cell}


# ----------------------------------------------------------------------------------------------------------- reading
def read(rows: Mapping[str, Any]) -> Form:
    """The tree of such rows. Raises `NotAQuestionSet` for what a set of ours never holds, with the row."""
    settings: Row = (rows.get("settings") or [{}])[0]
    languages = (ENGLISH, *(code for code in LANGUAGES if code != ENGLISH and title_column(code) in settings))
    titles = {code: settings.get(title_column(code), "") for code in languages}
    lists = _lists(rows.get("choices", ()), languages)
    return Form(
        title={code: words for code, words in titles.items() if words},
        languages=languages,
        sections=tuple(_sections(rows.get("survey", ()), languages, lists)),
        lists={name: lists[name] for name in SHARED_LISTS.values() if name in lists},
    )


def _lists(rows: Iterable[Row], languages: Iterable[str]) -> dict[str, tuple[Choice, ...]]:
    lists: dict[str, tuple[Choice, ...]] = {}
    for row in rows:
        one = Choice(row["name"], _words(row, "label", languages), row.get("image", ""))
        lists[row["list_name"]] = (*lists.get(row["list_name"], ()), one)
    return lists


def _sections(rows: Iterable[Row], languages: Iterable[str], lists: dict[str, tuple[Choice, ...]]) -> Iterator[Section]:
    head: Row | None = None
    questions: list[Question] = []
    for number, row in enumerate(rows, start=2):
        word, _, _ = row["type"].partition("_")
        if word == "begin":
            if head is not None:
                raise NotAQuestionSet(f"Row {number}: a section cannot stand inside another one.")
            head, questions = row, []
        elif head is None:
            raise NotAQuestionSet(f"Row {number}: every question stands in a section.")
        elif word == "end":
            yield Section(
                name=head["name"],
                label=_words(head, "label", languages),
                questions=tuple(questions),
                repeats=head["type"] == "begin_repeat",
                relevant=head.get("relevant", ""),
            )
            head = None
        else:
            questions.append(_question(number, row, languages, lists))


def _question(number: int, row: Row, languages: Iterable[str], lists: Mapping[str, tuple[Choice, ...]]) -> Question:
    kind = _kind_of(number, row)
    return Question(
        name=row["name"],
        kind=kind,
        label=_words(row, "label", languages),
        hint=_words(row, "hint", languages),
        required=row.get("required") == "yes",
        relevant=row.get("relevant", ""),
        constraint=row.get("constraint", ""),
        message=_words(row, "constraint_message", languages),
        choices=() if kind in SHARED_LISTS else lists.get(row["name"], ()),
        picture=row.get("image", ""),
    )


def _kind_of(number: int, row: Row) -> Kind:
    word, _, list_name = row["type"].partition(" ")
    if word in _KINDS_OF_TYPES:
        return _KINDS_OF_TYPES[word]
    if list_name in _KINDS_OF_LISTS:
        return _KINDS_OF_LISTS[list_name]
    if word == "select_multiple":
        return Kind.MANY
    if word == "select_one":
        return Kind.SCALE if row.get("appearance") == LIKERT else Kind.ONE
    raise NotAQuestionSet(f"Row {number}: nobody here is asked for “{word}”.")


def _words(row: Mapping[str, str], name: str, languages: Iterable[str]) -> Words:
    return {code: row[column(name, code)] for code in languages if row.get(column(name, code))}


def fingerprint(rows: dict[str, Any]) -> str:
    """The MD5 of a set's rows, in hexadecimal: as other tools of the field name a version, and no secret."""
    text = json.dumps(rows, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
