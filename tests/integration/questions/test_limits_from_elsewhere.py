"""A limit that an XLSForm gave a question stays when a lead changes its words, whatever kind of question it is."""

import html
import re

import pytest

from questions.shape import Kind, Section, read
from tests.factories.groups import a_group
from tests.factories.people import someone
from tests.factories.questions import a_form, a_question, a_set, words

ABOUT = {
    Kind.MANY: "count-selected(.) <= 3",
    Kind.ONE: ". != 'a'",
    Kind.SCALE: ". != 'a'",
    Kind.YES_NO: ". != 'not_seen'",
    Kind.GRADE: ". != 'fail'",
    Kind.TIME: ". != '00:00'",
    Kind.COUNT: ". mod 2 = 0",
    Kind.TEXT: "string-length(.) > 2",
    Kind.DATE: ". > today()",
}
ALONE_OF_NO_CHOICE = "not(selected(., 'z')) or count-selected(.) = 1"
SAID = "Not like that."


@pytest.fixture
def lead():
    return someone("Lee")


@pytest.fixture
def led(client_at, lead):
    return client_at(None, lead)


@pytest.fixture
def limited(lead):
    """A set with one question of a kind, and its limit."""
    group = a_group("Voices", lead=lead)

    def make(kind, constraint, message=SAID):
        question = a_question("pick", kind, constraint=constraint, message={"en": message})
        return a_set(group, a_form(Section("rights", words("Rights"), (question,))))

    return make


def page_of(one):
    return f"/groups/voices/questions/{one.pk}/parts/pick/"


def as_filled_in(client, one):
    """What a browser sends of the page where nothing was changed."""
    page = client.get(page_of(one)).content.decode()
    inputs = [dict(re.findall(r'([\w-]+)="([^"]*)"', tag)) for tag in re.findall(r"<input[^>]*>", page)]
    chosen = {
        one["name"]: one.get("value", "")
        for one, tag in zip(inputs, re.findall(r"<input[^>]*>", page), strict=True)
        if "name" in one and (one.get("type") not in ("radio", "checkbox") or " checked" in tag)
    }
    areas = dict(re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>([^<]*)</textarea>', page))
    return {name: html.unescape(value) for name, value in (chosen | areas).items()}


def saved(client, one, **changed):
    answer = client.post(page_of(one), as_filled_in(client, one) | changed)
    one.refresh_from_db()
    return answer, read(one.draft).question("pick")


@pytest.mark.parametrize(
    ("kind", "constraint"), [*ABOUT.items(), (Kind.MANY, ALONE_OF_NO_CHOICE)], ids=lambda one: str(one)[:12]
)
def test_a_limit_from_elsewhere_and_what_is_said_of_it_stay_when_the_words_change(kind, constraint, limited, led):
    one = limited(kind, constraint)
    answer, kept = saved(led, one, label="Other words")
    assert answer.status_code == 302
    assert (kept.label["en"], kept.constraint, kept.message) == ("Other words", constraint, {"en": SAID})


@pytest.mark.parametrize("kind", [Kind.MANY, Kind.ONE, Kind.TIME])
def test_it_can_be_changed_and_taken_away(kind, limited, led):
    one = limited(kind, ABOUT[kind])
    assert saved(led, one, limit_own=". != 'b'")[1].constraint == ". != 'b'"
    kept = saved(led, one, limit_own="")[1]
    assert (kept.constraint, kept.message) == ("", {})


def test_of_several_answers_one_stands_alone_or_a_limit_of_ones_own_holds_and_not_both(limited, led):
    one = limited(Kind.MANY, ABOUT[Kind.MANY])
    answer, kept = saved(led, one, alone="Answer b")
    assert "and not both" in answer.content.decode() and kept.constraint == ABOUT[Kind.MANY]
    kept = saved(led, one, alone="Answer b", limit_own="")[1]
    assert kept.constraint == "not(selected(., 'b')) or count-selected(.) = 1"
    assert as_filled_in(led, one)["limit_own"] == "", "it is named by its words, and stands in one place"


@pytest.mark.parametrize("kind", [Kind.ONE, Kind.TIME])
def test_a_kind_that_has_no_limit_of_its_own_is_offered_none(kind, limited, led):
    one = limited(kind, "", message="")
    assert "limit_own" not in led.get(page_of(one)).content.decode()
