"""A lead builds a set in the browser: sections, questions of each kind, order, limits, languages."""

import html
import re
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from questions import actions
from questions.models import QuestionSet
from questions.shape import EASY_READ, Kind, Section, read
from tests.factories.groups import a_group, seated
from tests.factories.people import someone
from tests.factories.questions import a_form, a_question, a_set, every_kind, words
from tests.integration.conftest import PLATFORM, sign_in


@pytest.fixture
def lead():
    return someone("Lee")


@pytest.fixture
def group(lead):
    return a_group("Voices", lead=lead)


@pytest.fixture
def led(client_at, lead, group):
    return client_at(None, lead)


def draft(one):
    one.refresh_from_db()
    return read(one.draft)


def address(one, path=""):
    return f"/groups/voices/questions/{one.pk}/{path}"


def change(client, one, path, **fields):
    one.refresh_from_db()
    return client.post(address(one, path), {"edition": one.edition, "only_if_is": "is", **fields})


def test_a_set_is_built_from_nothing_to_a_question_that_is_asked_only_if(led, group):
    led.post("/groups/voices/questions/new/", {"title": "Our rights", "purpose": "For custody suites"})
    one = QuestionSet.objects.get(title="Our rights")
    change(led, one, "sections/new/", label="Being told")
    change(led, one, "sections/being_told/new/yes_no/", label="Were you told your rights?", required="on")
    more = {"label": "Why not?", "only_if": "were_you_told_your_rights=no"}
    assert change(led, one, "sections/being_told/new/text/", **more).status_code == 302
    told, why = draft(one).sections[0].questions
    assert (told.kind, told.required) == (Kind.YES_NO, True)
    assert (why.name, why.relevant) == ("why_not", "${were_you_told_your_rights} = 'no'")
    page = led.get(address(one)).content.decode()
    assert page.index("Were you told your rights?") < page.index("Why not?")


@pytest.mark.parametrize(
    ("kind", "fields", "expected"),
    [
        ("count", {"least": "0", "most": "20"}, (". >= 0 and . <= 20", "Give a number from 0 to 20.")),
        ("count", {"most": "20", "message": "That is many."}, (". <= 20", "That is many.")),
        ("text", {"letters": "30"}, ("string-length(.) <= 30", "Write 30 letters at most.")),
        ("date", {"not_later": "on"}, (". <= today()", "Give today or a day before.")),
        (
            "count",
            {"limit_own": ". mod 2 = 0", "message": "Give an even number."},
            (". mod 2 = 0", "Give an even number."),
        ),
        ("time", {}, ("", "")),
    ],
)
def test_a_limit_is_kept_with_what_is_said_to_whoever_goes_past_it(kind, fields, expected, led, group):
    one = a_set(group)
    assert change(led, one, f"sections/rights/new/{kind}/", label="How many?", **fields).status_code == 302
    made = draft(one).question("how_many")
    assert (made.constraint, made.message.get("en", "")) == expected
    shown = led.get(address(one, "parts/how_many/")).content.decode()
    assert all(f'value="{value}"' in shown for name, value in fields.items() if name != "not_later")


def test_an_answer_that_goes_with_no_other_is_named_by_its_words(led, group):
    one = a_set(group)
    page = {"label": "What was there?", "choices": "Water\nNone of these"}
    change(led, one, "sections/rights/new/many/", **page, alone="None of these")
    made = draft(one).question("what_was_there")
    assert made.constraint == "not(selected(., 'none_of_these')) or count-selected(.) = 1"
    assert made.message["en"] == "Choose either “None of these” or the other answers."
    assert 'value="None of these"' in led.get(address(one, "parts/what_was_there/")).content.decode()
    change(led, one, "parts/what_was_there/", label=page["label"], choices="Water\nNothing", alone="Nothing")
    made = draft(one).question("what_was_there")
    assert (made.choices[1].value, made.message["en"]) == (
        "none_of_these", "Choose either “Nothing” or the other answers.",
    )  # fmt: skip
    change(led, one, "parts/what_was_there/", **page)
    assert draft(one).question("what_was_there").constraint == ""


def limited(led, one, **fields):
    """A question with a limit, whose words in Easy Read are written too."""
    change(led, one, "sections/rights/new/count/", label="How many?", most="20", **fields)
    change(led, one, "languages/", code=EASY_READ)
    change(led, one, f"languages/{EASY_READ}/rights/", **{"words-how_many.message": "Not more than 20"})
    assert draft(one).question("how_many").message[EASY_READ] == "Not more than 20"


