"""What the code cites is there to be read, and what the papers name is there to be found."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
DOCS = ROOT / "docs"
OURS = ("platform", "tenants", "cms", "tests", "e2e")
REQUIREMENT = re.compile(r"\b([SF][1-9][0-9]?)\b(?:(?: to |–)([SF][1-9][0-9]?)\b)?")


def texts(*tops: str, kinds: tuple[str, ...] = (".py", ".jinja", ".css", ".js")) -> dict[str, str]:
    """Every text of ours below these folders, by its name."""
    files = [path for top in tops for path in (ROOT / top).rglob("*") if path.suffix in kinds and path.is_file()]
    return {str(path.relative_to(ROOT)): path.read_text() for path in files if path != Path(__file__).resolve()}


def papers() -> dict[str, str]:
    found = texts("docs", kinds=(".md",))
    return found | {name: (ROOT / name).read_text() for name in ("README.md", "CHANGELOG.md") if (ROOT / name).exists()}


def numbers(text: str) -> set[str]:
    """The requirements that a text names, those of a range among them."""
    named = set()
    for first, last in REQUIREMENT.findall(text):
        last_number = int(last[1:]) if last and last[0] == first[0] else int(first[1:])
        named |= {f"{first[0]}{number}" for number in range(int(first[1:]), last_number + 1)}
    return named


def test_every_requirement_has_its_line():
    wanted = {f"S{number}" for number in range(1, 98)} | {f"F{number}" for number in range(1, 10)}

    assert numbers((DOCS / "requirements.md").read_text()) == wanted


def test_every_requirement_that_the_code_cites_has_a_line():
    cited = {number for text in texts("platform", "tenants", "cms").values() for number in numbers(text)}

    assert cited
    assert cited <= numbers((DOCS / "requirements.md").read_text())


def test_every_paper_and_section_that_is_cited_is_there():
    headings = set(re.findall(r"^#+ (§\w+)", (DOCS / "formulas.md").read_text(), re.MULTILINE))
    missing = []
    for name, text in (texts(*OURS) | papers()).items():
        for cited in re.findall(r"docs/[a-z][\w/.-]*\w", text):
            # An ADR may be named by its number alone.
            if not (ROOT / cited).exists() and not list(ROOT.glob(f"{cited}-*.md")):
                missing.append(f"{name}: {cited}")
        for section in re.findall(r"formulas\.md`?,? (§\w+)", text):
            if section not in headings:
                missing.append(f"{name}: {section}")
        for number in re.findall(r"\bADR (\d{1,4})\b", text):
            if not list((DOCS / "adr").glob(f"{int(number):04}-*.md")):
                missing.append(f"{name}: ADR {number}")

    assert missing == []


def test_every_file_that_a_paper_names_is_there():
    tops = "|".join((*OURS, "infra"))
    missing = [
        f"{name}: {path}"
        for name, text in papers().items()
        for path in re.findall(rf"`((?:{tops})/[\w/.-]+)`", text)
        if not (ROOT / path).exists()
    ]

    assert missing == []


def test_no_two_decisions_have_one_number():
    numbers_used = [path.name[:4] for path in (DOCS / "adr").glob("*.md")]

    assert sorted(numbers_used) == sorted(set(numbers_used))
