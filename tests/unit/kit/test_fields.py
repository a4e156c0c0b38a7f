"""Fields draw themselves as NHS components and say plainly what is missing."""

from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django import forms as django_forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.safestring import mark_safe

from kit import codes, fields
from kit.forms import Form, Renderer
from kit.gallery import Everything

LEADS_TO_INPUT = {"input", "textarea", "select"}


class Claim(Form):
    """A form with a field of most kinds."""

    reason = fields.Textarea("What happened?", hint="In your own words.", required_error="Tell us what happened")
    name = fields.Text("Your name", hint="Any name you like.", max_length=10)
    answer = fields.Radios(
        "Did it change?", [("yes", "Yes"), ("no", "No")], hints={"no": "Then we look again."}, divider_before="no"
    )
    ways = fields.Checkboxes("How?", [("call", "Call"), ("none", "None of these")], alone="none")
    when = fields.Date("When was it?", latest=date(2027, 5, 4))
    agree = fields.Tick("I agree", required=True)
    place = fields.Text("Where?", hint="The <room>", rule="Must be answered")
    alone = fields.Text("Who?", rule="Must be answered")
    seen = fields.Radios("Seen?", [("yes", "Yes & so"), ("no", "No")], pictures={"yes": "will"})


def soup(form: django_forms.Form, name: str) -> BeautifulSoup:
    return BeautifulSoup(form[name].as_field_group(), "html.parser")


def element(page: BeautifulSoup | Tag, css: str) -> Tag:
    found = page.select_one(css)
    assert found is not None, f"no {css} in {page}"
    return found


def described(page: BeautifulSoup, css: str) -> str:
    """Everything a screen reader adds to an input or a group."""
    ids = str(element(page, css).get("aria-describedby", "")).split()
    return " ".join(element(page, f"[id='{one}']").get_text(" ", strip=True) for one in ids)


@pytest.mark.parametrize(
    ("name", "css", "hint", "error"),
    [
        ("reason", "textarea", "In your own words.", "Tell us what happened"),
        ("name", "input", "Any name you like.", "Enter your name"),
        ("answer", "fieldset", "", "Answer the question: Did it change?"),
        ("when", "fieldset", "For example, 27 3 2027", "Enter a date, like 27 3 2027"),
        ("agree", "input", "", "Tick the box to go on"),
    ],
)
def test_hint_and_error_are_read_out_with_the_field(name: str, css: str, hint: str, error: str) -> None:
    words = described(soup(Claim({}), name), css)
    assert hint in words
    assert f"Error: {error}" in words


def test_a_field_without_an_error_shows_none() -> None:
    assert "nhsuk-error-message" not in Claim()["reason"].as_field_group()


@pytest.mark.parametrize("data", [None, {}], ids=["first shown", "sent empty"])
@pytest.mark.parametrize("name", list(Everything.base_fields))
def test_every_input_has_a_label_of_its_own(name: str, data: dict[str, Any] | None) -> None:
    page = soup(Everything(data), name)
    inputs = page.select("input, textarea, select")
    assert inputs
    for one in inputs:
        assert element(page, f"label[for='{one['id']}']").get_text(strip=True)


@pytest.mark.parametrize("name", list(Everything.base_fields))
def test_the_error_summary_leads_to_an_input(name: str) -> None:
    page = soup(Everything({}), name)
    assert element(page, f"[id='{fields.first_id(Everything({})[name])}']").name in LEADS_TO_INPUT


def test_a_label_can_be_the_heading_of_the_page() -> None:
    class OneThing(Form):
        story = fields.Textarea("What happened?", label_is_page_heading=True)
        ways = fields.Radios("How?", [("a", "A")], label_is_page_heading=True)

    assert element(soup(OneThing(), "story"), "h1 label").get_text(strip=True) == "What happened?"
    assert element(soup(OneThing(), "ways"), "legend h1").get_text(strip=True) == "How?"


