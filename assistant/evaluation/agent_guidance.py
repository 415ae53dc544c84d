"""What guides the replies to the test queries under each condition of the agent's experiment.

Contract: guidance is put together as in the program: the rules first, then the interests that the
tag selector puts into the first draft. Exemplars stand alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from assistant.evaluation.agent_interests import LearnedTags
from assistant.evaluation.agent_learning import LearnedAgent
from assistant.evaluation.agent_replies import ReplyWriter
from assistant.evaluation.agent_report import AGENT, RULES, TAGS
from assistant.generation.prompt import exemplars_text, guidance_text
from assistant.personalization.agent_words import RULES_WRITTEN
from assistant.personalization.exemplars import Winner, choose_exemplars
from assistant.personalization.learner import Example


@dataclass(frozen=True, slots=True)
class Taught:
    """What one user's rankings taught, as far as it guides replies."""

    agent: LearnedAgent
    tags: LearnedTags = field(default_factory=LearnedTags)


@dataclass(frozen=True, slots=True)
class Guide:
    """Guides replies to `tests`; `texts` are rule texts, `vectors` those of all queries."""

    writer: ReplyWriter
    texts: Mapping[str, str]
    vectors: Mapping[str, list[float]]
    tests: Sequence[str]

    def conditions(self, taught: Taught, rankings: Sequence[Example]) -> dict[str, list[str]]:
        """For each condition the guidance of every test query."""
        learned, everything = taught.agent, tuple(self.texts.values())
        rules, adapter = learned.rules, learned.adapter
        by_agent, by_rules = self.by_agent(taught), self._by_rules(taught)
        found = {
            AGENT: by_agent,
            RULES: by_rules,
            "agent if accepted": by_agent if learned.accepted else by_rules,
            "untrained agent": self._guided(
                taught.tags, lambda query: self.writer.rules(query, rules, None)
            ),
            "agent, any rule": self._guided(
                taught.tags, lambda query: self.writer.rules(query, everything, adapter)
            ),
            "untrained, any rule": self._guided(
                taught.tags, lambda query: self.writer.rules(query, everything, None)
            ),
            "exemplars": [self._exemplars(query, rankings) for query in self.tests],
        }
        if taught.tags.selector is not None:
            found[TAGS] = self._guided(taught.tags, lambda _query: ())
        return found

    def by_agent(self, taught: Taught) -> list[str]:
        """What the trained agent says; without one the best rules, as in the program."""
        rules, adapter = taught.agent.rules, taught.agent.adapter
        if adapter is None:
            return self._by_rules(taught)
        return self._guided(taught.tags, lambda query: self.writer.rules(query, rules, adapter))

    def always(self, instructions: Sequence[str]) -> list[str]:
        """The same for every query."""
        return [guidance_text(instructions)] * len(self.tests)

    def chosen(self, tags: LearnedTags) -> dict[str, int]:
        """The interests that guide replies, and how many of the replies each guides."""
        return dict(Counter(tag.name for query in self.tests for tag in tags.chosen(query)))

    def _by_rules(self, taught: Taught) -> list[str]:
        """The best supported rules, whatever the query."""
        return self._guided(taught.tags, lambda _query: taught.agent.rules[:RULES_WRITTEN])

    def _guided(self, tags: LearnedTags, written: Callable[[str], tuple[str, ...]]) -> list[str]:
        """The rules written for each query, with the interests chosen for it."""
        return [
            guidance_text([*written(query), *(tag.instruction for tag in tags.chosen(query))])
            for query in self.tests
        ]

    def _exemplars(self, query: str, rankings: Sequence[Example]) -> str:
        """The user's best replies to the nearest queries, as the program shows them."""
        winners = [
            Winner(e.ranking_id, e.query, e.replies[e.tiers[0][0]].text, self.vectors[e.query])
            for e in rankings
        ]
        chosen = choose_exemplars(self.vectors[query], winners, self.writer.count_tokens)
        return exemplars_text([(one.query, one.text) for one in chosen])
