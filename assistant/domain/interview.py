"""The interview: questions about how the user likes to be answered, and what an answer teaches."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class InterviewOption:
    """One way of being answered: the styles it speaks for, and a reply of that kind."""

    text: str
    tags: tuple[str, ...]
    sample: str


@dataclass(frozen=True, slots=True)
class InterviewQuestion:
    """One question; `query` is what the options' samples reply to."""

    id: str
    text: str
    query: str
    options: tuple[InterviewOption, ...]


@dataclass(frozen=True, slots=True)
class InterviewAnswer:
    """What the user said to one question: an option's index, or None for skipped."""

    question: str
    option: int | None
    created_at: float  # seconds since the epoch, UTC
