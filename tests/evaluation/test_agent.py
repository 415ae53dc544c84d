"""The agent's experiment in small: a scripted model, real rules, a stand-in for the training."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from assistant.domain.cancel import CancelToken
from assistant.domain.errors import Cancelled
from assistant.domain.events import Progress
from assistant.evaluation.agent import AgentExperiment, ExperimentSize
from assistant.evaluation.agent_interests import Interests
from assistant.evaluation.agent_learning import LearnedAgent
from assistant.evaluation.agent_replies import Drafted, ReplyWriter
from assistant.evaluation.agent_report import LOSERS, OTHERS, TAGS, TRUE, WHOLE, AgentReport
from assistant.evaluation.score_cache import ScoreCache
from assistant.generation.prompt import guidance_text
from assistant.generation.scripted import ScriptedBackend
from assistant.personalization.learner import Example
from assistant.storage.rule_texts import read_rule_texts
from assistant.storage.tag_library import read_tag_library
from tests.personalization.word_embedder import WordEmbedder

RESOURCES = Path(__file__).parents[2] / "resources"
TEXTS = read_rule_texts(RESOURCES / "rules.toml")
LIBRARY = read_tag_library(RESOURCES / "tags.toml")
# Rewards of three users, from the experiment as it was before users could have interests.
BEFORE = {
    "agent": (14.577995617276137, 0.0, 14.577995617276137),
    "exemplars": (1.2275898368099667, 1.4492753623188408, -11.422004382723863),
    TRUE: (20.77768309975334, 10.96920228499176, 14.577995617276137),
}
KNOWN = ("keep it short: a few sentences at most", "give a concrete example")


def make_writer(
    folder: Path, backend: ScriptedBackend, cancel: CancelToken | None = None
) -> ReplyWriter:
    cache = ScoreCache(folder / "kept.jsonl", time.monotonic)
    return ReplyWriter(backend, cache, cancel or CancelToken())


def test_what_was_written_is_never_written_again(tmp_path: Path) -> None:
    first, second = ScriptedBackend(), ScriptedBackend()
    drafts = [Drafted("", 1), Drafted("be brief", 1), Drafted("", 1)]
    texts = make_writer(tmp_path, first).replies("How?", drafts)
    assert texts[0] == texts[2] != texts[1]
    assert [len(request.drafts) for request in first.requests] == [2]
    assert make_writer(tmp_path, second).replies("How?", drafts) == texts
    assert not second.requests


def test_the_agent_writes_known_rules_and_with_one_rule_is_not_asked(tmp_path: Path) -> None:
    backend = ScriptedBackend([f"{KNOWN[1]}\nsomething else"])
    writer = make_writer(tmp_path, backend)
    assert writer.rules("How?", KNOWN, None) == (KNOWN[1],)
    assert backend.requests[0].agent
    assert writer.rules("How?", KNOWN[:1], None) == KNOWN[:1]
    assert len(backend.requests) == 1


def test_half_a_reply_is_never_kept(tmp_path: Path) -> None:
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        make_writer(tmp_path, ScriptedBackend(), cancel).replies("How?", [Drafted("", 1)])
    whole = make_writer(tmp_path, ScriptedBackend()).replies("How?", [Drafted("", 1)])
    assert whole[0]


def learn(_rankings: Sequence[Example], _salt: str) -> Iterator[Progress | LearnedAgent]:
    yield Progress("Training", 0, 1)
    yield LearnedAgent(KNOWN, None, False, "too few rankings to train on", 0.0)


def experiment(folder: Path, size: ExperimentSize) -> tuple[ScriptedBackend, AgentReport]:
    backend, embed = ScriptedBackend(), WordEmbedder().embed
    *_, report = AgentExperiment(
        make_writer(folder, backend), TEXTS, embed, learn, size, Interests(LIBRARY, embed)
    ).run()
    assert isinstance(report, AgentReport)
    return backend, report


def test_every_condition_is_judged_for_every_user_and_agents_by_all_users(tmp_path: Path) -> None:
    _, report = experiment(tmp_path, ExperimentSize(users=2, rankings=10, tests=3))
    assert {"agent", "rules only", TAGS, "untrained agent", "exemplars", LOSERS, OTHERS} <= set(
        report.wins
    )
    assert all(len(groups) == 2 for groups in report.wins.values())
    assert all(0 <= wins <= count for groups in report.wins.values() for wins, count in groups)
    assert [len(row) for row in report.table] == [2, 2]
    whole = [report.table_whole[i][i] for i in range(2)]
    assert whole == [wins / count for wins, count in report.wins[WHOLE]]
    assert report.win_rate("agent").value == report.win_rate("rules only").value  # no adapter
    own = [report.table[i][i] for i in range(2)]
    assert own == [wins / count for wins, count in report.wins["agent"]]


def test_hidden_interests_are_the_librarys_and_asked_for_with_the_true_rules(
    tmp_path: Path,
) -> None:
    size = ExperimentSize(users=2, rankings=10, tests=2, interests=2)
    backend, report = experiment(tmp_path, size)
    assert all(len(set(names)) == 2 for names in report.interests)
    asked = {draft.guidance for request in backend.requests for draft in request.drafts}
    for names, hidden in zip(report.interests, report.hidden, strict=True):
        wanted = [tag.instruction for tag in LIBRARY if tag.name in names]
        assert len(wanted) == 2
        assert guidance_text([*hidden, *wanted]) in asked


def test_without_interests_an_experiment_is_what_it_was_before_there_were_any(
    tmp_path: Path,
) -> None:
    size = ExperimentSize(users=3, rankings=12, tests=4, interests=0)
    *_, report = AgentExperiment(
        make_writer(tmp_path, ScriptedBackend()),
        TEXTS,
        WordEmbedder().embed,
        learn,
        size,
        Interests(LIBRARY, WordEmbedder().embed),
    ).run()
    assert isinstance(report, AgentReport)
    assert TAGS not in report.wins
    assert report.interests == [()] * 3
    assert report.table == [[1.0] * 3, [0.5] * 3, [1.0] * 3]
    for name, rewards in BEFORE.items():
        assert [total for total, _ in report.rewards[name]] == pytest.approx(rewards, rel=1e-12)
