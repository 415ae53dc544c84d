"""The agent is really trained: it learns, it resumes bit for bit, and it never ends half done."""

from __future__ import annotations

import multiprocessing
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from agent_makers import make_task, prompt

from assistant.domain.errors import ChildStopped, TrainingFailed
from assistant.domain.events import Progress
from assistant.personalization.agent_batches import Branch, pack
from assistant.personalization.agent_choice import judge_agent
from assistant.personalization.agent_plan import encode_prompt, encode_target
from assistant.personalization.agent_task import AgentTask, AgentTrained
from assistant.personalization.agent_training import RESUMES, train_agent
from assistant.personalization.gate import ENOUGH
from assistant.personalization.gguf_base import prepare_base
from assistant.personalization.learner import Example, Reply
from assistant.personalization.preference_agent import PreferenceAgent


def finish(task: AgentTask) -> AgentTrained:
    *_, last = train_agent(task)
    assert isinstance(last, AgentTrained)
    return last


def interrupted(task: AgentTask, at: int) -> None:
    """Pull steps as far as `at` and let go of the run, as a kill would."""
    for step in train_agent(task):
        if isinstance(step, Progress) and step.what.startswith("Training") and step.done >= at:
            return


def test_the_winners_rules_become_likelier_than_the_losers(tmp_path: Path):
    trained = finish(make_task(tmp_path))
    ((brief, lists),) = trained.shares["new"]
    ((brief_before, lists_before),) = trained.shares["untrained"]
    assert brief - lists > brief_before - lists_before
    assert trained.metrics["loss_last"] < trained.metrics["loss_first"]


def test_the_gate_refuses_what_was_trained_on_reversed_rankings(tmp_path: Path):
    task = make_task(tmp_path)
    task = replace(task, questions=tuple(prompt(f"{n} tides") for n in range(ENOUGH)))
    honest = finish(task)
    turned = [replace(example, targets=example.targets[::-1]) for example in task.examples]
    wrong = finish(replace(task, examples=tuple(turned), active=honest.weights))
    brief, listed = Reply((), 0, 5, "brief"), Reply((), 1, 5, "- a list")
    held_out = [Example(n, "q", (brief, listed), ((0,), (1,))) for n in range(ENOUGH)]
    held = {"be brief": (1.0, -1.0), "use lists": (-1.0, 1.0)}
    holds = {example.ranking_id: held for example in held_out}
    verdict = judge_agent(held_out, holds, task.choices, wrong)
    assert not verdict.accepted
    assert (verdict.before, verdict.after) == (1.0, 0.0)


def test_equal_tasks_give_equal_adapters(tmp_path: Path):
    assert finish(make_task(tmp_path)).weights == finish(make_task(tmp_path)).weights


@pytest.mark.parametrize("at", [3, 7])
def test_an_interrupted_run_ends_as_if_it_had_not_been_interrupted(tmp_path: Path, at: int):
    task = make_task(tmp_path, checkpoint_steps=2, preference_epochs=2)
    whole = finish(make_task(tmp_path, checkpoint_steps=1000, preference_epochs=2))
    interrupted(task, at)
    assert list((tmp_path / "cache" / "agent").glob("run-*"))
    assert finish(task).weights == whole.weights
    assert not list((tmp_path / "cache" / "agent").glob("run-*"))


def test_a_run_that_dies_again_and_again_is_given_up(tmp_path: Path):
    task = make_task(tmp_path, checkpoint_steps=3)
    interrupted(task, 3)
    for _ in range(RESUMES):
        interrupted(task, 4)  # one step further, before the next checkpoint
    with pytest.raises(ChildStopped, match="given up"):
        finish(task)
    finish(task)


def test_a_diverging_run_is_given_up_and_leaves_no_checkpoint(tmp_path: Path):
    with pytest.raises(TrainingFailed, match="diverged"):
        finish(make_task(tmp_path, rate=float("nan")))
    assert not list((tmp_path / "cache" / "agent").glob("run-*"))


def _train_until_killed(task: AgentTask, pipe: object) -> None:
    for step in train_agent(task):
        pipe.send(getattr(step, "done", -1))  # type: ignore[attr-defined]


@pytest.mark.slow
@pytest.mark.parametrize("after", [2, 4, 6])
def test_a_run_killed_at_any_stage_is_resumed(tmp_path: Path, after: int):
    task = make_task(tmp_path, checkpoint_steps=1)
    finish(task)
    spawn = multiprocessing.get_context("spawn")
    ours, theirs = spawn.Pipe()
    child = spawn.Process(target=_train_until_killed, args=(task, theirs))
    child.start()
    for _ in range(after):
        assert ours.poll(60)
        ours.recv()
    child.kill()
    child.join()
    assert finish(task).weights == finish(replace(task, active=None)).weights


def test_a_packed_row_gives_what_each_sequence_gives_alone(tmp_path: Path):
    task = make_task(tmp_path)
    base = prepare_base(task.source, task.sha256, task.cache)
    agent = PreferenceAgent(base, task.options, exact=True)
    branches = [
        Branch(
            encode_prompt(agent.tokenizer, prompt(query)),
            tuple(encode_target(agent.tokenizer, text, task.end) for text in texts),
        )
        for query, texts in (("one", ("a", "two words")), ("another", ("bcd",)))
    ]
    with torch.no_grad():
        together = agent.log_probs(pack(branches))
        alone = [
            agent.log_probs(pack([Branch(branch.prompt, (target,))]))
            for branch in branches
            for target in branch.targets
        ]
    torch.testing.assert_close(together, torch.cat(alone), atol=1e-4, rtol=1e-4)


def test_an_adapter_of_another_rank_is_refused(tmp_path: Path):
    task = make_task(tmp_path)
    base = prepare_base(task.source, task.sha256, task.cache)
    small = PreferenceAgent(base, replace(task.options, rank=4)).dump()
    agent = PreferenceAgent(base, task.options)
    before = agent.dump()
    with pytest.raises(ValueError, match="another base"):
        agent.load(small)
    assert agent.dump() == before
