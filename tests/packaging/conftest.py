"""The scripts of packaging/ and models/ are no package: their folders go on the search path."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "packaging"), str(ROOT / "models")]
