"""How a running request is taken back or held, from any thread."""

from __future__ import annotations

import threading


class CancelToken:
    """One request's off switch, with one more for each of its drafts. Thread-safe, never reset."""

    def __init__(self) -> None:
        self._all = threading.Event()
        self._drafts: set[int] = set()

    def cancel(self) -> None:
        """Stop the whole request at its next step."""
        self._all.set()

    @property
    def cancelled(self) -> bool:
        """Whether the whole request was taken back."""
        return self._all.is_set()

    def stop_draft(self, index: int) -> None:
        """Stop one draft (0-based) at its next token and let the others go on."""
        self._drafts = self._drafts | {index}  # a new set: readers never see one half changed

    @property
    def stopped_drafts(self) -> frozenset[int]:
        """The drafts stopped one by one so far."""
        return frozenset(self._drafts)


LOOK_SECONDS = 0.1  # how often a held request looks whether it was taken back


class Hold:
    """A brake on long work, which asks for it between its steps. Thread-safe."""

    def __init__(self) -> None:
        self._free = threading.Event()
        self._free.set()

    @property
    def held(self) -> bool:
        """Whether the work is to wait at its next step."""
        return not self._free.is_set()

    def hold(self, held: bool) -> None:
        """Have the work wait at its next step, or let it go on."""
        if held:
            self._free.clear()
        else:
            self._free.set()

    def wait(self, cancel: CancelToken) -> None:
        """Return when the work may go on, or is to end."""
        while not cancel.cancelled and not self._free.wait(LOOK_SECONDS):
            pass
