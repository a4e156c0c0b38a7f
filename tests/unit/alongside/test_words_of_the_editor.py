"""Wagtail's editor says some things in our words: each stands for a phrase that it still has."""

import re
from functools import cache
from pathlib import Path

import wagtail
from babel.messages.pofile import read_po
from django.utils import translation

from alongside import catalogue

OURS = catalogue.EDITOR
FILLED_IN = re.compile(r"%\(\w+\)s")


@cache
def phrases_of_wagtail() -> set[str]:
    found = set()
    for file in Path(wagtail.__file__).parent.rglob("locale/en/LC_MESSAGES/django.po"):
        with file.open("rb") as opened:
            found |= {str(one.id) for one in read_po(opened)}
    return found


def test_each_phrase_is_still_one_of_wagtails_and_fills_in_nothing_else() -> None:
    for one in catalogue.kept(OURS):
        if one.id:
            assert one.id in phrases_of_wagtail()
            assert set(FILLED_IN.findall(str(one.string))) <= set(FILLED_IN.findall(str(one.id)))


def test_what_the_service_reads_is_made_of_what_people_wrote() -> None:
    assert catalogue.ready_of(OURS).read_bytes() == catalogue.made_ready(catalogue.kept(OURS))


def test_the_editor_says_it_in_our_words() -> None:
    with translation.override("en-gb"):
        assert translation.gettext("In Moderation") == "Handed in"
