"""Findings come in as a file: all rows or none, and nothing twice."""

from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.models import Entry
from kit import clock, codes
from kit.imports import BadFile
from kit.models import OutboxMessage
from people.models import Person
from tenants.feedback import queries
from tenants.feedback.actions import Saying
from tenants.feedback.importing import Report, import_points
from tenants.feedback.models import Consent, GroupTag, Partner, Point, Sayer
from tenants.feedback.rules import Kind, Method, Purpose, Stage
from tenants.schemes.entering import enter
from tenants.schemes.models import Scheme
from tests.factories.feedback import said, somebody
from tests.integration.conftest import MakePerson

HEAD = "organisation,group,finding,method,said on,how many,may publish,reporter\n"
WORKSHOPS = HEAD + (
    "A women's centre,Women,Support around access to children,workshop,,,yes,robin@example.org\n"
    "A women's centre,Women,Advice on finances,workshop,,,yes,robin@example.org\n"
    "A training group,Black and minority ethnic (BME) communities,A diverse staff team,workshop,3 March 2026,12,yes,\n"
    "A training group,Black and minority ethnic (BME) communities,Awareness of different cultures,workshop,,,no,\n"
    "A drug service,Substance misuse,,workshop,,,,\n"
    "A youth club,Young people,,workshop,,,,\n"
)


@pytest.fixture
def robin(person: MakePerson, scheme: Scheme) -> Person:
    """A reporter whom this scheme knows: they said something here before."""
    robin = person()
    with enter(scheme):
        said(somebody(robin), words="Said before")
    return robin


def take_in(scheme: Scheme, text: str = WORKSHOPS, *, apply: bool = True) -> Report:
    return import_points(text.encode(), scheme=scheme, apply=apply)


def test_the_last_line_counts_points_and_groups_not_reported_s81(scheme: Scheme) -> None:
    assert take_in(scheme).last_line == "4 points added, 0 already there, 2 groups not reported"


def test_a_second_time_adds_nothing(scheme: Scheme) -> None:
    take_in(scheme)
    again = take_in(scheme, WORKSHOPS.replace("Advice on", "ADVICE  on"))
    assert (again.last_line, again.slips) == ("0 points added, 4 already there, 2 groups not reported", {})
    with enter(scheme):
        assert (Point.objects.count(), Sayer.objects.count(), Partner.objects.count()) == (4, 4, 4)


@pytest.mark.usefixtures("robin")
def test_a_dry_run_says_what_would_happen_and_does_nothing(scheme: Scheme) -> None:
    report = take_in(scheme, apply=False)
    lines = list(report.lines())
    assert lines[0] == "This is what would be written:"
    assert lines[-2] == "4 points would be added, 0 already there, 2 groups not reported"
    assert lines[-1] == "Nothing was written. Add --apply to write it."
    assert report.slips == {}
    with enter(scheme):
        assert (Point.objects.exclude(import_key=None).count(), Partner.objects.count()) == (0, 0)


def test_a_row_that_stands_twice_in_a_file_is_one_point(scheme: Scheme) -> None:
    twice = HEAD + "A club,Women,A finding,,,,,\n" * 2
    assert take_in(scheme, twice).last_line == "1 points added, 1 already there, 0 groups not reported"


def test_a_finding_keeps_its_group_its_day_and_how_many_said_it_s76(scheme: Scheme) -> None:
    take_in(scheme)
    with enter(scheme):
        point = Point.objects.get(said="A diverse staff team")
        assert point.groups.get().label == "Ethnic minority communities"
        assert (point.said_on.isoformat(), point.how_many, point.method) == ("2026-03-03", 12, Method.WORKSHOP)
        assert (point.received_on, point.stage) == (clock.today(), Stage.SAID)
        unknown = Point.objects.get(said="Advice on finances")
        assert (unknown.said_on, unknown.how_many) == (None, None)


