"""What is wrong with a file, said to the person who made it."""

from collections.abc import Sequence
from dataclasses import dataclass

from kit.errors import Refused

MOST_PROBLEMS = 200


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, where it is, and what to do about it. Lines are counted as an editor counts them.

    Of a workbook, lines are its rows, as its program numbers them.
    """

    what: str
    remedy: str
    line: int | None = None
    column: str | None = None
    in_sheet: bool = False

    def __str__(self) -> str:
        place = f"{'Row' if self.in_sheet else 'Line'} {self.line}" if self.line else ""
        if self.column:
            place = f"{place}, column “{self.column}”" if place else f"Column “{self.column}”"
        return f"{place}: {self.what} {self.remedy}" if place else f"{self.what} {self.remedy}"


class BadFile(Refused):
    """A file that cannot be read as it stands, with all that is wrong with it."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class Findings:
    """The problems of one file as they are found, up to as many as anybody would read."""

    def __init__(self, *, in_sheet: bool = False) -> None:
        self.in_sheet = in_sheet
        self.problems: list[Problem] = []

    @property
    def are_enough(self) -> bool:
        return len(self.problems) >= MOST_PROBLEMS

    def add(self, what: str, remedy: str, *, line: int | None = None, column: str | None = None) -> None:
        if not self.are_enough:
            self.problems.append(Problem(what, remedy, line, column, self.in_sheet))

    def refuse_if_any(self) -> None:
        if self.are_enough:
            rest = Problem("There may be more problems.", "Put these right first, then try again.")
            raise BadFile([*self.problems, rest])
        if self.problems:
            raise BadFile(self.problems)
