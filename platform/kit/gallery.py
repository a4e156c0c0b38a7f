"""Every component in every state on one page, for whoever builds or tests a page; never part of production."""

from datetime import date, timedelta
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kit import clock, fields
from kit.forms import Form
from kit.pair import STOPS, PairView, Stop
from kit.waiting import Changed, Waiting

LONG = (
    "Nobody told me how long I would wait. I asked three times and each person said something different, and then the "
    "shift changed and I had to start again from the beginning with somebody who had not read anything about me. "
) * 4
WORD = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"
ANSWERS = [("yes", "Yes"), ("partly", "Partly"), ("no", "No"), ("unsure", "I am not sure")]


class Everything(Form):
    """One field of each kind."""

    name = fields.Text("Your name", hint="You can use any name you like.", autocomplete="name", max_length=100)
    email = fields.Email(hint="We only use it to tell you that there is an answer.")
    password = fields.Password(hint="Use 12 letters or more.")
    story = fields.Textarea("What happened?", max_length=200, required_error="Tell us what happened")
    note = fields.Textarea("Anything else", required=False, rows=3)
    people = fields.Number("How many people said this?", min_value=1, max_value=500)
    changed = fields.Radios("Did it change?", ANSWERS, divider_before="unsure", hints={"partly": "Some of it changed."})
    inline = fields.Radios("Can we call you?", [("yes", "Yes"), ("no", "No")], inline=True)
    ways = fields.Checkboxes(
        "How can we reach you?",
        [("call", "Call me"), ("text", "Text me"), ("post", "Write to me"), ("none", "None of these")],
        alone="none",
        hint="Choose all that are safe for you.",
    )
    agree = fields.Tick("I agree that other people may read these words", required=True, hint="Not your name.")
    area = fields.Select("Where was it?", [("", "Choose a place"), ("a", "Riverside"), ("b", "North Street")])
    when = fields.Date("When was it?", latest=clock.today)
    file = fields.File("A file with points", endings=("csv",), max_megabytes=2)
    slip = fields.Code()


class OneThing(Form):
    """A page that asks one thing, whose label is the heading of the page."""

    story = fields.Textarea("What would you like us to know?", label_is_page_heading=True, max_length=2000)


def wrong_data() -> dict[str, Any]:
    """Something wrong in every field that can be wrong in more than being empty."""
    return {
        "email": "sam at home",
        "story": LONG,
        "people": "a few",
        "ways": ["call", "none"],
        "when_day": "31",
        "when_month": "2",
        "when_year": "2026",
        "changed": "perhaps",
        "name": WORD * 2,
    }


def stops(reached: int) -> list[Stop]:
    """The line, so far."""
    start = date(2027, 3, 3)
    return [
        Stop(name, place < reached, start + timedelta(days=9 * place) if place < reached else None)
        for place, name in enumerate(STOPS)
    ]


def pairs() -> list[PairView]:
    """One for each decision, one that waits, a short one and a very long one."""
    told: dict[str, Any] = {"said_on": date(2027, 3, 3), "people_words": "A few people", "groups": ["women’s workshop"]}
    return [
        PairView(
            said="Nobody told me how long I would wait.",
            decision="doing",
            answer="A wall card now says what happens next and when.",
            why="Waiting without knowing is what most people told us was hardest.",
            who="involvement lead",
            by=date(2027, 6, 30),
            stops=stops(5),
            confirmation_words="Most people who said this say it has changed.",
            example_note="invented answer",
            href="#",
            **told,
        ),
        PairView(
            said="There should be a nurse at night.",
            decision="cannot",
            answer="There is no money for a night nurse this year.",
            why="The health service that employs nurses decides this. We asked them on 4 March and they said no.",
            who="service manager",
            stops=stops(4),
            **told,
        ),
        PairView(said="Ask us what we want to be called.", decision="will", answer="We will ask.", stops=stops(3)),
        PairView(
            said="Let people bring a friend to the first meeting.",
            decision="not_now",
            answer="The room holds two people.",
            why="We move to a bigger room in autumn.",
            who="manager",
            review_on=date(2027, 9, 1),
            stops=stops(4),
            **told,
        ),
        PairView(
            said="The form is too long.", waiting_words="Waiting for an answer: 12 of 20 working days", stops=stops(2)
        ),
        PairView(
            said=LONG + WORD,
            decision="will",
            answer=LONG,
            why=LONG,
            who="involvement lead for the north and the east of the county and the islands",
            by=date(2027, 6, 30),
            groups=["men’s group", "women’s workshop", "exit questionnaire", WORD],
            people_words="About 15 people",
            said_on=date(2027, 3, 3),
            stops=stops(6),
            confirmation_words="Some people who said this say it has changed. Some say it has not.",
        ),
    ]


def lines() -> list[Waiting]:
    """More than five, in no order, one past its day."""
    today = clock.today()
    return [
        Waiting("Read the pack for the meeting", "#", today + timedelta(days=4)),
        Waiting("Tell us: did it change?", "#", today),
        Waiting("Look at the words before others read them. " + LONG[:90], "#", today - timedelta(days=2)),
        Waiting("Choose how we may reach you", "#"),
        Waiting("Say whether you can come on Friday", "#", today + timedelta(days=9)),
        Waiting("This sixth line is not shown", "#"),
    ]


def everything(errors: bool) -> dict[str, Any]:
    """The words of the page."""
    return {
        "form": Everything(wrong_data() if errors else None),
        "empty_form": Everything({}, prefix="empty"),
        "one": OneThing(prefix="one"),
        "pairs": pairs(),
        "lines": lines(),
        "changed": [Changed("Wall cards in every cell", "#", date(2027, 5, 3)), Changed("A shorter form", "#")],
        "nav": [
            {"text": "You said, we did", "href": "#", "current": True},
            {"text": "Get involved", "href": "#"},
            {"text": "Tell us something", "href": "#"},
            {"text": "How we work", "href": "#"},
        ],
        "account": [{"text": "My page", "href": "#"}, {"text": "Sign out", "href": "#"}],
        "footer_links": [{"text": "Accessibility", "href": "#"}, {"text": "Privacy", "href": "#"}],
        "demonstration": True,
        "page_of_many": Paginator(range(200), 10).page(4),
        "rows": [
            ["Nobody told me…", date(2027, 3, 3), 12, "Sam"],
            [LONG[:120], date(2027, 3, 12), 1_204, WORD],
            ["The form is too long", None, 0, "no one yet"],
        ],
        "summary": [
            {"key": "What you told us", "value": LONG[:150], "href": "#", "what": "what you told us"},
            {"key": "When", "value": date(2027, 3, 3), "href": "#"},
            {"key": "Who may read it", "value": "You and the team"},
        ],
        "tags": ["Waiting", "Seen", "Decided", "Confirmed"],
    }


def gallery(request: HttpRequest) -> HttpResponse:
    """The page at /design/; `?errors` shows every field with what can be wrong with it."""
    return render(request, "kit/gallery.jinja", everything("errors" in request.GET))
