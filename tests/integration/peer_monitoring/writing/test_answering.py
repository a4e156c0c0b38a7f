"""Sections of a visit as plain forms: what is wrong is said, what is asked anew is shown, rounds come and go."""

import html
import re

from peer_monitoring import actions, queries
from peer_monitoring.models import Draft
from questions.answering import MOST_ROUNDS
from questions.limits import alone
from questions.page_size import MOST_FIELDS
from questions.shape import EASY_READ, ENGLISH, Choice, Kind, Section
from tests.factories.peer_monitoring import settled
from tests.factories.questions import a_form, a_question, filled, published, words
from tests.integration.peer_monitoring.writing.steps import place


def test_what_is_wrong_is_kept_and_said(first, visit):
    first.post(place(visit, "log/"))
    page = first.post(place(visit, "log/sections/rights/"), filled(told="nonsense"))
    assert "There is a problem" in page.content.decode()
    assert queries.my_draft(visit, Draft.objects.get().person_id).answers["told"] == "nonsense"


def test_what_must_be_answered_can_wait_and_is_said_on_the_last_page_with_the_way_to_it(first, visit):
    first.post(place(visit, "log/"))
    answer = first.post(place(visit, "log/sections/rights/"), filled(told=""))
    assert answer["Location"] == f"{place(visit, 'log/sections/people/')}?language=en"
    last = first.post(answer["Location"], {})
    assert last["Location"] == place(visit, "log/review/")
    page = first.get(last["Location"]).content.decode()
    box = page.partition("1 answer is missing or wrong:")[2].partition("</ul>")[0]
    assert f'<a href="{place(visit, "log/sections/rights/")}?change=told#id_answer-told">' in box
    assert "About told? This must be answered" in box
    assert "<strong>This must be answered</strong>" in page, "nothing was refused yet"
    refused = first.post(last["Location"])
    assert refused.status_code == 409
    refused = refused.content.decode()
    assert refused.count("Some answers are missing or wrong.") == 1 and "1 answer is missing" not in refused
    assert re.search(
        r'<dd[^>]*>Not answered<span class="nhsuk-error-message[^"]*">This must be answered</span>', refused
    )
    assert Draft.objects.filter(visit=visit).exists()
    first.post(place(visit, "log/sections/rights/"), filled(told="yes"))
    assert "missing or wrong" not in first.get(last["Location"]).content.decode()


def test_what_is_wrong_is_not_counted_as_answered(first, visit):
    first.post(place(visit, "log/"))
    first.post(place(visit, "log/sections/rights/"), filled(told="nonsense"))
    assert "0 of 1 answered" in first.get(place(visit, "log/")).content.decode()
    first.post(place(visit, "log/sections/rights/"), filled(told="yes"))
    assert "1 of 1 answered" in first.get(place(visit, "log/")).content.decode()


def test_a_section_comes_back_while_it_asks_something_that_was_not_shown(first, visit):
    first.post(place(visit, "log/"))
    address = place(visit, "log/sections/rights/")
    page = first.post(address, filled(told="no")).content.decode()
    assert "More is asked here now" in page
    assert '<a href="#id_answer-why">About why?</a>' in page
    assert "There is a problem" not in page
    assert first.post(address, filled(told="no", why="")).status_code == 302


def test_what_must_be_answered_is_not_missing_before_it_was_shown(first, ready):
    count = a_question("minutes", Kind.COUNT, relevant="${told} = 'no'", required=True)
    mind = a_question("mind", Kind.NOTE, label=words("Tell the sergeant."), relevant="${told} = 'no'")
    again = Section("people", words("People"), (a_question(), count, mind), repeats=True)
    visit = settled(ready, version=published(ready.group, a_form(again)))
    first.post(place(visit, "log/"))
    address = place(visit, "log/sections/people/")
    first.post(address, {"rounds": "more"})
    page = first.post(address, filled(**{"told.0": "no"})).content.decode()
    assert '<a href="#id_answer-minutes.0">1. About minutes?</a>' in page
    assert '<a href="#id_answer-mind.0">1. Tell the sergeant.</a>' in page
    assert "This must be answered" not in page
    shown = {**filled(**{"told.0": "no", "minutes.0": ""}), "answer-mind.0-asked": "1"}
    assert first.post(address, shown).status_code == 302
    assert "This must be answered" in first.get(place(visit, "log/review/")).content.decode()


