"""The tag board: every tag with what is known of it, and for one of them what is behind that."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.domain.model import Tag, TagWeight
from assistant.usecases.own_tags import IMPORT
from assistant.usecases.services import Services
from assistant.usecases.why import Behind, rankings_behind

LIBRARY = "library"  # origin of the shipped tags


@dataclass(frozen=True, slots=True)
class BoardTag:
    """A tag as the user has it; without a weight if the learner does not know it yet."""

    tag: Tag
    weight: TagWeight | None

    @property
    def unreviewed(self) -> bool:
        """Whether it came with somebody's profile and waits to be allowed."""
        return self.tag.banned and self.tag.origin.startswith(IMPORT)

    @property
    def own(self) -> bool:
        """Whether it can be removed: it is not one of the library's."""
        return self.tag.origin != LIBRARY


@dataclass(frozen=True, slots=True)
class TagDetails:
    """What is known of one tag, and the rankings that moved it most."""

    weight: TagWeight
    behind: tuple[Behind, ...]


def tag_board(services: Services) -> tuple[BoardTag, ...]:
    """All tags: those to be reviewed first, then the pinned, the best liked, the banned."""
    weights = {weight.name: weight for weight in services.learner.weights()}
    tags = services.store.run(lambda db: db.tags.all())
    board = [BoardTag(tag, weights.get(tag.name)) for tag in tags]
    return tuple(sorted(board, key=_place))


def tag_details(services: Services, *, name: str) -> TagDetails | None:
    """What is behind a tag's weight; None if the learner does not know the tag."""
    for weight in services.learner.explain([name]):
        return TagDetails(weight, rankings_behind(services, rankings=weight.rankings))
    return None


def _place(one: BoardTag) -> tuple[int, float, str]:
    group = 3 if one.tag.banned else 2
    if one.tag.pinned:
        group = 1
    if one.unreviewed:
        group = 0
    return group, -(one.weight.weight if one.weight else 0.0), one.tag.name
