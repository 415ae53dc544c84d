"""How fast each model wrote last: measured at every round, kept for the next start."""

from __future__ import annotations

import json

from PySide6.QtCore import QElapsedTimer, QObject, Signal

from assistant.domain.events import PromptEvaluated, ReplyFinished, RoundEvent, RoundFinished
from assistant.gui.session import Session
from assistant.settings import SPEEDS

LEAST_TOKENS = 40  # of a round; fewer say little about speed


class Speeds(QObject):
    """Tokens a second by the model's name, all replies of a round together."""

    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._speeds: dict[str, float] = {}
        self._clock = QElapsedTimer()
        self._tokens = 0
        session.stepped.connect(self._step)

    def load(self, text: str) -> None:
        """Take over what was measured before."""
        try:
            self._speeds = {str(k): float(v) for k, v in json.loads(text or "{}").items()}
        except (ValueError, TypeError, AttributeError):
            self._speeds = {}

    def of(self, model: str) -> float | None:
        """Tokens a second, None if this model was never measured."""
        return self._speeds.get(model)

    def _step(self, event: RoundEvent) -> None:
        """From the prompt's end to the last word of the last reply."""
        if isinstance(event, PromptEvaluated):
            self._clock.start()
            self._tokens = 0
        elif isinstance(event, ReplyFinished):
            self._tokens += event.tokens
        elif isinstance(event, RoundFinished) and self._clock.isValid():
            seconds = self._clock.elapsed() / 1000
            self._clock.invalidate()
            if self._tokens >= LEAST_TOKENS and seconds > 0:
                self._speeds[event.round.model] = self._tokens / seconds
                if self._session.memory is None:
                    self._session.keep({SPEEDS: json.dumps(self._speeds)})
                self.changed.emit()
