"""How high a round that is over is: guessed from its texts, or measured once it is a widget."""

from __future__ import annotations

from math import ceil

from PySide6.QtGui import QFontMetrics

from assistant.domain.model import Round
from assistant.gui.past_round import PastRound

FURNITURE = 110  # pixels of a round beside its two texts
FEWEST_LETTERS = 20  # in a line, however narrow the window is


def measured(past: PastRound, width: int) -> int:
    """At this width: twice, since its reply is as high as it is wide."""
    height = past.height()
    for _ in range(2):
        past.resize(width, height)
        layout = past.column
        layout.activate()
        taller = layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else -1
        height = taller if taller > 0 else layout.totalSizeHint().height()
    return height


def guessed(round_: Round, width: int, metrics: QFontMetrics) -> int:
    """About how high it will be."""
    letters = max(FEWEST_LETTERS, width // max(1, metrics.averageCharWidth()))
    reply = next((c.said for c in round_.candidates if c.id == round_.chosen), "")
    lines = sum(ceil(len(line) / letters) or 1 for line in reply.splitlines())
    lines += ceil(len(round_.text) / letters)
    return FURNITURE + round(lines * metrics.lineSpacing() * 1.3)