@pytest.mark.usefixtures("robin")
def test_a_groups_reporter_is_told_and_speaks_for_it_s76(scheme: Scheme) -> None:
    take_in(scheme)
    with enter(scheme):
        sayer = Sayer.objects.get(point__said="Advice on finances")
        assert (sayer.kind, sayer.speaks_for.code) == (Kind.REPORTER, "women")


@pytest.mark.usefixtures("robin")
def test_a_group_without_a_reporter_gets_one_slip_for_all_its_findings(scheme: Scheme) -> None:
    report = take_in(scheme)
    (code,) = report.slips.values()
    assert sum(code in line for line in report.lines()) == 1
    with enter(scheme):
        found = queries.by_fingerprint(codes.fingerprint(code))
        assert {own.point.said for own in found} == {"A diverse staff team", "Awareness of different cultures"}


def test_only_what_the_group_agreed_to_may_be_published(scheme: Scheme) -> None:
    take_in(scheme)
    with enter(scheme):
        agreed = Point.objects.agreed_to_be_public().values_list("said", flat=True)
        assert "Awareness of different cultures" not in agreed and len(agreed) == 3
        assert set(Consent.objects.values_list("purpose", flat=True)) == {Purpose.RECORD, Purpose.PUBLISH}


def test_groups_nobody_reported_for_stand_in_the_table_and_make_no_point_s81(scheme: Scheme) -> None:
    take_in(scheme)
    with enter(scheme):
        silent = [row.partner.organisation for row in queries.partner_table() if not row.is_reported]
        assert silent == ["A drug service", "A youth club"]
        assert {row.partner.published for row in queries.partner_table()} == {False}


def test_a_group_that_nobody_knows_is_added_as_the_schemes_own_s93(scheme: Scheme) -> None:
    take_in(scheme, HEAD + "A club,Veterans,A finding,,,,,\n" + "A club,veterans,Another,,,,,\n")
    with enter(scheme):
        own = GroupTag.objects.get(core=False)
        assert (own.label, own.points.count()) == ("Veterans", 2)


def test_one_bad_row_keeps_all_rows_out_and_is_named(scheme: Scheme) -> None:
    bad = WORKSHOPS + "A club,Women,A finding,,99 May 2026,many,perhaps,\n"
    with pytest.raises(BadFile) as refused:
        take_in(scheme, bad)
    assert {(problem.line, problem.column) for problem in refused.value.problems} == {
        (8, "said on"),
        (8, "how many"),
        (8, "may publish"),
    }
    with enter(scheme):
        assert Point.objects.count() == 0


def test_a_day_to_come_is_named_with_a_remedy(scheme: Scheme) -> None:
    with pytest.raises(BadFile) as refused:
        take_in(scheme, WORKSHOPS + "A club,Women,Two,,3 November 2026,,,\n")
    (problem,) = refused.value.problems
    assert (problem.line, problem.column) == (8, "said on")


def test_whoever_this_scheme_does_not_know_is_no_reporter_with_an_account_or_without(
    scheme: Scheme, other_scheme: Scheme, person: MakePerson
) -> None:
    """Nothing that a file can ask tells who has an account (F4)."""
    with enter(other_scheme):
        said(somebody(person("Kim")), words="Said elsewhere")
    told = set()
    for address in ("nobody@example.org", "kim@example.org"):
        for apply in (False, True):
            report = take_in(scheme, HEAD + f"A club,Women,From {address},,,,,{address}\n", apply=apply)
            told.add(report.about_reporters)
            assert (report.last_line.startswith("1 points"), len(report.slips)) == (True, int(apply))
    assert len(told) == 1 and told.pop().startswith("1 reporter is not known here: their group gets a slip.")
    with enter(scheme):
        assert set(Sayer.objects.values_list("kind", "person_id")) == {(Kind.SLIP, None)}


