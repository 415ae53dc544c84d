"""Everything between an open program and its window: who hears what, and what is asked then."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QPoint, Signal

from assistant.domain.model import Conversation, ConversationId, Round
from assistant.generation.backend import ModelInfo
from assistant.gui.enclosing import Enclosing
from assistant.gui.exchange import Exchange
from assistant.gui.foresight import Foresight
from assistant.gui.insight import Insight
from assistant.gui.language import marked, tr
from assistant.gui.learned_door import LearnedDoor
from assistant.gui.main_window import MainWindow
from assistant.gui.model_choice import ModelChoice
from assistant.gui.notice import Notice
from assistant.gui.overflow import Overflow
from assistant.gui.preferences import Preferences
from assistant.gui.reading_ahead import ReadingAhead
from assistant.gui.reply_changes import ReplyChanges
from assistant.gui.round_flow import RoundFlow, Stage
from assistant.gui.session import Session
from assistant.gui.shelf import Shelf
from assistant.gui.side_pages import SidePages
from assistant.gui.snippets import Snippets
from assistant.gui.speeds import Speeds
from assistant.gui.temporary_chat import TemporaryChat
from assistant.gui.top_bar import NEW_CHAT
from assistant.gui.training import Ended, ended_words
from assistant.gui.tray import Tray
from assistant.gui.unlearned import Unlearned
from assistant.gui.unranked import UnrankedDoor
from assistant.gui.unsent import Unsent
from assistant.gui.why_panel import LEARNING_NOW
from assistant.gui.window_place import read_place
from assistant.settings import (
    FONT_SCALE,
    LANGUAGE,
    LEARNING,
    NOTIFY,
    REDUCED_MOTION,
    REPLIES,
    SHOW_BEST,
    SPEEDS,
    THEME,
    UNSENT,
    WELCOMED,
    WINDOW_STATE,
)
from assistant.usecases.language_note import note_language
from assistant.usecases.models import display_name
from assistant.usecases.why import Why

NO_MODEL = marked("There is no model to write with yet; see the note above.")
TEMPORARY = marked("Temporary chat")
ZOOM_STEP = 0.1


class Desk(QObject):
    """One for each session of a window."""

    model_changed = Signal()  # another model is to write: the services must be built anew

    def __init__(self, window: MainWindow, session: Session) -> None:
        super().__init__(session)
        self._window, self._session = window, session
        self._placed = False
        self._model = self._shown_as = ""  # its own name, and how it is called here
        self.conversation: Conversation | None = None  # shown and stored
        self.flow = RoundFlow(Stage(window.conversation, window.composer, window.banner), session)
        self.preferences = Preferences(session)
        self.insight = Insight(session)
        self.models = ModelChoice(session, window)
        self.exchange = Exchange(session, window)
        self.shelf = Shelf(window.sidebar, session, self.exchange)
        self.changes = ReplyChanges(window, session, self.shelf)
        self.unsent = Unsent(window.composer, window.conversation, session)
        self.snippets = Snippets(window.composer, session)
        self.speeds = Speeds(session)
        self.temporary = TemporaryChat(session)
        self.enclosing = Enclosing(window.composer, window.banner, session)
        self.foresight = Foresight(window.composer, session)
        self.reading_ahead = ReadingAhead(window.composer, session, self.flow)
        self.overflow = Overflow(window, session, self.foresight)
        self.tray = Tray(window)
        self.notice = Notice(window, self.tray)
        self.learned = LearnedDoor(window, session, self.preferences, self.tray)
        self.unlearned = Unlearned(window, session)
        self.unranked = UnrankedDoor(window, session)
        self.pages = SidePages(window, self)
        self._hear_session()
        self._hear_window()

    def begin(self) -> None:
        """Read what is stored and load the model."""
        self.preferences.read()
        self.insight.refresh()
        self.shelf.refresh()
        self.snippets.refresh()
        self._session.check_model()

    @property
    def session(self) -> Session:
        """What all of this works with."""
        return self._session

    def new_chat(self, *, temporary: bool = False) -> None:
        """Show a conversation that has not begun; a temporary one is never kept."""
        self.flow.clear()
        if temporary:
            self.temporary.begin()
        self.unsent.enter(None, temporary=temporary)
        self._show_conversation(None, tr(TEMPORARY if temporary else NEW_CHAT))

    def open_menu(self) -> None:
        """What can be done with the conversation shown."""
        if self.conversation is not None:
            below = self._window.top.menu.rect().bottomLeft()
            self.shelf.open_menu(
                self.conversation, self._window.top.menu.mapToGlobal(below + QPoint(0, 4))
            )

    def _hear_session(self) -> None:
        """What happened, to what the window shows."""
        window, session = self._window, self._session
        session.doing.connect(window.status.show_doing)
        session.saved.connect(lambda round_, _said: self._saved(round_))
        session.failed.connect(window.banner.say)
        session.model_ready.connect(self._model_ready)
        session.model_missing.connect(self._model_missing)
        self.flow.shown.connect(self._opened)
        self.flow.begun.connect(self._begun)
        self.flow.listed.connect(self.shelf.refresh)
        session.asked.connect(lambda _round: self.notice.begin())
        self.flow.reopened.connect(self.notice.begin)
        self.flow.finished.connect(lambda: self.notice.end(tr("The replies are written.")))
        self.enclosing.attached.connect(self._attached)
        self.learned.trainer.ended.connect(self._trained)
        self.flow.hidden.connect(window.hide_reasons)
        self.flow.settled.connect(window.arrange)
        self.shelf.current_known.connect(lambda one: self._show_conversation(one, one.title))
        self.shelf.current_deleted.connect(window.new_chat)
        self.shelf.opening.connect(window.pages.go_back)
        self.shelf.opening.connect(window.make_room)
        self.exchange.said.connect(window.banner.tell)
        self.insight.explained.connect(self._explain)
        self.insight.scored.connect(window.status.show_score)
        self.insight.behind.connect(window.why.show_behind)
        self.learned.work.changed.connect(self.insight.refresh)
        self.learned.work.changed.connect(self.snippets.refresh)  # a profile brings some
        self.preferences.changed.connect(self._configured)
        self.speeds.changed.connect(self._show_model)
        self.models.chosen.connect(self.model_changed)

    def _hear_window(self) -> None:
        """What the user wants, to who does it."""
        window, preferences = self._window, self.preferences
        window.why.flagged.connect(self.insight.flag)
        window.why.asked_behind.connect(self.insight.find_behind)
        for undone in (window.why.undone, window.round_view.lesson_undone):
            undone.connect(partial(self._session.undo, every=True))
        window.why.unlearned.connect(self._unlearn_shown)
        for part in (window.round_view, window.conversation):
            part.unlearned.connect(self.unlearned.show)
        window.top.learning_toggled.connect(lambda on: preferences.change({LEARNING: on}))
        window.top.menu_wanted.connect(self.open_menu)
        window.top.models_wanted.connect(lambda: self.models.open_menu(window.top.model))
        window.composer.drafts_chosen.connect(lambda count: preferences.change({REPLIES: count}))
        window.composer.best_chosen.connect(lambda on: preferences.change({SHOW_BEST: on}))
        window.zoomed.connect(self._zoom)
        self.models.all_wanted.connect(window.models_wanted)

    def _unlearn_shown(self) -> None:
        """Compare the reply that goes on, of the round that is explained."""
        if self._session.round is not None:
            self.unlearned.show(self._session.round.query_id)

    def _opened(self, one: Conversation) -> None:
        """A stored conversation is shown, or a temporary one in another version."""
        if self._session.memory is None:
            self.unsent.enter(one.id)
            self._show_conversation(one, one.title)

    def _begun(self, conversation: ConversationId) -> None:
        if self._session.memory is None:
            self.unsent.begin(conversation)

    def _trained(self, ended: Ended) -> None:
        """A run came to something: who is elsewhere is told; an interrupted one goes on anyway."""
        if ended.accepted:
            self.notice.tell_if_away(ended_words(ended))

    def _attached(self, conversation: ConversationId) -> None:
        """A document was attached, perhaps to a conversation that began with it."""
        if self._session.memory is None:
            self.unsent.begin(conversation)
            self.shelf.refresh()

    def _show_conversation(self, one: Conversation | None, title: str) -> None:
        """Name it, and say what holds for it."""
        self.conversation = one
        top = self._window.top
        top.show_title(title)
        top.menu.setVisible(one is not None)
        top.show_learning_here(one is None or one.learn)
        top.show_temporary(self._session.memory is not None)
        for part in (self._window.composer, self._window.conversation):
            part.show_temporary(self._session.memory is not None)
        self._window.sidebar.list.mark(one.id if one else None)
        self.enclosing.refresh()
        self.foresight.look()

    def _model_ready(self, info: ModelInfo) -> None:
        """There is a model: whatever was said about it is over."""
        self._model, self.enclosing.context = info.name, info.context
        self._shown_as = display_name(self._session.services.paths, info.path, info.name)
        self._show_model()
        self._window.status.show_network(server=not info.on_this_machine)
        self.foresight.begin()
        if not self._window.composer.isEnabled():
            self._window.banner.hide()
            self._window.composer.accept_messages()

    def _show_model(self) -> None:
        if self._model:
            self._window.top.show_model(self._shown_as, self.speeds.of(self._model))

    def _model_missing(self, sentence: str) -> None:
        """Without a model nothing can be written; everything stored can be read."""
        self._window.top.show_model(tr("no model"))
        self._window.composer.refuse_messages(tr(NO_MODEL))
        actions = [
            (tr("Try again"), self._session.check_model),
            (tr("Choose a model…"), self.models.pick_file),
        ]
        self._window.say(sentence, actions, closable=False)

    def _saved(self, round_: Round) -> None:
        """An order is learned from before it is explained; what was explained before stays."""
        if round_.ranking is not None and not self._window.why.explains:
            self._window.why.show_hint(tr(LEARNING_NOW))

    def _explain(self, why: Why) -> None:
        """Only of the round that is shown, and only while it is ranked."""
        shown = self._session.round
        if shown is not None and shown.ranking and shown.query_id == why.round.query_id:
            self._window.why.show_why(why)
            self._window.arrange()

    def _zoom(self, step: int) -> None:
        """Text larger or smaller by a step; 0 for the usual size."""
        now = self.preferences.values[FONT_SCALE.key]
        wanted = FONT_SCALE.default if step == 0 else round(now + step * ZOOM_STEP, 2)
        low, high = FONT_SCALE.minimum or 0.0, FONT_SCALE.maximum or wanted
        self.preferences.change({FONT_SCALE: min(high, max(low, wanted))})

    def _configured(self) -> None:
        """Look as the settings say; take up what was left when it has just been opened."""
        values, window = self.preferences.values, self._window
        window.appearance.choose(
            values[THEME.key], values[FONT_SCALE.key], still=values[REDUCED_MOTION.key]
        )
        window.arrange()
        window.composer.set_drafts(values[REPLIES.key], best=values[SHOW_BEST.key])
        self.tray.wanted = values[NOTIFY.key]
        note_language(self._session.services.paths, values[LANGUAGE.key])
        window.top.show_learning(values[LEARNING.key])
        window.conversation.show_learning(values[LEARNING.key])
        if self._placed:
            return
        self._placed = True
        place = read_place(values[WINDOW_STATE.key])
        if place is not None:
            window.put_back(place)
        self.unsent.load(values[UNSENT.key])
        self.speeds.load(values[SPEEDS.key])
        if not values[WELCOMED.key] and self._session.round is None and not self._session.writing:
            self.pages.welcome()  # it would cover the replies of who was quicker
