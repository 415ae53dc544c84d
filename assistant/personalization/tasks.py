"""Slow training runs inside the learner process: what each task begins with, loaded on demand."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.domain.events import Progress
from assistant.personalization.agent_task import AgentTask, AgentTrained
from assistant.personalization.rule_task import RulesFound, RuleTask

if TYPE_CHECKING:
    from assistant.personalization.embedder import Embedder

Task = RuleTask | AgentTask
Outcome = RulesFound | AgentTrained
KERNELS_KEPT = "64"
RESTRAINTS = {
    "LRU_CACHE_CAPACITY": KERNELS_KEPT,
    "ONEDNN_PRIMITIVE_CACHE_CAPACITY": KERNELS_KEPT,
    "OMP_WAIT_POLICY": "PASSIVE",
}


def begin_task(task: Task, embedder: Embedder) -> Iterator[Progress | Outcome]:
    """The steps of a task; torch and peft are loaded only if it needs them."""
    if isinstance(task, RuleTask):
        from assistant.personalization.rules import find_rules

        return iter(find_rules(task, embedder))
    restrain_torch()
    from assistant.personalization.agent_training import train_agent

    return iter(train_agent(task))


def restrain_torch() -> None:
    """Have torch share the machine; before it is loaded.

    What torch and oneDNN keep for every size of matrix is bounded: their own bound of 1024 sizes
    costs half a gigabyte in a few minutes of training. And a thread that waits for another sleeps:
    a step is two thousand small products, and where other programs run too, threads that wait
    in a loop hold back the very one they wait for (measured: a tenth of the speed).
    """
    for name, value in RESTRAINTS.items():
        os.environ.setdefault(name, value)


def agent_file(sha256: str, cache: Path) -> Path:
    """Where the adapter whose state has this hash is kept as a file, once it is written."""
    return cache / "agent" / f"{sha256[:32]}.gguf"


def write_agent(state: bytes, source: Path, sha256: str, cache: Path) -> Path:
    """An adapter as a file that the engine loads, made once for each adapter."""
    target = agent_file(hashlib.sha256(state).hexdigest(), cache)
    if target.is_file():
        return target
    from assistant.personalization.gguf_base import prepare_base
    from assistant.personalization.lora_gguf import adapter_alpha, write_adapter

    base = prepare_base(source, sha256, cache)
    heads = {"q": base.config["num_attention_heads"], "k": base.config["num_key_value_heads"]}
    write_adapter(
        state,
        target,
        architecture=base.architecture,
        heads=heads,
        alpha=adapter_alpha(state),
    )
    return target
