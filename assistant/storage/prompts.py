"""Prompts that were tried, with what each did on past queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlite_utils import Database as Tables

from assistant.domain.model import QueryId
from assistant.storage.rows import insert


@dataclass(frozen=True, slots=True)
class PromptOutcome:
    """How one past query went under a prompt: `value` from 0 to 1, and what the model said."""

    query_id: QueryId
    value: float
    said: str


@dataclass(frozen=True, slots=True)
class StoredPrompt:
    """One prompt of the pool."""

    text: str
    created_at: float
    outcomes: tuple[PromptOutcome, ...]


class Prompts:
    """The pool's tables; use inside a transaction."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def replace(self, prompts: Iterable[StoredPrompt]) -> None:
        """Make these the whole pool."""
        self.forget()
        for prompt in prompts:
            row = {"text": prompt.text, "created_at": prompt.created_at}
            prompt_id = insert(self._tables, "prompts", row)
            self._tables.table("prompt_outcomes").insert_all(
                {
                    "prompt_id": prompt_id,
                    "query_id": outcome.query_id,
                    "value": outcome.value,
                    "said": outcome.said,
                }
                for outcome in prompt.outcomes
            )

    def all(self) -> tuple[StoredPrompt, ...]:
        """The pool, the oldest prompt first."""
        outcomes: dict[int, list[PromptOutcome]] = {}
        for row in self._tables.query("SELECT * FROM prompt_outcomes ORDER BY prompt_id, query_id"):
            one = PromptOutcome(QueryId(row["query_id"]), row["value"], row["said"])
            outcomes.setdefault(row["prompt_id"], []).append(one)
        return tuple(
            StoredPrompt(row["text"], row["created_at"], tuple(outcomes.get(row["id"], ())))
            for row in self._tables.query("SELECT * FROM prompts ORDER BY id")
        )

    def forget(self) -> None:
        """Remove all prompts."""
        self._tables.execute("DELETE FROM prompts")
