"""Writing some of given lines: a token is drawn only where they differ, the rest is read.

Contract: one to `Lines.most` of the lines, none twice, one on each line of the text; at every place
where several could follow, or the end, the one whose next token is likeliest. A line takes one
evaluation of all its tokens at once instead of one for each of them, so that rules are there before
the reply begins. Used inside the engine's child process only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.domain.errors import ContextTooLong
from assistant.domain.model import Finish
from assistant.generation.backend import DraftFinished, DraftText, GenerationEvent, Lines
from assistant.generation.llama_context import Aborted, CacheFull, Context, Item
from assistant.generation.prompt import common_length

SEQUENCE = 1  # what is written; 0 holds the prompt

Logits = NDArray[np.float32]
Tokenise = Callable[[str], list[int]]


def write_lines(
    context: Context, prompt: list[int], lines: Lines, tokenise: Tokenise, end: Sequence[int]
) -> Iterator[list[GenerationEvent]]:
    """The text behind a prompt, in one step; nothing if it was taken back. `end` closes the text.

    ContextTooLong if there is no room for it.
    """
    try:
        written = _LineWriter(context, prompt).write(lines, tokenise, end)
    except Aborted:
        yield [DraftFinished(0, Finish.STOPPED, 0)]
        return
    except CacheFull:
        raise ContextTooLong(
            f"The query and the rules take more than the agent's {context.cells} tokens; "
            "shorten the query."
        ) from None
    finally:
        context.drop(SEQUENCE)
    text = "\n".join(written)
    yield [DraftText(0, text), DraftFinished(0, Finish.STOP, len(tokenise(text)))]


@dataclass(frozen=True, slots=True)
class _Way:
    """Tokens of a text, and the lines that it has once it is seen to be this one."""

    lines: tuple[str, ...]
    tokens: list[int]


class _LineWriter:
    """One text behind a prompt, as far as it was read."""

    def __init__(self, context: Context, prompt: list[int]) -> None:
        self._context, self._prompt = context, prompt
        self._begun = 0  # tokens of the prompt that sequence 0 holds
        self._read: list[int] = []  # what SEQUENCE holds behind them
        self._logits: dict[int, Logits] = {}  # by how many tokens of the text they come after

    def write(self, lines: Lines, tokenise: Tokenise, end: Sequence[int]) -> tuple[str, ...]:
        """The lines chosen, one after the other."""
        self._begin()
        written: tuple[str, ...] = ()
        most = min(lines.most, len(lines.choices))
        while len(written) < most:
            left = [line for line in lines.choices if line not in written]
            last = len(written) + 1 == most
            ways = [way for line in left for way in _ways((*written, line), tokenise, end, last)]
            if written:  # it may end here
                ways.append(_Way(written, [*tokenise("\n".join(written)), *end]))
            chosen = self._likeliest(ways)
            if chosen == written:
                break
            written = chosen
        return written

    def _begin(self) -> None:
        """Let sequence 0 hold what prompts have in common; the query is read with the text."""
        shared = min(self._context.shared(self._prompt), len(self._prompt) - 1)
        self._begun = shared or len(self._prompt) - 1
        self._context.evaluate_prefix(self._prompt[: self._begun])
        self._context.branch(SEQUENCE)

    def _likeliest(self, ways: list[_Way]) -> tuple[str, ...]:
        """What is come to by the likeliest token wherever ways part that lead to different lines.

        Where all but one way go on with the same token, that one is read too: it is the end of a
        line, and what follows it will most likely be asked for.
        """
        while len({way.lines for way in ways}) > 1:
            texts = [way.tokens for way in ways]
            at = min(common_length(texts[0], other) for other in texts[1:])
            if at == min(map(len, texts)):
                return min(ways, key=lambda way: len(way.tokens)).lines
            on = [text[at] for text in texts]
            common = max(on, key=on.count)
            ahead = [common] if on.count(common) == len(on) - 1 > 1 else []
            logits = self._logits_after(texts[0][:at], ahead)
            best = max(on, key=lambda token: float(logits[token]))
            ways = [way for way in ways if way.tokens[at] == best]
        return ways[0].lines

    def _logits_after(self, text: list[int], ahead: list[int]) -> Logits:
        """The logits behind these tokens of the text; what is `ahead` of them is read too."""
        before = [*self._prompt[self._begun :], *text]
        if len(text) in self._logits and self._read[: len(before)] == before:
            return self._logits[len(text)]
        known = common_length(self._read, before[:-1])
        if known < len(self._read):  # it went another way than was read
            self._context.branch(SEQUENCE)
            known = 0
        self._read = [*before, *ahead]
        self._evaluate(known, len(before) - 1)
        return self._logits[len(text)]

    def _evaluate(self, known: int, first: int) -> None:
        """Evaluate what is behind the known, and keep the logits from `first` on."""
        items = [
            Item(token, self._begun + at, SEQUENCE, at >= first)
            for at, token in enumerate(self._read[known:], known)
        ]
        self._logits.clear()
        with self._context.abortable():
            for batch in self._context.batches(items):
                self._context.decode(batch)
                for at, item in enumerate(batch):
                    if item.wanted:
                        behind = item.position + 1 - len(self._prompt)
                        self._logits[behind] = self._context.logits(at).copy()


def _ways(
    lines: tuple[str, ...], tokenise: Tokenise, end: Sequence[int], last: bool
) -> Iterator[_Way]:
    """How a text with these lines goes on: it ends, or, unless this is the last, so does a line."""
    text = "\n".join(lines)
    yield _Way(lines, [*tokenise(text), *end])
    if not last:
        yield _Way(lines, tokenise(text + "\n"))
