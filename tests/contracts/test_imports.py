"""What the window process must never load, shown in a fresh interpreter."""

from __future__ import annotations

import subprocess
import sys

HEAVY = ("torch", "llama_cpp", "transformers", "sentence_transformers", "peft")

SCRIPT = f"""
import sys
import assistant.__main__, assistant.app, assistant.gui.start, assistant.gui.main_window
import assistant.cli
loaded = [name for name in {HEAVY!r} if name in sys.modules]
print(",".join(loaded))
"""


def test_the_window_process_imports_no_heavy_package():
    ran = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, timeout=60)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.strip() == ""
