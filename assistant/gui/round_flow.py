"""What the session tells of a round, to what the window shows of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from assistant.domain.events import (
    Notice,
    PromptEvaluated,
    ReplyFinished,
    ReplyReopened,
    ReplyText,
    RoundEvent,
    RoundFinished,
    RoundStarted,
)
from assistant.domain.model import CandidateId, QueryId, Round
from assistant.gui.banner import Banner
from assistant.gui.composer import Composer
from assistant.gui.controls import announce
from assistant.gui.conversation_view import ConversationView
from assistant.gui.language import sentence, tr
from assistant.gui.query_bubble import pending_round
from assistant.gui.session import Session
from assistant.usecases.history import Transcript
from assistant.usecases.keep_writing import keep_writing


@dataclass(frozen=True, slots=True)
class Stage:
    """The parts of the window that a round plays on."""

    conversation: ConversationView
    composer: Composer
    banner: Banner


class RoundFlow(QObject):
    """From a query to the reply that goes on; one for each session."""

    shown = Signal(object)  # Conversation that is open now
    begun = Signal(object)  # ConversationId: the query asked is stored in it
    listed = Signal()  # a conversation was made or used
    hidden = Signal()  # the round shown is not ranked: nothing may be explained
    settled = Signal()  # it was ranked, or the ranking was taken back
    reopened = Signal()  # one reply is gone on with
    finished = Signal()  # all replies are written

    def __init__(self, stage: Stage, session: Session) -> None:
        super().__init__(session)
        self._stage, self._session = stage, session
        self._cards = stage.conversation.round_view
        self._fold_when_saved = False  # the user went on before the ranking was on disk
        self._alone = False  # what is written is one reply of several that are there already
        self._one_shown = False  # of those being written
        self._pending = ""  # a query that is shown and not stored yet
        session.asked.connect(self._asked)
        session.stepped.connect(self._step)
        session.ask_failed.connect(self._failed)
        session.saved.connect(self._saved)
        session.opened.connect(self._opened)
        session.arrived.connect(stage.conversation.jump)
        session.rechosen.connect(self._rechosen)
        cards = self._cards
        cards.ranked.connect(session.rank)
        cards.skipped.connect(session.skip)
        cards.undone.connect(session.undo)
        cards.stopped.connect(lambda draft: session.stop(None if self._alone else draft))
        cards.proceed.connect(self.proceed)
        cards.editing.connect(self.edit_reply)
        stage.conversation.versioned.connect(session.show_version)
        stage.conversation.edited.connect(lambda query_id, text: self.ask_instead(query_id, text))
        stage.conversation.again.connect(self.ask_again)
        stage.conversation.ranking.connect(self.rank_all)
        for part in (cards, stage.conversation):
            part.kept.connect(self.keep_writing)

    def ask(self, text: str, again: QueryId | None = None) -> None:
        """Ask a query in the conversation shown, where it stands at once; what was before folds."""
        if self._session.writing:
            return
        if again is None:
            self.fold()
        self._begin()
        if again is None:
            self._pending = text
            self._stage.conversation.show_query(pending_round(text))
        self._session.ask(text, self.drafts(), again, best=self.best())

    def ask_instead(self, query_id: QueryId, text: str, drafts: int | None = None) -> None:
        """Ask another version of a query; what came after the old one is found under it."""
        if not self._session.writing:
            self._begin()
            count = self.drafts() if drafts is None else drafts
            self._session.ask(text, count, None, query_id, best=self.best())

    def keep_writing(self, query_id: QueryId, letter: str) -> None:
        """Go on with a reply where it was cut off; it stands where it stood."""
        session = self._session
        if session.writing:
            return
        services = session.at_hand
        self._begin(focus=False)
        self._alone = True
        self.reopened.emit()
        session.write(
            lambda cancel: keep_writing(services, query_id=query_id, letter=letter, cancel=cancel)
        )

    def ask_again(self, query_id: QueryId, drafts: int | None = None) -> None:
        """Write new replies to a query as another version of it; the old ones stay."""
        bubbles = [past.bubble for past in self._stage.conversation.past]
        for bubble in (self._stage.conversation.bubble, *bubbles):
            if bubble is not None and bubble.round.query_id == query_id:
                self.ask_instead(query_id, bubble.round.text, drafts)
                return

    def edit_reply(self, query_id: QueryId, letter: str) -> None:
        """Let a reply of the round shown be changed: it is folded, where there is room for that."""
        if self._session.writing:
            self._stage.banner.tell(tr("Replies are being written; edit them when they are whole."))
            return
        self.fold()
        self._stage.conversation.past_rounds.edit(query_id, letter)

    def rank_all(self) -> None:
        """Show all replies to the last query as cards, where one of them is shown."""
        rounds = self._stage.conversation.past_rounds.rounds()
        if self._session.writing or self._cards.isVisible() or not (rounds and rounds[-1].picked):
            return
        self._stage.banner.hide()  # it may speak of the reply that is shown
        self._cards.show_round(rounds[-1])
        self._stage.conversation.show_rounds(rounds[:-1], rounds[-1])
        self._cards.focus_first()

    def clear(self) -> None:
        """Show a conversation that has not begun."""
        self._session.leave()
        self._set_writing(False)
        self._stage.conversation.show_rounds((), None)
        self._stage.composer.edit.remember_only(())
        self.hidden.emit()

    def proceed(self) -> None:
        """Go on with the reply chosen: the round is folded, the composer waits."""
        if self._session.round and self._session.round.ranking:
            self.fold()
        else:
            self._fold_when_saved = self._cards.model.order() is not None
        self._stage.composer.setFocus()

    def fold(self) -> None:
        """Fold the current round into the conversation."""
        self._cards.ahead.settle()  # who ranked it just now has ranked it
        self._fold_when_saved = False
        if self._session.round and self._cards.isVisible():
            self._stage.conversation.fold(self._session.round)

    def drafts(self) -> int | None:
        """As the settings have it, which a temporary chat has from when it began."""
        return self._stage.composer.drafts() if self._session.memory is not None else None

    def best(self) -> bool | None:
        """Whether only the best reply is shown, likewise."""
        return self._stage.composer.replies.best if self._session.memory is not None else None

    def _begin(self, *, focus: bool = True) -> None:
        """Something is being asked; with `focus` the user can write on."""
        self._alone = self._one_shown = False
        self._pending = ""
        self._stage.banner.hide()
        self._set_writing(True)
        if focus:
            self._stage.composer.setFocus()

    def _set_writing(self, writing: bool) -> None:
        self._stage.composer.set_writing(writing)
        self._stage.conversation.set_writing(writing)

    def _asked(self, round_: Round) -> None:
        """The query is stored: show it as it is, and the conversation in the list."""
        self._pending = ""
        self.begun.emit(round_.conversation_id)
        before = self._stage.conversation.past_rounds.rounds()[-1:]
        if before and before[0].picked:  # gone on without a ranking
            self._stage.conversation.update_past(replace(before[0], skipped=True))
        self._stage.conversation.begin_round(round_)
        self.listed.emit()

    def _step(self, event: RoundEvent) -> None:
        """One step of the round shown."""
        match event:
            case RoundStarted(round_, lead):
                self._started(round_, lead)
            case ReplyReopened(candidate):
                self._cards.reopen(candidate)
                self._stage.conversation.past_rounds.reopen(candidate)
            case ReplyText(candidate_id, text):
                self._cards.add_text(candidate_id, text)
                self._stage.conversation.past_rounds.add_text(candidate_id, text)
            case ReplyFinished(candidate_id, finish, tokens):
                self._cards.finish_reply(candidate_id, finish, tokens)
            case PromptEvaluated():
                self._stage.composer.show_context(event.tokens, event.context)
            case Notice(text, problem):
                say = self._stage.banner.say if problem else self._stage.banner.tell
                say(sentence(text))
            case RoundFinished(round_):
                self._finished(round_)

    def _started(self, round_: Round, lead: CandidateId | None) -> None:
        """Show the cards, or the one reply that can be read meanwhile as if it went on already."""
        self._fold_when_saved = False
        self._one_shown = lead is not None
        if lead is None:
            self._cards.show_round(round_)
            self._stage.conversation.show_cards(round_)
        else:
            self._stage.conversation.fold(replace(round_, chosen=lead))
            count = len(round_.candidates)
            said = tr("Writing {count}, you will read the best", count=count)
            announce(self._stage.composer, said)
        self.hidden.emit()

    def _finished(self, round_: Round) -> None:
        """The keyboard goes to the replies unless the user is writing already."""
        composer = self._stage.composer
        self._stage.conversation.update_past(round_)
        self._cards.keep_round(round_)
        self._set_writing(False)
        said, best = tr("The replies are written"), _letter_chosen(round_)
        if self._one_shown and best:
            said = tr("The replies are written; reply {best} is shown", best=best)
        announce(composer, said)
        if self._cards.isVisible() and not composer.edit.toPlainText():
            self._cards.focus_first()
        self.finished.emit()

    def _failed(self, sentence: str, query_id: QueryId | None) -> None:
        """Say why, with the button that tries again."""
        self._set_writing(False)
        self._stage.conversation.past_rounds.end_writing()
        if self._pending:
            self._stage.conversation.take_query_back()
            self._stage.composer.put_back(self._pending)
        text = self._session.round.text if self._session.round else ""
        again = [(tr("Try again"), lambda: self.ask(text, query_id))] if query_id else []
        self._stage.banner.say(sentence, again)
        self._stage.banner.buttons[0].setFocus()

    def _saved(self, round_: Round, said: str) -> None:
        self._cards.update_round(round_, said)
        self._stage.conversation.update_past(round_)  # whoever was quick has folded it
        if round_.ranking is None:
            self.hidden.emit()
        self.settled.emit()
        if self._fold_when_saved:
            self.proceed()

    def _rechosen(self, round_: Round) -> None:
        """Another reply goes on: say so where it is shown."""
        self._stage.conversation.update_past(round_)
        said = tr("Going on with reply {chosen}", chosen=_letter_chosen(round_))
        announce(self._stage.conversation, said)

    def _opened(self, transcript: Transcript) -> None:
        """Show a stored conversation, its last round open."""
        session = self._session
        session.conversation = transcript.conversation.id
        rounds = transcript.rounds
        session.round = current = rounds[-1] if rounds else None
        self._stage.conversation.note_begun()
        changed = current is not None and self._stage.conversation.begun.reply(current)
        if current is not None and not _is_over(current) and not changed:
            if current.candidates:
                self._cards.show_round(current)
            self._stage.conversation.show_rounds(rounds[:-1], current)
        else:
            self._stage.conversation.show_rounds(rounds, None)
        self._stage.composer.edit.remember_only(round_.text for round_ in rounds)
        self._set_writing(False)
        self.shown.emit(transcript.conversation)
        self.hidden.emit()
        session.learned.emit()


def _letter_chosen(round_: Round) -> str:
    """The letter of the reply that goes on, if there is one."""
    return next((one.letter for one in round_.candidates if one.id == round_.chosen), "")


def _is_over(round_: Round) -> bool:
    """Whether it is shown as one reply: it is a copy, was edited, or the best one was picked."""
    if round_.picked and round_.expected is not None:
        return True
    going_on = [one for one in round_.candidates if one.id == round_.chosen]
    return bool(going_on) and (round_.copied or bool(going_on[0].version))
