"""Findings of workshops come in as a file: all rows or none, and a file that comes twice adds nothing the second time.

Each row is one finding of one group that a partner organisation reaches (S76, S77). A row with no finding says that the
group was reached and its findings are not reported (S81): it makes no point.
"""

import csv
import io
import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.db import connection, transaction
from django.utils.text import slugify

import audit
from kit import clock, codes
from kit.dates import short_day
from kit.imports import BadCell, Column, Findings, Row, Table, day, one_of, read_table, whole_number, yes_no
from people.models import Person
from people.queries import way_to
from tenants.feedback import actions, queries
from tenants.feedback.actions import Agreement, Saying
from tenants.feedback.models import GroupTag, Partner, Point
from tenants.feedback.rules import EARLIEST, RECEIVED_WITHIN_YEARS, Channel, Kind, Method, earliest_received
from tenants.schemes.entering import enter
from tenants.schemes.models import Scheme


def at_most(letters: int) -> Callable[[str], str]:
    """Words that fit into their place."""

    def parse(cell: str) -> str:
        if len(cell) > letters:
            raise BadCell("This is too long.", f"Use {letters} letters or fewer.")
        return cell

    return parse


def day_said(cell: str) -> date:
    """A day on which something can have been said."""
    said_on = day(cell)
    if said_on < EARLIEST:
        raise BadCell("This day is too long ago.", f"Write a day from {short_day(EARLIEST)} on, or leave this empty.")
    if said_on > clock.today():
        raise BadCell("This day has not come yet.", "Write the day on which it was said.")
    return said_on


def day_received(cell: str) -> date:
    """A day on which something can have reached the scheme."""
    received_on = day(cell)
    if received_on < earliest_received(clock.today()):
        raise BadCell(
            f"This day is more than {RECEIVED_WITHIN_YEARS} years ago.",
            "Check the year. If it is right, leave this empty: your time to answer then starts today.",
        )
    if received_on > clock.today():
        raise BadCell("This day has not come yet.", "Write the day on which it reached you, or leave this empty.")
    return received_on


METHODS = {method.label: method for method in Method} | {method.value: method for method in Method}
COLUMNS = [
    Column("organisation", required=True, parse=at_most(200)),
    Column("group", required=True, parse=at_most(80)),
    Column("finding", parse=at_most(5000), empty=""),
    Column("method", parse=one_of(METHODS), empty=Method.WORKSHOP),
    Column("said on", parse=day_said),
    Column("received on", parse=day_received, optional=True),
    Column("how many", parse=whole_number),
    Column("may publish", parse=yes_no, empty=False),
    Column("reporter", parse=at_most(254), empty=""),
]
BEFORE_SAID = "This is before the day on which it was said."
EXPLAINED = "by whoever held the workshop, as the file says"
# No more than this: whether an address has an account is for nobody to find out from a file.
UNKNOWN = (
    "{many} not known here: {whose} a slip. We know who has said something here, or reported for the group before."
)
KEYS = uuid.UUID("6f1c1d1e-6d56-4f0b-9a0e-0d5f0a3c7b11")
# The organisation and the group that it reaches.
Place = tuple[str, str]
# Any number will do that no other advisory lock here uses: two imports at once go one after the other.
LOCK = 20_300_001
LONGEST_CODE = 40


@dataclass(frozen=True, slots=True)
class Finding:
    """One row of the file that makes a point, unless the point is there already."""

    line: int
    organisation: str
    group: str
    words: str
    row: Row

    @property
    def key(self) -> uuid.UUID:
        """The same organisation, group and words are the same point, whatever their capitals and spaces."""
        return uuid.uuid5(KEYS, "\x1f".join(_plain(part) for part in (self.organisation, self.group, self.words)))


