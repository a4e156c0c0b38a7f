"""Words that reveal what a message or a line of the log is about: nobody may learn it by a glance (S2)."""

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path

WORDS = r"liaison|diversion|\bl ?& ?d\b|custody|police|court|offen[dc]|arrest|probation|prison|crim|justice|mental"
# A message names no scheme of the tests either. Their addresses stand in logs: whoever reads those knows the hosts.
REVEALING = re.compile(f"{WORDS}|ashmere|brackwell", re.IGNORECASE)
REVEALING_IN_LOGS = re.compile(WORDS, re.IGNORECASE)


def revealing_messages(folder: Path) -> list[str]:
    """The messages below a folder whose sender, subject, links or words reveal something, each whole."""
    return [whole for whole in _messages(folder) if REVEALING.search(whole)]


def revealing_lines(log: str) -> list[str]:
    """The lines of a log that reveal something."""
    return [line for line in log.splitlines() if REVEALING_IN_LOGS.search(line)]


def _messages(folder: Path) -> Iterator[str]:
    for file in folder.rglob("*.eml"):
        message = message_from_bytes(file.read_bytes(), policy=policy.default)
        yield "\n".join([str(message["From"]), str(message["Subject"]), str(message.get_content())])
    for file in folder.rglob("*.text"):
        # What a telephone shows: the words, without the number.
        yield file.read_text().partition("\n\n")[2]
