"""Versions: published once, never changed, retired, copied, taken out; and the four sets of our own (S78 to S80)."""

from io import BytesIO

import openpyxl
import pytest
from django.db import DatabaseError, connection, transaction
from pyxform.xls2xform import convert

from audit.models import Entry
from questions import actions, editing, queries
from questions.checking import problems
from questions.errors import NothingNew, NotReady
from questions.models import QuestionSet, QuestionSetVersion
from questions.shape import EASY_READ, Kind, Section, read, write
from tests.factories.groups import a_group
from tests.factories.people import someone
from tests.factories.questions import (
    NOBODY,
    a_form,
    a_question,
    a_set,
    every_kind,
    published,
    published_as_it_is,
    words,
)

OURS = ["Follow-up", "Health and needs", "Rights and information", "Welcome and dignity"]


@pytest.fixture
def lead():
    return someone("Lee")


@pytest.fixture
def group(lead):
    return a_group("Voices", lead=lead)


@pytest.fixture
def led(client_at, lead, group):
    return client_at(None, lead)


def test_what_is_published_stays_as_it_was_when_the_draft_changes(led, group):
    version = published(group, every_kind())
    one = version.question_set
    led.post(f"/groups/voices/questions/{one.pk}/parts/grade/take-away/", {"edition": one.edition})
    led.post(f"/groups/voices/questions/{one.pk}/publish/", {"edition": one.edition + 1})
    first, second = QuestionSetVersion.objects.of_set(one.pk).order_by("number")
    assert read(first.form) == every_kind()
    assert read(second.form).question("grade") is None
    assert (first.number, second.number) == (1, 2)
    assert first.md5 != second.md5


def test_nobody_publishes_what_is_not_ready_and_is_told_all_that_is_missing(led, group):
    one = a_set(group, a_form(Section("rights", words("Rights"), (a_question("pick", Kind.ONE, choices=()),))))
    page = led.get(f"/groups/voices/questions/{one.pk}/publish/").content.decode()
    assert "Give at least 2 answers" in page
    assert "Publish it" not in page
    with pytest.raises(NotReady, match="Give at least 2 answers"):
        published_as_it_is(one)
    assert led.post(f"/groups/voices/questions/{one.pk}/publish/", {"edition": one.edition}).status_code == 409
    assert not QuestionSetVersion.objects.of_set(one.pk).exists()


def test_each_thing_to_put_right_leads_to_where_it_is_put_right(led, group):
    form = a_form(Section("rights", words("Rights"), (a_question("pick", Kind.ONE, choices=()),)))
    one = a_set(group, editing.with_language(form, "pl"))
    address = f"/groups/voices/questions/{one.pk}/"
    for path in ("", "publish/"):
        page = led.get(f"{address}{path}").content.decode()
        assert f'<a href="{address}#pick">“About pick?”</a>: Give at least 2 answers' in page, path
        assert f'<a href="{address}languages/">Polski</a>: ' in page, path


def test_the_same_is_not_published_twice(group):
    version = published(group)
    with pytest.raises(NothingNew, match="since version 1"):
        published_as_it_is(version.question_set)


def test_whoever_published_is_told_and_is_offered_the_next_version_once_something_changed(led, group):
    one = a_set(group)
    address = f"/groups/voices/questions/{one.pk}/"
    offered = f'href="{address}publish/"'
    assert offered in led.get(address).content.decode()
    page = led.post(f"{address}publish/", {"edition": 0}, follow=True).content.decode()
    assert "Version 1 is published. Visits that you plan now can use it." in page
    assert offered not in page
    again = led.get(f"{address}publish/").content.decode()
    assert "Nothing has changed since version 1" in again
    assert "Publish it" not in again
    led.post(f"{address}parts/told/", {"edition": 0, "only_if_is": "is", "label": "By a friend"})
    assert offered in led.get(address).content.decode()
    assert "Publish version 2" in led.get(f"{address}publish/").content.decode()


def test_what_somebody_else_changed_meanwhile_is_not_published_unseen(led, group):
    one = a_set(group)
    address = f"/groups/voices/questions/{one.pk}/"
    mark = 'name="edition" value="{}"'
    assert mark.format(0) in led.get(f"{address}publish/").content.decode()
    led.post(f"{address}parts/told/", {"edition": 0, "only_if_is": "is", "label": "By a friend"})
    for edition in (0, ""):
        late = led.post(f"{address}publish/", {"edition": edition})
        assert late.status_code == 409
        assert "Somebody else changed this set" in late.content.decode()
        assert mark.format(1) in late.content.decode(), "pressing once more goes through"
    assert not QuestionSetVersion.objects.of_set(one.pk).exists()
    led.post(f"{address}publish/", {"edition": 1})
    assert QuestionSetVersion.objects.of_set(one.pk).get().compiled["sections"][0]["questions"][0]["label"] == {
        "en": "By a friend"
    }


