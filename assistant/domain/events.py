"""What a running round tells whoever watches it."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.domain.model import Candidate, CandidateId, Finish, Round


@dataclass(frozen=True, slots=True)
class RoundStarted:
    """The query and its empty candidates are stored; cards can be shown.

    `lead` is the only candidate to show while they are written, where one of them is chosen at the
    end; None: all of them are shown.
    """

    round: Round
    lead: CandidateId | None = None


@dataclass(frozen=True, slots=True)
class PromptEvaluated:
    """The shared prefix is in memory; the first token comes next. Counts are tokens."""

    tokens: int
    reused: int
    dropped_turns: int
    context: int
    seconds: float


@dataclass(frozen=True, slots=True)
class ReplyReopened:
    """A candidate that was cut off is gone on with; it has the text from before."""

    candidate: Candidate


@dataclass(frozen=True, slots=True)
class ReplyText:
    """More text of one candidate."""

    candidate_id: CandidateId
    text: str


@dataclass(frozen=True, slots=True)
class ReplyFinished:
    """One candidate has come to its end."""

    candidate_id: CandidateId
    finish: Finish
    tokens: int


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the user should know that does not stop the round."""

    text: str
    problem: bool = False  # something went wrong


@dataclass(frozen=True, slots=True)
class RoundFinished:
    """All candidates are stored and the expected order with them."""

    round: Round
    seconds: float


RoundEvent = (
    RoundStarted
    | PromptEvaluated
    | ReplyReopened
    | ReplyText
    | ReplyFinished
    | Notice
    | RoundFinished
)


@dataclass(frozen=True, slots=True)
class Progress:
    """A step of long work: `done` of `total` units, with what is being done."""

    what: str
    done: int
    total: int
    seconds_left: float | None = None  # None where it cannot be told
