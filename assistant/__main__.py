"""`python -m assistant` and the command `attune`.

Child processes import this module again, so nothing heavy may be imported at its top.
"""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line; without a command, the window."""
    from assistant.app import open_services, open_window
    from assistant.cli import run

    sys.exit(run(sys.argv[1:], open_services=open_services, open_window=open_window))


if __name__ == "__main__":
    main()
