"""A pair as a template of paper takes it: approved words, a role and no name, people by the rule of disclosure."""

from kit.dates import short_day
from kit.pair import PairView, where_it_is


def on_paper(pair: PairView) -> dict[str, object]:
    """Every word of it, with days written out; nothing where there is nothing to say."""
    return {
        "said": pair.said,
        "quotes": list(pair.quotes),
        "people": pair.people_words,
        "groups": pair.groups,
        "said_on": short_day(pair.said_on),
        "decision": pair.decision_label,
        "answer": pair.answer,
        "why": pair.why,
        "who": pair.who,
        "by": f"{short_day(pair.by)}{_how_it_stands(pair)}",
        "review_on": short_day(pair.review_on),
        "where": where_it_is(pair.stops),
        "confirmed": pair.confirmation_words,
        "note": pair.example_note,
    }


def _how_it_stands(pair: PairView) -> str:
    """Beside the day of a promise, so that a day gone by does not leave open what became of it."""
    if pair.is_late:
        return " (this is late)"
    return " (we say it is done)" if pair.by and pair.is_done else ""
