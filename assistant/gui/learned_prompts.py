"""The prompts of the pool: how each did, and the user's say in which are used."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from assistant.gui.controls import label
from assistant.gui.language import tr, trn
from assistant.gui.learned_parts import Entry, Section
from assistant.gui.learned_work import LearnedWork
from assistant.storage.prompts import StoredPrompt
from assistant.usecases.extras import entry_of
from assistant.usecases.learn_prompts import set_prompt


class LearnedPrompts(Section):
    """A row for each prompt; those that came with a profile wait to be allowed."""

    def __init__(self, work: LearnedWork, parent: QWidget | None = None) -> None:
        super().__init__(
            tr("Prompts"),
            tr(
                "Notes about you that were tried behind past queries. The score is how often the "
                "reply written with one would be ranked above the same reply without it."
            ),
            parent,
        )
        self._work = work

    def show_prompts(self, prompts: Sequence[StoredPrompt]) -> None:
        """Show these, the last one first; those to be reviewed stand above all."""
        waiting = [prompt for prompt in prompts if prompt.banned and prompt.origin]
        others = [prompt for prompt in prompts if prompt not in waiting]
        self.fill(
            [self._row(prompt) for prompt in (*waiting[::-1], *others[::-1])]
            or [label(tr("None yet: “Learning now” tries some."), "note", wrap=True)]
        )

    def _row(self, prompt: StoredPrompt) -> Entry:
        entry = Entry(prompt.text, prompt_note(prompt))
        entry.text.setEnabled(not prompt.banned)
        way = (
            (tr("Allow"), tr("Allow the prompt: {text}", text=prompt.text))
            if prompt.banned
            else (tr("Ban"), tr("Ban the prompt: {text}", text=prompt.text))
        )
        return entry.offer([(way[0], partial(self._flag, prompt), way[1])])

    def _flag(self, prompt: StoredPrompt) -> None:
        said = (
            tr("Where the settings use prompts, this one is used if it helps.")
            if prompt.banned
            else tr("The prompt is never used now.")
        )
        self._work.change(
            partial(set_prompt, prompt_id=prompt.id, banned=not prompt.banned), lambda _: said
        )


def prompt_note(prompt: StoredPrompt) -> str:
    """How a prompt did, where it comes from, and whether it may be used."""
    entry = entry_of(prompt)
    tried = len(entry.outcomes)
    score = trn(
        "score {score:.0f} % on %n past query",
        "score {score:.0f} % on %n past queries",
        tried,
        score=100 * entry.score,
    )
    parts = [score if tried else tr("not tried yet")]
    if prompt.origin:
        parts.append(tr("came with a profile"))
    if prompt.banned:
        parts.append(tr("banned"))
    return " · ".join(parts)