@dataclass(slots=True)
class Report:
    """What an import did, or would do; codes are in it once, and only when it was done."""

    applied: bool
    added: Counter[Place] = field(default_factory=Counter)
    already: int = 0
    not_reported: list[Place] = field(default_factory=list)
    slips: dict[Place, str] = field(default_factory=dict)
    unknown: set[str] = field(default_factory=set)
    brings_groups: bool = False
    """Whether one of the groups that reported nothing was not in the list before."""
    notes: list[str] = field(default_factory=list)

    @property
    def is_new(self) -> bool:
        """Whether there is anything in it that is not here already."""
        return bool(self.added) or self.brings_groups

    @property
    def last_line(self) -> str:
        added = "added" if self.applied else "would be added"
        return (
            f"{self.added.total()} points {added}, {self.already} already there, "
            f"{len(self.not_reported)} groups not reported"
        )

    @property
    def about_reporters(self) -> str:
        """How many of those whom the file names as reporters get a slip for their group instead; never which."""
        if not self.unknown:
            return ""
        many = len(self.unknown)
        if many == 1:
            return UNKNOWN.format(many="1 reporter is", whose="their group gets")
        return UNKNOWN.format(many=f"{many} reporters are", whose="their groups get")

    def lines(self) -> Iterator[str]:
        """The report as it is printed."""
        yield from self.notes
        if self.unknown:
            yield self.about_reporters
        if not self.applied:
            yield "This is what would be written:"
        for (organisation, group), count in self.added.items():
            yield f"{group} ({organisation}): {count} {'point' if count == 1 else 'points'}"
        for organisation, group in self.not_reported:
            yield f"{group} ({organisation}): not reported"
        if self.slips:
            yield "Give each group its slip. These codes are shown only now:"
        for (organisation, group), code in self.slips.items():
            yield f"  {group} ({organisation}): {code}"
        yield self.last_line
        if not self.applied:
            yield "Nothing was written. Add --apply to write it."


def read(source: Path | bytes, *, sheet: str = "") -> Table:
    """The rows of a file, or all that is wrong with it."""
    table = read_table(source, COLUMNS, sheet=sheet)
    findings = Findings(in_sheet=table.rows[0].in_sheet)
    for row in table.rows:
        said_on, received_on = row["said on"], row["received on"]
        if said_on and received_on and received_on < said_on:
            findings.add(BEFORE_SAID, "Write the same day or a later one.", line=row.line, column="received on")
    findings.refuse_if_any()
    return table


def import_points(
    path: Path | bytes, *, scheme: Scheme, apply: bool, by: Person | None = None, example_note: str = "",
    sheet: str = "", send: uuid.UUID | None = None,
) -> Report:  # fmt: skip
    """Read a file of findings into a scheme's register; without `apply` only say what would happen.

    Of a workbook it reads the `sheet` named, else the first that can be seen. With `send` the codes of the slips can be
    made again from it (`code_for`).
    """
    table = read(path, sheet=sheet)
    return bring_in(table, scheme=scheme, apply=apply, by=by, example_note=example_note, send=send)


def bring_in(
    table: Table,
    *,
    scheme: Scheme,
    apply: bool,
    by: Person | None,
    example_note: str = "",
    send: uuid.UUID | None = None,
) -> Report:
    """The same for a file that has been read already."""
    with enter(scheme), transaction.atomic():
        report = _tried(_Import(table.rows, apply=apply, by=by, example_note=example_note, send=send))
        if not apply and any(row["reporter"] for row in table.rows):
            # Whoever looks learns whom of them this scheme knows; what was tried is taken back, and this is not.
            audit.record(by=by, operation="read", what="looked at a file that names reporters")
    report.notes = table.notes
    return report


@transaction.atomic
def _tried(one: "_Import") -> Report:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    report = one.run()
    if report.added:
        audit.record(by=one.by, operation="collate", what="brought in points as a file", basis="consent")
    if not report.applied:
        # What was only looked at was tried all the same: so nothing is promised that cannot be done.
        report.slips = {}
        transaction.set_rollback(True)
    return report


def code_for(send: uuid.UUID, place: Place) -> str:
    """The code of the slip of one organisation's group, of the file that was sent with this mark."""
    return codes.code_for(uuid.uuid5(send, "\x1f".join(place)))