def test_each_problem_names_its_question_and_what_must_be_answered_says_so_before(first, ready):
    arrived = a_question("arrived", Kind.TIME, label=words("When you came"), required=True)
    asked = (a_question(required=True, hint=words("On arrival")), a_question("many", Kind.COUNT), arrived)
    visit = settled(ready, version=published(ready.group, a_form(Section("people", words("People"), asked, True))))
    first.post(place(visit, "log/"))
    address = place(visit, "log/sections/people/")
    page = first.post(address, {"rounds": "more"}).content.decode()
    assert "On arrival<br>Must be answered" in page
    assert "For example, 14:05 or 2:05pm<br>Must be answered" in page
    assert page.count("Must be answered") == 2
    answers = {"told.0": "perhaps", "many.0": "lots", "arrived.0": "soon"}
    page = first.post(address, filled(**answers)).content.decode()
    summary = page.partition("nhsuk-error-summary")[2].partition("</ul>")[0]
    for told in ("1. About told? Choose one", "1. About many? ", "1. When you came. Give a time, such as 14:05"):
        assert told in summary


def test_another_language_keeps_what_was_typed_and_stays_on_every_page_until_another_is_chosen(first, ready):
    visit = settled(ready)
    section = visit.version.compiled["sections"][0]
    asked = next(one for one in section["questions"] if one["kind"] == Kind.COUNT)
    first.post(place(visit, "log/"))
    here = place(visit, f"log/sections/{section['name']}/")
    form = first.get(here).content.decode().partition("<form")[2].partition("</form>")[0]
    assert '<button class="app-as-link" name="language" value="en-x-easy"' in form
    assert form.index("<button") < form.index('name="language"'), "Enter goes on, and changes no language"
    answer = first.post(here, {**filled(**{asked["name"]: "about twenty"}), "language": EASY_READ})
    assert answer["Location"] == f"{here}?language=en-x-easy"
    assert Draft.objects.get().answers[asked["name"]] == "about twenty"
    page = first.get(answer["Location"]).content.decode()
    assert 'value="about twenty"' in page and "There is a problem" not in page
    easy, english = (html.escape(asked["label"][code], quote=False) for code in (EASY_READ, ENGLISH))
    assert easy != english
    pages = [first.get(path).content.decode() for path in (here, place(visit, "log/review/"))]
    assert all(easy in page and english not in page for page in pages)
    assert html.escape(section["label"][EASY_READ], quote=False) in first.get(place(visit, "log/")).content.decode()
    first.post(here, {"language": ENGLISH})
    assert easy not in (page := first.get(place(visit, "log/review/")).content.decode()) and english in page


def test_rounds_come_and_go(first, visit):
    first.post(place(visit, "log/"))
    page = first.post(place(visit, "log/sections/people/"), {"rounds": "more"}).content.decode()
    assert "About who?" in page
    first.post(place(visit, "log/sections/people/"), {"rounds": "more", **filled(**{"who.0": "a"})})
    assert Draft.objects.get().answers["people"] == [{"who": "a"}, {}]
    first.post(place(visit, "log/sections/people/"), {"rounds": "fewer", **filled(**{"who.0": "b"})})
    assert Draft.objects.get().answers["people"] == [{"who": "b"}]


def test_one_more_round_comes_with_nothing_wrong_in_it(first, ready):
    again = Section("people", words("People"), (a_question(required=True),), repeats=True)
    visit = settled(ready, version=published(ready.group, a_form(again)))
    first.post(place(visit, "log/"))
    address = place(visit, "log/sections/people/")
    for pressed, answers in (("more", {}), ("more", filled(**{"told.0": ""})), ("fewer", filled(**{"told.0": ""}))):
        page = first.post(address, {"rounds": pressed, **answers}).content.decode()
        assert "About told?" in page
        assert "There is a problem" not in page
    assert first.post(address, filled(**{"told.0": ""})).status_code == 302


