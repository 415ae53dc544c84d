"""What several experiments of `attune evaluate` share: a model that writes, with a memory of it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from assistant.cli.models import open_store
from assistant.cli.session import Session
from assistant.domain.cancel import CancelToken
from assistant.evaluation.agent_replies import DRAFTS_AT_ONCE, ReplyWriter
from assistant.evaluation.score_cache import ScoreCache
from assistant.generation.backend import EngineOptions, ModelInfo
from assistant.generation.engine import EngineClient
from assistant.generation.gguf import read_header
from assistant.settings import THREADS
from assistant.usecases.models import model_in_use

AGENT_REPLIES = "agent-experiment"  # folder in the cache


@dataclass(frozen=True, slots=True)
class Writing:
    """A model at work: who writes, what it is, on how many threads (0: all)."""

    writer: ReplyWriter
    model: ModelInfo
    threads: int


@contextmanager
def open_writing(
    session: Session, model: Path | None, cancel: CancelToken, folder: str = AGENT_REPLIES
) -> Iterator[Writing]:
    """The model named, or the one in use, in a process that ends with the block.

    What it writes is kept in a folder of the cache.
    """
    paths = session.paths
    with open_store(session) as store:
        path = model.absolute() if model else model_in_use(store, paths)
        threads = store.run(lambda db: db.settings.get(THREADS))
    read_header(path)
    options = EngineOptions(threads=threads, cache=paths.cache, drafts=DRAFTS_AT_ONCE)
    backend = EngineClient(path, options)
    try:
        info = backend.info()
        kept = paths.cache / folder / f"{info.sha256[:16]}.jsonl"
        yield Writing(ReplyWriter(backend, ScoreCache(kept, time.monotonic), cancel), info, threads)
    finally:
        backend.close()
