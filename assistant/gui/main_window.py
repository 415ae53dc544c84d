"""The window: sidebar, conversation, composer, explanation and status line, put together.

It can be shown before anything is open; `use` fills it once the program is ready.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QSplitter, QVBoxLayout, QWidget

from assistant.gui.actions import Where, bind
from assistant.gui.banner import Actions, Banner
from assistant.gui.composer import Composer
from assistant.gui.conversation_view import SIDE, WIDEST, ConversationView
from assistant.gui.kept_focus import focus_within
from assistant.gui.language import tr
from assistant.gui.pages import Pages
from assistant.gui.reflow import Centred, has_room
from assistant.gui.round_view import RoundView
from assistant.gui.sidebar import Sidebar
from assistant.gui.status_line import StatusLine
from assistant.gui.theme import Appearance
from assistant.gui.top_bar import TopBar
from assistant.gui.why_panel import LOOKING_UP, NOTHING_YET, WhyPanel
from assistant.gui.window_actions import window_actions
from assistant.gui.window_place import Place, place_of, put_back
from assistant.settings import UNSENT, WINDOW_STATE, Setting

if TYPE_CHECKING:  # loaded once the window is painted, see `use`
    from assistant.domain.network import NetworkCount
    from assistant.gui.desk import Desk
    from assistant.gui.session import Session

SIZE = (1280, 800)
LEAST_SIZE = (320, 420)
PANES = (224, 792, 264)  # widths of sidebar, conversation and explanation until the user drags them
NARROW = 820  # below this the sidebar gives its place to the conversation
WHY_BESIDE = 1100  # below this the explanation opens only when asked for
ONE_PANE = 560  # below this it and the conversations take the place of the conversation


class MainWindow(QMainWindow):
    """Connects what is shown with the session; holds no state of its own but what is visible."""

    settings_wanted = Signal()
    models_wanted = Signal()
    shortcuts_wanted = Signal()
    unranked_wanted = Signal()
    about_wanted = Signal()
    back_up_wanted = Signal()
    wipe_wanted = Signal()
    zoomed = Signal(int)  # 1 larger, -1 smaller, 0 the usual size

    def __init__(
        self, appearance: Appearance, on_close: Callable[[], object] | None = None
    ) -> None:
        super().__init__()
        self.appearance = appearance
        self.session: Session | None = None
        self.desk: Desk | None = None
        self.network: NetworkCount | None = None  # whoever starts the program counts
        self._on_close = on_close
        self._why_wanted: bool | None = None  # None: as the width allows
        self._sidebar_wanted: bool | None = None  # likewise
        self.setWindowTitle("Attune")
        self.resize(*SIZE)
        self.setMinimumSize(*LEAST_SIZE)
        self.sidebar, self.composer, self.why = Sidebar(), Composer(), WhyPanel()
        self.round_view, self.banner, self.status = RoundView(), Banner(), StatusLine()
        self.conversation, self.top = ConversationView(self.round_view), TopBar()
        self.panes = QSplitter(Qt.Orientation.Horizontal)
        self.pages = Pages(self._make_middle(), self.conversation)
        self._lay_out()
        self._connect()
        self.composer.setEnabled(False)
        self.why.hide()

    def use(self, session: Session) -> None:
        """Work with an open program from now on."""
        from assistant.gui.desk import Desk

        self.session = session
        self.desk = Desk(self, session)
        self.composer.setEnabled(True)
        self.composer.setFocus()
        self.desk.begin()

    def say(self, text: str, actions: Actions = (), *, closable: bool = True) -> None:
        """Show a problem with what can be done about it."""
        self.banner.say(text, actions, closable=closable)

    def ask(self, text: str) -> None:
        """Ask a query in the conversation shown."""
        if self.desk is not None and self.composer.isEnabled():
            self.pages.go_back()
            self.desk.flow.ask(text)

    def new_chat(self) -> None:
        """Begin a conversation; it is stored with its first query."""
        self._begin_chat(temporary=False)

    def temporary_chat(self) -> None:
        """Begin a conversation that is never stored."""
        self._begin_chat(temporary=True)

    def toggle_sidebar(self) -> None:
        """Show or hide the conversations."""
        shown = self.sidebar.isVisible()
        self._sidebar_wanted = None if shown and self._alone() else not shown
        if self._sidebar_wanted and self._alone():
            self._why_wanted = False
        self.arrange()
        if self._sidebar_wanted and self._alone():
            self.sidebar.search.setFocus()

    def search(self) -> None:
        """The keyboard goes to the search field."""
        if not self.sidebar.isVisible():
            self.toggle_sidebar()
        self.sidebar.search.setFocus()
        self.sidebar.search.selectAll()

    def toggle_why(self) -> None:
        """Show or hide the explanation."""
        self.pages.go_back()
        shown = self.why.isVisible()
        self._why_wanted = None if shown and self._alone() else not shown
        self.arrange()
        if self._why_wanted and self._alone():
            self.why.close_button.setFocus()

    def hide_reasons(self) -> None:
        """Before the ranking nothing may hint at what a reply was written with; then it is read."""
        ranked = self.session and self.session.round and self.session.round.ranking
        self.why.show_hint(tr(LOOKING_UP if ranked else NOTHING_YET))
        self.arrange()

    def arrange(self) -> None:
        """The panes as the user wants them, or as there is room; in a narrow window one of them.

        The explanation belongs to the conversation: beside another page it is not shown.
        """
        ranked = bool(self.session and self.session.round and self.session.round.ranking)
        why, sidebar = self._why_wanted, self._sidebar_wanted
        why = has_room(self, WHY_BESIDE) and ranked if why is None else why
        why = why and self.pages.page() is None
        sidebar = has_room(self, NARROW) if sidebar is None else sidebar
        alone = self._alone()
        sidebar = sidebar and not (alone and why)
        self.why.setVisible(why)
        self.sidebar.setVisible(sidebar)
        self.sidebar.back.setVisible(alone and sidebar)
        self.top.chats.setVisible(not sidebar)
        self.pages.setVisible(not (alone and (why or sidebar)))

    def make_room(self) -> None:
        """Something else is to be seen in the middle: in a narrow window it needs the room."""
        in_sidebar = focus_within(self.sidebar) is not None
        if self._alone():
            self._sidebar_wanted = None
        self.arrange()
        if in_sidebar and self.sidebar.isHidden():
            self.composer.setFocus()

    def begin_message(self, text: str) -> None:
        """A message was begun in a list at the left: it goes on where messages are written."""
        if self.composer.isEnabled():
            self.pages.go_back()
            self.make_room()
            self.composer.begin(text)

    def _alone(self) -> bool:
        """Whether there is room for one pane only."""
        return not has_room(self, ONE_PANE)

    def put_back(self, place: Place) -> None:
        """Be where the window was left."""
        self._why_wanted = place.why
        put_back(place, self, self.panes)
        self.arrange()

    def kept(self) -> dict[Setting[str], str]:
        """What is to be found again at the next start."""
        unsent = {} if self.desk is None else {UNSENT: self.desk.unsent.as_text()}
        return {WINDOW_STATE: self.place(), **unsent}

    def place(self) -> str:
        """Where and how large the window is, to be stored."""
        panes = (self.sidebar, self.panes.widget(1), self.why)
        kept = tuple(
            PANES[at] if pane is None or pane.isHidden() else pane.width()
            for at, pane in enumerate(panes)
        )
        return place_of(self, kept, self._why_wanted)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the conversation the room when the window is narrow."""
        super().resizeEvent(event)
        self.arrange()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close everything behind the window, which is gone from the screen first."""
        event.accept()
        self.hide()
        if self._on_close is not None:
            self._on_close()

    def _make_middle(self) -> QWidget:
        """The conversation with its title above and the composer below."""
        bottom = Centred(WIDEST, SIDE, 4, 14)
        bottom.column.setSpacing(8)
        bottom.column.addWidget(self.banner)
        bottom.column.addWidget(self.composer)
        middle = QWidget()
        middle.setObjectName("page")
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top)
        column.addWidget(self.conversation, 1)
        column.addWidget(bottom)
        return middle

    def _lay_out(self) -> None:
        """Three panes that can be drawn wider, over the status line."""
        for at, pane in enumerate((self.sidebar, self.pages, self.why)):
            self.panes.addWidget(pane)
            self.panes.setCollapsible(at, False)
            self.panes.setStretchFactor(at, int(pane is self.pages))
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
        for part in (self.pages.returned, self.banner.left):
            part.connect(self.composer.setFocus)
        self.composer.stop.connect(self.stop)
        self.round_view.stop_all.connect(self.stop)
        self.round_view.ahead.message.connect(self.composer.begin)
        self.conversation.example.connect(self.ask)
        for rows in (self.sidebar.list, self.sidebar.hits):
            rows.typed.connect(self.begin_message)
        self.why.closed.connect(self.toggle_why)
        self.top.why_wanted.connect(self.toggle_why)
        self.top.temporary_left.connect(self.new_chat)
        self.top.chats_wanted.connect(self.toggle_sidebar)
        self.pages.currentChanged.connect(lambda _at: self.make_room())
        self.sidebar.left.connect(self.make_room)
        self.sidebar.new_chat.connect(self.new_chat)
        self.sidebar.temporary.connect(self.temporary_chat)
        self.sidebar.settings.connect(self.settings_wanted)
        self.sidebar.models.connect(self.models_wanted)
        self.sidebar.unranked.connect(self.unranked_wanted)
        self.sidebar.about.connect(self.about_wanted)
        bind(self, Where.ANYWHERE, window_actions(self))

    def _begin_chat(self, *, temporary: bool) -> None:
        self.pages.go_back()
        self.make_room()
        if self.desk is not None:
            self.desk.new_chat(temporary=temporary)
        self.composer.setFocus()

    def stop(self) -> None:
        """Stop what is being written; what was written is kept."""
        if self.session is not None:
            self.session.stop()
