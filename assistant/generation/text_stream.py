"""From the bytes of single tokens to text that can be shown at once: pure.

A character may be split across tokens, and a stop string across pieces: what may still become
part of either is held back until it is decided. Leading white space of a reply is dropped, unless
the reply was `begun` before.
"""

from __future__ import annotations

import codecs


class TextStream:
    """The text of one draft, fed token by token."""

    def __init__(self, stops: tuple[str, ...], *, begun: bool = False) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._stops = tuple(stop for stop in stops if stop)
        self._held = ""
        self._begun = begun
        self.stopped = False  # a stop string was met; nothing more comes out

    def feed(self, piece: bytes) -> str:
        """The text that is certain after one more token."""
        return self._advance(self._decoder.decode(piece), last=False)

    def finish(self) -> str:
        """What was held back, at the end of the reply."""
        return self._advance(self._decoder.decode(b"", final=True), last=True)

    def _advance(self, text: str, *, last: bool) -> str:
        if self.stopped:
            return ""
        self._held += text
        if not self._begun:
            self._held = self._held.lstrip()
            self._begun = bool(self._held)
        cut = min((at for stop in self._stops if (at := self._held.find(stop)) >= 0), default=-1)
        if cut >= 0:
            self.stopped = True
            certain, self._held = self._held[:cut], ""
            return certain
        keep = 0 if last else self._undecided()
        certain = self._held[: len(self._held) - keep]
        self._held = self._held[len(certain) :]
        return certain

    def _undecided(self) -> int:
        """Length of the longest end of the held text that begins a stop string."""
        longest = max((len(stop) - 1 for stop in self._stops), default=0)
        for length in range(min(longest, len(self._held)), 0, -1):
            if any(stop.startswith(self._held[-length:]) for stop in self._stops):
                return length
        return 0
