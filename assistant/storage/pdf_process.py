"""The pages of a PDF, read by pypdf in a child process that can be ended.

A PDF is a program for a parser: a hostile one can make it run for ever or take all memory, and
that must not happen to the process that has the window. The child gets SECONDS and, where the
system can limit it, MEMORY; whatever goes wrong in it becomes one sentence. The only module that
imports pypdf, in the child.
"""

from __future__ import annotations

import logging
import multiprocessing
import time
import warnings
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path

from assistant.domain.errors import UsageProblem
from assistant.domain.network import forbid_network

SECONDS = 60.0
MEMORY = 1 << 30  # bytes of addresses; what pypdf needs for ordinary books is a tenth of it
_STARTING = 30.0  # seconds in which the child must have said something
_END_SECONDS = 1.0


def read_pdf(file: Path, *, pages: int, characters: int, seconds: float = SECONDS) -> list[str]:
    """The text of each page; UsageProblem if it is encrypted, broken, endless or too long."""
    spawn = multiprocessing.get_context("spawn")
    receiver, sender = spawn.Pipe(duplex=False)
    child = spawn.Process(
        target=_serve, args=(sender, str(file), pages, characters), name="attune-pdf", daemon=True
    )
    child.start()
    sender.close()
    try:
        return _collect(receiver, file.name, seconds)
    finally:
        receiver.close()
        child.kill()
        child.join(_END_SECONDS)


def _collect(receiver: Connection, name: str, seconds: float) -> list[str]:
    """What the child sends until it says that it is done."""
    found: list[str] = []
    deadline = time.monotonic() + _STARTING + seconds
    broken = f"{name} is a broken PDF; print it into a new PDF, or attach its text."
    while True:
        if not receiver.poll(max(0.0, deadline - time.monotonic())):
            raise UsageProblem(f"{name} took too long to read; attach its text instead.")
        try:
            kind, value = receiver.recv()
        except (EOFError, OSError):
            raise UsageProblem(broken) from None
        if kind == "ready":
            deadline = time.monotonic() + seconds
        elif kind == "page":
            found.append(value)
        elif kind == "problem":
            raise UsageProblem(value or broken)
        else:
            return found


def _serve(sender: Connection, file: str, pages: int, characters: int) -> None:
    """The child's main function: a message for each page, then "end" or "problem"."""
    logging.disable()  # what pypdf finds odd in a file is nobody's concern
    warnings.simplefilter("ignore")
    _limit_memory()
    forbid_network()
    try:
        _send_pages(sender, Path(file), pages, characters)
    except _Refused as refusal:
        outcome = ("problem", str(refusal))
    except Exception:  # a parser fails in every way there is; the file is broken then
        outcome = ("problem", "")
    else:
        outcome = ("end", "")
    with suppress(OSError):  # the parent no longer waits
        sender.send(outcome)


class _Refused(Exception):
    """A sound PDF that cannot be used."""


def _send_pages(sender: Connection, file: Path, pages: int, characters: int) -> None:
    """Send the text of one page after the other."""
    from pypdf import PasswordType, PdfReader

    reader = PdfReader(file)
    if reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED:
        raise _Refused(
            f"{file.name} is protected with a password; save a copy without one and attach that."
        )
    count = len(reader.pages)
    if count > pages:
        raise _Refused(
            f"{file.name} has {count:,} pages, more than the {pages:,} that are taken; "
            "attach the part of it that matters."
        )
    sender.send(("ready", ""))
    left = characters
    for page in reader.pages:
        text = page.extract_text()
        left -= len(text)
        sender.send(("page", text))
        if left < 0:
            return  # the parent refuses it as too long


def _limit_memory() -> None:
    """Let this process have no more than MEMORY, on systems that can."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
