"""Which questions are asked, and what is wrong with an answer: the phone finds the same as the server (ADR 0070)."""

import json
from datetime import UTC, date, datetime, time
from pathlib import Path
from random import Random
from typing import Any

from playwright.sync_api import Page

from e2e.stack import ROOT, Stack
from e2e.visiting import Visits
from kit.dates import clock_time
from questions.answering import Place, Reading, answer_at, read_answers
from questions.compiled import Compiled, compiled
from questions.shape import Kind, read
from tests.factories.questions import every_kind

MODULE, MOMENTS = "peer_monitoring/app/asking.js", "peer_monitoring/app/moments.js"
CASES = 400
DAY = "2026-11-30"
KNOWN = (
    "", " ", "yes", "no", "a", "b", "a b", "a  b", "b a", "0", "7", "9", "10", "-3", "1234567890", "3.5", "2026-11-30",
    "2026-12-01", "2026-02-30", "2024-02-29", "1 2 2026", "14:05", "24:00", "7:30", "10.30 pm",
    "25pm", "Zoë 😀 " * 900, "x" * 5001,
)  # fmt: skip
TYPED = json.loads((ROOT / "tests" / "time_cases.json").read_text())
ASK = """async ({ module, cases }) => {
  const { answered, readAnswers, keyOf, missing } = await import(module)
  return cases.map(({ compiled, given, today, language }) => {
    const reading = readAnswers(compiled, given, { today, language })
    return {
      answers: reading.answers, problems: reading.problems, places: reading.places.map(keyOf),
      missing: missing(reading).map(keyOf), answered: answered(reading)
    }
  })
}"""


def test_the_phone_finds_what_the_server_finds(visit: Visits, stack: Stack) -> None:
    page: Page = visit(start=f"{stack.platform}/sign-in/")
    files = json.loads((stack.data / "static" / "staticfiles.json").read_text())["paths"]
    chance = Random(70)
    sets = [compiled(every_kind()), *own_sets()]
    cases = [a_case(chance, sets[at % len(sets)]) for at in range(CASES)]
    found = page.evaluate(ASK, {"module": f"/static/{files[MODULE]}", "cases": cases})
    for case, theirs in zip(cases, found, strict=True):
        assert theirs == on_the_server(case), case
    assert any(one["problems"] for one in found)
    assert any(one["missing"] for one in found)
    assert len({one["answered"] for one in found}) > 5
    ask = "async ([module, typed]) => { const { asTime } = await import(module); return typed.map(asTime) }"
    typed = [*TYPED["times"], *TYPED["none"]]
    read = page.evaluate(ask, [f"/static/{files[MODULE]}", typed])
    say = "async ([module, times]) => { const { timeInWords } = await import(module); return times.map(timeInWords) }"
    said = page.evaluate(say, [f"/static/{files[MOMENTS]}", [*TYPED["said"], ""]])
    assert dict(zip([*TYPED["said"], ""], said, strict=True)) == TYPED["said"] | {"": ""}
    tell = "async ([module, times]) => { const { clockTime } = await import(module); return times.map(clockTime) }"
    times = [f"{hour:02}:{minute:02}" for hour in range(24) for minute in (0, 5, 30)]
    told = page.evaluate(tell, [f"/static/{files[MOMENTS]}", times])
    assert told == [clock_time(time.fromisoformat(one)) for one in times]
    assert dict(zip(typed, read, strict=True)) == TYPED["times"] | dict.fromkeys(TYPED["none"], "")


def test_today_is_the_day_in_london(visit: Visits, stack: Stack) -> None:
    page: Page = visit(start=f"{stack.platform}/sign-in/")
    files = json.loads((stack.data / "static" / "staticfiles.json").read_text())["paths"]
    ask = "async ([module, moments]) => { const { today } = await import(module); return moments.map(today) }"
    nights = [datetime(2026, month, 28, hour, 59, 59, tzinfo=UTC) for month in (1, 7) for hour in (22, 23)]
    days = page.evaluate(ask, [f"/static/{files[MODULE]}", [one.timestamp() * 1000 for one in nights]])
    assert days == ["2026-01-28", "2026-01-28", "2026-07-28", "2026-07-29"]


def own_sets() -> list[Compiled]:
    folder = ROOT / "platform" / "questions" / "own_sets"
    return [compiled(read(json.loads(file.read_text()))) for file in sorted(Path(folder).glob("*.json"))]


def a_case(chance: Random, form: Compiled) -> dict[str, Any]:
    given: dict[str, Any] = {}
    for section in form["sections"]:
        rounds = [
            {one["name"]: an_answer(chance, one) for one in section["questions"] if chance.random() < 0.8}
            for _ in range(chance.randrange(4) if section.get("repeats") else 1)
        ]
        if section.get("repeats"):
            given[section["name"]] = chance.choice([rounds, rounds, rounds, "", None, [1, None, *rounds]])
        else:
            given |= rounds[0]
    return {"compiled": form, "given": given, "today": DAY, "language": chance.choice(["en", "en-x-easy"])}


def an_answer(chance: Random, question: Compiled) -> Any:
    choices = [one["value"] for one in question.get("choices", ())]
    if choices and chance.random() < 0.8:
        many = chance.randint(1, 2) if question["kind"] == Kind.MANY else 1
        return " ".join(chance.choices(choices, k=many))
    return chance.choice([*KNOWN, 4, None, ["a"]])


def on_the_server(case: dict[str, Any]) -> dict[str, Any]:
    today = date.fromisoformat(case["today"])
    reading: Reading = read_answers(case["compiled"], case["given"], today=today, language=case["language"])
    return {
        "answers": reading.answers,
        "problems": reading.problems,
        "places": [place.key for place in reading.places],
        "missing": [place.key for place in reading.missing()],
        "answered": sum(_is_answered(reading, place) for place in reading.places),
    }


def _is_answered(reading: Reading, place: Place) -> bool:
    """As the pages count (`queries.progress`)."""
    return bool(answer_at(reading.answers, place)) and place.key not in reading.problems
