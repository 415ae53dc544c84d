"""Short texts held to grammars, whole instead of streamed."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.domain.cancel import CancelToken
from assistant.generation.backend import (
    Backend,
    Draft,
    DraftText,
    GenerationRequest,
    Sampling,
    Turn,
)


def write_held(
    backend: Backend,
    turns: tuple[Turn, ...],
    drafts: Sequence[Draft],
    sampling: Sampling,
    cancel: CancelToken,
) -> list[str]:
    """The text of each draft; of one that could not be finished what there is of it."""
    texts = [""] * len(drafts)
    request = GenerationRequest(turns, tuple(drafts), sampling)
    for event in backend.generate(request, cancel):
        if isinstance(event, DraftText):
            texts[event.draft] += event.text
    return texts
