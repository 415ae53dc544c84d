"""A tiny base with random weights, and tasks for it, shared by the tests of the agent."""

from __future__ import annotations

import hashlib
import runpy
from pathlib import Path

from assistant.personalization.agent_task import AgentExample, AgentOptions, AgentTask, Piece

TINY = Path(__file__).resolve().parent.parent / "generation" / "tiny_models.py"
QUERIES = ("how do I bake bread", "why is the sky blue", "plan a trip", "explain tides", "a toast")


def write_tiny_base(path: Path, architecture: str = "llama") -> Path:
    """A GGUF model of two layers that trains in milliseconds."""
    runpy.run_path(str(TINY))["write_tiny_model"](path, architecture)
    return path


def prompt(query: str) -> tuple[Piece, ...]:
    """A prompt that begins like all others."""
    return Piece("<|im_start|>", True), Piece(f"rules for: {query}", False), Piece("\n", True)


def make_task(folder: Path, **options: object) -> AgentTask:
    """A task whose winners always follow the same rule."""
    base = folder / "base.gguf"
    if not base.exists():
        write_tiny_base(base)
    settings: dict[str, object] = {"epochs": 4, "tokens_per_step": 128, "rate": 2e-2, "seed": 3}
    return AgentTask(
        source=base,
        sha256=hashlib.sha256(base.read_bytes()).hexdigest(),
        cache=folder / "cache",
        examples=tuple(AgentExample(prompt(q), ("be brief", "use lists")) for q in QUERIES),
        questions=(prompt("what is rain"),),
        choices=("be brief", "use lists"),
        options=AgentOptions(**(settings | options)),  # type: ignore[arg-type]
    )
