"""The window: sidebar, conversation, composer, explanation and status line, put together.

It can be shown before anything is open; `use` fills it once the program is ready.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QVBoxLayout,
    QWidget,
)

from assistant.domain.events import (
    Notice,
    PromptEvaluated,
    ReplyFinished,
    ReplyText,
    RoundEvent,
    RoundFinished,
    RoundStarted,
)
from assistant.domain.model import QueryId, Round
from assistant.gui.banner import Banner
from assistant.gui.composer import Composer
from assistant.gui.controls import announce, button, label
from assistant.gui.conversation_view import ConversationView
from assistant.gui.round_view import RoundView
from assistant.gui.session import Session
from assistant.gui.shelf import Shelf
from assistant.gui.sidebar import Sidebar
from assistant.gui.status_line import StatusLine
from assistant.gui.theme import apply_theme
from assistant.gui.why_panel import WhyPanel
from assistant.usecases.history import Transcript

SIDEBAR_WIDTH = 224
NARROW = 820  # below this the sidebar gives its place to the conversation
WHY_BESIDE = 1100  # below this the explanation opens only when asked for


class MainWindow(QMainWindow):
    """Connects what is shown with the session; holds no state of its own but what is visible."""

    def __init__(self, on_close: Callable[[], None] | None = None) -> None:
        super().__init__()
        self.session: Session | None = None
        self._shelf: Shelf | None = None
        self._on_close = on_close
        self._why_wanted: bool | None = None  # None: as the width allows
        self.setWindowTitle("Attune")
        self.resize(1280, 800)
        self.setMinimumSize(360, 420)
        self.sidebar, self.composer, self.why = Sidebar(), Composer(), WhyPanel()
        self.round_view, self.banner, self.status = RoundView(), Banner(), StatusLine()
        self.conversation = ConversationView(self.round_view)
        self.title, self.model_chip = label("New chat", "title"), label("", "chip")
        self._lay_out()
        self._connect()
        self.composer.setEnabled(False)
        self.why.hide()

    def use(self, session: Session) -> None:
        """Work with an open program from now on."""
        self.session = session
        session.asked.connect(self._asked)
        session.stepped.connect(self._round_event)
        session.ask_failed.connect(self._ask_failed)
        session.saved.connect(self._saved)
        session.opened.connect(self._opened)
        session.explained.connect(self.why.show_why)
        session.scored.connect(self.status.show_score)
        session.configured.connect(self._configured)
        session.doing.connect(self.status.show_doing)
        session.failed.connect(self.banner.say)
        self.composer.setEnabled(True)
        self.composer.setFocus()
        self.status.show_doing("resting")
        self._shelf = Shelf(self.sidebar, session)
        self._shelf.current_title.connect(self.title.setText)
        self._shelf.current_deleted.connect(self.new_chat)
        session.configure()
        session.refresh_score()
        self._refresh_list()

    def say(
        self, text: str, actions: Sequence[tuple[str, Callable[[], object]]], *, closable: bool
    ) -> None:
        """Show a sentence with what can be done about it."""
        self.banner.say(text, actions, closable=closable)

    def ask(self, text: str, again: QueryId | None = None) -> None:
        """Ask a query in the conversation shown; the round before it is folded."""
        if self.session is None or self.session.writing:
            return
        self.banner.hide()
        if again is None:
            self._fold()
        self.composer.set_writing(True)
        self.composer.setFocus()
        self.session.ask(text, self.composer.drafts(), again)

    def new_chat(self) -> None:
        """Begin a conversation; it is stored with its first query."""
        if self.session is not None:
            self.session.leave()
        self.title.setText("New chat")
        self.composer.set_writing(False)
        self.conversation.show_rounds((), None)
        self._hide_reasons()
        self.sidebar.list.clearSelection()
        self.composer.setFocus()

    def toggle_why(self) -> None:
        """Show or hide the explanation."""
        self._why_wanted = not self.why.isVisible()
        self.why.setVisible(self._why_wanted)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the conversation the room when the window is narrow."""
        super().resizeEvent(event)
        self.sidebar.setVisible(self.width() >= NARROW)
        self._arrange_why()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close everything behind the window."""
        if self._on_close is not None:
            self._on_close()
        event.accept()

    def _lay_out(self) -> None:
        top = QFrame()
        top.setObjectName("top")
        top_row = QHBoxLayout(top)
        top_row.setContentsMargins(18, 8, 18, 8)
        top_row.addWidget(self.title, 1)
        top_row.addWidget(self.model_chip)
        top_row.addWidget(button("Why", self.toggle_why, kind="quiet", name="Why, F4"))
        self.model_chip.hide()
        bottom = QVBoxLayout()
        bottom.setContentsMargins(18, 4, 18, 14)
        bottom.setSpacing(8)
        bottom.addWidget(self.banner)
        bottom.addWidget(self.composer)
        middle = QVBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(top)
        middle.addWidget(self.conversation, 1)
        middle.addLayout(bottom)
        self.sidebar.setFixedWidth(SIDEBAR_WIDTH)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.sidebar)
        row.addLayout(middle, 1)
        row.addWidget(self.why)
        page = QWidget()
        page.setObjectName("page")
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row, 1)
        column.addWidget(self.status)
        self.setCentralWidget(page)

    def _connect(self) -> None:
        """What the user does, to what the session is asked for."""
        self.composer.send.connect(self.ask)
        self.composer.stop.connect(self._stop)
        self.conversation.example.connect(self.ask)
        self.round_view.ranked.connect(lambda order: self._session(lambda s: s.rank(order)))
        self.round_view.skipped.connect(lambda: self._session(lambda s: s.skip()))
        self.round_view.undone.connect(lambda: self._session(lambda s: s.undo()))
        self.round_view.stopped.connect(lambda at: self._session(lambda s: s.stop(at)))
        self.round_view.proceed.connect(self._proceed)
        self.why.closed.connect(self.toggle_why)
        self.sidebar.new_chat.connect(self.new_chat)
        keys: dict[str, Callable[[], object]] = {
            "Ctrl+N": self.new_chat,
            "Ctrl+K": self._search,
            "F4": self.toggle_why,
            "Ctrl+R": self.round_view.focus_first,
            "Ctrl+L": self.composer.setFocus,
        }
        for key, action in keys.items():
            QShortcut(QKeySequence(key), self).activated.connect(action)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self.round_view)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self._stop)

    def _session(self, action: Callable[[Session], object]) -> None:
        """Do something with the session if there is one."""
        if self.session is not None:
            action(self.session)

    def _stop(self) -> None:
        self._session(lambda s: s.stop())

    def _refresh_list(self) -> None:
        if self._shelf is not None:
            self._shelf.refresh()

    def _search(self) -> None:
        self.sidebar.show()
        self.sidebar.search.setFocus()

    def _asked(self, round_: Round) -> None:
        """The query is stored: show it, and the conversation in the list."""
        self.conversation.show_query(round_.text)
        self._refresh_list()

    def _round_event(self, event: RoundEvent) -> None:
        """One step of the round shown."""
        match event:
            case RoundStarted(round_):
                self.round_view.show_round(round_)
                self.conversation.show_cards()
                self._hide_reasons()
                self.model_chip.setText(round_.model)
                self.model_chip.setVisible(bool(round_.model))
            case ReplyText(candidate_id, text):
                self.round_view.add_text(candidate_id, text)
            case ReplyFinished(candidate_id, finish, tokens):
                self.round_view.finish_reply(candidate_id, finish, tokens)
            case PromptEvaluated():
                self.composer.show_context(event.tokens, event.context)
            case Notice(text):
                self.banner.say(text)
            case RoundFinished():
                self._finished()

    def _finished(self) -> None:
        self.composer.set_writing(False)
        announce(self, "The replies are written")
        if not self.composer.edit.toPlainText():
            self.round_view.focus_first()

    def _ask_failed(self, sentence: str, query_id: QueryId | None) -> None:
        """Say why, with the button that tries again."""
        self.composer.set_writing(False)
        text = self.session.round.text if self.session and self.session.round else ""
        again = [("Try again", lambda: self.ask(text, query_id))] if query_id else []
        self.banner.say(sentence, again)
        self.banner.buttons[0].setFocus()

    def _saved(self, round_: Round, said: str) -> None:
        self.round_view.update_round(round_, said)
        if round_.ranking is None:
            self._hide_reasons()
        self._arrange_why()

    def _hide_reasons(self) -> None:
        """Before the ranking nothing may hint at what a reply was written with."""
        self.why.show_hint("Rank the replies first; what each was written with is shown then.")
        self._arrange_why()

    def _proceed(self) -> None:
        """Go on with the reply chosen: the round is folded, the composer waits."""
        if self.session and self.session.round and self.session.round.ranking:
            self._fold()
        self.composer.setFocus()

    def _fold(self) -> None:
        """Fold the current round into the conversation."""
        if self.session and self.session.round and self.round_view.isVisible():
            self.conversation.fold(self.session.round)

    def _opened(self, transcript: Transcript) -> None:
        """Show a stored conversation, its last round open."""
        assert self.session is not None, "opened by the session"
        self.session.conversation = transcript.conversation.id
        self.title.setText(transcript.conversation.title)
        rounds = transcript.rounds
        current = rounds[-1] if rounds else None
        self.session.round = current
        if current is not None and current.candidates:
            self.round_view.show_round(current)
        self.conversation.show_rounds(rounds[:-1], current)
        self.composer.set_writing(False)
        self.session.explain()

    def _configured(self, theme: str, scale: float, replies: int) -> None:
        application = QApplication.instance()
        if isinstance(application, QApplication):
            apply_theme(application, theme, scale)
        self.composer.set_drafts(replies)

    def _arrange_why(self) -> None:
        """Beside the conversation if it fits and the round is ranked, or as the user wants."""
        ranked = bool(self.session and self.session.round and self.session.round.ranking)
        wanted = self._why_wanted
        self.why.setVisible(wanted if wanted is not None else self.width() >= WHY_BESIDE and ranked)
