"""The command line: everything the program does, without a window.

Contract: exit codes 0 done, 1 refused with one sentence on standard error, 2 wrong usage. With
--json one object on standard output; progress and notices go to standard error. No control codes
where the output is no terminal.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from assistant.cli.window import start_window
from assistant.paths import Paths, find_paths

if TYPE_CHECKING:
    from assistant.usecases.services import Services

__all__ = ["run"]


def run(
    arguments: list[str],
    *,
    open_services: Callable[[Paths], AbstractContextManager[Services]],
    open_window: Callable[[Paths], int],
) -> int:
    """Carry out one command line and return its exit code. The builders come from app.py."""
    if not arguments:  # the window must not wait for the parser to be imported
        return start_window(find_paths(), open_window)
    from assistant.cli.program import run_command

    return run_command(arguments, open_services, open_window)
