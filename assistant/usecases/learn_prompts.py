"""Learn prompts: improve the pool on past rankings, judged by the reply scorer (Fermi on rankings).

A prompt's value on a query is the probability, by the scorer that the user's rankings taught, that
its reply beats the same model's reply without it. Where a candidate with this very prompt was
ranked by the user, that counts instead: 1 if it came first, 0 if not.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.domain.cancel import CancelToken
from assistant.domain.errors import Cancelled, UsageProblem
from assistant.domain.events import Progress
from assistant.domain.model import QueryId, Round
from assistant.generation.backend import Draft, DraftText, GenerationRequest, Sampling, Turn
from assistant.generation.prompt import guidance_text
from assistant.personalization.learner import Reply
from assistant.personalization.prompt_pool import Case, Entry, Outcome, keep_front
from assistant.personalization.prompt_search import Found, SearchPlan, search_prompts
from assistant.personalization.prompt_writing import LONGEST, Task, prompt_grammar
from assistant.settings import SYSTEM_TEXT
from assistant.storage.database import Database
from assistant.storage.prompts import PromptId, PromptOutcome, StoredPrompt
from assistant.usecases.examples import start_learner
from assistant.usecases.extras import HELPS, entry_of, winner_of
from assistant.usecases.interview import stated_wishes
from assistant.usecases.presets import sampling_of
from assistant.usecases.services import Services

CASES = 16  # the latest rankings; older ones say less about today's taste
FEWEST = 4  # rankings below which nothing can be told from them
REPLY_TOKENS = 72  # of a trial reply: enough to show its manner
PROMPT_TOKENS = 48
TEMPERATURE = 0.8
SAID = 300  # characters kept of a trial reply
FIRST = "The reader likes replies that come to the point."
PLAN = SearchPlan(
    task=Task(
        "A note about the reader is put behind a query, so that an assistant writes the reply "
        "that this reader ranks first.",
        "The reader likes replies that",
    ),
    rounds=3,
    texts=3,
    budget=96,
    keep=keep_front,
)


@dataclass(frozen=True, slots=True)
class PromptsLearned:
    """The pool now, the best last; how many trial replies it took, in how many seconds."""

    prompts: tuple[StoredPrompt, ...]
    trials: int
    rankings: int
    seconds: float


def list_prompts(services: Services) -> tuple[StoredPrompt, ...]:
    """Every prompt, also those that are banned from the pool, the best last."""
    return _ascending(services.store.run(lambda db: db.prompts.all()))


def set_prompt(services: Services, *, prompt_id: PromptId, banned: bool) -> StoredPrompt:
    """Let a prompt into the pool, or keep it out; UsageProblem if there is none of the number."""

    def write(db: Database) -> StoredPrompt:
        db.prompts.set_banned(prompt_id, banned)
        return db.prompts.get(prompt_id)

    return services.store.run(write)


def learn_prompts(
    services: Services, *, cancel: CancelToken
) -> Iterator[Progress | PromptsLearned]:
    """Improve the pool; what was found until then is kept if cancelled. The run is noted.

    UsageProblem if too few replies were ranked first so far.
    """
    started = services.timer()
    start_learner(services)
    trial = _Trial(services, services.store.run(_ranked), cancel)
    if len(trial.cases) < FEWEST:
        raise UsageProblem(
            f"Prompts are learned from at least {FEWEST} rankings; "
            f"there are {len(trial.cases)} so far."
        )
    run_id = services.store.run(lambda db: db.training_runs.start("prompts", services.clock()))
    outcome = "failed"
    try:
        seed = services.random.getrandbits(31)
        start = _start(services, {case.id for case in trial.cases})
        for step in search_prompts(
            start, trial.cases, trial.score, trial.write, PLAN, seed, cancel
        ):
            if isinstance(step, Progress):
                yield step
                continue
            prompts = _store(services, step)
            outcome = "cancelled" if step.cut_off else "done"
            seconds = services.timer() - started
            yield PromptsLearned(prompts, step.outcomes, len(trial.cases), seconds)
    except (Cancelled, GeneratorExit):
        outcome = "cancelled"
        raise
    finally:
        services.store.run(
            lambda db: db.training_runs.finish(run_id, outcome, None, services.clock())
        )


class _Trial:
    """Past rounds on which prompts are tried out."""

    def __init__(self, services: Services, rounds: Sequence[Round], cancel: CancelToken) -> None:
        self._services = services
        self._cancel = cancel
        self._rounds = {int(round_.query_id): round_ for round_ in rounds}
        self._plain: dict[int, str] = {}  # replies without a prompt, by case
        self._system = services.store.run(lambda db: db.settings.get(SYSTEM_TEXT))
        self._emphasis = services.store.run(sampling_of).emphasis
        self.cases = tuple(
            Case(number, round_.text, best.text)
            for number, round_ in self._rounds.items()
            if (best := winner_of(round_)) is not None
        )

    def score(self, prompt: str, cases: Sequence[Case]) -> list[Outcome]:
        """How the prompt does on some of the cases."""
        return [self._outcome(prompt, case) for case in cases]

    def write(self, request: str, count: int, seed: int) -> list[str]:
        """New prompts by the chat model."""
        grammar = prompt_grammar(PLAN.task)
        drafts = tuple(Draft("", seed + number, grammar) for number in range(count))
        return self._generate((Turn("user", request),), drafts, PROMPT_TOKENS)

    def _outcome(self, prompt: str, case: Case) -> Outcome:
        """What the user said of it, or else what the scorer expects of a trial reply."""
        used = [c for c in self._rounds[case.id].candidates if c.guidance.prompt == prompt]
        if used:
            won = any(c.text == case.wanted for c in used)
            return Outcome(float(won), won, used[0].text[:SAID])
        turns = tuple(
            turn
            for turn in (Turn("system", self._system), Turn("user", case.question))
            if turn.text
        )
        # the same seed for both: they differ in nothing but the prompt
        guides = (prompt,) if case.id in self._plain else (prompt, "")
        texts = self._generate(turns, tuple(Draft(g, case.id) for g in guides), REPLY_TOKENS)
        self._plain.setdefault(case.id, texts[-1])
        texts = [texts[0], self._plain[case.id]]
        replies = [Reply((), length=len(text), text=text) for text in texts]
        expected = self._services.learner.expect(case.question, replies)
        mine, plain = expected.get("scorer", next(iter(expected.values())))
        value = 1.0 / (1.0 + math.exp(plain - mine))
        return Outcome(value, value > HELPS, texts[0][:SAID])

    def _generate(
        self, turns: tuple[Turn, ...], drafts: tuple[Draft, ...], tokens: int
    ) -> list[str]:
        """The drafts' whole texts."""
        texts = [""] * len(drafts)
        sampling = Sampling(TEMPERATURE, max_tokens=tokens, emphasis=self._emphasis)
        request = GenerationRequest(turns, drafts, sampling)
        for event in self._services.backend.generate(request, self._cancel):
            if isinstance(event, DraftText):
                texts[event.draft] += event.text
        if self._cancel.cancelled:
            raise Cancelled  # half a reply says nothing
        return [text.strip() for text in texts]


