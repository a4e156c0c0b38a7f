"""Ways of taking part that every scheme can offer; a scheme adds its own (S28, S29, S93)."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_noop as N_


@dataclass(frozen=True, slots=True)
class Way:
    """One way of taking part, in easy words."""

    name: str
    words: str


WAYS: Mapping[str, Way] = {
    "survey": Way(
        N_("Surveys"), N_("You answer a few questions, on paper or on your phone. You need not give your name.")
    ),
    "focus_group": Way(N_("Focus groups"), N_("You talk with a few other people about one thing, for an hour or two.")),
    "panel": Way(
        N_("Service user panels"),
        N_("You meet with the same people a few times a year. You say what you think of our plans."),
    ),
    "reference_group": Way(
        N_("Reference groups"),
        N_("You work on one question with people from other services. You help to shape what happens."),
    ),
    "workshop": Way(
        N_("Workshops"), N_("You hear about a plan, talk it through with others, and say what should change.")
    ),
    "exit": Way(N_("Questions when you leave"), N_("When you leave us, we ask you what was good and what was not.")),
    "later": Way(
        N_("Have your say later"), N_("You tell us how to reach you. We ask you when things are calmer for you.")
    ),
    "monitoring": Way(
        N_("Visits"), N_("With a group run by people like you, you look at a place and say what you saw.")
    ),
    "recruitment": Way(
        N_("Choosing staff"), N_("You help to choose who works here. Your voice counts as much as any other.")
    ),
    "peer_support": Way(N_("Peer support"), N_("You use what you have lived through to help somebody else.")),
    "board": Way(
        N_("The Partnership Board"), N_("You sit where the big things are decided, with somebody to support you.")
    ),
    "film": Way(
        N_("Film and social media"), N_("You help to make a short film or a post. You decide if you are seen in it.")
    ),
}
SHIPPED_FIRST = ("survey", "focus_group", "panel")


def offered() -> list[tuple[str, str]]:
    """Those that an editor can choose."""
    return [(code, way.name) for code, way in WAYS.items()]
