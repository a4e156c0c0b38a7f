"""The code on a paper slip: four words and four digits that open an answer with no account (docs/adr/0011).

The last digit is a check over all the rest, so that a slip of the pen is told from a code that is not there. Whether a
code exists is never said here: nothing in this module looks anywhere. Only `fingerprint` is stored.
"""

import math
import random
import re
import secrets
import unicodedata
from difflib import get_close_matches
from functools import cache
from itertools import groupby
from uuid import UUID

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kit.errors import Refused
from kit.words import PLACES, WORDS

WORDS_IN_A_CODE = 4
# No 0 and no 1, which are taken for the letters O and I. Eight digits also make the check below exact.
DIGITS = "23456789"
DIGITS_IN_A_CODE = 4
LONGEST_TYPED = 200
# How many codes there are: the check digit follows from the rest.
POSSIBLE = math.perm(len(WORDS), WORDS_IN_A_CODE) * len(DIGITS) ** (DIGITS_IN_A_CODE - 1)

# A different multiplier for each place, none of them that of the check digit itself, which is 1.
_WORD_WEIGHTS = (2, 3, 4, 5)
_DIGIT_WEIGHTS = (2, 3, 4)


class BadCode(Refused):
    """What was typed cannot be a code; the message says where to look again."""


def new_code() -> str:
    """A code that nobody can guess, as it is printed: MAPLE-LAMP-RIVER-STONE-4726."""
    return _drawn_by(secrets.SystemRandom())


def code_for(key: UUID) -> str:
    """The one code of this key: a form that arrives twice, with the reply to the first lost, is given the same code."""
    # Whoever knows the key but not the secret key of this installation cannot work the code out.
    return _drawn_by(random.Random(salted_hmac("kit.codes.for", key.hex, algorithm="sha256").digest()))


def normalise(text: str) -> str:
    """A code as it is printed, from the way somebody typed it; the first four letters of a word are enough."""
    if len(text) > LONGEST_TYPED:
        raise BadCode(_("That is too long to be a code. Type only the four words and the four numbers on your slip."))
    plain = unicodedata.normalize("NFKC", text).lower()
    words = [word for typed in re.findall(r"[^\W\d_]+", plain) for word in _words_in(typed)]
    digits = "".join(re.findall(r"[0-9]", plain))
    _check_the_form(words, digits)
    if check_digit(words, digits[:-1]) != digits[-1]:
        raise BadCode(
            _("Something in this code is not right. Check each word, their order, and the numbers on your slip.")
        )
    return _written(words, digits)


def fingerprint(code: str) -> str:
    """What is stored instead of the code: keyed, so that a stolen table cannot be tried against all codes."""
    return salted_hmac("kit.codes", normalise(code), algorithm="sha256").hexdigest()


def chance_of_a_hit(*, tries: int, live: int) -> float:
    """How likely it is that one of so many different guesses opens any of the slips that are out (docs/adr/0011)."""
    return -math.expm1(tries * math.log1p(-live / POSSIBLE))


def masked(text: str) -> str:
    """The same line of a log without the codes in it, however they were typed."""
    return _anything_like_a_code().sub("[code]", text)


def check_digit(words: list[str], digits: str) -> str:
    """The digit that makes the whole add up.

    In the field of eight elements every single wrong digit and every swap of two digits changes the sum. A word counts
    by the last three bits of its place, so one wrong word or two swapped words go unnoticed one time in eight.
    """
    total = 0
    for weight, word in zip(_WORD_WEIGHTS, words, strict=True):
        total ^= _times(weight, PLACES[word] % len(DIGITS))
    for weight, digit in zip(_DIGIT_WEIGHTS, digits, strict=True):
        total ^= _times(weight, DIGITS.index(digit))
    return DIGITS[total]


def _times(a: int, b: int) -> int:
    """The product of two elements of the field of eight, whose polynomial is x³ + x + 1."""
    product = 0
    for bit in range(3):
        if b >> bit & 1:
            product ^= a << bit
    for bit in (4, 3):
        if product >> bit & 1:
            product ^= 0b1011 << (bit - 3)
    return product


def _drawn_by(draw: random.Random) -> str:
    words = draw.sample(WORDS, WORDS_IN_A_CODE)
    digits = "".join(draw.choice(DIGITS) for _place in range(DIGITS_IN_A_CODE - 1))
    return _written(words, digits + check_digit(words, digits))


def _written(words: list[str], digits: str) -> str:
    return "-".join([*words, digits]).upper()


def _words_in(typed: str) -> list[str]:
    if typed in PLACES:
        return [typed]
    # No two words begin with the same four letters, and letters run together make words in one way at most.
    if len(typed) >= 4 and (begun := [word for word in WORDS if word.startswith(typed)]):
        return begun
    if ways := _run_together(typed, WORDS_IN_A_CODE):
        return ways[0]
    near = get_close_matches(typed, WORDS, 1, 0.75)
    words = {"word": typed[:20], "near": near[0] if near else ""}
    if near:
        raise BadCode(_("We do not know the word “%(word)s”. Did you mean “%(near)s”? Check your slip.") % words)
    raise BadCode(_("We do not know the word “%(word)s”. Check your slip.") % words)


def _run_together(typed: str, at_most: int) -> list[list[str]]:
    """Every way of reading letters without gaps as whole words."""
    if not typed:
        return [[]]
    if not at_most:
        return []
    firsts = [word for word in WORDS if typed.startswith(word)]
    return [[first, *rest] for first in firsts for rest in _run_together(typed[len(first) :], at_most - 1)]


def _check_the_form(words: list[str], digits: str) -> None:
    if not words and not digits:
        raise BadCode(_("Type the four words and the four numbers on your slip."))
    if "0" in digits or "1" in digits:
        raise BadCode(_("A code never has the numbers 0 or 1. Check your slip."))
    if len(words) != WORDS_IN_A_CODE or len(digits) != DIGITS_IN_A_CODE:
        found = {"words": _words(len(words)), "numbers": _numbers(len(digits))}
        raise BadCode(
            _("A code has four words and four numbers. We found %(words)s and %(numbers)s. Check your slip.") % found
        )
    if len(set(words)) != WORDS_IN_A_CODE:
        raise BadCode(_("The same word is there twice. Check your slip."))


def _words(count: int) -> str:
    return ngettext("%(count)s word", "%(count)s words", count) % {"count": count}


def _numbers(count: int) -> str:
    return ngettext("%(count)s number", "%(count)s numbers", count) % {"count": count}


@cache
def _anything_like_a_code() -> re.Pattern[str]:
    gap = r"(?:%20|%2D|[\s+_.,;:/-])"
    # Grouped by their first letters, since this runs over every line of every log.
    word = "|".join(
        f"{letter}(?:{'|'.join(sorted((word[1:] for word in words), key=len, reverse=True))})"
        for letter, words in groupby(WORDS, key=lambda word: word[0])
    )
    # Three known words in a row, or four words of any kind before the four digits: a misspelt code is a code too.
    known = rf"(?<![a-z])(?:(?:{word}){gap}{{0,3}}){{3,}}(?:[a-z]{{3,8}}{gap}{{0,3}})??(?:[2-9]{gap}?){{0,3}}[2-9]?"
    misspelt = rf"(?<![a-z])(?:[a-z]{{3,9}}{gap}{{1,3}}){{4}}(?:[2-9]{gap}?){{3}}[2-9]\b"
    return re.compile(rf"{misspelt}|{known}", re.IGNORECASE)
