"""The classification: every model and file field says what it holds about a person."""

import ast
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.test.utils import isolate_apps

from kit import erasure
from kit.erasure import about_nobody, about_person
from people.models import Person

# Columns whose ids are those of something else than a person.
OF_OTHERS = frozenset(
    {
        "answers.PublishedAnswer.point_id", "answers.PublishedAnswer.same_point_id",
        "answers.PublishedAnswer.same_scheme_id", "comparison.PointFact.point_id", "feedback.Concern.client_key",
        "feedback.Confirmation.voice_key", "feedback.DueRegard.decision_maker_id", "feedback.Point.client_key",
        "feedback.Point.import_key", "feedback.Point.owner_membership_id", "feedback.Point.site_id",
        "feedback.Question.client_key", "feedback.Round.owner_membership_id", "feedback.Same.other_point_id",
        "feedback.Same.other_scheme_id", "feedback.SlipBatch.client_key", "feedback.SlipBatch.site_id",
        "groups.Agreement.scheme_id", "groups.ConflictOfInterest.scheme_id", "groups.ConflictOfInterest.site_id",
        "groups.HostPermission.site_id", "groups.Vetting.site_id", "peer_monitoring.Attachment.photo_id_on_phone",
        "peer_monitoring.Draft.supersedes_id", "peer_monitoring.SealedPhoto.photo_id_on_phone",
        "peer_monitoring.SiteConcern.id_on_phone", "peer_monitoring.SiteConcern.kept_as",
        "peer_monitoring.Visit.scheme_id", "people.Notice.scheme_id", "people.Place.scheme_id", "people.WordLink.key",
        "people.WordLink.scheme_id", "wagtailcore.ModelLogEntry.uuid", "wagtailcore.Page.translation_key",
        "wagtailcore.PageLogEntry.uuid", "wagtailcore.ReferenceIndex.content_path_hash",
    }
)  # fmt: skip
# Columns of JSON, and the keys under which they hold somebody's id.
IN_JSON: dict[str, frozenset[str]] = {
    # Whom to write to, until it is done: the payload is empty then. Nobody who was erased is written to.
    "kit.OutboxMessage.payload": frozenset({"person"}),
    # What a group asks, and what was answered: of a place, and of nobody who went there.
    "questions.QuestionSet.draft": frozenset(),
    "questions.QuestionSetVersion.form": frozenset(),
    "questions.QuestionSetVersion.compiled": frozenset(),
    "peer_monitoring.Draft.answers": frozenset(),
    "peer_monitoring.Record.answers": frozenset(),
    "peer_monitoring.Record.problems": frozenset(),
    "peer_monitoring.SealedDraft.photos": frozenset(),
    # Names of places.
    "peer_monitoring.Visit.places_before": frozenset(),
    "answers.PublishedAnswer.line": frozenset(),
    # Of the packages that we use: of the person whose row it is, or of the page that was edited.
    "mfa.Authenticator.data": frozenset(),
    "socialaccount.SocialAccount.extra_data": frozenset(),
    "socialaccount.SocialApp.settings": frozenset(),
    "usersessions.UserSession.data": frozenset(),
    "wagtailcore.ModelLogEntry.data": frozenset(),
    "wagtailcore.PageLogEntry.data": frozenset(),
    "wagtailcore.Revision.content": frozenset({"owner"}),
    "wagtailusers.UserProfile.dismissibles": frozenset(),
}
# What else messages carry: ids of things, and words of our own.
OF_THINGS = frozenset(
    {
        "alarm", "asked", "at", "because", "check", "concern", "invitation", "member", "picture", "point",
        "points", "news", "recovery", "role", "sayer", "seat", "since", "step", "told", "visit", "way", "what",
        "whom", "word",
    }
)  # fmt: skip
# Not of the payload.
OF_THE_MESSAGE = frozenset({"key", "in_schema", "due"})


def test_no_model_and_no_file_field_of_the_project_is_undeclared():
    assert erasure.undeclared() == []


def test_no_column_that_can_name_a_person_is_undeclared():
    assert erasure.undeclared_ids(of_others=OF_OTHERS | IN_JSON.keys()) == []


def test_every_column_that_is_said_to_name_something_else_is_there_and_needs_to_be_said():
    assert OF_OTHERS | IN_JSON.keys() == set(erasure.undeclared_ids(of_others=()))


def test_of_what_messages_carry_it_is_known_what_names_a_person():
    carried = IN_JSON["kit.OutboxMessage.payload"]
    assert set(words_of_messages()) == carried | OF_THINGS | OF_THE_MESSAGE


def words_of_messages():
    """Every word under which something is put into the outbox, anywhere in the service."""
    for config in apps.get_app_configs():
        if "site-packages" not in config.path:
            for file in Path(config.path).rglob("*.py"):
                for node in ast.walk(ast.parse(file.read_text())):
                    if isinstance(node, ast.Call) and ast.unparse(node.func) == "outbox.put":
                        yield from (word.arg for word in node.keywords)


