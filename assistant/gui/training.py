"""Learning in the background: when the user has been quiet for a while, or asks for it.

Contract: one run at a time, on its own lane; the user never waits for it. What trains in the
learner process pauses by itself while a round is written (`ask` sees to that); what writes with the
engine is cancelled at once when the user asks or ranks, and taken up again when it is quiet.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, QTimer, Signal

from assistant.domain.cancel import CancelToken, Hold
from assistant.domain.errors import UserError
from assistant.domain.events import Progress
from assistant.gui.language import marked, sentence, tr
from assistant.gui.session import Session
from assistant.gui.tasks import Lane
from assistant.usecases.due import ALL_PARTS, IDLE_SECONDS, due
from assistant.usecases.learn import Learned, learn
from assistant.usecases.services import Services

BACKGROUND_THREADS = 1  # the others are the user's
WRITES = "prompts"  # the part that has the engine write all the time
NAMES = {
    "selector": marked("tags"),
    "scorer": marked("taste in texts"),
    "rules": marked("rules"),
    "prompts": marked("prompts"),
    "agent": marked("agent"),
}
READS_FIRST = "rules"  # the part that may have the engine write before its first step


@dataclass(frozen=True, slots=True)
class Running:
    """What is being learned, and how far it is."""

    part: str
    what: str = ""
    share: float | None = None  # None where it cannot be told
    seconds_left: float | None = None
    held: bool = False


@dataclass(frozen=True, slots=True)
class Ended:
    """How a run ended: whether what was learned came into use, and a sentence about it."""

    part: str
    accepted: bool
    reason: str


class Trainer(QObject):
    """One for each session; lives on the window's thread."""

    changed = Signal()  # `running` or `last` has changed
    requested = Signal()  # the user wants something learned now
    said = Signal(str)  # a few words for the status line, "" for nothing to say
    ended = Signal(object)  # Ended

    def __init__(self, session: Session, idle_seconds: float = IDLE_SECONDS) -> None:
        super().__init__(session)
        self._session = session
        self._cancel = CancelToken()
        self._hold = Hold()
        self._again = ""  # the part that was cut off by the user, to be taken up again
        self._left_out: set[str] = set()  # not begun by itself before there is another ranking
        self._stopped = self._looking = self._closed = False
        self.running: Running | None = None
        self.last: Ended | None = None
        self._idle = QTimer(self, interval=round(1000 * idle_seconds))
        self._idle.timeout.connect(self._look)
        session.busied.connect(self._make_room)
        session.saved.connect(lambda _round, _said: self._left_out.clear())
        self._idle.start()

    def learn(self, part: str) -> None:
        """The user wants a part learned now; nothing happens while something is being learned."""
        if self.running is None and not self._closed:
            self.requested.emit()
            self._begin(part)

    def hold(self, held: bool) -> None:
        """Have the run wait at its next step, or go on."""
        if self.running is not None:
            self._hold.hold(held)
            self._show(replace(self.running, held=held))

    def stop(self) -> None:
        """End the run; it does not begin again by itself before there is another ranking."""
        if self.running is not None:
            self._stopped = True
            self._left_out.add(self.running.part)
            self._cancel.cancel()

    def close(self) -> None:
        """Begin nothing any more, and end what runs."""
        self._closed = True
        self._idle.stop()
        self._cancel.cancel()

    def _make_room(self) -> None:
        """The user asks or ranks: what needs the engine gives it up, and quiet begins anew."""
        self._idle.start()
        if self.running is not None and self._writes(self.running):
            self._again = self.running.part
            self._cancel.cancel()

    def _writes(self, running: Running) -> bool:
        """Whether a run has the engine write at present."""
        return running.part == WRITES or (running.part == READS_FIRST and not running.what)

    def _look(self) -> None:
        """It has been quiet: go on with what was cut off, or begin what is due."""
        if self.running or self._looking or self._session.writing or self._closed:
            return
        self._looking = True
        services = self._session.services
        again, self._again = self._again, ""
        names = tuple(name for name in ALL_PARTS if name not in self._left_out)

        def found(part: str | None) -> None:
            self._looking = False
            if part and not (self._session.writing or self.running or self._closed):
                self._begin(part)

        def failed(_error: UserError) -> None:
            self._looking = False  # the store says elsewhere what is wrong with it

        self._session.tasks.run(
            Lane.LEARN, lambda: again or due(services, names), None, found, failed
        )

    def _begin(self, part: str) -> None:
        """Run it on its lane."""
        self._cancel, self._hold, self._stopped, self.last = CancelToken(), Hold(), False, None
        services, cancel, hold = self._session.services, self._cancel, self._hold
        self._show(Running(part))
        self._session.tasks.run(
            Lane.LEARN,
            lambda: _steps(services, part, cancel, hold),
            self._step,
            lambda _none: self._end(None),
            lambda error: self._end(Ended(part, False, str(error))),
        )

    def _step(self, step: Progress | Learned) -> None:
        if self.running is None:
            return
        if isinstance(step, Learned):
            self.last = Ended(step.learner, step.accepted, step.reason)
            return
        share = step.done / step.total if step.total else None
        self._show(
            replace(self.running, what=step.what, share=share, seconds_left=step.seconds_left)
        )

    def _end(self, failure: Ended | None) -> None:
        """Tell what came of it; a part that was refused or failed waits for another ranking."""
        part = self.running.part if self.running else ""
        self.running = None
        ended = failure or self.last or Ended(part, False, tr("interrupted"))
        if self._cancel.cancelled and failure is None:
            reason = tr("stopped") if self._stopped else tr("interrupted; goes on when it is quiet")
            ended = Ended(part, False, reason)
        if failure is not None:
            self._left_out.add(part)
        self.last = ended
        self._idle.start()
        self.changed.emit()
        self.said.emit(ended_words(ended))
        self.ended.emit(ended)

    def _show(self, running: Running) -> None:
        self.running = running
        self.changed.emit()
        self.said.emit(running_words(running))


def _steps(
    services: Services, part: str, cancel: CancelToken, hold: Hold
) -> Iterator[Progress | Learned]:
    """A run that waits between its steps while it is held."""
    for step in learn(services, cancel=cancel, only=part, threads=BACKGROUND_THREADS):
        yield step
        hold.wait(cancel)


def running_words(running: Running) -> str:
    """ "learning: rules 40 %", or that it is paused."""
    share = "" if running.share is None else f" {100 * running.share:.0f} %"
    name = tr(NAMES.get(running.part, running.part))
    said = tr("paused: {part}") if running.held else tr("learning: {part}")
    return f"{said.format(part=name)}{share}"


def ended_words(ended: Ended) -> str:
    """How the last run ended, in a few words."""
    name = tr(NAMES.get(ended.part, ended.part))
    if ended.accepted:
        return tr("learned: {part}", part=name)
    return f"{name}: {sentence(ended.reason)}"
