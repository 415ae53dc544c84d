"""The window: sidebar, conversation, composer, explanation and status line, put together.

It can be shown before anything is open; `use` fills it once the program is ready.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QSplitter, QVBoxLayout, QWidget

from assistant.gui.banner import Banner
from assistant.gui.composer import Composer
from assistant.gui.conversation_view import ConversationView
from assistant.gui.insight import Insight
from assistant.gui.model_choice import ModelChoice
from assistant.gui.preferences import Preferences
from assistant.gui.round_flow import RoundFlow, Stage
from assistant.gui.round_view import RoundView
from assistant.gui.session import Session
from assistant.gui.settings_dialog import SettingsDialog
from assistant.gui.shelf import Shelf
from assistant.gui.sidebar import Sidebar
from assistant.gui.status_line import StatusLine
from assistant.gui.theme import Appearance
from assistant.gui.top_bar import NEW_CHAT, TopBar
from assistant.gui.why_panel import NOTHING_YET, WhyPanel
from assistant.gui.window_place import place_of, put_back, read_place
from assistant.settings import FONT_SCALE, LEARNING, REPLIES, THEME, WINDOW_STATE

SIZE = (1280, 800)
LEAST_SIZE = (360, 420)
PANES = (224, 792, 264)  # widths of sidebar, conversation and explanation until the user drags them
NARROW = 820  # below this the sidebar gives its place to the conversation
WHY_BESIDE = 1100  # below this the explanation opens only when asked for
NO_MODEL = "There is no model to write with yet; see the note above."


class MainWindow(QMainWindow):
    """Connects what is shown with the session; holds no state of its own but what is visible."""

    model_changed = Signal()  # another model is to write from now on

    def __init__(
        self, appearance: Appearance, on_close: Callable[[], object] | None = None
    ) -> None:
        super().__init__()
        self.session: Session | None = None
        self.preferences: Preferences | None = None
        self._shelf: Shelf | None = None
        self._flow: RoundFlow | None = None
        self._models: ModelChoice | None = None
        self._appearance, self._on_close = appearance, on_close
        self._why_wanted: bool | None = None  # None: as the width allows
        self._placed = False
        self.setWindowTitle("Attune")
        self.resize(*SIZE)
        self.setMinimumSize(*LEAST_SIZE)
        self.sidebar, self.composer, self.why = Sidebar(), Composer(), WhyPanel()
        self.round_view, self.banner, self.status = RoundView(), Banner(), StatusLine()
        self.conversation, self.top = ConversationView(self.round_view), TopBar()
        self.panes = QSplitter(Qt.Orientation.Horizontal)
        self._lay_out()
        self._connect()
        self.composer.setEnabled(False)
        self.why.hide()

    def use(self, session: Session) -> None:
        """Work with an open program from now on."""
        self.session = session
        stage = Stage(self.conversation, self.composer, self.banner)
        self._flow = RoundFlow(stage, session)
        self._flow.titled.connect(self.top.show_title)
        self._flow.listed.connect(self._refresh_list)
        self._flow.hidden.connect(self._hide_reasons)
        self._flow.settled.connect(self._arrange_why)
        self.preferences = Preferences(session)
        self.preferences.changed.connect(self._configured)
        self._models = ModelChoice(session, self)
        self._models.chosen.connect(self.model_changed)
        self._shelf = Shelf(self.sidebar, session)
        self._shelf.current_title.connect(self.top.show_title)
        self._shelf.current_deleted.connect(self.new_chat)
        insight = Insight(session)
        insight.explained.connect(self._explain)
        insight.scored.connect(self.status.show_score)
        insight.behind.connect(self.why.show_behind)
        self.why.flagged.connect(insight.flag)
        self.why.asked_behind.connect(insight.find_behind)
        self.why.undone.connect(session.undo)
        session.doing.connect(self.status.show_doing)
        session.failed.connect(self.banner.say)
        session.model_ready.connect(self._model_ready)
        session.model_missing.connect(self._model_missing)
        self.composer.setEnabled(True)
        self.composer.setFocus()
        self.preferences.read()
        insight.refresh()
        self._refresh_list()
        session.check_model()

    def say(
        self,
        text: str,
        actions: Sequence[tuple[str, Callable[[], object]]] = (),
        *,
        closable: bool = True,
    ) -> None:
        """Show a sentence with what can be done about it."""
        self.banner.say(text, actions, closable=closable)

    def ask(self, text: str) -> None:
        """Ask a query in the conversation shown."""
        if self._flow is not None and self.composer.isEnabled():
            self._flow.ask(text)

    def new_chat(self) -> None:
        """Begin a conversation; it is stored with its first query."""
        self.top.show_title(NEW_CHAT)
        self.sidebar.list.clearSelection()
        if self._flow is not None:
            self._flow.clear()
        self.composer.setFocus()

    def toggle_why(self) -> None:
        """Show or hide the explanation."""
        self._why_wanted = not self.why.isVisible()
        self.why.setVisible(self._why_wanted)

    def place(self) -> str:
        """Where and how large the window is, to be stored."""
        widths = [self.panes.widget(at).width() for at in range(self.panes.count())]
        shown = [not self.panes.widget(at).isHidden() for at in range(self.panes.count())]
        kept = tuple(w if s else d for w, s, d in zip(widths, shown, PANES, strict=True))
        return place_of(self, kept, self._why_wanted)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the conversation the room when the window is narrow."""
        super().resizeEvent(event)
        self.sidebar.setVisible(self.width() >= NARROW)
        self._arrange_why()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close everything behind the window, which is gone from the screen first."""
        event.accept()
        self.hide()
        if self._on_close is not None:
            self._on_close()

    def _lay_out(self) -> None:
        """Three panes that can be drawn wider, over the status line."""
        bottom = QVBoxLayout()
        bottom.setContentsMargins(18, 4, 18, 14)
        bottom.setSpacing(8)
        bottom.addWidget(self.banner)
        bottom.addWidget(self.composer)
        middle = QWidget()
        middle.setObjectName("page")
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top)
        column.addWidget(self.conversation, 1)
        column.addLayout(bottom)
        for at, pane in enumerate((self.sidebar, middle, self.why)):
            self.panes.addWidget(pane)
            self.panes.setCollapsible(at, False)
            self.panes.setStretchFactor(at, int(pane is middle))
        self.panes.setHandleWidth(1)
        self.panes.setSizes(list(PANES))
        page = QWidget()
        page.setObjectName("page")
        rows = QVBoxLayout(page)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.panes, 1)
        rows.addWidget(self.status)
        self.setCentralWidget(page)

    def _connect(self) -> None:
        """What the user does, to what is to happen."""
        self.composer.send.connect(self.ask)
        self.composer.stop.connect(self._stop)
        self.conversation.example.connect(self.ask)
        self.why.closed.connect(self.toggle_why)
        self.top.why_wanted.connect(self.toggle_why)
        self.top.learning_toggled.connect(self._set_learning)
        self.top.models_wanted.connect(self._show_models)
        self.sidebar.new_chat.connect(self.new_chat)
        self.sidebar.settings.connect(self._open_settings)
        keys: dict[str, Callable[[], object]] = {
            "Ctrl+N": self.new_chat,
            "Ctrl+K": self._search,
            "Ctrl+,": self._open_settings,
            "F4": self.toggle_why,
            "Ctrl+R": self.round_view.focus_first,
            "Ctrl+L": self.composer.setFocus,
        }
        for key, action in keys.items():
            QShortcut(QKeySequence(key), self).activated.connect(action)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self.round_view)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self._stop)

    def _stop(self) -> None:
        if self.session is not None:
            self.session.stop()

    def _refresh_list(self) -> None:
        if self._shelf is not None:
            self._shelf.refresh()

    def _search(self) -> None:
        self.sidebar.show()
        self.sidebar.search.setFocus()

    def _set_learning(self, on: bool) -> None:
        if self.preferences is not None:
            self.preferences.change({LEARNING: on})

    def _show_models(self) -> None:
        if self._models is not None:
            self._models.open_menu(self.top.model)

    def _open_settings(self) -> None:
        """Show the form; what was changed in it is stored when it is saved."""
        if self.preferences is None:
            return
        dialog = SettingsDialog(self.preferences.values, self)
        preferences = self.preferences
        dialog.accepted.connect(lambda: preferences.change(dialog.changes()))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _model_ready(self, info: ModelInfo) -> None:
        """There is a model: whatever was said about it is over."""
        self.top.show_model(info.name)
        if not self.composer.isEnabled():
            self.banner.hide()
            self.composer.accept_messages()

    def _model_missing(self, sentence: str) -> None:
        """Without a model nothing can be written; everything stored can be read."""
        assert self.session is not None and self._models is not None, "said by the session"
        self.top.show_model("no model")
        self.composer.refuse_messages(NO_MODEL)
        actions = [("Try again", self.session.check_model)]
        actions.append(("Choose a model…", self._models.pick_file))
        self.banner.say(sentence, actions, closable=False)

    def _explain(self, why: Why) -> None:
        """Only of the round that is shown, and only while it is ranked."""
        shown = self.session.round if self.session else None
        if shown is not None and shown.ranking and shown.query_id == why.round.query_id:
            self.why.show_why(why)
            self._arrange_why()

    def _hide_reasons(self) -> None:
        """Before the ranking nothing may hint at what a reply was written with."""
        self.why.show_hint(NOTHING_YET)
        self._arrange_why()

    def _configured(self) -> None:
        """Look as the settings say; the window's place only once, when it has just been opened."""
        assert self.preferences is not None, "they were read"
        values = self.preferences.values
        self._appearance.choose(values[THEME.key], values[FONT_SCALE.key])
        self.composer.set_drafts(values[REPLIES.key])
        self.top.show_learning(values[LEARNING.key])
        place = None if self._placed else read_place(values[WINDOW_STATE.key])
        self._placed = True
        if place is not None:
            self._why_wanted = place.why
            put_back(place, self, self.panes)
        self._arrange_why()

    def _arrange_why(self) -> None:
        """Beside the conversation if it fits and the round is ranked, or as the user wants."""
        ranked = bool(self.session and self.session.round and self.session.round.ranking)
        wanted = self._why_wanted
        self.why.setVisible(wanted if wanted is not None else self.width() >= WHY_BESIDE and ranked)