def test_whoever_reported_for_a_group_before_is_known_for_this_group_alone(scheme: Scheme, person: MakePerson) -> None:
    robin = person()
    with enter(scheme):
        women = GroupTag.objects.get(code="women")
        said(Saying(kind=Kind.REPORTER, person_id=robin.pk, speaks_for=women), words="Reported before")
    rows = "A club,Women,One,,,,,robin@example.org\nA club,Young people,Two,,,,,ROBIN@example.org\n"
    report = take_in(scheme, HEAD + rows)
    assert report.unknown == {"robin@example.org"} and list(report.slips) == [("A club", "Young people")]
    assert report.about_reporters in report.lines()
    with enter(scheme):
        assert Sayer.objects.get(point__said="One").person_id == robin.pk


def test_each_look_at_a_file_that_names_reporters_is_written_down(scheme: Scheme, person: MakePerson) -> None:
    lead = person("Lead")
    unnamed = HEAD + "A club,Women,A finding,,,,,\n"
    for text, apply in ((WORKSHOPS, False), (WORKSHOPS, False), (unnamed, False), (WORKSHOPS, True)):
        import_points(text.encode(), scheme=scheme, apply=apply, by=lead)
    with enter(scheme):
        looks = Entry.objects.filter(what="looked at a file that names reporters", operation="read")
        assert [look.by for look in looks] == [lead.pk, lead.pk]


@pytest.mark.parametrize(("column", "letters"), [("organisation", 200), ("group", 80), ("finding", 5000)])
def test_words_that_do_not_fit_are_named(scheme: Scheme, column: str, letters: int) -> None:
    row = {"organisation": "A club", "group": "Women", "finding": "A"} | {column: "a" * (letters + 1)}
    with pytest.raises(BadFile, match=f"{letters} letters or fewer"):
        take_in(scheme, HEAD + ",".join(row.values()) + ",,,,,\n")


def test_the_case_study_of_the_source_comes_in_as_six_points_and_three_groups_not_reported_s77_s81(
    scheme: Scheme,
) -> None:
    study = Path(__file__).parents[3] / "platform" / "alongside" / "demo" / "case-study.csv"
    assert import_points(study, scheme=scheme, apply=True).last_line == (
        "6 points added, 0 already there, 3 groups not reported"
    )
    assert import_points(study, scheme=scheme, apply=True).last_line == (
        "0 points added, 6 already there, 3 groups not reported"
    )


def test_two_groups_that_begin_with_the_same_words_are_two_s93(scheme: Scheme) -> None:
    alike = "People who wait for somebody to collect them"
    rows = HEAD + f"A club,{alike} at night,A,,,,,\nA club,{alike} by day,B,,,,,\n"
    for apply in (False, True):
        assert take_in(scheme, rows, apply=apply).added.total() == 2
    with enter(scheme):
        own = GroupTag.objects.filter(core=False)
        said = {tag.label: tag.points.get().said for tag in own}
        assert said == {f"{alike} at night": "A", f"{alike} by day": "B"}
        assert all(len(tag.code) <= 40 for tag in own)


def test_a_dry_run_tries_all_that_it_promises_and_takes_it_back(scheme: Scheme) -> None:
    with CaptureQueriesContext(connection) as statements:
        take_in(scheme, apply=False)
    tried = [one["sql"] for one in statements if one["sql"].startswith("INSERT")]
    for table in ("feedback_point", "feedback_partner", "audit_entry", "kit_outboxmessage"):
        assert any(f'"{table}"' in sql for sql in tried)
    with enter(scheme):
        assert not Entry.objects.filter(what="brought in points as a file").exists()
    assert not OutboxMessage.objects.filter(kind="feedback.heard").exists()


def test_a_day_before_anything_was_said_here_is_named(scheme: Scheme) -> None:
    with pytest.raises(BadFile) as refused:
        take_in(scheme, HEAD + "A club,Women,A finding,,3 March 1926,,,\n")
    assert refused.value.problems[0].what == "This day is too long ago."
