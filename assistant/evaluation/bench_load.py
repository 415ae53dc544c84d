"""What the window has to bear while it is measured: one round of long replies, learning all along.

Contract: the learner trains on made-up rankings with queries it has never seen, so that every run
embeds them anew; a run follows the other until cancelled. Nothing of it is stored.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Sequence

from assistant.domain.cancel import CancelToken
from assistant.domain.events import Progress
from assistant.domain.model import Tag
from assistant.personalization.learner import Example, Personalizer, Reply, Update

QUERY = "Explain how bread is made at home, step by step, with a list of what is needed."
REPLY_TOKENS = 256
RANKINGS = 200
_TAGS_EACH = 3


def made_up_rankings(library: Sequence[Tag], run: int) -> dict[int, Example]:
    """Full rankings of three replies each, by query id; other queries for every `run`."""
    chance = random.Random(run)
    names = [tag.name for tag in library]
    examples = {}
    for number in range(RANKINGS):
        replies = tuple(
            Reply(tuple(chance.sample(names, _TAGS_EACH)), place, chance.randrange(100, 1000))
            for place in range(3)
        )
        order = chance.sample(range(3), 3)
        query = f"Question {run}.{number}: what should I know about {chance.choice(names)}?"
        examples[number] = Example(number, query, replies, tuple((at,) for at in order))
    return examples


def keep_learning(
    learner: Personalizer, library: Sequence[Tag], cancel: CancelToken
) -> Iterator[Progress | Update]:
    """Train on ever new rankings until cancelled."""
    for run in itertools.count():
        if cancel.cancelled:
            return
        learner.start(library, made_up_rankings(library, run), {})
        yield from learner.train(cancel)