def test_what_was_typed_is_shown_again_and_never_as_markup() -> None:
    form = Claim({"reason": mark_safe("</textarea><script>"), "name": mark_safe("\"'><script>")})
    assert element(soup(form, "reason"), "textarea").get_text() == "</textarea><script>"
    assert element(soup(form, "name"), "input")["value"] == "\"'><script>"
    assert not soup(form, "name").select("script")


def test_a_password_is_never_sent_back() -> None:
    class SignIn(Form):
        password = fields.Password()

    assert "hunter2" not in SignIn({"password": "hunter2"})["password"].as_field_group()


def test_options_for_typing_reach_the_input() -> None:
    class Contact(Form):
        phone = fields.Text("Phone", autocomplete="tel", inputmode="tel", spellcheck=False, width=10)

    box = element(soup(Contact(), "phone"), "input")
    assert (box["autocomplete"], box["inputmode"], box["spellcheck"]) == ("tel", "tel", "false")
    assert "nhsuk-input--width-10" in box["class"]


def test_a_long_text_counts_its_letters_as_the_browser_does() -> None:
    class Story(Form):
        story = fields.Textarea("What happened?", max_length=5)

    assert Story({"story": "ab\r\ncd"}).is_valid()
    assert element(soup(Story(), "story"), "[data-module=nhsuk-character-count]")["data-maxlength"] == "5"
    assert Story({"story": "abcdef"}).errors["story"] == ["“What happened?” is too long. Use 5 characters or fewer"]


def test_what_was_chosen_stays_chosen() -> None:
    form = Claim({"answer": "no", "ways": ["call"]})
    assert [one["value"] for one in soup(form, "answer").select("[checked]")] == ["no"]
    assert [one["value"] for one in soup(form, "ways").select("[checked]")] == ["call"]
    assert [one["value"] for one in soup(Claim(initial={"ways": ["none"]}), "ways").select("[checked]")] == ["none"]


def test_an_answer_may_have_a_hint_of_its_own_and_an_or_before_it() -> None:
    page = soup(Claim(), "answer")
    assert described(page, "input[value=no]") == "Then we look again."
    assert element(page, ".nhsuk-radios__divider").get_text(strip=True) == "or"


def test_an_answer_that_was_not_offered_is_refused() -> None:
    assert Claim({"answer": "perhaps"}).errors["answer"] == ["Choose one of the answers on the page"]


def test_none_of_these_goes_with_nothing_else() -> None:
    assert Claim({"ways": ["call", "none"]}).errors["ways"] == ["Choose either “None of these” or the other answers"]


@pytest.mark.parametrize(
    ("typed", "error", "wrong"),
    [
        (("", "", ""), "Enter a date, like 27 3 2027", ["day", "month", "year"]),
        (("27", "", ""), "Enter the month and year too, like 27 3 2027", ["month", "year"]),
        (("32", "3", "2027"), "Enter the day as a number from 1 to 31", ["day"]),
        (("27", "13", "2027"), "Enter the month as a number from 1 to 12", ["month"]),
        (("27", "Mai", "2027"), "Enter the month as a number from 1 to 12", ["month"]),
        (("27", "3", "27"), "Enter the year with 4 numbers, like 2027", ["year"]),
        (("29", "2", "2027"), "February does not have a day 29. Check the day and month", ["day"]),
        (("5", "5", "2027"), "Enter a date that is 4 May 2027 or earlier", ["day", "month", "year"]),
        (("²", "3", "2027"), "Enter the day as a number from 1 to 31", ["day"]),
    ],
)
def test_a_wrong_date_names_the_box_that_is_wrong(typed: tuple[str, str, str], error: str, wrong: list[str]) -> None:
    form = Claim(dict(zip(("when_day", "when_month", "when_year"), typed, strict=True)))
    assert form.errors["when"] == [error]
    page = soup(form, "when")
    assert [one["name"] for one in page.select(".nhsuk-input--error")] == [f"when_{part}" for part in wrong]
    assert fields.first_id(form["when"]) == f"id_when-{wrong[0]}"


