"""A user who likes short lists and nothing else, a tiny model to train, and a real trainer."""

from __future__ import annotations

import hashlib
import random
import runpy
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from plain_personalizer import PlainPersonalizer

from assistant.domain.cancel import CancelToken
from assistant.domain.events import Progress
from assistant.domain.model import Finish, Guidance, Order, Origin, QueryId
from assistant.generation.backend import ModelInfo
from assistant.generation.scripted import ScriptedBackend
from assistant.personalization.agent_task import AgentOptions
from assistant.personalization.gate import held_out
from assistant.personalization.tasks import Outcome, Task, begin_task, write_agent
from assistant.settings import GATE_SALT
from assistant.storage.database import Database
from tests.personalization.word_embedder import WordEmbedder

TINY = Path(__file__).resolve().parent.parent / "generation" / "tiny_models.py"
SALT = "planted"
OPTIONS = AgentOptions(epochs=3, tokens_per_step=256, rate=1e-2, checkpoint_steps=2)
LETTERS = "ABC"


class TinyBackend(ScriptedBackend):
    """A scripted engine whose model file is real, and small enough to be trained."""

    def __init__(self, folder: Path, replies: tuple[str, ...] = ()) -> None:
        super().__init__(replies)
        self.file = folder / "tiny.gguf"
        if not self.file.exists():
            runpy.run_path(str(TINY))["write_tiny_model"](self.file, "llama")

    def info(self) -> ModelInfo:
        sha256 = hashlib.sha256(self.file.read_bytes()).hexdigest()
        return replace(super().info(), path=self.file, sha256=sha256, architecture="llama")


class TrainingPersonalizer(PlainPersonalizer):
    """Carries out slow tasks for real, in this process."""

    def run_task(self, task: Task, cancel: CancelToken) -> Iterator[Progress | Outcome]:
        for step in begin_task(task, WordEmbedder()):
            if cancel.cancelled:
                return
            yield step

    def write_agent(self, state: bytes, source: Path, sha256: str, cache: Path) -> Path:
        return write_agent(state, source, sha256, cache)


def plant(db: Database, rankings: int, *, reversed_training: bool = False, seed: int = 1) -> None:
    """Rank rounds as the user would; reversed, the rankings that train say the opposite."""
    db.settings.set(GATE_SALT, SALT)
    chance = random.Random(seed)
    for number in range(rankings):
        texts = {"list": _list(chance), "short": _text(3, chance), "long": _text(9, chance)}
        kinds = list(texts)
        chance.shuffle(kinds)
        query_id = add_round(db, f"What is near number {number}?", [texts[k] for k in kinds])
        order = ["list", "short", "long"]
        if reversed_training and not held_out(query_id, SALT):
            order.reverse()
        tiers = tuple((LETTERS[kinds.index(kind)],) for kind in order)
        db.rankings.add(query_id, Order(tiers), db.rounds.get(query_id).candidates, 3.0)


def add_round(
    db: Database, query: str, texts: list[str], rules: tuple[tuple[str, ...], ...] = ((), (), ())
) -> QueryId:
    """A finished round with these replies."""
    query_id = db.rounds.add_query(db.conversations.add("Title", 1.0), query, 2.0)
    for place, text in enumerate(texts):
        candidate = db.rounds.add_candidate(
            query_id,
            letter=LETTERS[place],
            place=place,
            guidance=Guidance(rules=rules[place]),
            origin=Origin.EXPLORE,
            propensity=0.5,
            seed=place,
        )
        db.rounds.finish_candidate(candidate, text, Finish.STOP, 5)
    return query_id


def _text(sentences: int, chance: random.Random) -> str:
    words = ("tea", "rain", "bread", "river", "stone", "music")
    made = (
        f"The {chance.choice(words)} is near the {chance.choice(words)}." for _ in "." * sentences
    )
    return " ".join(made)


def _list(chance: random.Random) -> str:
    return "\n".join(f"- {_text(1, chance)}" for _ in range(3))