def _ranked(db: Database) -> tuple[Round, ...]:
    """The latest rounds that have a winner to learn from."""
    return tuple(r for r in db.rounds.ranked() if winner_of(r) is not None)[-CASES:]


def _start(services: Services, cases: set[int]) -> list[Entry]:
    """The pool as it is, with what is known of these cases; a first prompt if there is none."""
    wishes = list(stated_wishes(services))
    while len(guidance_text(wishes)) > LONGEST:
        wishes.pop()
    first = guidance_text(wishes) or FIRST
    stored = services.store.run(lambda db: db.prompts.all())
    pool = [entry_of(prompt) for prompt in stored if not prompt.banned]
    known = [
        Entry(e.prompt, {case: o for case, o in e.outcomes.items() if case in cases}) for e in pool
    ]
    return known if any(e.prompt == first for e in known) else [Entry(first, {}), *known]


def _store(services: Services, found: Found) -> tuple[StoredPrompt, ...]:
    """Make the found memory the pool; what a cancelled search did not come to stays in it."""
    now = services.clock()
    left = {entry.prompt for entry in found.left}
    new = tuple(
        StoredPrompt(
            entry.prompt,
            now,
            tuple(
                PromptOutcome(QueryId(case), outcome.value, outcome.said)
                for case, outcome in sorted(entry.outcomes.items())
            ),
        )
        for entry in found.memory
    )

    def write(db: Database) -> tuple[StoredPrompt, ...]:
        old = _ascending([prompt for prompt in db.prompts.all() if prompt.text in left])
        db.prompts.replace((*old, *new)[-PLAN.size :])
        return tuple(prompt for prompt in db.prompts.all() if not prompt.banned)

    return _ascending(services.store.run(write))


def _ascending(prompts: Sequence[StoredPrompt]) -> tuple[StoredPrompt, ...]:
    """By score, the best last; then by text."""
    return tuple(sorted(prompts, key=lambda p: (entry_of(p).score, p.text)))
