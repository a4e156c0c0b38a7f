"""“Change” on the last page leads back to it after that one answer, through what the new answer opens and no more."""

import html
import re

import pytest

from peer_monitoring.models import Draft
from questions.shape import ENGLISH, Kind, Section
from tests.factories.peer_monitoring import settled
from tests.factories.questions import a_form, a_question, filled, published, words
from tests.integration.peer_monitoring.writing.steps import place

IF_NO = "${told} = 'no'"


def text(name, **more):
    return a_question(name, Kind.TEXT, **more)


@pytest.fixture
def visit(ready):
    """A first answer on which hang a question beside it, one in a later section, a section, and rounds."""
    form = a_form(
        Section("rights", words("Rights"), (a_question("told"), text("beside", relevant="${told} = 'partly'"))),
        Section("food", words("Food"), (text("meal"), text("why_no_meal", relevant=IF_NO))),
        Section("care", words("Care"), (text("nurse"),)),
        Section("harm", words("Harm"), (text("what"), text("who", relevant="${what} != ''")), relevant=IF_NO),
        Section("people", words("People"), (text("name"),), repeats=True, relevant=IF_NO),
        Section("end", words("End"), (text("last", relevant="${what} = 'x'"), text("more"))),
    )
    return settled(ready, version=published(ready.group, form))


@pytest.fixture
def begun(first, visit):
    """Somebody who has answered the first question, and looks at it all."""
    first.post(place(visit, "log/"))
    first.post(place(visit, "log/sections/rights/"), filled(told="yes"))
    return first


def way_to_change(client, visit, key):
    """The address without what is only for the browser."""
    page = client.get(place(visit, "log/review/")).content.decode()
    (href,) = re.findall(rf'id="change-{key}" href="([^"]+)"', page)
    address, _, where = href.partition("#")
    assert where == f"id_answer-{key}"
    return address


def sent_to(address, page):
    """Where the form of a page goes that was drawn once more."""
    (action,) = re.findall(r'<form method="post" novalidate action="(\?[^"]*)"', page)
    return address.partition("?")[0] + html.unescape(action)


def test_one_answer_is_changed_and_the_last_page_comes_again_at_that_answer(begun, visit):
    address = way_to_change(begun, visit, "told")
    page = begun.get(address).content.decode()
    assert "Continue</button>" in page and "Next</button>" not in page
    back = place(visit, "log/review/#change-told")
    assert f'href="{back}"' in page
    assert begun.post(address, filled(told="no_answer")).status_code == 200
    assert begun.post(address, filled(told="yes"))["Location"] == back


def test_who_goes_from_section_to_section_still_goes_to_the_next(begun, visit):
    answer = begun.post(place(visit, "log/sections/food/"), filled(meal="Soup"))
    assert answer["Location"] == f"{place(visit, 'log/sections/care/')}?language=en"


def test_it_leads_through_what_is_asked_anew_and_past_what_was_asked_before(begun, visit):
    here = begun.post(way_to_change(begun, visit, "told"), filled(told="no"))["Location"]
    visited = []
    for answers in ({"meal": "", "why_no_meal": "None came"}, {"what": ""}, {}):
        assert "Continue</button>" in begun.get(here).content.decode()
        visited.append(re.search(r"/sections/(\w+)/", here).group(1))
        here = begun.post(here, filled(**answers))["Location"]
    assert visited == ["food", "harm", "people"]
    assert here == place(visit, "log/review/#change-told")
    kept = Draft.objects.get().answers
    assert (kept["told"], kept["why_no_meal"]) == ("no", "None came")


def test_what_opens_beside_it_is_shown_first_and_what_opens_on_the_way_comes_too(begun, visit):
    address = way_to_change(begun, visit, "told")
    page = begun.post(address, filled(told="partly")).content.decode()
    assert "More is asked here now" in page
    answer = begun.post(sent_to(address, page), filled(told="partly", beside="x"))
    assert answer["Location"] == place(visit, "log/review/#change-told")
    here = begun.post(way_to_change(begun, visit, "told"), filled(told="no"))["Location"]
    here = begun.post(here, filled(meal="", why_no_meal=""))["Location"]
    page = begun.post(here, filled(what="x")).content.decode()
    assert "More is asked here now" in page
    here = begun.post(sent_to(here, page), filled(what="x", who="y"))["Location"]
    assert "/sections/people/" in here
    here = begun.post(here, {})["Location"]
    assert "/sections/end/" in here
    assert begun.post(here, filled(last="z", more=""))["Location"] == place(visit, "log/review/#change-told")


def test_what_is_asked_no_more_is_passed_over(begun, visit):
    here = begun.post(way_to_change(begun, visit, "told"), filled(told="no"))["Location"]
    begun.post(place(visit, "log/sections/rights/"), filled(told="yes"))
    assert begun.post(here, filled(meal=""))["Location"] == place(visit, "log/review/#change-told")


def test_what_was_answered_before_and_is_asked_again_is_not_asked_twice(begun, visit):
    for told in ("no", "yes"):
        begun.post(place(visit, "log/sections/rights/"), filled(told=told))
        begun.post(place(visit, "log/sections/food/"), filled(meal="", why_no_meal="None came"))
    here = begun.post(way_to_change(begun, visit, "told"), filled(told="no"))["Location"]
    assert "/sections/harm/" in here


def test_another_language_is_chosen_on_the_way_and_the_way_stays(begun, visit):
    address = way_to_change(begun, visit, "told")
    page = begun.get(f"{address}&then=food").content.decode()
    action = re.search(r'novalidate action="\?language=en&amp;change=told&amp;then=food"', page)
    assert action


def test_what_is_asked_anew_by_what_was_typed_before_another_language_was_chosen_is_still_on_the_way(begun, visit):
    address = way_to_change(begun, visit, "told")
    here = begun.post(address, filled(told="no") | {"language": ENGLISH})["Location"]
    assert "/sections/rights/?language=en&change=told&then=" in here
    assert "/sections/food/?language=en&" in begun.post(here, filled(told="no"))["Location"]


@pytest.mark.parametrize("nonsense", ["x", "//example.org", "%22%3E", "told&then=nothing"])
def test_what_is_no_answer_of_the_set_leads_to_the_last_page_all_the_same(nonsense, begun, visit):
    answer = begun.post(f"{place(visit, 'log/sections/rights/')}?change={nonsense}", filled(told="yes"))
    assert answer["Location"].startswith(f"{place(visit, 'log/review/')}#change-")


def test_what_must_be_answered_beside_it_keeps_nobody_from_the_last_page_which_says_it(first, ready):
    must = (a_question("told"), a_question("beside", required=True), a_question("many", Kind.COUNT))
    visit = settled(ready, version=published(ready.group, a_form(Section("rights", words("Rights"), must))))
    first.post(place(visit, "log/"))
    address = place(visit, "log/sections/rights/")
    answers = {"told": "yes", "beside": "", "many": ""}
    assert first.post(address, filled(**answers))["Location"] == place(visit, "log/review/")
    address = way_to_change(first, visit, "told")
    assert first.post(address, filled(**answers))["Location"] == place(visit, "log/review/#change-told")
    assert "This must be answered" in first.get(place(visit, "log/review/")).content.decode()
    page = first.post(address, filled(**answers | {"many": "lots"})).content.decode()
    assert "There is a problem" in page and "This must be answered" not in page
