"""`python -m assistant.probe WHAT HOME`: the real program, measured from inside its window process.

Started by `attune bench window` and `attune bench memory`; one JSON object on standard output.
WHAT is "bare" (an empty PySide6 window), "start" (moment of the first paint and of being usable,
on the system-wide clock of time.perf_counter), "gaps" or "memory". HOME is written to.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from assistant.gui.start import Program
    from assistant.gui.watch import Script

IDLE_SECONDS = 4.0
SETTLING_SECONDS = 2.0  # after opening, and after the last reply
QUERY = "Explain how bread is made at home, step by step, with a list of what is needed."
REPLY_TOKENS = 256
MADE_UP_RANKINGS = 200

_moments: dict[str, float] = {}
