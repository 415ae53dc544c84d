"""The program's own tag selector as a method of the tag experiments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.domain.cancel import CancelToken
from assistant.evaluation.tag_task import Task
from assistant.evaluation.users import TagIndices, Tiers
from assistant.personalization.embedder import Vectors
from assistant.personalization.learner import Example, Policy, Reply
from assistant.personalization.tag_choice import best_tags, choose_tag_sets
from assistant.personalization.tag_selector import TagSelector


class Ours:
    """Speaks to the selector as the learner process does, in tag names and examples."""

    name = "ours"

    def __init__(self, task: Task, seed: int) -> None:
        self._task = task
        self._seed = seed
        self._policy = Policy(
            drafts=task.setup.shown,
            interests=task.setup.tags,
            styles=len(task.pairs),
            plain_share=0.0,
        )
        self._at = {tag.name: i for i, tag in enumerate(task.tags)}
        self._examples: dict[int, Example] = {}
        self._texts: dict[str, Vectors] = {}
        self._selector = self._build(task.setup.library)

    def propose(self, query: int, drafts: int) -> list[TagIndices]:
        """What the selector chooses for the drafts."""
        self._know(query)
        text = self._task.queries[query]
        seed = self._seed + len(self._examples)
        policy = replace(self._policy, drafts=drafts)
        sets = choose_tag_sets(self._selector, text, policy, seed)
        return [tuple(self._at[name] for name in chosen.tags) for chosen in sets]

    def read(self, texts: Vectors) -> None:
        """What the drafts of the next ranking say, under the texts' stand-ins."""
        number = len(self._examples)
        self._texts |= {_text(number, draft): row for draft, row in enumerate(texts)}

    def learn(self, query: int, sets: Sequence[TagIndices], order: Tiers) -> None:
        """One ranking more, and the fit that follows it in the program."""
        number = len(self._examples)
        replies = tuple(
            Reply(tuple(self._task.tags[i].name for i in tags), text=_text(number, draft))
            for draft, tags in enumerate(sets)
        )
        self._examples[number] = Example(number, self._task.queries[query], replies, order)
        self._fit()

    def top(self, query: int, k: int) -> TagIndices:
        """The tags of the highest expected weight for the query."""
        self._know(query)
        names = best_tags(
            self._selector, self._task.queries[query], Policy(1, k, len(self._task.pairs))
        )
        return tuple(self._at[name] for name in names)

    def grow(self, interests: int) -> None:
        """A new selector with more tags, fitted to the same rankings."""
        self._selector = self._build(interests)
        for query in self._task.train:
            self._know(query)
        self._fit()

    def _build(self, interests: int) -> TagSelector:
        """A selector over the first interests and all styles."""
        task = self._task
        at = [*range(interests), *range(task.interests, len(task.tags))]
        return TagSelector([task.tags[i] for i in at], task.tag_vectors[at], self._texts)

    def _know(self, query: int) -> None:
        self._selector.know_query(self._task.queries[query], self._task.query_vectors[query])

    def _fit(self) -> None:
        for _ in self._selector.learn(self._examples, CancelToken()):
            pass


def _text(ranking: int, draft: int) -> str:
    """Stands for the text of a draft: only its vector is told, if anything."""
    return f"draft {draft} of ranking {ranking}"
