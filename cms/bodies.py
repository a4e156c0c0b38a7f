"""The bodies that a page on Liaison and Diversion may name, with those that followed them (S22, S95, S96).

This table is kept by hand: whoever changes it writes the day on which they looked it up. A page asks `living`, so that
it never shows a body that is gone as if it were there.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from kit import clock

SEED = "Service User Involvement resource of the Liaison and Diversion programme, 2015"
READ = date(2026, 11, 29)
Kind = Literal["partner", "involvement"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A public body or an organisation: from when, until when, and who does its work since then."""

    code: str
    name: str
    does: str
    kind: Kind = "partner"
    address: str = ""
    until: date | None = None
    ended_in: str = ""
    """The year alone, or another word for when it ended, where nobody has found the day."""
    followed_by: tuple[str, ...] = ()
    note: str = ""
    source: str
    # Empty where nobody has looked it up since the source named it.
    checked_on: date | None = None

    def is_gone(self, on: date) -> bool:
        """Whether it had ended on a day."""
        return bool(self.ended_in) or (self.until is not None and self.until <= on)

    @property
    def checked(self) -> str:
        """When somebody last looked it up, in words."""
        return f"Checked on {self.checked_on:%-d %B %Y}" if self.checked_on else "Named in 2015, not looked up since"

    @property
    def ended(self) -> str:
        """When it ended, in words."""
        return self.ended_in or (f"{self.until:%-d %B %Y}" if self.until else "")


