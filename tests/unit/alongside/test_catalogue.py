"""The words of our pages in other languages: whole, up to date, and with everything in them that is filled in."""

import re
from functools import cache

import pytest
from babel.messages import Catalog
from django.conf import settings
from django.utils import translation

from alongside import catalogue

OTHERS = [code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
FILLED_IN = re.compile(r"%\(\w+\)s|%\{\w+\}|(?<!%)\{\w+\}|</?[a-z]+[^>]*>|%%")


@cache
def found() -> Catalog:
    return catalogue.found()


def phrases(of: Catalog) -> set[tuple[str, ...]]:
    return {(one.id,) if isinstance(one.id, str) else tuple(one.id) for one in of if one.id}


@pytest.mark.parametrize("language", OTHERS)
def test_every_phrase_has_its_words_in_every_language(language: str) -> None:
    kept = catalogue.kept(language)
    assert phrases(kept) == phrases(found()), "Run infra/translate"
    empty = [one.id for one in kept if not all(one.string if isinstance(one.string, tuple) else [one.string])]
    assert empty == []
    assert [one.id for one in kept if one.id and one.fuzzy] == []


@pytest.mark.parametrize("language", OTHERS)
def test_what_is_filled_in_and_marked_stands_in_every_translation(language: str) -> None:
    wrong = []
    for one in catalogue.kept(language):
        if one.id:
            asked = one.id if isinstance(one.id, str) else one.id[1]
            given = [one.string] if isinstance(one.string, str) else one.string
            wrong += [words for words in given if sorted(FILLED_IN.findall(words)) != sorted(FILLED_IN.findall(asked))]
    assert wrong == []


@pytest.mark.parametrize("language", OTHERS)
def test_what_the_service_reads_is_made_of_what_people_wrote(language: str) -> None:
    ready = catalogue.ready_of(language).read_bytes()
    assert ready == catalogue.made_ready(catalogue.kept(language)), "Run infra/translate"


@pytest.mark.parametrize(
    ("count", "words"), [(1, "1 odpowiedź"), (3, "3 odpowiedzi"), (5, "5 odpowiedzi"), (22, "22 odpowiedzi")]
)
def test_a_number_is_followed_by_the_form_that_goes_with_it(count: int, words: str) -> None:
    with translation.override("pl"):
        assert translation.ngettext("%(count)s answer", "%(count)s answers", count) % {"count": count} == words
