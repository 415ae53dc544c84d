"""How long the first word of a warm turn takes through the program, and what each part adds to it.

Contract: the same conversation of one exchange each time, evaluated ahead as while the user reads;
then a query that was not asked before, and seconds from there to the first text of any reply:
storing the query, choosing tags while the engine reads it, storing the candidates, the first token.
Once sent at once, as in the terminal, and once read ahead, as in the window where the user looks at
the message for a moment before sending it.
The parts take turns in one run, medians over `runs`; each is compared with the row it is put on top
of. Every part is where the program puts it. Tags are pinned, so that every reply has some, but for
`first tags`: as long as nothing is known to be liked, one reply has none. On a data file of its
own, since it asks, ranks and switches.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import cycle
from typing import TYPE_CHECKING, TypedDict

from assistant.domain.cancel import CancelToken
from assistant.domain.events import ReplyText, RoundFinished
from assistant.domain.model import ConversationId, Order, Round, TagKind
from assistant.evaluation.bench_first_token import PROMPT, RULES, compared
from assistant.evaluation.sample_queries import sample_queries
from assistant.settings import EMPHASIS, EXEMPLARS, INTERESTS, PROMPTS, STYLES
from assistant.storage.prompts import PromptOutcome, StoredPrompt
from assistant.usecases.ask import ask
from assistant.usecases.copy_chat import copy_from
from assistant.usecases.profile import set_tag
from assistant.usecases.rank import choose_reply, rank, warm_up
from assistant.usecases.read_ahead import read_ahead
from assistant.usecases.services import Services

if TYPE_CHECKING:
    from assistant.storage.database import Database

EARLIER, TOKENS = 64, 8  # of a reply: of the exchange before; enough to see the first one come
EXCHANGES_EVERY = 10  # of the sample queries, one is ranked before
TRIES = 30  # queries, until one has a part that only some have


@dataclass(frozen=True, slots=True)
class Row:
    """What is switched on for a row, and the row it is put on top of."""

    base: str = "tags"
    tags: bool = True
    liked: bool = True
    emphasis: bool = False
    rules: bool = False
    exemplars: bool = False
    prompt: bool = False

    def switch(self, services: Services) -> None:
        """Switch exactly this on."""
        library = services.store.run(lambda db: db.tags.all())
        for kind in TagKind:
            name = next(tag.name for tag in library if tag.kind is kind)
            set_tag(services, name=name, pinned=self.tags and self.liked)

        def write(db: Database) -> None:
            db.settings.set(INTERESTS, int(self.tags))
            db.settings.set(STYLES, int(self.tags))
            db.settings.set(EMPHASIS, EMPHASIS.default if self.emphasis else 0.0)
            db.settings.set(EXEMPLARS, self.exemplars)
            db.settings.set(PROMPTS, self.prompt)
            for rule in db.rules.all():
                db.rules.set_flags(rule.id, pinned=self.rules, banned=not self.rules)

        services.store.run(write)

    def there(self, round_: Round) -> bool:
        """Whether a round has what it can only have for some queries."""
        given = [candidate.guidance for candidate in round_.candidates]
        return (not self.exemplars or any(guidance.exemplars for guidance in given)) and (
            not self.prompt or any(guidance.prompt for guidance in given)
        )


ROWS: Mapping[str, Row] = {
    "nothing": Row(base="nothing", tags=False),
    "first tags": Row(base="nothing", liked=False),
    "tags": Row(base="nothing"),
    "emphasis": Row(emphasis=True),
    "rules": Row(rules=True),
    "exemplars": Row(exemplars=True),
    "prompt pool": Row(prompt=True),
    "all of these": Row("nothing", emphasis=True, rules=True, exemplars=True, prompt=True),
}


def first_words(services: Services, runs: int) -> dict[str, dict[str, object]]:
    """For each part: seconds to the first word, and how much later that is, as a share.

    `read_ahead`: the same for queries that were read while they were typed.
    """
    turns = _Turns(services)
    sent: dict[str, list[float]] = {name: [] for name in ROWS}
    typed: dict[str, list[float]] = {name: [] for name in ROWS}
    for number in range(runs + 1):  # the first round only wakes everything up
        for name, row in ROWS.items():
            row.switch(services)
            turns.ask(typed=False)  # from here on the engine is prepared for what is switched on
            for times, ahead in ((sent, False), (typed, True)):
                seconds = turns.first_word(row, typed=ahead)
                if number:
                    times[name].append(seconds)
    bases = {name: row.base for name, row in ROWS.items()}
    ahead_rows = compared(typed, bases)
    rows = compared(sent, bases)
    return {name: {**row, "read_ahead": ahead_rows[name]} for name, row in rows.items()}


class Query(TypedDict):
    """What is asked, and read ahead."""

    text: str
    conversation_id: ConversationId
    seed: int
    cancel: CancelToken


class _Turns:
    """Turns behind one exchange, each in a copy of its conversation."""

    def __init__(self, services: Services) -> None:
        self._services = services
        queries = [text for text, _ in sample_queries()]
        first = [self._exchange(query) for query in queries[::EXCHANGES_EVERY]]
        self._queries = cycle(q for at, q in enumerate(queries) if at % EXCHANGES_EVERY)
        self._exchanged = first[-1].query_id
        now = services.clock()
        liked = [PromptOutcome(round_.query_id, 1.0, "") for round_ in first]

        def write(db: Database) -> None:
            db.prompts.replace([StoredPrompt(PROMPT, now, tuple(liked))])
            for rule in RULES:
                db.rules.add(rule, "own", "", now, pinned=True)

        services.store.run(write)

    def _exchange(self, query: str) -> Round:
        """A query with the reply that goes on, ranked."""
        for event in ask(self._services, text=query, max_tokens=EARLIER, cancel=CancelToken()):
            if isinstance(event, RoundFinished):
                shown = event.round
        order = Order(tuple((c.letter,) for c in shown.candidates))
        for _ in rank(self._services, query_id=shown.query_id, order=order):
            pass
        return choose_reply(self._services, query_id=shown.query_id, letter=order.tiers[0][0])

    def first_word(self, row: Row, *, typed: bool) -> float:
        """Seconds from a query to the first text of any reply, where the part is there."""
        for _ in range(TRIES):
            seconds, shown = self.ask(typed=typed)
            if row.there(shown):
                return seconds
        raise AssertionError("a part that is switched on is never there")

    def ask(self, *, typed: bool) -> tuple[float, Round]:
        """Seconds from the next query to the first text of any reply, and the round."""
        services, text = self._services, next(self._queries)
        conversation = copy_from(services, query_id=self._exchanged).id
        warm_up(services, conversation_id=conversation, cancel=CancelToken())
        seed = services.random.getrandbits(31)
        query = Query(text=text, conversation_id=conversation, seed=seed, cancel=CancelToken())
        if typed:
            read_ahead(services, **query)
        begun, first = services.timer(), 0.0
        for event in ask(services, **query, max_tokens=TOKENS):
            if isinstance(event, ReplyText) and not first:
                first = services.timer() - begun
            if isinstance(event, RoundFinished):
                shown = event.round
        return first, shown
