"""Guidance in the agent's experiment: rules first, then the interests chosen for the query."""

from __future__ import annotations

import time
from pathlib import Path

from interest_makers import LIBRARY, LIKED, QUERIES, VECTORS, ranking

from assistant.domain.cancel import CancelToken
from assistant.evaluation.agent_guidance import Guide, Taught
from assistant.evaluation.agent_interests import Interests
from assistant.evaluation.agent_learning import LearnedAgent
from assistant.evaluation.agent_replies import ReplyWriter
from assistant.evaluation.agent_report import AGENT, RULES, TAGS
from assistant.evaluation.score_cache import ScoreCache
from assistant.generation.prompt import guidance_text
from assistant.generation.scripted import ScriptedBackend
from tests.personalization.word_embedder import WordEmbedder

RULES_FOUND = ("keep it short: a few sentences at most", "give a concrete example")
TESTS = QUERIES[30:34]


def make_guide(folder: Path) -> Guide:
    cache = ScoreCache(folder / "kept.jsonl", time.monotonic)
    writer = ReplyWriter(ScriptedBackend([RULES_FOUND[1]]), cache, CancelToken())
    listed = {query: vector.tolist() for query, vector in VECTORS.items()}
    return Guide(writer, dict(zip("ab", RULES_FOUND, strict=True)), listed, TESTS)


def test_every_condition_has_the_interests_but_exemplars_and_tags_are_alone(
    tmp_path: Path,
) -> None:
    guide, rankings = make_guide(tmp_path), [ranking(number) for number in range(30)]
    tags = Interests(LIBRARY, WordEmbedder().embed).learn(rankings, VECTORS)
    taught = Taught(LearnedAgent(RULES_FOUND, None, False, "", 0.0), tags)
    found = guide.conditions(taught, rankings)
    assert found[TAGS] == [guidance_text([LIKED.instruction])] * len(TESTS)
    whole = [guidance_text([*RULES_FOUND, LIKED.instruction])] * len(TESTS)
    assert found[AGENT] == found[RULES] == guide.by_agent(taught) == whole
    asked = guidance_text([RULES_FOUND[1], LIKED.instruction])
    assert found["untrained agent"] == [asked] * len(TESTS)
    sentence = guidance_text([LIKED.instruction])[1:-1]
    assert not any(sentence in text for text in found["exemplars"])
    assert guide.chosen(tags) == {LIKED.name: len(TESTS)}


def test_without_tags_learned_rules_stand_alone_and_there_is_no_condition_of_tags(
    tmp_path: Path,
) -> None:
    guide, rankings = make_guide(tmp_path), [ranking(number) for number in range(12)]
    taught = Taught(LearnedAgent(RULES_FOUND, None, False, "", 0.0))
    found = guide.conditions(taught, rankings)
    assert TAGS not in found
    assert found[AGENT] == guide.always(RULES_FOUND)
    assert guide.chosen(taught.tags) == {}