def test_what_we_say_of_a_limit_is_made_anew_when_the_limit_changes(led, group):
    one = a_set(group)
    limited(led, one)
    shown = led.get(address(one, "parts/how_many/")).content.decode()
    assert "Give 20 or less." not in shown, "it is not there to be sent back"
    change(led, one, "parts/how_many/", label="How many in all?", most="20")
    assert draft(one).question("how_many").message[EASY_READ] == "Not more than 20"
    change(led, one, "parts/how_many/", label="How many?", most="30")
    assert draft(one).question("how_many").message == {"en": "Give 30 or less."}, "20 stands in no language any more"


def test_what_somebody_wrote_about_a_limit_stays(led, group):
    one = a_set(group)
    limited(led, one, message="That is many.")
    assert "That is many." in led.get(address(one, "parts/how_many/")).content.decode()
    change(led, one, "parts/how_many/", label="How many?", most="30", message="That is many.")
    change(led, one, "parts/how_many/", label="How many?", most="30", message="That is very many.")
    kept = draft(one).question("how_many").message
    assert (kept["en"], kept[EASY_READ]) == ("That is very many.", "Not more than 20")


def test_answers_that_are_reworded_keep_their_value_and_their_other_languages(led, group):
    question = a_question("pick", Kind.ONE)
    one = a_set(group, a_form(Section("rights", words("Rights"), (question,))))
    change(led, one, "languages/", code=EASY_READ)
    written = {"words-pick.choice.a": "Easy a", "words-pick.choice.b": "Easy b"}
    change(led, one, f"languages/{EASY_READ}/rights/", **written)
    change(led, one, "parts/pick/", label="Pick", choices="Answer b\nAnswer A, reworded\nA third")
    b, a, third = draft(one).question("pick").choices
    assert (b.value, b.label[EASY_READ]) == ("b", "Easy b")
    assert (third.value, EASY_READ in third.label) == ("a_third", False)
    assert a.label["en"] == "Answer A, reworded"
    change(led, one, "parts/pick/", label="Pick", choices="Answer b\nAnswer A, in other words\nA third")
    assert draft(one).question("pick").choices[1].value == a.value


