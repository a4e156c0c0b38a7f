"""Our own sets: a newer version comes to whoever had the older one, once."""

from importlib import import_module

from django.apps import apps

from questions.models import QuestionSet, QuestionSetVersion

newer = import_module("questions.migrations.0004_none_of_these_stands_alone")


def test_a_service_that_had_the_older_version_gets_the_newer_one_once():
    versions = QuestionSetVersion.objects.count()
    newer.publish(apps, None)
    assert QuestionSetVersion.objects.count() == versions, "a new service has it from the start"
    title = QuestionSet.objects.get(group=None, title__startswith="Welcome").title
    old = QuestionSet.objects.create(title=title, draft={})
    old.versions.create(number=1, title=title, form={}, compiled={}, md5="older")
    newer.publish(apps, None)
    newer.publish(apps, None)
    old.refresh_from_db()
    assert [one.number for one in old.versions.all()] == [2, 1]
    assert old.versions.first().form == old.draft
    (alone,) = [
        question["alone"]
        for section in old.versions.first().compiled["sections"]
        for question in section["questions"]
        if question["kind"] == "many"
    ]
    assert alone == "none"
