"""Asks for replies as if nothing had been learned, and shows them beside the learned ones.

Contract: nothing of it is stored; it gives way at once when the user asks, ranks or goes back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from assistant.domain.cancel import CancelToken
from assistant.domain.errors import UserError
from assistant.domain.model import QueryId, Round
from assistant.gui.language import sentence, tr
from assistant.gui.main_window import MainWindow
from assistant.gui.session import Session
from assistant.gui.tasks import Lane
from assistant.usecases.unlearned import reply_unlearned

if TYPE_CHECKING:
    from assistant.gui.unlearned_page import UnlearnedPage


class Unlearned(QObject):
    """One for each session of a window; its page is made when it is wanted first."""

    def __init__(self, window: MainWindow, session: Session) -> None:
        super().__init__(session)
        self._window, self._session = window, session
        self._cancel = CancelToken()
        self.page: UnlearnedPage | None = None
        session.busied.connect(self.stop)

    def stop(self) -> None:
        """No more is wanted of what is being written; what came stays to be read."""
        self._cancel.cancel()

    def show(self, query_id: QueryId, letter: str = "") -> None:
        """Compare a reply, without a letter the one that went on."""
        if self._session.writing:
            said = tr("Replies are being written; compare them when they are whole.")
            self._window.banner.tell(said)
            return
        self.stop()
        services = self._session.at_hand
        self._session.run(
            Lane.BROWSE,
            lambda: services.store.run(lambda db: db.rounds.get(query_id)),
            lambda round_: self._begin(round_, letter),
        )

    def _begin(self, round_: Round, letter: str) -> None:
        """Open the page and have the other reply written."""
        if not round_.candidates:
            return
        going_on = next((c for c in round_.candidates if c.id == round_.chosen), None)
        candidate = round_.candidate(letter) if letter else going_on or round_.candidates[0]
        page = self._opened()
        page.begin(round_, candidate)
        self._session.busied.emit()
        self._cancel = cancel = CancelToken()
        services, asked = self._session.at_hand, candidate.letter

        def ended(_none: object) -> None:
            if self._cancel is cancel:
                page.finish(tr("stopped") if cancel.cancelled else "")
                if self._session.conversation == round_.conversation_id:  # it is still shown
                    self._session.warm(round_.conversation_id)

        def failed(error: UserError) -> None:
            if self._cancel is cancel:
                page.fail(sentence(str(error)))

        self._session.tasks.run(
            Lane.GENERATE,
            lambda: reply_unlearned(
                services, query_id=round_.query_id, letter=asked, cancel=cancel
            ),
            lambda text: page.add_text(text) if self._cancel is cancel else None,
            ended,
            failed,
        )

    def _opened(self) -> UnlearnedPage:
        """The page, made if need be, in front."""
        if self.page is None:
            from assistant.gui.unlearned_page import UnlearnedPage

            self.page = UnlearnedPage()
            self.page.stopped.connect(self.stop)
            self.page.left.connect(self.stop)
        self._window.pages.open(self.page)
        return self.page
