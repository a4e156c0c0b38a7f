"""What question sets refuse; each message may be shown."""

from kit.errors import Refused


class QuestionsRefused(Refused):
    """The base of what cannot be done with a question set."""


class NotAQuestionSet(QuestionsRefused):
    """Rows that are no question set of ours."""


class ChangedMeanwhile(QuestionsRefused):
    """Somebody else changed the draft since the page was opened."""


class NotReady(QuestionsRefused):
    """A draft that cannot be published as it is."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("This cannot be published yet. " + " ".join(problems))
        self.problems = problems


class NothingNew(QuestionsRefused):
    """The draft is the same as what was published last."""