@pytest.mark.parametrize("month", ["3", "03", "March", "mar", "MAR."])
def test_a_month_may_be_a_number_or_a_name(month: str) -> None:
    form = Claim({"when_day": " 27", "when_month": month, "when_year": "2027"})
    assert "when" not in form.errors
    assert form.cleaned_data["when"] == date(2027, 3, 27)


def test_a_date_from_before_stands_in_the_boxes() -> None:
    boxes = soup(Claim(initial={"when": date(2027, 3, 27)}), "when").select("input")
    assert [one["value"] for one in boxes] == ["27", "3", "2027"]


def test_a_date_that_may_be_left_out_can_be() -> None:
    class Plan(Form):
        by = fields.Date("By when?", required=False)

    form = Plan({})
    assert form.is_valid()
    assert form.cleaned_data["by"] is None


def test_a_code_is_cleaned_to_its_one_spelling() -> None:
    class Slip(Form):
        code = fields.Code()

    code = codes.new_code()
    form = Slip({"code": f"  {code.lower().replace('-', ' ')} "})
    assert form.is_valid()
    assert form.cleaned_data["code"] == code
    assert not Slip({"code": "no such code"}).is_valid()


def test_a_file_of_another_kind_or_too_big_is_refused() -> None:
    class Import(Form):
        points = fields.File("A file with points", endings=["csv"], max_megabytes=1)

    def errors(name: str, size: int) -> list[str]:
        form = Import({}, {"points": SimpleUploadedFile(name, b"x" * size)})
        return [str(error) for error in form["points"].errors]

    assert errors("points.CSV", 10) == []
    assert errors("points.xlsx", 10) == ["Choose a file that ends in .csv"]
    assert errors("points.csv", 1_000_001) == ["Choose a file smaller than 1 MB"]
    assert errors("points.csv", 0) == ["This file is empty. Choose another file"]


def test_a_field_of_django_s_own_draws_itself_too() -> None:
    class Foreign(django_forms.Form):
        default_renderer = Renderer
        login = django_forms.EmailField(help_text="We never show it.")
        remember = django_forms.BooleanField()
        colour = django_forms.ChoiceField(choices=[("r", "Red")])
        step = django_forms.CharField(widget=django_forms.HiddenInput, initial="2")

    form = Foreign({})
    assert element(soup(form, "login"), "input.nhsuk-input")["type"] == "email"
    assert "We never show it." in described(soup(form, "login"), "input")
    assert element(soup(form, "remember"), "input.nhsuk-checkboxes__input")
    assert element(soup(form, "colour"), "select.nhsuk-select")
    assert element(soup(form, "step"), "input")["type"] == "hidden"


@pytest.mark.parametrize(
    ("label", "inside"), [("Your name", "your name"), ("NHS number", "NHS number"), ("I agree", "I agree")]
)
def test_a_label_inside_a_sentence_loses_its_capital_only_where_it_should(label: str, inside: str) -> None:
    assert fields.Text(label).error_messages["required"] == f"Enter {inside}"


def test_a_rule_stands_under_the_hint_on_a_line_of_its_own() -> None:
    assert "The &lt;room&gt;<br>Must be answered" in str(Claim()["place"].as_field_group())
    assert described(soup(Claim(), "place"), "input") == "The <room> Must be answered"
    assert described(soup(Claim(), "alone"), "input") == "Must be answered"


def test_a_picture_stands_beside_its_answer_and_says_nothing_of_its_own() -> None:
    yes, no = soup(Claim(), "seen").select("label")
    picture = element(yes, "img.app-easy__picture")
    assert (picture["alt"], picture["width"]) == ("", "40") and "easy/will" in str(picture["src"])
    assert yes.get_text(strip=True) == "Yes & so" and not no.select("img")