def test_every_model_in_the_table_of_other_people_s_packages_is_one_that_is_installed():
    installed = {model._meta.label for model in apps.get_models()}
    assert set(erasure.THIRD_PARTY) - installed == set()


def test_every_declaration_names_a_way_to_the_person_and_fields_that_exist():
    for model in apps.get_models():
        for about in erasure.declared(model):
            if about.by:
                str(model._base_manager.filter(**{about.by: None}).query)
            for field in [*about.empty, *about.files]:
                model._meta.get_field(field)


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"by": "person_id"},
        {"by": "", "erase": True},
        {"by": "person_id", "erase": True, "keep": "why"},
        {"by": "person_id", "empty": {}},
        {"by": "person_id", "empty": {"said": ""}, "erase": True},
    ],
)
def test_a_declaration_says_exactly_one_thing(wrong):
    with pytest.raises(TypeError):
        about_person(**wrong)


@pytest.fixture
def models_of_the_test(monkeypatch):
    """Only the models that a test makes are looked at."""
    made: list[type[models.Model]] = []
    monkeypatch.setattr(erasure, "_models", lambda: made)
    with isolate_apps("kit"):
        yield made


def made(name, into, *, bases=(models.Model,), **members):
    model = type(name, bases, {"__module__": __name__, "Meta": type("Meta", (), {"app_label": "kit"})} | members)
    into.append(model)
    return model


def test_a_model_that_says_nothing_is_named(models_of_the_test):
    made("Letter", models_of_the_test)

    assert erasure.undeclared() == ["kit.Letter"]


def test_a_declaration_of_a_concrete_parent_does_not_speak_for_the_child_s_columns(models_of_the_test):
    parent = made("Page", models_of_the_test, about=about_nobody())
    made("Story", models_of_the_test, bases=(parent,), told_by=models.UUIDField())

    assert erasure.undeclared() == ["kit.Story"]


@isolate_apps("kit")
def test_a_declaration_of_an_abstract_parent_does(models_of_the_test):
    class Kept(models.Model):
        about = about_nobody()

        class Meta:
            app_label = "kit"
            abstract = True

    made("Letter", models_of_the_test, bases=(Kept,))

    assert erasure.undeclared() == []


@pytest.mark.parametrize(
    ("about", "undeclared"),
    [
        (about_nobody(), ["kit.Letter.scan"]),
        (about_nobody(files=["scan"]), []),
        (about_person(by="person_id", erase=True), []),
        (about_person(by="person_id", empty={"words": ""}), ["kit.Letter.scan"]),
        (about_person(by="person_id", empty={"scan": ""}), []),
        (about_person(by="person_id", keep="the law says so"), ["kit.Letter.scan"]),
        ([about_nobody(), about_person(by="person_id", empty={"scan": ""})], []),
    ],
)
def test_a_file_field_is_declared_too(models_of_the_test, about, undeclared):
    made(
        "Letter",
        models_of_the_test,
        about=about,
        person_id=models.UUIDField(),
        words=models.TextField(),
        scan=models.FileField(),
    )

    assert erasure.undeclared() == undeclared


def test_other_people_s_models_are_declared_in_the_table(models_of_the_test, monkeypatch):
    made("Letter", models_of_the_test)
    monkeypatch.setitem(erasure.THIRD_PARTY, "kit.Letter", about_nobody())

    assert erasure.undeclared() == []


@pytest.mark.parametrize(
    ("column", "about", "undeclared"),
    [
        (models.UUIDField(), about_nobody(), ["kit.Letter.by_id"]),
        (models.UUIDField(), about_person(by="person_id", erase=True), ["kit.Letter.by_id"]),
        (ArrayField(models.UUIDField()), about_nobody(), ["kit.Letter.by_id"]),
        (models.UUIDField(), about_person(by="by_id", keep="the law says so"), []),
        (models.UUIDField(), about_person(by="person_id", empty={"by_id": None}), []),
        (models.JSONField(), about_nobody(), ["kit.Letter.by_id"]),
        (models.JSONField(), about_person(by="person_id", empty={"by_id": None}), []),
        (models.CharField(), about_nobody(), []),
    ],
)
def test_a_column_that_can_name_another_person_is_declared_too(models_of_the_test, column, about, undeclared):
    made("Letter", models_of_the_test, about=about, by_id=column)

    assert erasure.undeclared_ids(of_others=()) == undeclared


def test_a_column_of_the_same_name_in_another_table_is_not_said_by_it(models_of_the_test):
    for name in ("Letter", "Parcel"):
        made(name, models_of_the_test, about=about_nobody(), key=models.UUIDField())

    assert erasure.undeclared_ids(of_others={"kit.Letter.key"}) == ["kit.Parcel.key"]


def test_a_column_that_leads_to_the_table_of_people_is_declared_too(models_of_the_test):
    reader = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made("Letter", models_of_the_test, about=about_nobody(), reader=reader)

    assert erasure.undeclared_ids(of_others=()) == ["kit.Letter.reader_id"]
