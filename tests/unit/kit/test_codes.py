"""Slip codes: hard to guess, easy to say, forgiving of how they are typed, and never in a log."""

import hashlib
import math
import random
import re
from itertools import permutations, product
from string import ascii_lowercase
from urllib.parse import quote, quote_plus
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mnemonic import Mnemonic

from kit import codes, words
from kit.codes import DIGITS, BadCode
from kit.errors import Refused
from kit.words import WORDS

CATEGORIES = {name: text.split() for name, text in vars(words).items() if name.isupper() and isinstance(text, str)}


@st.composite
def codes_made(draw) -> str:
    chosen = draw(st.permutations(WORDS).map(lambda all_words: all_words[:4]))
    digits = draw(st.text(DIGITS, min_size=3, max_size=3))
    return "-".join([*chosen, digits + codes.check_digit(chosen, digits)]).upper()


def refusal(text: str) -> str:
    with pytest.raises(BadCode) as refused:
        codes.normalise(text)
    return str(refused.value)


# How hard a code is to guess


def test_a_code_holds_at_least_42_bits_after_its_check_digit():
    assert math.log2(math.perm(len(WORDS), codes.WORDS_IN_A_CODE) * len(DIGITS) ** (codes.DIGITS_IN_A_CODE - 1)) >= 42


def test_new_codes_are_four_different_words_and_four_digits_without_0_and_1():
    made = {codes.new_code() for _ in range(2000)}

    assert len(made) == 2000
    for code in made:
        assert re.fullmatch(r"([A-Z]{3,7}-){4}[2-9]{4}", code)
        assert len(set(code.split("-"))) == 5
        assert codes.normalise(code) == code


def test_every_word_and_every_digit_turns_up_in_each_place():
    made = [codes.new_code().split("-") for _ in range(4000)]

    for place in range(4):
        assert {parts[place].lower() for parts in made} >= set(WORDS[:20]) | set(WORDS[-20:])
        assert {parts[4][place] for parts in made} == set(DIGITS)


def test_a_key_has_one_code_that_only_this_installation_can_work_out(settings):
    key = UUID("0c6f1f0e-5a0e-4e0e-9d4b-5f3b2f6f7a11")
    code = codes.code_for(key)

    assert codes.normalise(code) == codes.code_for(key) == code
    assert codes.code_for(UUID(int=1)) != code
    settings.SECRET_KEY = settings.SECRET_KEY + "another"
    assert codes.code_for(key) != code


# Which words


def test_the_words_on_slips_handed_out_already_have_not_changed():
    """A word that goes makes slips unreadable; one that comes is allowed: then write the new mark here."""
    assert hashlib.sha256(" ".join(WORDS).encode()).hexdigest()[:16] == "b83133428beb6613"


def test_every_word_left_out_is_one_that_could_have_been_there_and_stands_in_one_category():
    standard = {word for word in Mnemonic("english").wordlist if len(word) <= words.LONGEST}
    left_out = [word for listed in CATEGORIES.values() for word in listed]

    assert len(CATEGORIES) == 12
    assert set(left_out) <= standard
    assert len(left_out) == len(set(left_out))
    assert set(WORDS) == standard - set(left_out)


def one_letter_away(word: str) -> set[str]:
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    return (
        {left + right[1:] for left, right in cuts if right}
        | {left + right[1] + right[0] + right[2:] for left, right in cuts if len(right) > 1}
        | {left + letter + right[1:] for left, right in cuts if right for letter in ascii_lowercase}
        | {left + letter + right for left, right in cuts for letter in ascii_lowercase}
    ) - {word}


def test_no_two_words_are_one_letter_apart():
    assert one_letter_away("cart") >= {"cat", "card", "chart", "crat"}

    assert [(word, near) for word in WORDS for near in one_letter_away(word) & set(WORDS)] == []


@pytest.mark.parametrize(
    "word",
    ["police", "prison", "judge", "kill", "crime", "drug", "sick", "death", "sex", "god", "sad", "stupid", "race"],
)
def test_no_word_on_a_slip_is_about_what_may_hurt(word):
    assert word not in WORDS


# How a code may be typed


@given(codes_made())
def test_a_code_is_read_however_it_is_typed(code):
    *typed, digits = code.split("-")
    for text in (
        code.lower(),
        code.title(),
        code.replace("-", " "),
        code.replace("-", ""),
        code.replace("-", ", "),
        f"  {code}\n",
        code.replace("-", " – "),
        " ".join([*typed, *digits]),
        " ".join([*(word[:4] for word in typed), digits]),
        "".join(chr(ord(letter) + 0xFEE0) if letter.isalnum() else letter for letter in code),
    ):
        assert codes.normalise(text) == code


def test_four_letters_are_enough_to_know_a_word():
    assert len({word[:4] for word in WORDS}) == len(WORDS)


def test_letters_run_together_can_be_read_in_one_way_only():
    """Whatever is left over when one word begins with another neither is a word, nor begins or continues one."""
    left_over = {longer.removeprefix(word) for word in WORDS for longer in WORDS if longer.startswith(word)} - {""}

    assert left_over == {"cil"}  # of pencil, after pen
    assert not any(word.startswith("cil") or "cil".startswith(word) for word in WORDS)


