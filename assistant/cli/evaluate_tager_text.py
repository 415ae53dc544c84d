"""attune evaluate tager --annotator text: the chat model and the users who read what it writes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from assistant.cli.evaluate_writer import open_writing
from assistant.cli.session import Session
from assistant.domain.cancel import CancelToken
from assistant.domain.statistics import Share
from assistant.evaluation.agent_replies import REPLY_TOKENS
from assistant.evaluation.tag_task import Task
from assistant.evaluation.tager_methods import version_of
from assistant.evaluation.tager_runs import Annotator
from assistant.evaluation.text_user import Effect, TextUser, Writing, guidance_effect
from assistant.personalization.embedder import MiniLmEmbedder

KEPT = "evaluate/tager-replies"  # folder in the cache


@contextmanager
def text_annotator(
    session: Session, model: Path | None, cancel: CancelToken
) -> Iterator[Annotator]:
    """Users who read; the model's process ends with the block."""
    with open_writing(session, model, cancel, KEPT) as opened:
        info = opened.model
        writing = Writing(opened.writer, MiniLmEmbedder(session.paths.models))
        version = version_of(("evaluation.text_user", "generation.prompt"))
        name = f" text {info.sha256[:16]} {REPLY_TOKENS} {version}"
        session.note(f"Replies of at most {REPLY_TOKENS} tokens by {info.name}")
        yield Annotator(partial(TextUser, writing=writing), name)


def tell_effect(
    session: Session, task: Task, annotator: Annotator, users: int, seed: int
) -> dict[str, object]:
    """How much of the guidance can be felt in the texts, told and as JSON."""
    for step in guidance_effect(task, annotator.meet, users, seed):
        if isinstance(step, Effect):
            session.say(
                "A reply guided by a liked tag is put above one guided by another tag in its "
                f"place: {_figures(step.quiet)} without noise, {_figures(step.felt)} with it"
            )
            return {"quiet": _json(step.quiet), "felt": _json(step.felt)}
        session.note(f"{step.what}: {step.done} of {step.total}")
    raise AssertionError("a comparison ends with its effect")


def _figures(share: Share) -> str:
    """A share in per cent with its interval."""
    return (
        f"{100 * (share.value or 0):.0f} % "
        f"({100 * (share.low or 0):.0f} to {100 * (share.high or 0):.0f})"
    )


def _json(share: Share) -> dict[str, object]:
    """The keys that scripts rely on."""
    return {"value": share.value, "low": share.low, "high": share.high, "pairs": share.n}
