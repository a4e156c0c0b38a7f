"""How hard words are to read, counted by the formula of the paper (ADR 0055)."""

import pytest

from kit import reading

EASY = "We read it. We write to you. You can say no."
HARD = "Notwithstanding organisational considerations, representatives systematically evaluate communications."


def test_the_formula_is_flesch_and_kincaids_with_five_years_added() -> None:
    found = reading.measure(["The cat sat on the red mat."])
    assert (found.words, found.sentences[0].syllables) == (7, 7)
    assert found.age == pytest.approx(0.39 * 7 + 11.8 - 15.59 + 5)


def test_long_words_and_long_sentences_are_for_older_people() -> None:
    assert reading.measure([EASY]).age < 5 < 20 < reading.measure([HARD]).age


@pytest.mark.parametrize(("word", "syllables"), [("code", 1), ("message", 2), ("organisation", 4), ("computer", 3)])
def test_syllables_are_where_a_word_may_be_hyphenated_in_british_english(word: str, syllables: int) -> None:
    assert abs(reading.syllables(word) - syllables) <= 1
    assert reading.syllables(word.upper()) == reading.syllables(word)


def test_all_that_is_read_is_one_text_and_not_an_average_of_its_parts() -> None:
    both = reading.measure([EASY, HARD])
    assert both.words == reading.measure([EASY]).words + reading.measure([HARD]).words
    assert both.age != pytest.approx((reading.measure([EASY]).age + reading.measure([HARD]).age) / 2)


def test_a_heading_without_a_full_stop_is_a_sentence_and_one_word_on_a_button_is_none() -> None:
    found = reading.measure(
        [reading.words_of_page("<main><h1>See your answer</h1><p>Type it.</p><button>Next</button>")]
    )
    assert [one.text for one in found.sentences] == ["See your answer"]


def test_each_item_of_a_list_and_each_label_and_hint_is_read_by_itself() -> None:
    listed = "<main><ul><li>You say one thing<li>You say two things</ul>"
    page = f"{listed}<label>What is it about</label><div>Say it here now</div>"
    assert len(reading.measure([reading.words_of_page(page)]).sentences) == 4


def test_a_colon_and_a_closing_quotation_mark_end_a_sentence_too() -> None:
    found = reading.measure(["You said this to us: “It is cold.” We made it warm."])
    assert len(found.sentences) == 3


def test_quotations_and_what_is_hidden_and_menus_are_not_counted() -> None:
    page = (
        "<header>Menu of all pages</header><main><p>We heard you <b>say</b> this.</p><blockquote>Very long words"
        "</blockquote><p class='app-typed'>Typed by somebody</p><p hidden>Nobody reads this</p></main><footer>x"
    )
    assert reading.words_of_page(page) == "We heard you say this."


def test_terms_of_the_field_addresses_and_figures_are_not_counted() -> None:
    found = reading.measure(
        ["The safeguarding lead reads a@example.org and https://example.org/x 999."], terms=["safeguarding lead"]
    )
    assert found.words == 3


def test_the_hardest_sentences_come_first_and_each_once() -> None:
    found = reading.measure([EASY, HARD, HARD])
    assert [one.text for one in found.hardest(1)] == [HARD]
    assert len(found.hardest(10)) == 4


def test_nothing_to_read_has_no_age() -> None:
    assert reading.measure([""]).age == 0


@pytest.mark.parametrize(
    ("word", "heard"),
    [("area", 2), ("people", 2), ("code", 1), ("asked", 1), ("ended", 2), ("table", 2), ("while", 1), ("pages", 2),
     ("changes", 2), ("times", 1), ("many", 2), ("answer", 2), ("the", 1)],
)  # fmt: skip
def test_syllables_as_they_sound_are_counted_too(word: str, heard: int) -> None:
    assert reading.syllables_heard(word) == heard


def test_counted_by_sound_words_are_never_easier_here() -> None:
    found = reading.measure(["We open many areas to people over there every Monday."])
    assert found.age_by_sound > found.age