def test_letters_run_together_that_are_not_all_words_are_not_read():
    assert refusal("maplexlampriverstone4726").startswith("We do not know the word “maplexlampriverstone”.")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Type the four words and the four numbers on your slip."),
        (" - - ", "Type the four words and the four numbers on your slip."),
        ("maple lampp river stone 4726", "We do not know the word “lampp”. Did you mean “lamp”? Check your slip."),
        ("maple qqqqq river stone 4726", "We do not know the word “qqqqq”. Check your slip."),
        ("map lamp river stone 4726", "We do not know the word “map”. Did you mean “maple”? Check your slip."),
        (
            "maple lamp river 4726",
            "A code has four words and four numbers. We found 3 words and 4 numbers. Check your slip.",
        ),
        (
            "maple lamp river stone 4",
            "A code has four words and four numbers. We found 4 words and 1 number. Check your slip.",
        ),
        ("maple lamp river stone 4720", "A code never has the numbers 0 or 1. Check your slip."),
        ("maple lamp river lamp 4726", "The same word is there twice. Check your slip."),
        ("maple " * 50, "That is too long to be a code. Type only the four words and the four numbers on your slip."),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence_that_helps(text, sentence):
    assert refusal(text) == sentence


@given(st.text(max_size=250))
def test_whatever_is_typed_is_read_or_refused_with_a_sentence(text):
    try:
        assert codes.normalise(text) == codes.normalise(codes.normalise(text))
    except Refused as refused:
        assert str(refused).endswith((".", "?"))


# What the check digit catches


def test_every_wrong_digit_and_every_swap_of_two_digits_is_caught():
    for chosen in (WORDS[:4], WORDS[100:104], ("maple", "lamp", "river", "stone")):
        valid = {
            "".join(digits) + codes.check_digit(list(chosen), "".join(digits)) for digits in product(DIGITS, repeat=3)
        }
        for digits in valid:
            wrong = {digits[:at] + digit + digits[at + 1 :] for at in range(4) for digit in DIGITS} - {digits}
            swapped = {
                "".join(digits[order] for order in orders)
                for orders in permutations(range(4))
                if sum(order != at for at, order in enumerate(orders)) == 2
            } - {digits}
            assert not (wrong | swapped) & valid


def share_noticed(wrong: list[list[str]], right: str, digits: str) -> float:
    return sum(codes.check_digit(chosen, digits) != right for chosen in wrong) / len(wrong)


def test_seven_in_eight_swapped_words_and_wrong_words_are_caught():
    """With one check digit out of eight it cannot be more; a misspelt word is nearly always no word at all."""
    chance = random.Random(5)
    swapped, replaced = [], []
    for _ in range(2000):
        chosen = chance.sample(WORDS, 4)
        digits = "".join(chance.choices(DIGITS, k=3))
        right = codes.check_digit(chosen, digits)
        swaps = [
            list(order)
            for order in permutations(chosen)
            if sum(a != b for a, b in zip(order, chosen, strict=True)) == 2
        ]
        others = [[*chosen[:at], chance.choice(WORDS), *chosen[at + 1 :]] for at in range(4)]
        swapped.append(share_noticed(swaps, right, digits))
        replaced.append(share_noticed([other for other in others if other != chosen], right, digits))

    assert 0.86 < sum(swapped) / len(swapped) < 0.89
    assert 0.86 < sum(replaced) / len(replaced) < 0.89


def test_a_code_that_does_not_add_up_is_refused_without_saying_whether_it_exists():
    code = codes.new_code()
    other = code[:-1] + DIGITS[(DIGITS.index(code[-1]) + 1) % 8]

    assert refusal(other) == (
        "Something in this code is not right. Check each word, their order, and the numbers on your slip."
    )


# What is stored and what is logged


def test_the_fingerprint_is_the_same_for_a_code_however_typed_and_another_under_another_key(settings):
    code = codes.new_code()
    fingerprint = codes.fingerprint(code)

    assert re.fullmatch("[0-9a-f]{64}", fingerprint)
    assert codes.fingerprint(code.lower().replace("-", " ")) == fingerprint
    assert codes.fingerprint(codes.new_code()) != fingerprint
    settings.SECRET_KEY = settings.SECRET_KEY + "another"
    assert codes.fingerprint(code) != fingerprint


@given(codes_made(), st.sampled_from(["GET /slip?code={} 200 in 35 ms", "typed {} at 9:30", "{}", '{{"code": "{}"}}']))
def test_no_code_is_left_in_a_line_of_a_log(code, line):
    typed = code.replace("-", " ").lower()
    for text in (
        code,
        code.lower(),
        typed,
        quote(typed),
        quote_plus(typed),
        code.replace("-", ""),
        code.replace("-", "_"),
    ):
        assert codes.masked(line.format(text)) == line.format("[code]")


def test_half_a_code_and_a_misspelt_code_are_left_out_of_logs_too():
    assert codes.masked("code=maple-lamp-river") == "code=[code]"
    assert codes.masked("typed maple lampp river stone 4726.") == "typed [code]."


@pytest.mark.parametrize(
    "line",
    [
        "The worker started at 2027-05-04 09:00:00",
        "migrated s_river_valley in 235 ms",
        "GET /point/4a7f9c2e-6b1d-4f6a-9f0e-2c3d4e5f6a7b/ 404 in 12 ms",
    ],
)
def test_other_lines_of_a_log_stay_as_they_are(line):
    assert codes.masked(line) == line
