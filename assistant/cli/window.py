"""The window, started from a terminal: only where there is a display to show it on."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from assistant.paths import Paths

_DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def start_window(paths: Paths, open_window: Callable[[Paths], int]) -> int:
    """Open the window until it is closed; without a display say what to do instead, and 1."""
    if sys.platform.startswith("linux") and not any(os.environ.get(name) for name in _DISPLAYS):
        sys.stderr.write(
            "There is no display to open a window on; `attune chat` works in this terminal.\n"
        )
        return 1
    return open_window(paths)
