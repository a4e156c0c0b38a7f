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
        "by": f"{short_day(pair.by)}{' (this is late)' if pair.is_late else ''}",
        "review_on": short_day(pair.review_on),
        "where": where_it_is(pair.stops),
        "confirmed": pair.confirmation_words,
        "note": pair.example_note,
    }