def test_publishing_and_retiring_are_written_in_the_audit_once(group):
    version = published(group)
    actions.retire(version=version, by=NOBODY)
    actions.retire(version=version, by=NOBODY)
    what = Entry.objects.filter(thing_id=version.pk).values_list("what", flat=True)
    assert sorted(what) == ["published a question set", "retired a question set"]


def test_a_new_visit_takes_the_newest_version_that_is_not_retired(group):
    first = published(group)
    first.question_set.draft = write(every_kind())
    first.question_set.save()
    second = published_as_it_is(first.question_set)
    own = [one.pk for one in queries.versions_in_use(group) if one.question_set_id == first.question_set_id]
    assert own == [second.pk]
    actions.retire(version=second, by=NOBODY)
    assert [one.pk for one in queries.versions_in_use(group) if one.question_set_id == first.question_set_id] == [
        first.pk
    ]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE questions_questionsetversion SET title = 'x'",
        "DELETE FROM questions_questionsetversion",
        "TRUNCATE questions_questionsetversion CASCADE",
        "DELETE FROM questions_retirement",
    ],
)
def test_the_server_can_add_a_version_and_never_change_one(as_web, statement):
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_version_is_taken_out_as_an_xlsform_that_other_tools_read(led, group, tmp_path):
    form = a_form(
        Section("all", words("=1+1"), (a_question(label=words("=HYPERLINK(1)")), a_question("pick", Kind.MANY)))
    )
    version = published(group, form)
    answer = led.get(f"/groups/voices/versions/{version.pk}/xlsform/")
    assert answer["Content-Disposition"] == 'attachment; filename="rights-1.xlsx"'
    file = tmp_path / "set.xlsx"
    file.write_bytes(answer.content)
    assert "/data/all/pick" in convert(xlsform=file, form_name="data").xform
    cells = [cell for row in openpyxl.load_workbook(BytesIO(answer.content))["survey"].iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value} == {"s"}


def test_a_copy_is_the_groups_own_and_ours_stays(led, group):
    ours = QuestionSetVersion.objects.get(title="Welcome and dignity")
    led.post(f"/groups/voices/versions/{ours.pk}/copy/")
    made = QuestionSet.objects.get(group=group)
    assert made.title == "Welcome and dignity (our copy)"
    assert read(made.draft).sections == read(ours.form).sections
    assert problems(read(made.draft)) == ()


def test_ours_are_read_by_every_group_and_changed_by_none(led, group):
    ours = QuestionSetVersion.objects.get(title="Follow-up")
    page = led.get(f"/groups/voices/questions/{ours.question_set_id}/")
    assert page.status_code == 200
    assert "Add a question" not in page.content.decode()
    assert led.post(f"/groups/voices/questions/{ours.question_set_id}/publish/").status_code == 404
    assert led.post(f"/groups/voices/versions/{ours.pk}/retire/").status_code == 404


def test_a_version_of_another_group_is_not_there(led, group):
    theirs = published(a_group("Others", lead=someone("Otto")))
    for path in ("", "xlsform/"):
        assert led.get(f"/groups/voices/versions/{theirs.pk}/{path}").status_code == 404
    for path in ("copy/", "retire/"):
        assert led.post(f"/groups/voices/versions/{theirs.pk}/{path}").status_code == 404


def test_there_are_four_sets_of_our_own_in_easy_read_too_s78_s79_s80():
    versions = QuestionSetVersion.objects.filter(question_set__group=None).order_by("title")
    assert [one.title for one in versions] == OURS
    for version in versions:
        form = read(version.form)
        assert problems(form) == ()
        assert form.languages == ("en", EASY_READ)
        assert all(question.picture for _, question in form.questions())
    asked = {question.name for version in versions for _, question in read(version.form).questions()}
    assert {"asked_children", "asked_money"} <= asked, "what mattered to women (S78)"
    assert {"staff_diverse", "culture_aware"} <= asked, "what mattered to ethnic minority communities (S79)"
    assert {"medication", "spoken_to_with_respect"} <= asked, "what mattered to older people (S80)"


def test_every_set_of_ours_grades_as_place_does_or_asks_what_was_seen_f7():
    grades = read(QuestionSetVersion.objects.get(title="Welcome and dignity").form).lists["pass_qualified_fail"]
    assert [one.value for one in grades] == ["pass", "qualified", "fail", "not_applicable"]
