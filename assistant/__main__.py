"""`python -m assistant` and the command `attune`.

Child processes import this module again, so nothing heavy may be imported at its top. What stands
behind the window is imported when it is built, on another thread, so that the window shows at once.
"""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.paths import Paths
    from assistant.storage.database import Store
    from assistant.usecases.services import Services


def main() -> None:
    """Run the command line; without a command, the window."""
    from assistant.cli import run

    sys.exit(run(sys.argv[1:], open_services=open_services, open_window=open_window))


def open_services(paths: Paths) -> AbstractContextManager[Services]:
    """Everything a command needs, on this thread."""
    from assistant import app

    return app.open_services(paths)


def open_window(paths: Paths) -> int:
    """Show the window until it is closed; the exit code. Qt is imported only here."""
    from assistant.gui.start import run_window

    return run_window(paths, build, close)


def build(store: Store, paths: Paths) -> Services:
    """The services on an open store."""
    from assistant import app

    return app.build_services(store, paths)


def close(services: Services) -> None:
    """End what `build` has started."""
    from assistant import app

    app.close_services(services)


if __name__ == "__main__":
    main()
