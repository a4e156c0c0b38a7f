"""The answers that every set offers alike, so that they can be counted alike: yes or no, and PLACE's grades (F7)."""

from collections.abc import Iterable, Mapping

from questions.shape import EASY_READ, ENGLISH, SHARED_LISTS, Choice, Kind

# By value: the words in English, in Easy Read and in Polish, and the picture beside them in Easy Read.
_ANSWERS: Mapping[Kind, Iterable[tuple[str, str, str, str, str]]] = {
    Kind.YES_NO: (
        ("yes", "Yes", "Yes", "Tak", "will"),
        ("partly", "Partly", "A bit", "Częściowo", "doing"),
        ("no", "No", "No", "Nie", "cannot"),
        ("not_seen", "I did not see this", "I did not see this", "Nie widziałem / nie widziałam", "look"),
    ),
    Kind.GRADE: (
        ("pass", "Pass", "Good", "Dobrze", "will"),
        ("qualified", "Qualified pass", "Partly good", "Częściowo dobrze", "doing"),
        ("fail", "Fail", "Not good", "Źle", "cannot"),
        ("not_applicable", "Does not apply here", "Not here", "Nie dotyczy", "not_now"),
    ),
}


def shared_lists(languages: Iterable[str]) -> dict[str, tuple[Choice, ...]]:
    """The lists as a new set begins with them; words in another language are for whoever adds that language."""
    return {
        SHARED_LISTS[kind]: tuple(
            Choice(value, {code: words for code, words in _each(english, easy, polish) if code in languages}, picture)
            for value, english, easy, polish, picture in answers
        )
        for kind, answers in _ANSWERS.items()
    }


def _each(english: str, easy: str, polish: str) -> tuple[tuple[str, str], ...]:
    return (ENGLISH, english), (EASY_READ, easy), ("pl", polish)
