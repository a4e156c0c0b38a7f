"""Forms of question sets: the set, a section, a question of each kind, and words in a language."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from kit.easy import PICTURES
from kit.fields import Number, Radios, Select, Text, Textarea, Tick
from kit.forms import Form as KitForm
from questions import editing, limits
from questions.expressions import BadExpression
from questions.limits import OnlyIf
from questions.looking_back import check_rule
from questions.shape import ENGLISH, LANGUAGES, Choice, Form, Kind, Question, Section

KINDS = {
    Kind.YES_NO: ("Yes, partly or no", "Also “I did not see this”"),
    Kind.GRADE: ("Pass, qualified pass or fail", "Also “Does not apply here”"),
    Kind.SCALE: ("A scale", "From one end to the other, in words of yours"),
    Kind.ONE: ("Choose one", "From answers that you write"),
    Kind.MANY: ("Choose any", "From answers that you write"),
    Kind.COUNT: ("A number", "How many"),
    Kind.TEXT: ("Words", "A few words or many"),
    Kind.DATE: ("A day", "Such as 30 November 2026"),
    Kind.TIME: ("A time", "Such as 14:05"),
    Kind.PHOTO: ("A photo", "Off in custody suites unless the host has agreed"),
    Kind.NOTE: ("A note", "Says something and asks nothing"),
}
ALWAYS = ("", "Always")
IS_OR_NOT = [("is", "is this one"), ("not", "is not this one")]
NO_PICTURE = ("", "No picture")


class SetForm(KitForm):
    """A new set."""

    title = Text("What is it called?", max_length=100, required_error="Enter what the set is called")
    purpose = Textarea("What is it for?", required=False, max_length=500, rows=3)


class TitleForm(SetForm):
    """The name of a set and what it is for."""

    def applied_to(self, draft: Form) -> Form:
        """The draft with this title."""
        return replace(draft, title={**draft.title, ENGLISH: self.cleaned_data["title"]})


class SectionForm(KitForm):
    """A section: what it is called, whether it is asked again and again, and when it is asked at all."""

    label = Text("What is the section called?", max_length=120, required_error="Enter what the section is called")
    repeats = Tick("Ask it again for each person, room or thing")

    def __init__(self, *args: Any, draft: Form, was: Section | None = None, **kwargs: Any) -> None:
        self.draft, self.was = draft, was or Section("", {})
        kwargs["initial"] = {
            "label": self.was.label.get(ENGLISH, ""),
            "repeats": self.was.repeats,
            **_only_if(self.was.relevant),
        }
        super().__init__(*args, **kwargs)
        self.fields.update(_only_if_fields(draft, self.was.name))

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        _check_rule(self, "only_if_own", self.draft, self.was.name)
        return given

    def added(self, draft: Form) -> Form:
        """A draft with this as its last section."""
        return replace(draft, sections=(*draft.sections, self._section(draft)))

    def changed(self, draft: Form) -> Form:
        """A draft with the section as it was filled in."""
        return editing.with_changed_section(draft, self._section(draft))

    def _section(self, draft: Form) -> Section:
        given = self.cleaned_data
        was = draft.section(self.was.name) or self.was
        return replace(
            was,
            name=was.name or editing.new_name(given["label"], draft),
            label={**was.label, ENGLISH: given["label"]},
            repeats=given["repeats"],
            relevant=relevant_of(given, draft),
        )


class QuestionForm(KitForm):
    """One question of a kind; which boxes there are depends on the kind."""

    label = Textarea("What does it ask?", max_length=300, rows=2, required_error="Enter what it asks")
    hint = Text("Help with it", required=False, max_length=300, hint="One sentence, shown under the question")

    def __init__(
        self, *args: Any, draft: Form, kind: Kind, was: Question | None = None, section: str = "", **kwargs: Any
    ) -> None:
        self.draft, self.kind, self.section = draft, kind, section
        self.was = was or Question("", kind, {})
        kwargs["initial"] = _initial(self.was)
        super().__init__(*args, **kwargs)
        if kind == Kind.NOTE:
            self.fields["label"].label = "What does it say?"
        self.fields.update(_fields_of(kind, self.was.constraint))
        self.fields["picture"] = Select("Picture", [NO_PICTURE, *PICTURES.items()], required=False)
        self.fields.update(_only_if_fields(draft, self.was.name, section))

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        least, most = given.get("least"), given.get("most")
        if least is not None and most is not None and least > most:
            self.add_error("most", "The largest number must not be less than the smallest")
        if "choices" in given and len(_lines(given["choices"])) < 2:
            self.add_error("choices", "Write at least 2 answers, each on a line of its own")
        if "choices" in given and len({one.lower() for one in _lines(given["choices"])}) < len(
            _lines(given["choices"])
        ):
            self.add_error("choices", "Two of these answers are the same. Change one")
        if given.get("alone") and given["alone"] not in _lines(given.get("choices", "")):
            self.add_error("alone", "Write it as it stands in the answers to choose from")
        if given.get("alone") and given.get("limit_own"):
            self.add_error("limit_own", "Write an answer that goes with no other, or a limit of your own, and not both")
        _check_rule(self, "only_if_own", self.draft, self.was.name, self.section)
        _check_rule(self, "limit_own", self.draft, self.was.name, self.section, own=True)
        return given

    def added(self, draft: Form) -> Form:
        """A draft with this as the last question of its section."""
        return editing.with_question(draft, section=self.section, question=self._question(draft))

    def changed(self, draft: Form) -> Form:
        """A draft with the question as it was filled in; its words in other languages stay."""
        return editing.with_changed_question(draft, self._question(draft))

    def _question(self, draft: Form) -> Question:
        given = self.cleaned_data
        was = draft.question(self.was.name) or self.was
        choices = _choices(_lines(given.get("choices", "")), was.choices)
        constraint = self._limit(choices)
        return replace(
            was,
            name=was.name or editing.new_name(given["label"], draft),
            label={**was.label, ENGLISH: given["label"]},
            hint=_with_english(was.hint, given["hint"]),
            required=given.get("required", False),
            relevant=relevant_of(given, draft),
            constraint=constraint,
            message=_message(was, constraint, given.get("message", ""), choices),
            choices=choices,
            picture=given["picture"],
        )

    def _limit(self, choices: tuple[Choice, ...]) -> str:
        """The limit as an expression, or nothing."""
        given = self.cleaned_data
        if own := given.get("limit_own", ""):
            return str(own)
        if self.kind == Kind.MANY:
            return limits.alone(next((one.value for one in choices if one.label[ENGLISH] == given["alone"]), ""))
        if self.kind == Kind.COUNT:
            return limits.numbers(given["least"], given["most"])
        if self.kind == Kind.TEXT:
            return limits.letters(given["letters"])
        return limits.NOT_LATER if self.kind == Kind.DATE and given["not_later"] else ""


class WordsForm(KitForm):
    """Words in one language, each beside its English."""

    def __init__(self, *args: Any, words: Mapping[str, Mapping[str, str]], language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Named by what they are: a page that was opened before somebody moved a question still says which is which.
        for of, said in words.items():
            self.fields[f"words-{of}"] = Textarea(
                said.get(ENGLISH, ""), required=False, max_length=500, rows=2, initial=said.get(language, "")
            )
        self.of = list(words)

    def words(self) -> dict[str, str]:
        """What was written, by what it is of."""
        return {of: self.cleaned_data[f"words-{of}"].strip() for of in self.of}


class LanguageForm(KitForm):
    """A language to add."""

    code = Radios("Which language?", required_error="Choose a language")

    def __init__(self, *args: Any, draft: Form, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(code, name) for code, name in LANGUAGES.items() if code not in draft.languages]
        self.fields["code"].choices = offered  # type: ignore[attr-defined]


def _check_rule(form: KitForm, field: str, draft: Form, name: str, section: str = "", *, own: bool = False) -> None:
    """Say at once what is wrong with a rule that somebody wrote."""
    rule = form.cleaned_data.get(field, "")
    if not rule:
        return
    if field == "only_if_own" and form.cleaned_data.get("only_if"):
        form.add_error(field, "Choose an answer above, or write your own rule, and not both")
    try:
        check_rule(draft, rule, name=name, section=section, own=own)
    except BadExpression as bad:
        form.add_error(field, str(bad))


def relevant_of(given: Mapping[str, Any], draft: Form) -> str:
    """The expression of “ask only if” as it was chosen or written."""
    if own := given.get("only_if_own", ""):
        return str(own)
    name, _, value = given.get("only_if", "").partition("=")
    return OnlyIf(name, value, given.get("only_if_is") != "not").expression(draft) if name else ""


def _fields_of(kind: Kind, constraint: str) -> dict[str, Any]:
    """The boxes of a kind; where an XLSForm gave another kind a limit, that has its box too, and is not lost."""
    fields: dict[str, Any] = {}
    if kind in (Kind.ONE, Kind.MANY, Kind.SCALE):
        ends = "Write the words of each step, from one end to the other" if kind == Kind.SCALE else "One on each line"
        fields["choices"] = Textarea("Answers to choose from", max_length=2000, rows=6, hint=ends)
    if kind == Kind.MANY:
        fields["alone"] = Text(
            "Answer that goes with no other", required=False, max_length=300,
            hint="Such as “None of these”. Write it as it stands above",
        )  # fmt: skip
    if kind == Kind.COUNT:
        fields["least"] = Number("Smallest number", required=False)
        fields["most"] = Number("Largest number", required=False)
    if kind == Kind.TEXT:
        fields["letters"] = Number("Most letters", required=False, min_value=1, max_value=5000)
    if kind == Kind.DATE:
        fields["not_later"] = Tick("Today or before, and no later day")
    if kind in (Kind.MANY, Kind.COUNT, Kind.TEXT, Kind.DATE) or constraint:
        fields["limit_own"] = Text(
            "Another limit", required=False, max_length=1000, hint="As XLSForm writes it: . is the answer"
        )
        fields["message"] = Text("What to say to who goes past the limit", required=False, max_length=200)
    if kind not in (Kind.NOTE, Kind.PHOTO):
        fields["required"] = Tick("It must be answered before the visit can be finished")
    return fields


def _only_if_fields(draft: Form, name: str, section: str = "") -> dict[str, Any]:
    return {
        "only_if": Select(
            "Ask only if", [ALWAYS, *limits.earlier_choices(draft, name, section)], required=False,
            hint="An answer to a question that comes before",
        ),
        "only_if_is": Radios("The answer", IS_OR_NOT, required=False, inline=True),
        "only_if_own": Text(
            "Or your own rule", required=False, max_length=1000,
            hint="As XLSForm writes it, such as ${people_met} > 0",
        ),
    }  # fmt: skip


def _only_if(expression: str) -> dict[str, str]:
    known = OnlyIf.read(expression)
    if known is None:
        return {"only_if": "", "only_if_is": "is", "only_if_own": expression}
    return {"only_if": f"{known.name}={known.value}", "only_if_is": "is" if known.is_so else "not", "only_if_own": ""}


def _initial(was: Question) -> dict[str, Any]:
    known = {
        "label": was.label.get(ENGLISH, ""),
        "hint": was.hint.get(ENGLISH, ""),
        "choices": "\n".join(one.label.get(ENGLISH, "") for one in was.choices),
        "required": was.required,
        "message": "" if _is_ours(was) else was.message.get(ENGLISH, ""),
        "picture": was.picture,
        **_only_if(was.relevant),
    }
    if was.kind == Kind.COUNT and (both := limits.numbers_of(was.constraint)):
        return known | {"least": both[0], "most": both[1]}
    if was.kind == Kind.TEXT and (most := limits.letters_of(was.constraint)):
        return known | {"letters": most}
    alone = limits.alone_of(was.constraint) if was.kind == Kind.MANY else ""
    if words := next((one.label.get(ENGLISH, "") for one in was.choices if one.value == alone), ""):
        return known | {"alone": words}
    if was.kind == Kind.DATE and was.constraint == limits.NOT_LATER:
        return known | {"not_later": True}
    return known | {"limit_own": was.constraint}


def _lines(text: str) -> list[str]:
    return [line for one in text.split("\n") if (line := " ".join(one.split()))]


def _choices(lines: list[str], was: tuple[Choice, ...]) -> tuple[Choice, ...]:
    """Answers by their words: who stays keeps its value and its other languages, and so does one that was reworded."""
    by_words = {one.label.get(ENGLISH, ""): one for one in was}
    made: list[Choice] = []
    for place, line in enumerate(lines):
        old = by_words.get(line)
        if old is None and place < len(was) and was[place].label.get(ENGLISH, "") not in lines:
            old = was[place]
        value = old.value if old else editing.new_value(line, {one.value for one in (*was, *made)})
        made.append(Choice(value, {**(old.label if old else {}), ENGLISH: line}, old.picture if old else ""))
    return tuple(made)


def _is_ours(was: Question) -> bool:
    """Whether what is said of its limit is ours: then it is made anew when the limit changes."""
    return was.message.get(ENGLISH, "") == limits.said_of(was.constraint, was.choices)


def _message(was: Question, constraint: str, typed: str, choices: tuple[Choice, ...]) -> dict[str, str]:
    """What to say to whoever goes past a limit; words in other languages that name another limit go."""
    said = (typed or limits.said_of(constraint, choices)) if constraint else ""
    if _is_ours(was) and said != was.message.get(ENGLISH, ""):
        return _with_english({}, said)
    return _with_english(was.message, said)


def _with_english(words: Mapping[str, str], english: str) -> dict[str, str]:
    return {**words, ENGLISH: english} if english else {}
