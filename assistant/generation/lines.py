"""Writing some of given lines: a token is drawn only where they differ, the rest is read.

Contract: one to `Lines.most` of the lines, none twice, one on each line of the text; at every place
where several could follow, or the end, the one whose next token is likeliest. A line takes one
evaluation of all its tokens at once instead of one for each of them, so that rules are there before
the reply begins. Used inside the engine's child process only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

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
    writer = _LineWriter(context, prompt)
    try:
        written = writer.write(lines, tokenise, end)
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
    yield [DraftText(0, "\n".join(written)), DraftFinished(0, Finish.STOP, writer.tokens)]


class _LineWriter:
    """One text behind a prompt, as far as it was read."""

    def __init__(self, context: Context, prompt: list[int]) -> None:
        self._context, self._prompt = context, prompt
        self._begun = 0  # tokens of the prompt that sequence 0 holds
        self._read: list[int] = []  # what SEQUENCE holds behind them
        self._logits: dict[int, Logits] = {}  # by how many tokens of the text they come after
        self.tokens = 0

    def write(self, lines: Lines, tokenise: Tokenise, end: Sequence[int]) -> tuple[str, ...]:
        """The lines chosen, one after the other."""
        self._begin()
        written: tuple[str, ...] = ()
        while len(written) < min(lines.most, len(lines.choices)):
            left = [line for line in lines.choices if line not in written]
            texts = [[*tokenise("\n".join((*written, line))), *end] for line in left]
            if written:  # it may end here
                texts.append([*tokenise("\n".join(written)), *end])
            chosen = self._likeliest(texts, may_end=bool(written))
            self.tokens = len(texts[chosen])
            if chosen == len(left):
                break
            written = (*written, left[chosen])
        return written

    def _begin(self) -> None:
        """Let sequence 0 hold what prompts have in common; the query is read with the text."""
        shared = min(self._context.shared(self._prompt), len(self._prompt) - 1)
        self._begun = shared or len(self._prompt) - 1
        self._context.evaluate_prefix(self._prompt[: self._begun])
        self._context.branch(SEQUENCE)

    def _likeliest(self, texts: list[list[int]], *, may_end: bool) -> int:
        """The number of the text that is come to by the likeliest token at every parting.

        With `may_end` the last of the texts is the one that ends where the others go on. They do so
        with the same token, the end of a line, which is then read too: it will be needed.
        """
        going = list(range(len(texts)))
        while len(going) > 1:
            at = min(common_length(texts[going[0]], texts[other]) for other in going[1:])
            if at == min(len(texts[i]) for i in going):
                return min(going, key=lambda i: len(texts[i]))  # one begins with all of another
            ending = may_end and going[-1] == len(texts) - 1
            on = {texts[i][at] for i in (going[:-1] if ending else going)}
            ahead = list(on) if ending and len(on) == 1 else []
            logits = self._logits_after(texts[going[0]][:at], ahead)
            nexts = {texts[i][at] for i in going}
            best = max(nexts, key=lambda token: float(logits[token]))
            going = [i for i in going if texts[i][at] == best]
        return going[0]

    def _logits_after(self, text: list[int], ahead: list[int]) -> Logits:
        """The logits behind these tokens of the text; what is `ahead` of them is read too."""
        if len(text) in self._logits and self._read[-len(text) :] == text:
            return self._logits[len(text)]
        whole = [*self._prompt[self._begun :], *text, *ahead]
        known = common_length(self._read, whole[: len(whole) - len(ahead) - 1])
        if known < len(self._read):  # it went another way than was read
            self._context.branch(SEQUENCE)
            known = 0
        first = len(whole) - len(ahead) - 1  # whose logits are wanted
        self._evaluate(whole, known, first)
        self._read = whole
        return self._logits[len(text)]

    def _evaluate(self, whole: list[int], known: int, first: int) -> None:
        """Read what is not known of the text, and keep the logits from `first` on."""
        items = [
            Item(token, self._begun + at, SEQUENCE, at >= first)
            for at, token in enumerate(whole[known:], known)
        ]
        behind = self._begun - len(self._prompt) + 1  # from a place in `whole` to one in the text
        self._logits.clear()
        with self._context.abortable():
            for batch in self._context.batches(items):
                self._context.decode(batch)
                for at, item in enumerate(batch):
                    if item.wanted:
                        place = item.position - self._begun + behind
                        self._logits[place] = self._context.logits(at).copy()
