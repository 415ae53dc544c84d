"""A running round and its explanation as lines of text."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from assistant.cli.session import Session
from assistant.domain.documents import Source
from assistant.domain.events import (
    Notice,
    PromptEvaluated,
    ReplyFinished,
    ReplyReopened,
    ReplyText,
    RoundEvent,
    RoundFinished,
    RoundStarted,
)
from assistant.domain.model import Candidate, CandidateId, Finish
from assistant.personalization.learner import Reason
from assistant.usecases.why import Why

BEGINNING = 60  # characters of a source that `why` shows
_ENDINGS = {
    Finish.LENGTH: " (cut off at the longest reply allowed)",
    Finish.STOPPED: " (stopped)",
    Finish.INTERRUPTED: " (interrupted)",
}


def show_round(session: Session, events: Iterable[RoundEvent], *, stream: bool) -> RoundFinished:
    """Print replies as they finish, or with `stream` line by line as they come.

    Nothing of them where only the best is to be shown; `reply_lines` is for that.
    """
    pages = _Pages(session, stream=stream)
    finished: RoundFinished | None = None
    for event in events:
        if isinstance(event, RoundStarted):
            pages.silent = event.lead is not None
            pages.letters = {c.id: c.letter for c in event.round.candidates}
        elif isinstance(event, ReplyReopened):
            pages.letters = {event.candidate.id: event.candidate.letter}
        elif isinstance(event, ReplyText):
            pages.add(event)
        elif isinstance(event, ReplyFinished):
            pages.end(event)
        elif isinstance(event, Notice):
            session.note(event.text)
        elif isinstance(event, RoundFinished):
            finished = event
        elif isinstance(event, PromptEvaluated) and stream:
            session.note(f"{event.tokens} tokens read, {event.reused} of them known already.")
    if finished is None:
        raise AssertionError("a round ended without RoundFinished")
    return finished


def reply_lines(candidate: Candidate, *, about: str = "") -> str:
    """One reply under its letter, with what is to be said of it and how it ended."""
    ending = _ENDINGS.get(candidate.finish, "")
    return f"── {candidate.letter}{about}{ending}\n{candidate.text.strip()}\n"


def why_lines(why: Why) -> tuple[str, ...]:
    """The explanation of one round for a reader."""
    lines = [f"Query {why.round.query_id}: {why.round.text}"]
    lines += [f"from {source.label}: {_beginning(source)}" for source in why.round.sources]
    for reply in why.replies:
        guidance = ", ".join(reply.candidate.guidance.tags) or "no guidance"
        lines.append(f"{reply.candidate.letter}  {reply.candidate.origin.value}: {guidance}")
        for weight in reply.weights:
            behind = ", ".join(str(ranking) for ranking in weight.rankings) or "none yet"
            lines.append(
                f"   {weight.name}: weight {weight.weight:+.2f} ± {weight.sd:.2f}, "
                f"rankings behind it: {behind}"
            )
            lines += [
                f"      with queries like “{_shortened(topic.query)}”: "
                f"{topic.weight:+.2f} ± {topic.sd:.2f}"
                for topic in weight.topics
            ]
        if reply.candidate.guidance.prompt:
            lines.append(f"   prompt: {reply.candidate.guidance.prompt}")
        if shown := len(reply.candidate.guidance.exemplars):
            lines.append(f"   shown to the model: {shown} of your winning replies")
        lines += [f"   {_reason_line(reason)}" for reason in reply.reasons]
    return tuple(lines)


def _beginning(source: Source) -> str:
    """The first words of a passage."""
    return _shortened(source.text) or "(removed since)"


def _shortened(text: str) -> str:
    return textwrap.shorten(text, BEGINNING, placeholder="…")


def _reason_line(reason: Reason) -> str:
    """What one feature of the text does to a reply's chances."""
    side = "for it" if reason.amount > 0 else "against it"
    return f"{reason.words} speaks {side} ({reason.amount:+.2f})"


class _Pages:
    """The texts of one round while they grow on a terminal."""

    def __init__(self, session: Session, *, stream: bool) -> None:
        self.letters: dict[CandidateId, str] = {}
        self.silent = False
        self._session = session
        self._stream = stream
        self._texts: dict[CandidateId, str] = {}

    def add(self, event: ReplyText) -> None:
        """Take more text; whole lines are shown at once when streaming."""
        if self.silent:
            return
        text = self._texts.get(event.candidate_id, "") + event.text
        if self._stream:
            *lines, text = text.split("\n")
            for line in lines:
                self._show_line(event.candidate_id, line)
        self._texts[event.candidate_id] = text

    def end(self, event: ReplyFinished) -> None:
        """Show what is left of a reply, or all of it."""
        if self.silent:
            return
        text = self._texts.pop(event.candidate_id, "")
        letter, ending = self.letters[event.candidate_id], _ENDINGS.get(event.finish, "")
        if self._stream:
            self._show_line(event.candidate_id, text + ending)
        else:
            self._session.say(f"── {letter}{ending}\n{text.strip()}\n")

    def _show_line(self, candidate_id: CandidateId, line: str) -> None:
        """One line with the letter of its reply; beside the JSON object it is progress."""
        show = self._session.note if self._session.as_json else self._session.say
        show(f"{self.letters[candidate_id]} │ {line}")
