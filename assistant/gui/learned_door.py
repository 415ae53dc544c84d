"""The way to the page “What I have learned about you”, and the trainer behind it.

The page is loaded and made when it is opened first, so that the window starts without it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QShortcut

from assistant.gui.actions import keys_of
from assistant.gui.controls import button
from assistant.gui.language import key_words, tr
from assistant.gui.learned_work import LearnedWork
from assistant.gui.main_window import MainWindow
from assistant.gui.notice import Notice
from assistant.gui.preferences import Preferences
from assistant.gui.session import Session
from assistant.gui.training import Trainer, ended_words
from assistant.gui.tray import Tray
from assistant.settings import IDLE_LEARNING, LEARNING

if TYPE_CHECKING:
    from assistant.gui.learned_page import LearnedPage


class LearnedDoor(QObject):
    """One for each session of a window."""

    def __init__(
        self, window: MainWindow, session: Session, preferences: Preferences, tray: Tray
    ) -> None:
        super().__init__(session)
        self._window, self._session, self._preferences = window, session, preferences
        self.page: LearnedPage | None = None
        self.trainer = Trainer(session)
        self.work = LearnedWork(session, preferences, self.trainer)
        self.trainer.said.connect(window.status.show_learning)
        notice = Notice(window, tray)
        self.trainer.requested.connect(notice.begin)
        self.trainer.ended.connect(
            lambda ended: notice.end(tr("Learning: {outcome}.", outcome=ended_words(ended)))
        )
        self.work.forgotten.connect(self._show_unranked)
        preferences.changed.connect(self._configured)
        way = button(
            tr("What I have learned"),
            self.open,
            kind="foot",
            name=tr("What I have learned about you"),
        )
        way.setToolTip(key_words(keys_of("learned")))
        window.sidebar.foot.insertWidget(0, way)
        QShortcut(QKeySequence(keys_of("learned")), window).activated.connect(self.open)

    def open(self) -> None:
        """Show the page."""
        if self.page is None:
            from assistant.gui.learned_page import LearnedPage

            self.page = LearnedPage(self.work)
            self._session.learned.connect(self.page.refresh)
            self.page.unranked_wanted.connect(self._window.unranked_wanted)
        self._window.pages.open(self.page)

    def close(self) -> None:
        """Nothing is learned any more."""
        self.trainer.close()

    def _show_unranked(self) -> None:
        """The rankings are gone: the conversation shown is read anew."""
        session = self._session
        if session.conversation is not None and session.memory is None:  # else it is another's id
            session.open(session.conversation)

    def _configured(self) -> None:
        values = self._preferences.values
        learns = bool(values[LEARNING.key] and values[IDLE_LEARNING.key])
        self._window.status.show_learns(learns)
