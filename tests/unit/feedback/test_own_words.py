"""Words that staff write are not those of whoever said it (S2, S18)."""

import pytest

from tenants.feedback.own_words import OWN_RUN, own_words_in

SAID = "Nobody told me how long I’d wait in the cell with my brother Tom."


@pytest.mark.parametrize(
    ("ours", "theirs", "own"),
    [
        ("More tea", "more  TEA!", "more tea"),
        ("People want more tea.", "More tea", ""),
        ("They say: nobody told me a thing.", "Nobody told me a thing", "nobody told me a thing"),
        ("Nobody told anybody a thing", "Nobody told me a thing", ""),
        ("Words", "", ""),
        # A word left out, or put in, and the end cut.
        (SAID.replace("Nobody ", ""), SAID, "told me how long id wait in the cell with my brother tom"),
        (SAID[:-5], SAID, "nobody told me how long id wait in the cell with my brother"),
        (f"We read: {SAID.upper()} Sorry.", f"{SAID} And more.",
         "nobody told me how long id wait in the cell with my brother tom"),
        (SAID.replace("wait", "sit"), SAID, ""),
        # As many in a row as come by chance are nobody's.
        ("one two three four five six seven", "zero one two three four five six seven eight", ""),
        ("one two three four five six seven eight!", "zero one two three four five six seven eight nine",
         "one two three four five six seven eight"),
        # The longest of several, and a run ends where the words part.
        ("a b c d e f g h x b c d e f g h i j", "a b c d e f g h i j", "b c d e f g h i j"),
    ],
)  # fmt: skip
def test_the_words_that_are_theirs_are_found(ours: str, theirs: str, own: str) -> None:
    assert own_words_in(ours, theirs) == own


def test_a_run_is_longer_than_what_makes_a_short_saying_somebodys_own() -> None:
    assert OWN_RUN == 8
