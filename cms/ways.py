"""Ways of taking part that every scheme can offer; a scheme adds its own (S28, S29, S93)."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Way:
    """One way of taking part, in easy words."""

    name: str
    words: str


WAYS: Mapping[str, Way] = {
    "survey": Way("Surveys", "You answer a few questions, on paper or on your phone. You need not give your name."),
    "focus_group": Way("Focus groups", "You talk with a few other people about one thing, for an hour or two."),
    "panel": Way(
        "Service user panels", "You meet with the same people a few times a year. You say what you think of our plans."
    ),
    "reference_group": Way(
        "Reference groups", "You work on one question with people from other services. You help to shape what happens."
    ),
    "workshop": Way("Workshops", "You hear about a plan, talk it through with others, and say what should change."),
    "exit": Way("Questions when you leave", "When you leave us, we ask you what was good and what was not."),
    "later": Way("Have your say later", "You tell us how to reach you. We ask you when things are calmer for you."),
    "monitoring": Way("Visits", "With a group run by people like you, you look at a place and say what you saw."),
    "recruitment": Way("Choosing staff", "You help to choose who works here. Your voice counts as much as any other."),
    "peer_support": Way("Peer support", "You use what you have lived through to help somebody else."),
    "board": Way("The Partnership Board", "You sit where the big things are decided, with somebody to support you."),
    "film": Way("Film and social media", "You help to make a short film or a post. You decide if you are seen in it."),
}
SHIPPED_FIRST = ("survey", "focus_group", "panel")


def offered() -> list[tuple[str, str]]:
    """Those that an editor can choose."""
    return [(code, way.name) for code, way in WAYS.items()]
