"""Reading ahead: while a message is being typed the engine evaluates what is there already."""

from __future__ import annotations

from contextlib import suppress
from functools import partial

from PySide6.QtCore import QObject, QTimer

from assistant.domain.cancel import CancelToken
from assistant.domain.errors import UserError
from assistant.gui.composer import Composer
from assistant.gui.round_flow import RoundFlow
from assistant.gui.session import Session
from assistant.usecases.read_ahead import read_ahead

PAUSE_MILLISECONDS = 250  # after the last key: about as long as between two words


class ReadingAhead(QObject):
    """Begins anew a moment after each change of the message, or of what was learned."""

    def __init__(self, composer: Composer, session: Session, flow: RoundFlow) -> None:
        super().__init__(composer)
        self._composer, self._session, self._flow = composer, session, flow
        self._reading = CancelToken()
        self._wait = QTimer(self, singleShot=True, interval=PAUSE_MILLISECONDS)
        self._wait.timeout.connect(self._read)
        for change in (composer.typed, session.learned, session.model_ready, flow.finished):
            change.connect(self._begin)

    def _begin(self) -> None:
        self._reading.cancel()  # whatever it reads now has changed
        self._wait.start()

    def _read(self) -> None:
        session, text = self._session, self._composer.whole_text()
        if not text or not self._composer.isEnabled():
            return
        ahead = partial(
            read_ahead,
            session.at_hand,
            text=text,
            conversation_id=session.conversation,
            drafts=self._flow.drafts(),
            best=self._flow.best(),
            seed=session.seed,
        )

        def work(cancel: CancelToken) -> None:
            with suppress(UserError):  # sending it will say what is wrong
                ahead(cancel=cancel)

        self._reading = session.prepare(work)