def test_two_sections_that_are_kept_one_after_the_other_stay_both(ready, visit):
    draft = actions.open_draft(visit=visit, by=ready.monitors[0].pk)
    actions.save_answers(draft=draft, how=lambda was: {**was, "told": "no"})
    actions.save_answers(draft=draft, how=lambda was: {**was, "people": [{"who": "a"}]})
    assert Draft.objects.get().answers == {"told": "no", "people": [{"who": "a"}]}


def test_a_question_called_as_a_button_of_the_page_presses_none(first, ready):
    form = a_form(Section("people", words("People"), (a_question("rounds", Kind.TEXT),), repeats=True))
    visit = settled(ready, version=published(ready.group, form))
    first.post(place(visit, "log/"))
    address = place(visit, "log/sections/people/")
    first.post(address, {"rounds": "more"})
    assert first.post(address, filled(**{"rounds.0": "more"})).status_code == 302
    assert Draft.objects.get().answers == {"people": [{"rounds": "more"}]}


def test_the_fullest_page_there_can_be_is_kept_whole(first, ready):
    choices = tuple(Choice(f"c{number}", words(f"Answer {number}")) for number in range(MOST_FIELDS // MOST_ROUNDS - 1))
    again = Section("people", words("People"), (a_question("pick", Kind.MANY, choices=choices),), repeats=True)
    visit = settled(ready, version=published(ready.group, a_form(again)))
    draft = actions.open_draft(visit=visit, by=ready.monitors[0].pk)
    actions.save_answers(draft=draft, how=lambda was: {"people": [{} for _ in range(MOST_ROUNDS)]})
    chosen = [one.value for one in choices]
    page = filled(**{f"pick.{number}": chosen for number in range(MOST_ROUNDS)})
    assert first.post(place(visit, "log/sections/people/"), page).status_code == 302
    assert Draft.objects.get().answers == {"people": [{"pick": " ".join(chosen)}] * MOST_ROUNDS}


def test_none_of_these_beside_another_answer_is_said_in_the_words_of_the_set(first, ready):
    choices = (Choice("water", words("Water")), Choice("none", words("None of these")))
    said = {"constraint": alone("none"), "message": words("Water, or nothing. Not both.")}
    there = a_question("there", Kind.MANY, choices=choices, **said)
    visit = settled(ready, version=published(ready.group, a_form(Section("room", words("Room"), (there,)))))
    first.post(place(visit, "log/"))
    page = first.post(place(visit, "log/sections/room/"), filled(there=["water", "none"]))
    assert page.content.decode().count("Water, or nothing. Not both") == 2  # in the summary and beside the question
    assert re.search(r'value="none"[^>]*exclusive', page.content.decode())
    assert first.post(place(visit, "log/sections/room/"), filled(there=["none"])).status_code == 302


def test_each_round_has_its_number_also_where_its_first_question_is_not_asked(first, ready):
    old = a_question("old", Kind.TEXT, relevant="${age} > 60")
    again = Section("people", words("People"), (old, a_question("name", Kind.TEXT)), repeats=True)
    rights = Section("rights", words("Rights"), (a_question("age", Kind.COUNT),))
    visit = settled(ready, version=published(ready.group, a_form(rights, again)))
    first.post(place(visit, "log/"))
    address = place(visit, "log/sections/people/")
    first.post(address, {"rounds": "more"})
    page = first.post(address, {"rounds": "more"}).content.decode()
    assert re.findall(r'<h2 class="nhsuk-heading-m">(\d)</h2>', page) == ["1", "2"]
    first.post(place(visit, "log/sections/rights/"), filled(age="70"))
    page = first.get(address).content.decode()
    assert re.findall(r'<h2 class="nhsuk-heading-m">(\d)</h2>', page) == ["1", "2"]


def test_a_note_is_shown_and_not_asked(first, ready):
    note = a_question("mind", Kind.NOTE, label=words("Tell the sergeant first."))
    form = a_form(Section("rights", words("Rights"), (note, a_question())))
    visit = settled(ready, version=published(ready.group, form))
    first.post(place(visit, "log/"))
    assert "Tell the sergeant first." in first.get(place(visit, "log/sections/rights/")).content.decode()
    assert "0 of 1 answered" in first.get(place(visit, "log/")).content.decode()
    assert "Tell the sergeant first." not in first.get(place(visit, "log/review/")).content.decode()


def test_the_last_page_says_how_many_answers_are_missing_or_wrong_with_the_way_to_each(first, ready):
    asked = (a_question(required=True), a_question("minutes", Kind.COUNT))
    visit = settled(ready, version=published(ready.group, a_form(Section("rights", words("Rights"), asked))))
    first.post(place(visit, "log/"))
    first.post(place(visit, "log/sections/rights/"), filled(told="", minutes="lots"))
    page = first.get(place(visit, "log/review/")).content.decode()
    box = page.partition("2 answers are missing or wrong:")[2].partition("</ul>")[0]
    assert re.findall(r'href="[^"]*\?change=(\w+)#id_answer-(\w+)"', box) == [("told", "told"), ("minutes", "minutes")]


def test_what_was_chosen_is_taken_away_by_a_button_and_all_else_that_was_typed_stays(first, ready):
    asked = (a_question(), a_question("grade", Kind.GRADE, required=True), a_question("minutes", Kind.COUNT))
    visit = settled(ready, version=published(ready.group, a_form(Section("rights", words("Rights"), asked))))
    first.post(place(visit, "log/"))
    here = place(visit, "log/sections/rights/")
    assert 'name="clear"' not in first.get(here).content.decode(), "nothing was chosen yet"
    first.post(here, filled(told="yes", grade="", minutes="4"))
    assert re.findall(r'name="clear" value="(\w+)"', first.get(here).content.decode()) == ["told"]
    answer = first.post(here, {**filled(told="yes", grade="pass", minutes="five"), "clear": "told"})
    assert answer["Location"] == f"{here}?language=en#id_answer-told"
    assert Draft.objects.get().answers == {"told": "", "grade": "pass", "minutes": "five"}
    page = first.get(here).content.decode()
    assert re.findall(r'name="clear" value="(\w+)"', page) == ["grade"] and "There is a problem" not in page
    assert '<span class="nhsuk-u-visually-hidden">: About grade?</span>' in page
    form = page.partition('id="answers"')[0]
    assert 'form="answers" tabindex="-1"' in form, "Enter goes on, and takes nothing away"
    first.post(here, {**filled(told="yes", grade="pass", minutes="5"), "clear": "nothing"})
    assert Draft.objects.get().answers == {"told": "yes", "grade": "pass", "minutes": "5"}


def test_what_was_chosen_in_a_round_is_taken_away_from_that_round_alone(first, ready):
    again = Section("people", words("People"), (a_question(),), repeats=True)
    visit = settled(ready, version=published(ready.group, a_form(again)))
    first.post(place(visit, "log/"))
    here = place(visit, "log/sections/people/")
    for _ in range(2):
        first.post(here, {"rounds": "more"})
    first.post(f"{here}?change=told.1", {**filled(**{"told.0": "yes", "told.1": "no"}), "clear": "told.1"})
    assert Draft.objects.get().answers == {"people": [{"told": "yes"}, {"told": ""}]}


def test_whoever_takes_an_answer_away_on_the_way_from_the_last_page_comes_back_to_it(first, visit):
    first.post(place(visit, "log/"))
    here = place(visit, "log/sections/rights/")
    answer = first.post(f"{here}?change=told", {**filled(told="yes"), "clear": "told"})
    assert answer["Location"] == f"{here}?language=en&change=told#id_answer-told"
    assert first.post(answer["Location"], filled(told=""))["Location"] == place(visit, "log/review/#change-told")


def test_in_easy_read_a_picture_stands_beside_each_question_and_a_smaller_one_beside_each_answer(first, ready):
    visit = settled(ready)
    section = visit.version.compiled["sections"][0]
    first.post(place(visit, "log/"))
    here = place(visit, f"log/sections/{section['name']}/")
    page = first.get(f"{here}?language={EASY_READ}").content.decode()
    drawn = [one for question in section["questions"] for one in question.get("choices", ()) if one.get("picture")]
    assert page.count('alt="" width="40" height="40">') == len(drawn) > 0
    assert re.search(r'kit/easy/will[^"]*" alt="" width="40" height="40">Good', page)
    questions = re.findall(r'<div class="app-visits-question">\s*<img class="app-easy__picture"', page)
    assert len(questions) == sum(not one.get("relevant") for one in section["questions"])
    assert "app-easy__picture" not in first.get(f"{here}?language={ENGLISH}").content.decode()
