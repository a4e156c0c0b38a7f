"""Our own sets: a newer version comes to whoever had the older one, once; Easy Read asks the same as the English."""

import json
import re
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps

import questions
from questions.checking import problems
from questions.models import QuestionSet, QuestionSetVersion
from questions.shape import read

alone = import_module("questions.migrations.0004_none_of_these_stands_alone")
easy_read = import_module("questions.migrations.0005_easy_read_asks_the_same")
OURS = sorted((Path(questions.__file__).parent / "own_sets").glob("*.json"))
YOU = re.compile(r"\byou(r|rs|rself)?\b", re.IGNORECASE)
NUMBERS = re.compile(r"[0-9][0-9,]*")


def an_older(title):
    old = QuestionSet.objects.create(title=title, draft={})
    old.versions.create(number=1, title=title, form={"older": True}, compiled={}, md5="older")
    return old


@pytest.mark.parametrize("newer", [alone, easy_read])
def test_a_service_that_had_the_older_version_gets_the_newer_one_once(newer):
    versions = QuestionSetVersion.objects.count()
    newer.publish(apps, None)
    assert QuestionSetVersion.objects.count() == versions, "a new service has it from the start"
    title = QuestionSet.objects.get(group=None, title__startswith="Welcome").title
    old = an_older(title)
    newer.publish(apps, None)
    newer.publish(apps, None)
    old.refresh_from_db()
    assert [one.number for one in old.versions.all()] == [2, 1]
    assert old.versions.first().form == old.draft
    assert old.versions.last().form == {"older": True}, "what was published stays as it was"
    (kept_apart,) = [
        question["alone"]
        for section in old.versions.first().compiled["sections"]
        for question in section["questions"]
        if question["kind"] == "many"
    ]
    assert kept_apart == "none"


def test_each_of_our_sets_comes_anew_with_the_words_that_ask_the_same():
    old = [an_older(title) for title in QuestionSet.objects.filter(group=None).values_list("title", flat=True)]
    assert len(old) == len(OURS)
    easy_read.publish(apps, None)
    assert [one.versions.count() for one in old] == [2] * len(OURS)


def pairs(rows):
    """Everything that a set says in English, with the same in Easy Read."""
    for row in (*rows["survey"], *rows["choices"]):
        for column, english in row.items():
            if column.endswith("::English (en)"):
                yield english, row[column.replace("English (en)", "Easy Read (en-x-easy)")]
    yield rows["settings"][0]["form_title"], rows["settings"][0]["form_title_en-x-easy"]


@pytest.mark.parametrize("ours", OURS, ids=lambda one: one.stem)
def test_easy_read_asks_about_the_same_people_as_the_english(ours):
    rows = json.loads(ours.read_text(encoding="utf-8"))
    assert not problems(read(rows))
    for english, easy in pairs(rows):
        assert YOU.search(english) or not YOU.search(easy), f"“{easy}” asks about the visitor, “{english}” does not"
        assert set(NUMBERS.findall(english)) <= set(NUMBERS.findall(easy)), f"“{easy}” has lost a limit of “{english}”"


def test_easy_read_asks_what_people_get_and_not_what_the_visitor_gets():
    said = dict(pair for ours in OURS for pair in pairs(json.loads(ours.read_text(encoding="utf-8"))))
    assert (
        said["Do people get the medication that they need, on time?"]
        == "Do people get the medicine that they need, on time?"
    )
    assert said["Can people at this place see the report or what came of it?"].endswith("or what came of it?")
    assert said["Write no names. Stop if they do not agree."] == "Do not write names. Stop if they say no."
