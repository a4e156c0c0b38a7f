"""The watch that is kept in every test here notices what it should."""

import pytest

from e2e.stack import Stack
from e2e.visiting import Looks, Visits

# How each is brought about, and a word of what is noticed.
WRONG = {
    "a script in the page": (
        "document.body.append(Object.assign(document.createElement('script'), { text: '1' }))",
        "script",
    ),
    "a request elsewhere": ("fetch('https://example.com/').catch(() => 0)", "example.com"),
    "a picture that is not there": (
        "new Promise(done => { const picture = new Image(); picture.onerror = done; picture.src = '/static/no.png' })",
        "404",
    ),
    "a script that fails": ("void setTimeout(() => { throw new Error('broken') })", "broken"),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_a_page_does_wrong_is_noticed(stack: Stack, visit: Visits, what: str) -> None:
    script, words = WRONG[what]
    page = visit(start=stack.platform)
    page.evaluate(f"() => {script}")
    page.wait_for_timeout(200)
    assert any(words in problem for problem in visit.problems), visit.problems
    visit.problems.clear()


def test_what_goes_wrong_in_a_browser_that_stays_open_is_noticed_once(stack: Stack, looks: Looks) -> None:
    page = looks.at("", stack.platform)
    assert looks.at("", stack.platform) is page
    page.goto(stack.platform)
    page.evaluate("() => void setTimeout(() => { throw new Error('broken') })")
    page.wait_for_timeout(200)
    (problem,) = looks.noticed()
    assert "broken" in problem
    assert looks.noticed() == []
