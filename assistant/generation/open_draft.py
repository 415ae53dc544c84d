"""One draft while it is written: where it stands in the context, and how its next token is drawn.

Used inside the engine's child process only.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import Protocol

from assistant.domain.model import Finish
from assistant.generation.emphasis import Logits, emphasise
from assistant.generation.llama_context import Context
from assistant.generation.repeats import Repeats
from assistant.generation.sampling import Sampler
from assistant.generation.text_stream import TextStream


class Switch(Protocol):
    """How the child sees that a request was taken back."""

    def cancelled(self) -> bool:
        """Whether the whole request was."""

    def stopped(self, draft: int) -> bool:
        """Whether this draft was."""


@dataclass(slots=True)
class OpenDraft:
    """One draft on its way. `token` is drawn but not yet evaluated."""

    index: int
    sampler: Sampler
    stream: TextStream
    position: int
    endless: bool  # written up to max_tokens whatever the model says
    known: deque[int]  # tokens that it has written before, still to be drawn again
    emphasis: float  # 0: it has no reference, and may repeat its guidance
    repeats: Repeats
    reference: int  # the sequence of its reference
    ahead: int  # tokens that stand before its reply, less those before its reference's
    written: list[int] = field(default_factory=list)
    token: int = -1
    again: bool = False  # the token was written before
    tokens: int = 0
    finish: Finish = Finish.WRITING

    @property
    def sequence(self) -> int:
        """The one that holds its prompt and its reply."""
        return self.index + 1

    def draw(self, at: int, context: Context, reference: Logits | None) -> None:
        """Take the next token, from the logits of item `at` and those of the reference."""
        if self.emphasis and reference is not None:
            emphasise(context.logits(at), reference, self.emphasis)
            self.repeats.ban(context.logits(at), self.written)
        self.again = bool(self.known)
        if self.again:
            self.token = self.known.popleft()
            self.sampler.redraw(at, self.token)
        else:
            self.token = self.sampler.draw(at)
        self.written.append(self.token)

    def lose_reference(self, context: Context) -> None:
        """Give back what its reference holds and go on without one."""
        self.emphasis = 0.0
        context.drop(self.reference)

    def leave(self, context: Context) -> None:
        """Give back what only this draft and its reference hold."""
        context.drop(self.sequence)
        context.drop(self.reference)
