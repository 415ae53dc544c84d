"""Users choose among replies that a (scripted) model writes; figures mean what they say."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from ranking_files import write_bank

from assistant.domain.cancel import CancelToken
from assistant.evaluation.agent_replies import ReplyWriter
from assistant.evaluation.personal_llm import LlmOptions, LlmReport, base_utilities, read_bank
from assistant.evaluation.personal_llm_own import ONE, OTHERS, OWN, OwnReplies
from assistant.evaluation.score_cache import ScoreCache
from assistant.generation.scripted import ScriptedBackend
from tests.personalization.word_embedder import WordEmbedder

REPLIES = (
    "Short.",
    "- A list\n- of two points",
    "Do you like it? I hope so, dear friend!",
    "Moreover, there are 12 of them, for example these, and perhaps as many others too.",
    "Well. **That** is a matter of taste, and it may well be that you see it in another way.",
    "A plain sentence with nothing in it.",
    "You could do it. You could also leave it. You choose!",
)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> LlmReport:
    folder: Path = tmp_path_factory.mktemp("own")
    bank = read_bank(write_bank(folder / "bank"))
    cache = ScoreCache(folder / "kept.jsonl", time.monotonic)
    writer = ReplyWriter(ScriptedBackend(REPLIES), cache, CancelToken())
    run = OwnReplies(bank, writer, WordEmbedder().embed, LlmOptions(users=3, seeds=2))
    *_, last = run.run()
    assert isinstance(last, LlmReport)
    return last


def test_choosing_by_ones_own_rankings_lies_between_one_draft_and_the_best(report):
    reward = {name: report.reward(name).value for name in report.rewards}
    assert report.users == 6
    assert reward[ONE] < reward["personal_30"] <= reward["oracle"]
    assert report.win_rate("oracle").value > 0.5


def test_replies_behind_exemplars_are_judged_beside_the_others(report):
    assert {OWN, OTHERS, "non_personal", "personal_10"} <= set(report.wins)
    assert all(len(groups) == report.users for groups in report.wins.values())


def test_utilities_can_be_measured_in_the_units_of_other_replies():
    prompts, texts = ["What?"] * 3, [[REPLIES[i], REPLIES[i + 1]] for i in range(3)]
    whole = base_utilities(prompts, texts)
    part = base_utilities(prompts[:1], [texts[0][:1]], (prompts, texts))
    assert part[0, 0].tolist() == whole[0, 0].tolist()
