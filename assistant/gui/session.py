"""What the window asks of the program: use cases on their lanes, outcomes as signals.

Contract: methods return at once and are called on the window's thread; signals come there too.
All that touches the engine or the learner's state goes through one lane, one after the other.
Orders given while replies are written are stored when the round is finished, after its prediction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal

from assistant.domain.cancel import CancelToken
from assistant.domain.errors import UserError
from assistant.domain.events import RoundEvent, RoundFinished, RoundStarted
from assistant.domain.model import ConversationId, Order, QueryId, Round
from assistant.gui.asking import asked
from assistant.gui.language import sentence, tr
from assistant.gui.status_line import RESTING
from assistant.gui.tasks import Lane, Tasks, ThreadedStore
from assistant.settings import Setting
from assistant.usecases.history import Transcript, show, show_version
from assistant.usecases.rank import RankingSaved, rank, skip, warm_up
from assistant.usecases.services import Services
from assistant.usecases.undo import undo


class Session(QObject):
    """One open program: the conversation shown and the round being written."""

    busied = Signal()  # the user waits for replies or ranks: what goes on beside makes room
    asked = Signal(object)  # Round without candidates: the query is stored
    stepped = Signal(object)  # RoundEvent
    ask_failed = Signal(str, object)  # sentence, QueryId to try again or None
    saved = Signal(object, str)  # Round, what to say
    opened = Signal(object)  # Transcript
    arrived = Signal(object)  # QueryId: the round in the conversation opened to go to
    learned = Signal()  # what is known has changed, or another round is shown
    rechosen = Signal(object)  # Round that goes on with another reply now
    model_ready = Signal(object)  # ModelInfo
    model_missing = Signal(str)  # the sentence to show
    doing = Signal(str)
    failed = Signal(str)

    def __init__(self, tasks: Tasks, services: Services) -> None:
        super().__init__()
        self.tasks, self.services = tasks, services
        self.conversation: ConversationId | None = None
        self.round: Round | None = None
        self.memory: ThreadedStore | None = None  # of a temporary conversation
        self.writing = False
        self._reads = Lane.BROWSE  # so reading does not wait for the model to be loaded
        self.busied.connect(self._read_behind)
        self._cancel, self._warming = CancelToken(), CancelToken()
        self.seed = services.random.getrandbits(31)  # of the next query, so it can be read ahead
        self._pending: Order | None = None
        self._ranked: Round | None = None  # its order is stored already, or on its way there

    @property
    def at_hand(self) -> Services:
        """The services that the conversation shown works with: a temporary one keeps nothing."""
        return replace(self.services, store=self.memory) if self.memory else self.services

    def check_model(self) -> None:
        """Load the model before it is needed, so that what is wrong with it is said at once."""
        self.doing.emit(tr("loading the model"))

        def ready(info: object) -> None:
            self.model_ready.emit(info)
            self._rest()

        def missing(error: UserError) -> None:
            self.model_missing.emit(sentence(str(error)))
            self._rest()

        self.tasks.run(Lane.GENERATE, lambda: self.services.backend.info(), None, ready, missing)

    def renew(self, services: Services) -> None:
        """Go on with services built anew."""
        self.services = services
        self.check_model()

    def keep(self, values: Mapping[Setting[str], str]) -> None:
        """Store these behind whatever the store is doing; nobody waits for it."""
        store, items = self.services.store, tuple(values.items())
        self.tasks.submit(
            Lane.STORE, lambda: store.run(lambda db: [db.settings.set(*one) for one in items])
        )

    def ask(
        self,
        text: str,
        drafts: int | None,
        again: QueryId | None = None,
        instead_of: QueryId | None = None,
        best: bool | None = None,
    ) -> None:
        """Ask here, as set where None is given; `again` retries, `instead_of` edits a query."""
        work = partial(asked, self.at_hand, text, self.conversation, drafts=drafts, best=best)
        work = partial(work, again=again, instead_of=instead_of, seed=self.seed)
        self.seed = self.services.random.getrandbits(31)
        self.round = None
        self.write(lambda cancel: work(cancel=cancel))

    def write(self, steps: Callable[[CancelToken], Iterator[Round | RoundEvent]]) -> None:
        """Have replies written; until that has ended or is stopped, nothing else is asked."""
        self._warming.cancel()
        self.busied.emit()
        self._cancel = cancel = CancelToken()
        self._pending, self.writing = None, True
        self.doing.emit(tr("reading"))
        self.tasks.run(
            Lane.GENERATE,
            lambda: steps(cancel),
            lambda step: self._on_step(step, cancel),
            lambda _none: self._on_asked(cancel),
            lambda error: self._on_ask_error(error, cancel),
        )

    def stop(self, draft: int | None = None) -> None:
        """Stop one draft, or all."""
        self._cancel.cancel() if draft is None else self._cancel.stop_draft(draft)

    def rank(self, order: Order) -> None:
        """Store an order and learn from it; while replies are written, once they are whole."""
        if self.round is None:
            return
        if self.writing:
            self._pending = order
            if len(order.tiers) == 1 or order.all_bad:
                self.stop()
            return
        query_id, services, self._ranked = self.round.query_id, self.at_hand, self.round
        self._warming.cancel()
        self.busied.emit()
        self.tasks.run(
            Lane.GENERATE,
            lambda: rank(services, query_id=query_id, order=order),
            self._on_ranked,
            lambda _none: self._after_learning(query_id),
            lambda error: self.failed.emit(sentence(str(error))),
        )

    def undo(self, *, every: bool = False) -> None:
        """Take the last order of the round shown back, or all that was learned from it."""
        shown, services = self.round, self.at_hand
        if shown is None or self.writing or (shown.ranking is None and shown is not self._ranked):
            return
        query_id = shown.query_id
        self.busied.emit()
        self._warming.cancel()

        def taken_back(outcome: Round) -> None:
            self._settled(outcome, tr("Taken back"))
            self._after_learning(query_id)

        work = partial(undo, services, query_id=query_id, every=every)
        self.run(Lane.GENERATE, lambda: work().round, taken_back)

    def skip(self) -> None:
        """No opinion on the round shown."""
        if self.round is None or self.writing:
            return
        query_id, services = self.round.query_id, self.at_hand
        self._read_behind()
        work = partial(skip, services, query_id=query_id)
        self.run(Lane.GENERATE, work, lambda round_: self._settled(round_, tr("Skipped")))

    def open(self, conversation_id: ConversationId, at: QueryId | None = None) -> None:
        """Show another conversation, at a query on whatever path; what was written is kept."""
        self.leave()
        services = self.services

        def work() -> Transcript:
            found = show(services, conversation_id=conversation_id)
            if at is None or any(round_.query_id == at for round_ in found.rounds):
                return found
            return show_version(services, query_id=at)

        self._read(work, at)

    def show_version(self, query_id: QueryId) -> None:
        """Show another version of a query, with what came after it."""
        self._stop_writing()
        self._read(partial(show_version, self.at_hand, query_id=query_id), query_id)

    def leave(self) -> None:
        """Stop what is being written here and show nothing; a temporary conversation is gone."""
        self._stop_writing()
        self.conversation, memory, self.memory = None, self.memory, None
        if memory is not None:  # behind what still writes into it
            self.tasks.run(Lane.GENERATE, memory.close)

    def _stop_writing(self) -> None:
        self.stop()
        self._warming.cancel()
        self._cancel = CancelToken()  # what still comes from the old one is not shown any more
        self.writing, self.round, self._pending = False, None, None

    def _read(self, work: Callable[[], Transcript], at: QueryId | None) -> None:
        """Show what `work` reads."""

        def opened(transcript: Transcript) -> None:
            self.opened.emit(transcript)
            if at is not None:
                self.arrived.emit(at)

        self.run(self._reads, work, opened)

    def _read_behind(self) -> None:
        """Something is stored by what waits for the model: from now on reading follows it."""
        self._reads = Lane.GENERATE

    def take_over(self, round_: Round) -> None:
        """Another reply to an earlier query goes on, or another text of it: it is stored."""
        self._keep(round_)
        self.rechosen.emit(round_)
        self.warm(round_.conversation_id)

    def run(self, lane: Lane, work: Callable[[], object], then: Callable[..., object]) -> None:
        """Run something short; what the user can act on is said in a sentence."""
        self.tasks.run(lane, work, None, then, lambda error: self.failed.emit(sentence(str(error))))

    def change(self, work: Callable[[], object], then: Callable[..., object]) -> None:
        """Anything else that only touches the store."""
        self.run(Lane.STORE, work, then)

    def _on_step(self, step: Round | RoundEvent, cancel: CancelToken) -> None:
        if cancel is not self._cancel:
            return
        if isinstance(step, Round):
            self.conversation, self.round = step.conversation_id, step
            self.asked.emit(step)
            return
        if isinstance(step, RoundStarted | RoundFinished):
            self._keep(step.round)
        if isinstance(step, RoundStarted):
            self.doing.emit(tr("writing"))
        self.stepped.emit(step)

    def _on_asked(self, cancel: CancelToken) -> None:
        if cancel is not self._cancel:
            return
        self.writing = False
        self._rest()
        order, self._pending = self._pending, None
        if order is not None:
            self.rank(order)
        elif self.round is not None and self.round.chosen is not None:
            self.warm(self.round.conversation_id)

    def _on_ask_error(self, error: UserError, cancel: CancelToken) -> None:
        if cancel is not self._cancel:
            return
        self.writing = False
        self._rest()
        again = self.round.query_id if self.round and not self.round.candidates else None
        self.ask_failed.emit(sentence(str(error)), again)

    def _on_ranked(self, step: object) -> None:
        if isinstance(step, RankingSaved):
            self._settled(step.round, tr("Saved"))
            self.doing.emit(tr("learning"))

    def _after_learning(self, query_id: QueryId) -> None:
        """Explain and count anew, then warm the conversation up while the user reads."""
        self._rest()
        self.learned.emit()
        if self.round is not None and self.round.query_id == query_id:
            self.warm(self.round.conversation_id)

    def warm(self, conversation: ConversationId) -> None:
        """Evaluate the conversation as it goes on now, until something else is asked."""
        self.prepare(partial(warm_up, self.at_hand, conversation_id=conversation))

    def prepare(self, work: Callable[..., None]) -> CancelToken:
        """Have the engine do this (with `cancel`) before it is asked, until something else is."""
        if not self.writing:
            self._warming.cancel()
            self._warming = cancel = CancelToken()
            self.run(Lane.GENERATE, partial(work, cancel=cancel), lambda _none: None)
        return self._warming

    def _rest(self) -> None:
        """Nothing is going on that the user waits for."""
        if not self.writing:
            self.doing.emit(RESTING)

    def _settled(self, round_: Round, said: str) -> None:
        self._keep(round_)
        self.saved.emit(round_, said)

    def _keep(self, round_: Round) -> None:
        """Remember what became of the round shown."""
        if self.round is not None and round_.query_id == self.round.query_id:
            self.round = round_
