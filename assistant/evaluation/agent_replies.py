"""What the chat model and the preference agent write in the agent's experiment, kept on disk.

Contract: equal questions get the text that came first, also in a later run. Replies are written as
the program writes them: the guidance behind the query, several drafts behind one prompt.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.domain.cancel import CancelToken
from assistant.domain.errors import Cancelled
from assistant.evaluation.score_cache import ScoreCache
from assistant.generation.backend import (
    Backend,
    Draft,
    DraftText,
    GenerationRequest,
    Lines,
    Sampling,
    Turn,
)
from assistant.personalization.agent_words import RULES_WRITTEN, agent_messages, read_rules
from assistant.settings import EMPHASIS, SYSTEM_TEXT

REPLY_TOKENS = 72
FREE = Sampling(max_tokens=REPLY_TOKENS, emphasis=EMPHASIS.default)
DRAFTS_AT_ONCE = 8  # behind one evaluated prompt
FEWEST_TO_CHOOSE = 2  # rules, for the agent to be asked; as in the program


@dataclass(frozen=True, slots=True)
class Drafted:
    """A reply to be written: what guides it ("" for nothing), and the seed."""

    guidance: str
    seed: int


class ReplyWriter:
    """The embedded model, with a memory of what it wrote. Not thread-safe."""

    def __init__(self, backend: Backend, cache: ScoreCache, cancel: CancelToken) -> None:
        self._backend, self._cache, self._cancel = backend, cache, cancel

    def replies(self, query: str, drafts: Sequence[Drafted]) -> list[str]:
        """The reply of each draft; Cancelled if taken back."""
        different = list(dict.fromkeys(drafts))
        texts: dict[Drafted, str] = {}
        for begin in range(0, len(different), DRAFTS_AT_ONCE):
            some = different[begin : begin + DRAFTS_AT_ONCE]
            keys = [f"reply\x1f{FREE}\x1f{query}\x1f{d.guidance}\x1f{d.seed}" for d in some]

            def answer(missing: list[int], some: Sequence[Drafted] = some) -> list[str]:
                return self._drafted(query, [some[index] for index in missing])

            kept = self._cache.ask(keys, answer)
            texts |= {draft: str(one.value) for draft, one in zip(some, kept, strict=True)}
        return [texts[draft] for draft in drafts]

    def rules(self, query: str, known: Sequence[str], adapter: Path | None) -> tuple[str, ...]:
        """The rules that the agent writes with an adapter, or (None) the model without one."""
        if len(known) < FEWEST_TO_CHOOSE:
            return tuple(known)
        lines, name = Lines(tuple(known), RULES_WRITTEN), adapter.stem if adapter else ""

        def answer(_missing: list[int]) -> list[str]:
            self._backend.load_adapter(adapter)
            turns = tuple(Turn(role, text) for role, text in agent_messages(query))
            request = GenerationRequest(turns, (Draft("", 0),), agent=True, lines=lines)
            return self._written(request)

        kept = self._cache.ask([f"lines\x1f{name}\x1f{query}\x1f{lines}"], answer)
        return read_rules(str(kept[0].value), known)

    def count_tokens(self, text: str) -> int:
        """Tokens that a text takes."""
        return len(self._backend.tokenise(text))

    def _drafted(self, query: str, drafts: Sequence[Drafted]) -> list[str]:
        """New replies, side by side."""
        turns = (Turn("system", SYSTEM_TEXT.default), Turn("user", query))
        written = tuple(Draft(one.guidance, one.seed) for one in drafts)
        return self._written(GenerationRequest(turns, written, FREE))

    def _written(self, request: GenerationRequest) -> list[str]:
        """The texts of a request's drafts; half a text is never kept."""
        texts = [""] * len(request.drafts)
        for event in self._backend.generate(request, self._cancel):
            if isinstance(event, DraftText):
                texts[event.draft] += event.text
        if self._cancel.cancelled:
            raise Cancelled
        return texts