@pytest.mark.parametrize(
    ("kind", "fields", "says"),
    [
        ("one", {"choices": "Only one"}, "Write at least 2 answers"),
        ("many", {"choices": "Yes\nyes"}, "Two of these answers are the same"),
        ("many", {"choices": "Yes\nNo", "alone": "None"}, "Write it as it stands in the answers to choose from"),
        ("count", {"least": "5", "most": "4"}, "must not be less than the smallest"),
        ("text", {"only_if": "told=yes", "only_if_own": "1 = 1"}, "and not both"),
        ("text", {"only_if_own": "${nothing} = 1"}, "nothing"),
        ("count", {"limit_own": ". >"}, "limit"),
        ("text", {"label": ""}, "Enter what it asks"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(kind, fields, says, led, group):
    one = a_set(group)
    page = change(led, one, f"sections/rights/new/{kind}/", **{"label": "My new question", **fields})
    text = page.content.decode()
    assert says in text
    assert "label" in fields or "My new question" in text
    assert [question.name for _, question in draft(one).questions()] == ["told"]


def test_what_somebody_else_changed_meanwhile_is_not_written_over(led, group):
    one = a_set(group)
    change(led, one, "sections/new/", label="By a friend")
    late = led.post(address(one, "sections/new/"), {"edition": 0, "only_if_is": "is", "label": "By me"})
    text = late.content.decode()
    assert "Somebody else changed this set" in text
    assert 'value="By me"' in text
    assert [section.name for section in draft(one).sections] == ["rights", "by_a_friend"]
    assert 'name="edition" value="1"' in text, "pressing once more goes through"


@pytest.mark.parametrize(
    ("path", "written"),
    [
        ("sections/new/", {"label": "By me"}),
        ("sections/rights/", {"label": "By me"}),
        ("sections/rights/new/yes_no/", {"label": "By me"}),
        ("parts/told/", {"label": "By me"}),
        ("name/", {"title": "By me", "purpose": ""}),
        ("languages/", {"code": EASY_READ}),
        ("publish/", {}),
    ],
)
def test_nor_by_what_was_kept_while_the_sign_in_had_ended(path, written, led, lead, group):
    one = a_set(group)
    shown = dict(re.findall(r'name="(_for|edition)" value="([^"]*)"', led.get(address(one, path)).content.decode()))
    sent = {"only_if_is": "is", **written, "edition": shown["edition"]}
    led.logout()
    assert led.post(address(one, path), sent | {"_for": html.unescape(shown["_for"])}).status_code == 302
    actions.change(question_set=one, edition=0, how=lambda form: replace(form, title=words("By a friend")))
    before = draft(one)
    sign_in(led, lead, PLATFORM)
    again = led.get(address(one, path)).content.decode()
    assert "By me" in again or "label" not in written
    kept = sent | {"edition": re.search(r'name="edition" value="([^"]*)"', again).group(1)}
    late = led.post(address(one, path), kept).content.decode()
    assert "Somebody else changed this set" in late
    assert (draft(one), one.versions.count()) == (before, 0)
    assert 'name="edition" value="1"' in late, "pressing once more goes through"


def test_questions_move_and_are_taken_away_after_being_asked(led, group):
    one = a_set(group, every_kind())
    change(led, one, "parts/grade/move/", to="up")
    assert [question.name for question in draft(one).sections[0].questions][:2] == ["grade", "yes_no"]
    change(led, one, "parts/grade/move/", to="down")
    assert [question.name for question in draft(one).sections[0].questions][:2] == ["yes_no", "grade"]
    assert "Take “About grade?” away?" in led.get(address(one, "parts/grade/take-away/")).content.decode()
    assert draft(one).question("grade")
    change(led, one, "parts/grade/take-away/")
    assert draft(one).question("grade") is None


def test_a_language_is_added_written_part_by_part_and_taken_away(led, group):
    one = a_set(group)
    change(led, one, "languages/", code=EASY_READ)
    assert "2 to write" in led.get(address(one, "languages/")).content.decode()
    written = {"words-rights.label": "Your rights", "words-told.label": "Did they tell you?"}
    change(led, one, f"languages/{EASY_READ}/rights/", **written)
    assert draft(one).question("told").label[EASY_READ] == "Did they tell you?"
    page = led.get(address(one, "languages/")).content.decode()
    assert "all written, 1 without a picture" in page
    assert f'href="{address(one, "parts/told/")}">Choose a picture for “About told?”</a>' in page
    change(led, one, "parts/told/", label="About told?", picture="talk")
    page = led.get(address(one, "languages/")).content.decode()
    assert "all written" in page
    assert "picture for" not in page
    change(led, one, f"languages/{EASY_READ}/take-away/")
    assert draft(one).languages == ("en",)


def test_words_stay_with_what_they_are_of_when_somebody_moved_it_meanwhile(led, group):
    asked = (a_question("one", Kind.TEXT), a_question("two", Kind.TEXT))
    one = a_set(group, a_form(Section("rights", words("Rights"), asked)))
    change(led, one, "languages/", code=EASY_READ)
    change(led, one, "parts/one/move/", to="down")
    path, written = f"languages/{EASY_READ}/rights/", {"words-one.label": "Easy one", "words-two.label": "Easy two"}
    late = led.post(address(one, path), {"edition": 1, **written}).content.decode()
    assert "Somebody else changed this set" in late
    assert not any(EASY_READ in question.label for _, question in draft(one).questions())
    change(led, one, path, **written)
    assert [draft(one).question(name).label[EASY_READ] for name in ("two", "one")] == ["Easy two", "Easy one"]


@pytest.mark.parametrize(
    "path",
    [
        "languages/en/rights/",
        "languages/pl/rights/",
        "languages/en/take-away/",
        "parts/x/",
        "sections/x/",
        "sections/rights/new/video/",
    ],
)
def test_what_is_not_in_a_set_is_not_found(path, led, group):
    assert led.get(address(a_set(group), path)).status_code == 404


def test_who_is_no_lead_reads_and_changes_nothing(client_at, group):
    monitor = someone("Max")
    seated(group, monitor)
    client = client_at(None, monitor)
    one = a_set(group)
    page = client.get(address(one)).content.decode()
    assert "About told?" in page
    assert "Add a question" not in page
    for path in ("name/", "publish/", "sections/new/", "parts/told/", "parts/told/take-away/", "languages/"):
        assert client.get(address(one, path)).status_code == 404, path
        assert client.post(address(one, path), {"edition": 0}).status_code == 404, path
    assert client.post(address(one, "parts/told/move/"), {"edition": 0, "to": "up"}).status_code == 404


@pytest.mark.parametrize("path", ["", "preview/", "parts/told/", "publish/"])
def test_the_sets_of_another_group_are_not_there(path, client_at, group):
    other = someone("Otto")
    a_group("Others", lead=other)
    one = a_set(group)
    client = client_at(None, other)
    assert client.get(address(one, path)).status_code == 404
    assert client.get(f"/groups/others/questions/{one.pk}/{path}").status_code == 404


@pytest.mark.parametrize("questions", [1, 12])
def test_the_page_of_a_set_costs_the_same_for_any_number_of_questions(questions, led, group):
    many = tuple(a_question(f"q{number}", Kind.TEXT) for number in range(questions))
    one = a_set(group, a_form(Section("all", words("All"), many)))
    led.get(address(one))
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert led.get(address(one)).status_code == 200
    assert len(asked) <= 14, [query["sql"][:90] for query in asked]