_ALL = (
    Body(
        code="nhs_england",
        name="NHS England",
        does="It pays for Liaison and Diversion services and says what they must do.",
        address="https://www.england.nhs.uk/commissioning/health-just/liaison-and-diversion/",
        note="The government wants to make it a part of the Department of Health and Social Care. A law for that was "
        "before Parliament in May 2026.",
        source="Nuffield Trust, What’s in the new Health Bill, 18 May 2026",
        checked_on=date(2026, 5, 18),
    ),
    Body(
        code="dh",
        name="Department of Health",
        does="",
        until=date(2018, 1, 8),
        followed_by=("dhsc",),
        source="Civil Service World, January 2018",
        checked_on=READ,
    ),
    Body(
        code="dhsc",
        name="Department of Health and Social Care",
        does="It decides what the government wants for health and care.",
        address="https://www.gov.uk/government/organisations/department-of-health-and-social-care",
        source="Civil Service World, January 2018",
        checked_on=READ,
    ),
    Body(
        code="home_office",
        name="Home Office",
        does="It is in charge of the police.",
        address="https://www.gov.uk/government/organisations/home-office",
        source=SEED,
    ),
    Body(
        code="moj",
        name="Ministry of Justice",
        does="It is in charge of courts, prisons and probation.",
        address="https://www.gov.uk/government/organisations/ministry-of-justice",
        source=SEED,
    ),
    Body(
        code="yjb",
        name="Youth Justice Board",
        does="It looks after how children are treated by the justice system.",
        address="https://www.gov.uk/government/organisations/youth-justice-board-for-england-and-wales",
        source=SEED,
    ),
    Body(
        code="hmcts",
        name="HM Courts and Tribunals Service",
        does="It runs the courts.",
        address="https://www.gov.uk/government/organisations/hm-courts-and-tribunals-service",
        source=SEED,
    ),
    Body(
        code="noms",
        name="National Offender Management Service",
        does="",
        until=date(2017, 4, 1),
        followed_by=("hmpps",),
        source="Ministry of Justice, 8 February 2017; Civil Service World, 3 April 2017",
        checked_on=READ,
    ),
    Body(
        code="hmpps",
        name="HM Prison and Probation Service",
        does="It runs prisons and probation.",
        address="https://www.gov.uk/government/organisations/hm-prison-and-probation-service",
        source="Civil Service World, 3 April 2017",
        checked_on=READ,
    ),
    Body(
        code="phe",
        name="Public Health England",
        does="",
        until=date(2021, 10, 1),
        followed_by=("ukhsa", "ohid"),
        source="GOV.UK, Location of PHE functions from 1 October 2021",
        checked_on=READ,
    ),
    Body(
        code="ukhsa",
        name="UK Health Security Agency",
        does="It protects people from diseases that spread.",
        address="https://www.gov.uk/government/organisations/uk-health-security-agency",
        source="GOV.UK, Location of PHE functions from 1 October 2021",
        checked_on=READ,
    ),
    Body(
        code="ohid",
        name="Office for Health Improvement and Disparities",
        does="It works so that more people can live a healthy life. It is part of the Department of Health and Social "
        "Care.",
        address="https://www.gov.uk/government/organisations/office-for-health-improvement-and-disparities",
        source="GOV.UK, Location of PHE functions from 1 October 2021",
        checked_on=READ,
    ),
    Body(
        code="ohc",
        name="Offender Health Collaborative",
        does="",
        ended_in="after 2015, we have not found the day",
        note="It was a group of organisations that worked out how the services should run.",
        source=SEED,
    ),
    Body(
        code="brg",
        name="Bradley Review Group",
        does="",
        ended_in="after 2015, we have not found the day",
        note="It watched what became of the Bradley Report.",
        source=SEED,
    ),
    Body(
        code="drugscope",
        name="DrugScope",
        does="",
        kind="involvement",
        ended_in="2015",
        note="It was one of the four charities of Making Every Adult Matter.",
        source="Requirements of this product, S95",
    ),
    Body(
        code="healthwatch",
        name="Healthwatch",
        does="It asks people what they think of health and care, and tells those who run it.",
        kind="involvement",
        address="https://www.healthwatch.co.uk/",
        note="The law before Parliament in May 2026 would end it.",
        source="Nuffield Trust, What’s in the new Health Bill, 18 May 2026",
        checked_on=date(2026, 5, 18),
    ),
    Body(
        code="nsun",
        name="National Survivor User Network",
        does="It wrote the National Involvement Standards, called 4Pi.",
        kind="involvement",
        address="https://www.nsun.org.uk/",
        source=SEED,
    ),
    Body(
        code="people_first",
        name="People First",
        does="It is run by and for people with a learning disability.",
        kind="involvement",
        address="https://www.peoplefirstltd.com/",
        source=SEED,
    ),
    Body(
        code="revolving_doors",
        name="Revolving Doors",
        does="Its forum brings together people who know the justice system from their own life.",
        kind="involvement",
        address="https://revolving-doors.org.uk/",
        source=SEED,
    ),
    Body(
        code="shaping_our_lives",
        name="Shaping Our Lives",
        does="A network of service users and disabled people.",
        kind="involvement",
        address="https://shapingourlives.org.uk/",
        source=SEED,
    ),
    Body(
        code="user_voice",
        name="User Voice",
        does="It is run by people who were in prison or on probation.",
        kind="involvement",
        address="https://www.uservoice.org/",
        source=SEED,
    ),
)
BODIES: Mapping[str, Body] = {body.code: body for body in _ALL}


def living(codes: Iterable[str], *, on: date | None = None) -> list[Body]:
    """These bodies as they are on a day: in place of one that is gone stand those that do its work, each once."""
    found: dict[str, Body] = {}
    for code in codes:
        body = BODIES.get(code)
        if body and not body.is_gone(on or clock.today()):
            found.setdefault(code, body)
        elif body:
            found |= {one.code: one for one in living(body.followed_by, on=on) if one.code not in found}
    return list(found.values())


def partners(*, on: date | None = None) -> list[Body]:
    """Those of the programme's partners that are there."""
    return living([body.code for body in _ALL if body.kind == "partner"], on=on)


def gone(*, on: date | None = None) -> list[tuple[Body, list[Body]]]:
    """Those that are gone, each with who does its work now: history, and told as history."""
    day = on or clock.today()
    return [(body, living(body.followed_by, on=day)) for body in _ALL if body.is_gone(day)]


def offered() -> list[tuple[str, str]]:
    """Those that an editor can lead to."""
    return [(body.code, body.name) for body in _ALL if body.address and not body.is_gone(clock.today())]
