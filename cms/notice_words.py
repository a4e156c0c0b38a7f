"""The notices that a site must have, in our words, with gaps that only the scheme can fill: [[what goes here]].

What the product itself keeps, tries and sets stands in templates of `tenants.schemes` and is shown below these words,
so that it is right on the day on which it is read.
"""

import re
from typing import Any
from uuid import uuid4

GAP = re.compile(r"\[\[\s*(.*?)\s*\]\]", re.DOTALL)
Words = list[tuple[str, Any]]

_ACCESSIBILITY: Words = [
    (
        "paragraph",
        "<p>This page is about the website of [[the name of your service]]. It is run by [[the name of the "
        "organisation that runs it]].</p>",
    ),
    ("heading", "If you need it in another way"),
    (
        "paragraph",
        "<p>Tell us if you need a page in large print, in Easy Read, read out loud or in another language. Tell us too "
        "if something does not work: [[an email address or telephone number]]. We answer within [[how many]] working "
        "days.</p>",
    ),
    ("heading", "What does not work yet"),
    (
        "paragraph",
        "<p>[[What you know does not work on your own pages, such as pictures of text, or: Nothing that we know of on "
        "our own pages]].</p>",
    ),
    ("heading", "If you are not happy with our answer"),
    (
        "paragraph",
        '<p>You can ask the <a href="https://www.equalityadvisoryservice.com/">Equality Advisory and Support '
        "Service</a>. The Equality and Human Rights Commission sees to it that the rules are kept. The rules are the "
        "Public Sector Bodies (Websites and Mobile Applications) (No. 2) Accessibility Regulations 2018.</p>",
    ),
    ("paragraph", "<p>We wrote this page on [[day]]. We last tried the website on [[day]].</p>"),
]
_PRIVACY: Words = [
    (
        "paragraph",
        "<p>[[The name of the organisation that is responsible]] is responsible for what you tell us here. You can "
        "reach the person who looks after personal information at [[how to reach your data protection officer]].</p>",
    ),
    ("heading", "Why we may keep it"),
    ("paragraph", "<p>[[The lawful basis that your information governance lead has decided, in plain words]].</p>"),
    ("heading", "How long we keep it"),
    ("paragraph", "<p>[[How long you keep what people tell you, and how you decide]].</p>"),
    ("heading", "Who else gets to know"),
    ("paragraph", "<p>[[Whom you share it with, and when, or: Nobody outside of our service]].</p>"),
    ("heading", "Your rights"),
    (
        "paragraph",
        "<p>You can ask to see what we keep about you, to have it put right, and to have it taken away. Ask [[whom to "
        "ask, and how]]. If you are not happy with how we use it, you can tell the "
        '<a href="https://ico.org.uk/make-a-complaint/">Information Commissioner’s Office (ICO)</a>.</p>',
    ),
]
_COOKIES: Words = [
    ("paragraph", "<p>A cookie is a small note that a website leaves on your device.</p>"),
    ("paragraph", "<p>If you have a question about this page, ask [[whom to ask, and how]].</p>"),
]

KINDS = {"accessibility": "Accessibility statement", "privacy": "Privacy notice", "cookies": "Cookies"}
_WORDS = {"accessibility": _ACCESSIBILITY, "privacy": _PRIVACY, "cookies": _COOKIES}


def first_body(kind: str) -> list[dict[str, Any]]:
    """The body of a notice as a StreamField keeps it, with its gaps."""
    return [{"type": block, "value": value, "id": str(uuid4())} for block, value in _WORDS[kind]]


def gaps_in(texts: list[str]) -> list[str]:
    """What has not been filled in yet, each once, in the order of the page."""
    found = [gap for text in texts for gap in GAP.findall(text)]
    return list(dict.fromkeys(" ".join(re.sub(r"<[^>]+>", " ", gap).split()) or "an empty gap" for gap in found))
