"""A draft as on a phone: what is asked follows from what was answered, and nothing is kept."""

import pytest

from questions.models import QuestionSet
from questions.shape import Kind, Section
from tests.factories.groups import a_group
from tests.factories.people import someone
from tests.factories.questions import a_form, a_question, a_set, every_kind, filled, shown, words


@pytest.fixture
def group():
    return a_group("Voices", lead=someone("Lee"))


@pytest.fixture
def led(client_at, group):
    from groups.models import GroupMembership
    from people.models import Person

    return client_at(None, Person.objects.get(pk=GroupMembership.objects.get(group=group).person_id))


def preview(one):
    return f"/groups/voices/questions/{one.pk}/preview/"


def test_a_question_appears_once_it_is_asked(led, group):
    one = a_set(group, every_kind())
    assert "About asked_if?" not in led.get(preview(one)).content.decode()
    answered = led.post(preview(one), {"section": "all", **filled(yes_no="no")}).content.decode()
    assert "About asked_if?" in answered


def test_a_wrong_answer_is_said_and_kept_and_the_next_section_waits(led, group):
    one = a_set(group, every_kind())
    text = led.post(preview(one), {"section": "all", "go": "people", **filled(limited="12")}).content.decode()
    assert "Give 9 or less" in text
    assert 'value="12"' in text
    whole = {**shown(every_kind().sections[0]), **filled(limited="3")}
    text = led.post(preview(one), {"section": "all", "go": "people", **whole}).content.decode()
    assert "People" in text
    assert "About limited?" not in text


def test_what_an_answer_makes_asked_is_asked_before_the_next_section(led, group):
    why = a_question("why", Kind.TEXT, relevant="${told} = 'no'")
    first = Section("rights", words("Rights"), (a_question(), why))
    one = a_set(group, a_form(first, Section("last", words("Last"), (a_question("end"),))))
    sent = {"section": "rights", "go": "last"}
    page = led.post(preview(one), {**sent, **filled(told="no")}).content.decode()
    assert '<a href="#id_answer-why">About why?</a>' in page
    assert "About end?" not in page
    assert "About end?" in led.post(preview(one), {**sent, **filled(told="no", why="")}).content.decode()


def test_rounds_come_and_go_as_they_do_on_a_visit(led, group):
    one = a_set(group, a_form(Section("people", words("People"), (a_question("who", Kind.TEXT),), repeats=True)))
    page = led.get(preview(one)).content.decode()
    assert "Nobody and nothing has been added yet." in page
    assert "Add one" in page
    more = {"section": "people", "rounds": "more"}
    assert "About who?" in led.post(preview(one), more).content.decode()
    fewer = {"section": "people", "rounds": "fewer", "carried": '{"people": [{"who": "a"}]}'}
    assert "About who?" not in led.post(preview(one), fewer).content.decode()


def test_what_was_chosen_is_taken_away_as_it_is_on_a_visit(led, group):
    asked = Section("rights", words("Rights"), (a_question(), a_question("why", Kind.TEXT)))
    one = a_set(group, a_form(asked, Section("last", words("Last"), (a_question("end"),))))
    sent = {"section": "rights", **filled(told="yes", why="A sign")}
    assert 'name="clear" value="told"' in led.post(preview(one), sent).content.decode()
    page = led.post(preview(one), {**sent, "clear": "told"}).content.decode()
    assert "A sign" in page and " checked" not in page and 'name="clear"' not in page
    assert page.index('name="go"') < page.index("About told?"), "Enter goes on, and takes nothing away"


# What the pages themselves send beside the answers.
OF_THE_PAGE = ("section", "go", "carried", "rounds", "clear", "csrfmiddlewaretoken", "language", "edition")


def test_no_question_is_taken_for_a_field_of_the_page(led, group):
    asked = tuple(a_question(name, Kind.TEXT) for name in OF_THE_PAGE)
    one = a_set(group, a_form(Section("all", words("All"), asked), Section("last", words("Last"), (a_question(),))))
    answers = {name: f"My answer about {name}" for name in OF_THE_PAGE}
    page = led.post(preview(one), {"section": "all", **filled(**answers)}).content.decode()
    assert [words for words in answers.values() if words not in page] == []
    assert 'name="section" value="all"' in page
    assert (
        "About told?" in led.post(preview(one), {"section": "all", "go": "last", **filled(**answers)}).content.decode()
    )


def test_what_must_be_answered_is_asked_for(led, group):
    one = a_set(group, a_form(Section("rights", words("Rights"), (a_question(required=True),))))
    assert "This must be answered" in led.post(preview(one), {"section": "rights", **filled(told="")}).content.decode()


def test_what_must_be_answered_keeps_nobody_from_the_next_section_as_on_a_visit(led, group):
    first = Section("rights", words("Rights"), (a_question(required=True),))
    one = a_set(group, a_form(first, Section("last", words("Last"), (a_question("end"),))))
    page = led.post(preview(one), {"section": "rights", "go": "last", **filled(told="")}).content.decode()
    assert "About end?" in page
    assert "This must be answered" not in page


def test_a_day_that_is_none_is_said(led, group):
    one = a_set(group, every_kind())
    fields = {"section": "all", **filled(date_day="30", date_month="2", date_year="2026")}
    assert "February does not have a day 30" in led.post(preview(one), fields).content.decode()


def test_nothing_that_is_answered_is_kept(led, group):
    one = a_set(group, every_kind())
    before = QuestionSet.objects.get(pk=one.pk).draft
    led.post(preview(one), {"section": "all", **filled(text="a private word")})
    assert QuestionSet.objects.get(pk=one.pk).draft == before
    assert "a private word" not in led.get(preview(one)).content.decode()


@pytest.mark.parametrize("carried", ["", "nonsense", "[]", "{", '{"people": 3}', "x" * 70_000])
def test_nonsense_that_travels_with_the_page_is_nothing(carried, led, group):
    one = a_set(group, every_kind())
    assert led.post(preview(one), {"section": "people", "carried": carried}).status_code == 200


def test_a_set_with_nothing_in_it_says_so(led, group):
    one = a_set(group, a_form(Section("rights", words("Rights"))))
    assert "Nothing is asked here" in led.get(preview(one)).content.decode()
    assert led.get(f"{preview(one)}?section=nowhere").status_code == 404


def test_a_choice_of_several_is_kept_as_xlsform_keeps_it(led, group):
    one = a_set(group, every_kind())
    fields = {"section": "all", **filled(limited="1", many=["a", "b"])}
    text = led.post(preview(one), fields).content.decode()
    assert "&#34;many&#34;: &#34;a b&#34;" in text
