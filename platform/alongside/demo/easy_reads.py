"""Easy Read of three pages of the first scheme's site, as its editor would write them."""

from wagtail.models import Page

from cms.languages import ENGLISH
from cms.models import EasyReadPage

Ideas = tuple[str | tuple[str, str], ...]

HOME: Ideas = (
    ("people", "We are a Liaison and Diversion service."),
    ("door", "We meet people in custody suites and in courts."),
    ("health", "We help them to find health care and support."),
    "What you can do",
    ("said", "You can tell us what is good, and what should change."),
    ("private", "You do not have to give your name."),
    ("listen", "We read everything that you tell us."),
    ("will", "We say yes, no, or not now."),
    ("why", "We always say why."),
    "If you need help now",
    ("danger", "If somebody is in danger now, call 999."),
)
HOW_WE_USE: Ideas = (
    ("what", "This page says what we do with your words."),
    "Who reads them",
    ("who", "People who work here read what you tell us."),
    ("computer", "We may show a short part of it on this website."),
    ("choice", "We only do that if you said yes."),
    "What happens next",
    ("look", "First we read what you said."),
    ("meeting", "Then we make a decision."),
    ("letter", "We tell you, also when the answer is no."),
    ("phone", "With the code on your slip you can see our answer."),
    ("danger", "If somebody is in danger now, call 999."),
)
ANSWERS: Ideas = (
    ("said", "People tell us what should change."),
    ("meeting", "We talk about it and make a decision."),
    "There are four answers",
    ("will", "We will do it."),
    ("doing", "We are doing it already."),
    ("not_now", "We do not do it now, and look at it again later."),
    ("cannot", "We cannot do it."),
    ("why", "We always say why."),
    "Did it change?",
    ("ask", "When we have done it, we ask those who told us."),
    ("people", "Only they can say if it really changed."),
    ("read", "You can read all our answers on the whole page."),
)
TWINS = (
    ("home", "Welcome", HOME),
    ("how-we-use-what-you-tell-us", "What we do with your words", HOW_WE_USE),
    ("you-said-we-did", "You said, we did", ANSWERS),
)


def write() -> None:
    """The three twins, in the schema that was entered."""
    for slug, title, ideas in TWINS:
        english = Page.objects.filter(locale__language_code=ENGLISH)
        whole = english.get(depth=2) if slug == "home" else english.get(slug=slug)
        blocks = [_block(one) for one in ideas]
        twin = whole.add_child(instance=EasyReadPage(title=title, ideas=blocks, live=False))
        twin.save_revision().publish()


def _block(one: str | tuple[str, str]) -> tuple[str, object]:
    if isinstance(one, str):
        return "heading", one
    picture, words = one
    return "idea", {"picture": picture, "photo": None, "words": words}
