"""The pages of a round of which one text is shown: every reply, and what the user made of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.domain.model import Candidate, Finish, Round
from assistant.gui.language import tr
from assistant.usecases.best import best_of


@dataclass(frozen=True, slots=True)
class Page:
    """One text of one reply."""

    candidate: Candidate
    version: int = 0  # 0: as it was written

    @property
    def text(self) -> str:
        """What is shown."""
        return self.candidate.edits[self.version - 1] if self.version else self.candidate.text

    @property
    def stands(self) -> bool:
        """Whether it is the text that stands for its reply."""
        return self.version == self.candidate.version


def pages_of(round_: Round) -> list[Page]:
    """Every reply that has a text or gets its first, followed by its edited versions.

    In the order shown, or best first while the best one is picked. Of other rounds that wait to be
    ranked nothing is said of what was expected.
    """
    order = [x for tier in round_.expected.tiers for x in tier] if round_.expected else []
    candidates = [one for one in round_.candidates if one.text or being_written(round_)]
    if round_.picked and all(one.letter in order for one in candidates):
        candidates.sort(key=lambda one: order.index(one.letter))
    return [Page(one, version) for one in candidates for version in range(len(one.edits) + 1)]


def same_page(one: Page, other: Page) -> bool:
    """Whether they are the same text of the same reply, however long it has become."""
    return one.candidate.id == other.candidate.id and one.version == other.version


def place_words(round_: Round, pages: list[Page], at: int, *, goes_on: bool) -> str:
    """Which of the texts it is, who wrote it, and whether it goes on."""
    page, best = pages[at], best_of(round_) if round_.expected else None
    parts = [f"{at + 1}/{len(pages)} · {page.candidate.letter}"]
    if page.version:
        parts.append(tr("edited by you"))
    if goes_on and round_.picked and best is not None and best.id == page.candidate.id:
        parts.append(tr("expected to be your best"))
    elif goes_on:  # without a ranking it may go on by itself, such as when the program was closed
        parts.append(tr("chosen") if round_.ranking is not None else tr("goes on"))
    return ", ".join(parts)


def being_written(round_: Round) -> bool:
    """Whether its replies are written for the first time, to be shown when the best is known."""
    writing = [one.finish is Finish.WRITING for one in round_.candidates]
    return len(writing) > 1 and all(writing)


def interrupted(round_: Round) -> Round:
    """The round with what was being written ended where it is."""
    return replace(
        round_,
        candidates=tuple(
            replace(one, finish=Finish.INTERRUPTED) if one.finish is Finish.WRITING else one
            for one in round_.candidates
        ),
    )
