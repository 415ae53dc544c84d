"""The learner is really kept busy, with queries it has never seen, until it may rest."""

from __future__ import annotations

from pathlib import Path

from assistant.domain.cancel import CancelToken
from assistant.domain.events import Progress
from assistant.domain.model import Tag, TagKind
from assistant.evaluation.bench_load import RANKINGS, keep_learning, made_up_rankings
from assistant.personalization.learner import Update
from assistant.personalization.service import LearnerService
from tests.personalization.word_embedder import WordEmbedder

LIBRARY = tuple(
    Tag(name, TagKind.INTEREST, f"Draw on {name}.") for name in ("baking", "chess", "dogs", "art")
)


def test_every_run_has_other_queries() -> None:
    first, second = made_up_rankings(LIBRARY, 0), made_up_rankings(LIBRARY, 1)
    assert len(first) == len(second) == RANKINGS
    queries = {example.query for example in (*first.values(), *second.values())}
    assert len(queries) == 2 * RANKINGS


def test_one_run_follows_the_other_until_cancelled(tmp_path: Path) -> None:
    cancel, updates, reading = CancelToken(), 0, 0
    for step in keep_learning(LearnerService(WordEmbedder(), tmp_path), LIBRARY, cancel):
        reading += isinstance(step, Progress) and step.what.startswith("Reading")
        if isinstance(step, Update):
            assert step.rankings == RANKINGS
            updates += 1
        if updates == 2:
            cancel.cancel()
    assert updates == 2
    assert reading >= 2 * RANKINGS / 32
