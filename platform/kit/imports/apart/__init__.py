"""What is not ours is read in a process apart: an end to its memory and its time, and nothing of ours in its hands.

A reader is a script of its own that takes bytes from its input and prints bytes. That keeps a file that is too much, or
breaks its reader, from the service. It is no cage: code that a file managed to run there would run as the same user of
the machine, who can read what the service can read and reach what it can reach.
"""

import subprocess
import sys
import threading
from pathlib import Path

HERE = Path(__file__).parent
LIMITED = HERE / "limited.py"
# Bytes of address space, seconds on the processor, seconds in all, and bytes that it may say.
MEMORY = 768 * 1024 * 1024
PROCESSOR_SECONDS = 20
SECONDS = 30
MOST_SAID = 32 * 1024 * 1024


class Failed(Exception):
    """The process came to its end without an answer: too much, too long, or broken by what it read."""


def run(script: Path, given: bytes, *, memory: int = MEMORY, seconds: float = SECONDS) -> bytes:
    """What a reader says of these bytes, or `Failed`."""
    # -I: no variable of ours and no folder of the caller changes what Python does; -B: it writes nothing.
    command = [sys.executable, "-I", "-B", "-X", "utf8", str(LIMITED), str(memory), str(PROCESSOR_SECONDS), str(script)]
    process = subprocess.Popen(
        command, env={}, cwd="/", stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    end = threading.Timer(seconds, process.kill)
    end.start()
    try:
        said = _asked(process, given)
        if process.wait() or len(said) > MOST_SAID:
            raise Failed
        return said
    finally:
        end.cancel()
        process.kill()
        process.wait()


def _asked(process: "subprocess.Popen[bytes]", given: bytes) -> bytes:
    """Give it all, then listen, to no more than it may say; it says nothing before it has read all."""
    assert process.stdin and process.stdout
    with process.stdout as output:
        try:
            with process.stdin as file:
                file.write(given)
        except BrokenPipeError:
            raise Failed from None
        said = output.read(MOST_SAID + 1)
        if len(said) > MOST_SAID:
            process.kill()
        return said
