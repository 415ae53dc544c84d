"""The way to the rounds that were left unranked, and what happens when they are ranked there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from assistant.domain.model import ConversationId, Order, QueryId, Round
from assistant.gui.language import sentence, tr
from assistant.gui.main_window import MainWindow
from assistant.gui.session import Session
from assistant.gui.tasks import Lane
from assistant.usecases.rank import RankingSaved, rank
from assistant.usecases.undo import undo
from assistant.usecases.unranked import pass_over, unranked, waiting_round

if TYPE_CHECKING:
    from assistant.gui.unranked_page import UnrankedPage


class UnrankedDoor(QObject):
    """One for each session of a window; its page is made when it is wanted first."""

    def __init__(self, window: MainWindow, session: Session) -> None:
        super().__init__(session)
        self._window, self._session = window, session
        self._changed: set[ConversationId] = set()  # conversations with rounds ranked here
        self.page: UnrankedPage | None = None
        window.unranked_wanted.connect(self.open)
        window.pages.returned.connect(self._show_changes)

    def open(self) -> None:
        """Show what waits, from the latest on."""
        services, page = self._session.services, self._made()
        self._window.pages.open(page)
        self._session.run(Lane.BROWSE, lambda: unranked(services), page.begin)

    def _made(self) -> UnrankedPage:
        """The page, connected to what it asks for."""
        if self.page is None:
            from assistant.gui.unranked_page import UnrankedPage

            self.page = UnrankedPage()
            self.page.wanted.connect(self._read)
            self.page.ranked.connect(self._rank)
            self.page.undone.connect(self._undo)
            self.page.passed.connect(self._pass)
        return self.page

    def _read(self, query_id: QueryId) -> None:
        services, page = self._session.services, self._made()
        self._session.run(
            Lane.BROWSE, lambda: waiting_round(services, query_id=query_id), page.show_round
        )

    def _rank(self, query_id: QueryId, order: Order) -> None:
        """Store an order and learn from it, behind what is being written."""
        services, session = self._session.services, self._session
        session.busied.emit()
        session.tasks.run(
            Lane.GENERATE,
            lambda: rank(services, query_id=query_id, order=order),
            lambda step: self._saved(step) if isinstance(step, RankingSaved) else None,
            lambda _none: session.learned.emit(),
            lambda error: session.failed.emit(sentence(str(error))),
        )

    def _saved(self, step: RankingSaved) -> None:
        self._settle(step.round, tr("Saved"))

    def _undo(self, query_id: QueryId) -> None:
        services = self._session.services

        def taken_back(round_: Round) -> None:
            self._settle(round_, tr("Taken back"))
            self._session.learned.emit()

        self._session.busied.emit()
        self._session.run(
            Lane.GENERATE, lambda: undo(services, query_id=query_id).round, taken_back
        )

    def _pass(self, query_id: QueryId) -> None:
        services = self._session.services
        self._session.change(lambda: pass_over(services, query_id=query_id), lambda _none: None)

    def _settle(self, round_: Round, said: str) -> None:
        """A round is ranked, or is not any more."""
        self._changed.add(round_.conversation_id)
        self._made().saved(round_, said)

    def _show_changes(self) -> None:
        """The conversation shown is read anew if something of it was ranked here."""
        changed, self._changed = self._changed, set()
        session = self._session
        if session.conversation in changed and session.memory is None and not session.writing:
            session.open(session.conversation)
