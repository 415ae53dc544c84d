"""Everything between an open program and its window: who hears what, and what is asked then."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal

from assistant.generation.backend import ModelInfo
from assistant.gui.insight import Insight
from assistant.gui.main_window import MainWindow
from assistant.gui.model_choice import ModelChoice
from assistant.gui.preferences import Preferences
from assistant.gui.round_flow import RoundFlow, Stage
from assistant.gui.session import Session
from assistant.gui.settings_dialog import SettingsDialog
from assistant.gui.shelf import Shelf
from assistant.gui.window_place import read_place
from assistant.settings import FONT_SCALE, LEARNING, REPLIES, THEME, WINDOW_STATE
from assistant.usecases.why import Why

NO_MODEL = "There is no model to write with yet; see the note above."


class Desk(QObject):
    """One for each session of a window."""

    model_changed = Signal()  # another model is to write: the services must be built anew

    def __init__(self, window: MainWindow, session: Session) -> None:
        super().__init__(session)
        self._window, self._session = window, session
        self._placed = False
        self.flow = RoundFlow(Stage(window.conversation, window.composer, window.banner), session)
        self.preferences = Preferences(session)
        self.insight = Insight(session)
        self.models = ModelChoice(session, window)
        self.shelf = Shelf(window.sidebar, session)
        self._hear_session()
        self._hear_window()

    def begin(self) -> None:
        """Read what is stored and load the model."""
        self.preferences.read()
        self.insight.refresh()
        self.shelf.refresh()
        self._session.check_model()

    def _hear_session(self) -> None:
        """What happened, to what the window shows."""
        window, session = self._window, self._session
        session.doing.connect(window.status.show_doing)
        session.failed.connect(window.banner.say)
        session.model_ready.connect(self._model_ready)
        session.model_missing.connect(self._model_missing)
        self.flow.titled.connect(window.top.show_title)
        self.flow.listed.connect(self.shelf.refresh)
        self.flow.hidden.connect(window.hide_reasons)
        self.flow.settled.connect(window.arrange_why)
        self.shelf.current_title.connect(window.top.show_title)
        self.shelf.current_deleted.connect(window.new_chat)
        self.insight.explained.connect(self._explain)
        self.insight.scored.connect(window.status.show_score)
        self.insight.behind.connect(window.why.show_behind)
        self.preferences.changed.connect(self._configured)
        self.models.chosen.connect(self.model_changed)

    def _hear_window(self) -> None:
        """What the user wants, to who does it."""
        window, preferences = self._window, self.preferences
        window.why.flagged.connect(self.insight.flag)
        window.why.asked_behind.connect(self.insight.find_behind)
        window.why.undone.connect(self._session.undo)
        window.top.learning_toggled.connect(lambda on: preferences.change({LEARNING: on}))
        window.composer.drafts_chosen.connect(lambda count: preferences.change({REPLIES: count}))
        window.models_wanted.connect(lambda: self.models.open_menu(window.top.model))
        window.settings_wanted.connect(self.open_settings)

    def open_settings(self) -> None:
        """Show the form; what was changed in it is stored when it is saved."""
        dialog = SettingsDialog(self.preferences.values, self._window)
        dialog.accepted.connect(lambda: self.preferences.change(dialog.changes()))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _model_ready(self, info: ModelInfo) -> None:
        """There is a model: whatever was said about it is over."""
        self._window.top.show_model(info.name)
        if not self._window.composer.isEnabled():
            self._window.banner.hide()
            self._window.composer.accept_messages()

    def _model_missing(self, sentence: str) -> None:
        """Without a model nothing can be written; everything stored can be read."""
        self._window.top.show_model("no model")
        self._window.composer.refuse_messages(NO_MODEL)
        actions = [
            ("Try again", self._session.check_model),
            ("Choose a model…", self.models.pick_file),
        ]
        self._window.say(sentence, actions, closable=False)

    def _explain(self, why: Why) -> None:
        """Only of the round that is shown, and only while it is ranked."""
        shown = self._session.round
        if shown is not None and shown.ranking and shown.query_id == why.round.query_id:
            self._window.why.show_why(why)
            self._window.arrange_why()

    def _configured(self) -> None:
        """Look as the settings say; take the window's place only when it has just been opened."""
        values, window = self.preferences.values, self._window
        window.appearance.choose(values[THEME.key], values[FONT_SCALE.key])
        window.composer.set_drafts(values[REPLIES.key])
        window.top.show_learning(values[LEARNING.key])
        place = None if self._placed else read_place(values[WINDOW_STATE.key])
        self._placed = True
        if place is not None:
            window.put_back(place)
