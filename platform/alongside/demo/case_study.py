"""Invented answers to the case study's six findings, so that the loop can be seen going round on real input."""

from alongside.demo.stories import Reply
from tenants.feedback.rules import Answer, Decision

# The group, in the source's words, whose slip the start prints.
CONFIRMED = "Older people"

ANSWERS: dict[str, tuple[str, Reply]] = {
    "Support around access to children": (
        "family_and_children",
        Reply(
            decision=Decision.WILL,
            answer="We will ask every parent about their children, and say who can help with seeing them.",
            reason="It matters most to many parents, and we did not ask.",
            progress="The question is in our first talk at two of three sites.",
        ),
    ),
    "Advice on finances": (
        "money_and_housing",
        Reply(
            decision=Decision.NOT_NOW,
            answer="Not now. Until then we give everyone the number of a free advice line.",
            reason="We have no money adviser this year. We have asked for one in next year’s plan.",
            due_in=170,
        ),
    ),
    "A diverse staff team": (
        "culture_and_identity",
        Reply(
            decision=Decision.DOING,
            answer="We are asking people with lived experience to help choose new staff.",
            reason="The team should be like the people it meets.",
            progress="Two people with lived experience sat on our last panel.",
        ),
    ),
    "Staff awareness of different cultures": (
        "culture_and_identity",
        Reply(
            decision=Decision.CANNOT,
            answer="We cannot run the two-day course that was asked for.",
            reason="We cannot close for two days. Each team meeting now has half an hour led by a local group.",
        ),
    ),
    "Access to medication": (
        "health_and_medication",
        Reply(
            decision=Decision.WILL,
            answer="We will ask about medicine first, and write down when the next dose is due.",
            reason="A missed dose can do harm.",
            done="The question is on the first page of the form.",
            confirmed=Answer.YES,
        ),
    ),
    "Being treated with dignity and respect": (
        "staff_and_respect",
        Reply(
            decision=Decision.DOING,
            answer="We are asking everyone who leaves how they were spoken to, and reading the answers together.",
            reason="Respect is how everything else begins.",
            done="The question is asked at every site since the spring.",
        ),
    ),
}
