"""What the window must not wait for: it is loaded once the window is painted."""

from __future__ import annotations

import subprocess
import sys

LATER = ("numpy", "sqlite_utils", "sqlite3", "markdown_it", "pygments", "psutil", "typer", "rich")

SCRIPT = f"""
import sys
import assistant.__main__, assistant.cli, assistant.gui.start
print(",".join(name for name in {LATER!r} if name in sys.modules))
"""


def test_nothing_that_takes_time_is_loaded_before_the_first_paint() -> None:
    ran = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, timeout=60)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.strip() == ""
