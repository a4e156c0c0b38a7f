"""What an expression is asked of: the answers so far, and what stands around its question."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Round = Mapping[str, str]
Answers = Mapping[str, str | Sequence[Round]]
# In which repeat each question stands: None for none, and empty text for a repeat itself.
Names = Mapping[str, str | None]


@dataclass(frozen=True)
class Scope:
    """Answers, as one question sees them."""

    answers: Answers
    today: str
    repeat: str | None
    index: int
    own: str
    names: Names | None

    def __copy__(self) -> "Scope":
        """Nothing in it changes, and elementpath copies it for each argument."""
        return self

    def answer(self, name: str) -> str | list[str]:
        """What was answered: of a question in a repeat, in this round, or from outside in each."""
        home = self.names.get(name) if self.names is not None else self._home(name)
        if home == "":
            return ["" for _ in self._rounds(name)]
        if home is None:
            found = self.answers.get(name, "")
            return found if isinstance(found, str) else ""
        rounds = self._rounds(home)
        if home != self.repeat:
            return [one.get(name, "") for one in rounds]
        return rounds[self.index].get(name, "") if 0 <= self.index < len(rounds) else ""

    def _home(self, name: str) -> str | None:
        """Where a question stands, read off the answers: a repeat without a round does not tell."""
        if name in self.answers:
            return None if isinstance(self.answers[name], str) else ""
        return next((key for key in self.answers if any(name in one for one in self._rounds(key))), None)

    def _rounds(self, repeat: str) -> Sequence[Round]:
        found = self.answers.get(repeat, "")
        return [] if isinstance(found, str) else found
