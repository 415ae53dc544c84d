"""Prompts that were tried, with what each did on past queries, here or in another data file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NewType

from sqlite_utils import Database as Tables

from assistant.domain.errors import UsageProblem
from assistant.domain.model import QueryId
from assistant.storage.rows import insert

PromptId = NewType("PromptId", int)


@dataclass(frozen=True, slots=True)
class PromptOutcome:
    """How one past query went under a prompt: `value` from 0 to 1, and what the model said."""

    query_id: QueryId
    value: float
    said: str


@dataclass(frozen=True, slots=True)
class OutcomeElsewhere:
    """The same for a query of another data file; `occasion` tells such queries apart."""

    occasion: str
    value: float
    said: str


@dataclass(frozen=True, slots=True)
class StoredPrompt:
    """One prompt of the pool; `origin` tells which profile it came with, empty if found here."""

    text: str
    created_at: float
    outcomes: tuple[PromptOutcome, ...]
    id: PromptId = field(default=PromptId(0), compare=False)  # 0: not stored yet
    elsewhere: tuple[OutcomeElsewhere, ...] = ()
    origin: str = ""
    banned: bool = False


class Prompts:
    """The pool's tables; use inside a transaction."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def replace(self, prompts: Iterable[StoredPrompt]) -> None:
        """Make these the pool. What is banned stays beside it, and out of it."""
        wanted = {prompt.text: prompt for prompt in prompts}
        for old in self.all():
            if old.banned:
                wanted.pop(old.text, None)
            elif old.text not in wanted:
                self._tables.execute("DELETE FROM prompts WHERE id = ?", [old.id])
        known = {old.text: old.id for old in self.all()}
        for prompt in wanted.values():
            row = {"text": prompt.text, "created_at": prompt.created_at}
            prompt_id = known.get(prompt.text) or insert(self._tables, "prompts", row)
            self._tables.execute("DELETE FROM prompt_outcomes WHERE prompt_id = ?", [prompt_id])
            self._tables.table("prompt_outcomes").insert_all(
                {
                    "prompt_id": prompt_id,
                    "query_id": outcome.query_id,
                    "value": outcome.value,
                    "said": outcome.said,
                }
                for outcome in prompt.outcomes
            )

    def add_imported(self, prompt: StoredPrompt, origin: str) -> None:
        """Store a prompt that came with a profile file: banned until the user allows it."""
        row = {
            "text": prompt.text,
            "created_at": prompt.created_at,
            "origin": origin,
            "banned": 1,
        }
        self._add_elsewhere(insert(self._tables, "prompts", row), prompt)

    def take_outcomes(self, prompt: StoredPrompt, origin: str) -> None:
        """What a prompt of an import has done since; whether it is banned stays the user's say."""
        for row in self._tables.query(
            "SELECT id FROM prompts WHERE text = ? AND origin = ?", [prompt.text, origin]
        ):
            self._add_elsewhere(int(row["id"]), prompt)

    def _add_elsewhere(self, prompt_id: int, prompt: StoredPrompt) -> None:
        """Outcomes of another data file; one without texts leaves what is known was said."""
        for one in prompt.elsewhere:
            self._tables.execute(
                "INSERT INTO outcomes_elsewhere (prompt_id, occasion, value, said) "
                "VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET value = excluded.value, "
                "said = CASE excluded.said WHEN '' THEN said ELSE excluded.said END",
                [prompt_id, one.occasion, one.value, one.said],
            )

    def all(self) -> tuple[StoredPrompt, ...]:
        """Every prompt, the oldest first."""
        outcomes: dict[int, list[PromptOutcome]] = defaultdict(list)
        for row in self._tables.query("SELECT * FROM prompt_outcomes ORDER BY prompt_id, query_id"):
            one = PromptOutcome(QueryId(row["query_id"]), row["value"], row["said"])
            outcomes[row["prompt_id"]].append(one)
        elsewhere: dict[int, list[OutcomeElsewhere]] = defaultdict(list)
        for row in self._tables.query("SELECT * FROM outcomes_elsewhere ORDER BY occasion"):
            other = OutcomeElsewhere(row["occasion"], row["value"], row["said"])
            elsewhere[row["prompt_id"]].append(other)
        return tuple(
            StoredPrompt(
                row["text"],
                row["created_at"],
                tuple(outcomes[row["id"]]),
                PromptId(row["id"]),
                tuple(elsewhere[row["id"]]),
                row["origin"],
                bool(row["banned"]),
            )
            for row in self._tables.query("SELECT * FROM prompts ORDER BY id")
        )

    def get(self, prompt_id: PromptId) -> StoredPrompt:
        """One prompt; UsageProblem if there is none of this number."""
        for prompt in self.all():
            if prompt.id == prompt_id:
                return prompt
        raise UsageProblem(f"There is no prompt {prompt_id}; `attune prompts` shows them.")

    def set_banned(self, prompt_id: PromptId, banned: bool) -> None:
        """Keep a prompt out of the pool, or let it in."""
        self._tables.execute(
            "UPDATE prompts SET banned = ? WHERE id = ?", [int(banned), self.get(prompt_id).id]
        )

    def import_origins(self) -> frozenset[str]:
        """Where the prompts came from that came with a profile file."""
        rows = self._tables.query("SELECT DISTINCT origin FROM prompts WHERE origin <> ''")
        return frozenset(str(row["origin"]) for row in rows)

    def remove_imported(self, origin: str) -> int:
        """Remove the prompts that came with a profile file; how many that were."""
        return self._tables.execute("DELETE FROM prompts WHERE origin = ?", [origin]).rowcount

    def forget(self) -> None:
        """Remove all prompts."""
        self._tables.execute("DELETE FROM prompts")