def as_csv(rows: Iterable[Row]) -> str:
    """What was understood of a file, written down again: to be kept for a moment without all else that is in it."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(column.name for column in COLUMNS)
    for row in rows:
        said_on, many = row["said on"], row["how many"]
        writer.writerow([
            row["organisation"], row["group"], row["finding"], row["method"].value, said_on or "",
            row["received on"] or "", "" if many is None else many, "yes" if row["may publish"] else "no",
            row["reporter"],
        ])  # fmt: skip
    return file.getvalue()


class _Import:
    """One import, inside the scheme and one transaction."""

    def __init__(
        self, rows: Sequence[Row], *, apply: bool, by: Person | None, example_note: str, send: uuid.UUID | None
    ) -> None:
        self.findings = [Finding(row.line, row["organisation"], row["group"], row["finding"], row) for row in rows]
        self.by = by
        self.send = send
        self.example_note = example_note
        self.report = Report(applied=apply)
        self.known = queries.known_reporters(one.row["reporter"].lower() for one in self.findings)

    def run(self) -> Report:
        there = set(Point.objects.exclude(import_key=None).values_list("import_key", flat=True))
        for finding in self.findings:
            if not finding.words:
                continue
            if finding.key in there:
                self.report.already += 1
                continue
            there.add(finding.key)
            self.report.added[finding.organisation, finding.group] += 1
            self._add(finding)
        self._note_the_silent()
        return self.report

    def _note_the_silent(self) -> None:
        """Groups of the file that have no finding in it."""
        heard = {(one.organisation, one.group) for one in self.findings if one.words}
        silent = dict.fromkeys((one.organisation, one.group) for one in self.findings if not one.words)
        self.report.not_reported = [place for place in silent if place not in heard]
        for organisation, group in self.report.not_reported:
            _, is_new = _partner(organisation, _group(group))
            self.report.brings_groups |= is_new

    def _add(self, finding: Finding) -> None:
        group = _group(finding.group)
        actions.hear(
            said=finding.words,
            sayers=[self._saying(finding, group)],
            method=finding.row["method"],
            said_on=finding.row["said on"],
            received_on=finding.row["received on"],
            how_many=finding.row["how many"],
            groups=[group],
            partner=_partner(finding.organisation, group)[0],
            import_key=finding.key,
            example_note=self.example_note,
            logged=True,
            by=self.by,
        )

    def _saying(self, finding: Finding, group: GroupTag) -> Saying:
        """The reporter whom the group named, else the slip that it gets: one for all its findings of this file."""
        agreement = Agreement(explained_how=EXPLAINED)
        may_publish = finding.row["may publish"]
        named = finding.row["reporter"].lower()
        reporter = self.known.of(named, group)
        if reporter is not None:
            way = way_to(reporter)
            channel = Channel(way.contact.channel) if way and way.contact.is_by_message else Channel.PAGE
            return Saying(
                kind=Kind.REPORTER, person_id=reporter, speaks_for=group, channel=channel,
                may_publish=may_publish, agreement=agreement,
            )  # fmt: skip
        self.report.unknown |= {named} - {""}
        place = finding.organisation, finding.group
        code = self.report.slips.setdefault(place, code_for(self.send, place) if self.send else codes.new_code())
        return Saying(kind=Kind.SLIP, code=code, speaks_for=group, may_publish=may_publish, agreement=agreement)


def _group(words: str) -> GroupTag:
    """The group by our words or those of the source; one that nobody knows is added as the scheme's own (S93)."""
    for tag in GroupTag.objects.all():
        if _plain(words) in (_plain(tag.label), _plain(tag.source_words)) or slugify(words) == tag.code:
            return tag
    return GroupTag.objects.create(code=_free_code(words), label=words, source_words=words, added_on=clock.today())


def _free_code(words: str) -> str:
    """What stands for a group in addresses: its words, and more where another group begins with the same ones."""
    code = slugify(words)[:LONGEST_CODE]
    if code and not GroupTag.objects.filter(code=code).exists():
        return code
    return f"{code[: LONGEST_CODE - 9]}-{uuid.uuid4().hex[:8]}".strip("-")


def _partner(organisation: str, group: GroupTag) -> tuple[Partner, bool]:
    return Partner.objects.get_or_create(organisation=organisation, group=group)


def _plain(words: str) -> str:
    return " ".join(words.split()).casefold()
