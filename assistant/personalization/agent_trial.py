"""What a trained agent does with queries that it was never trained on; the gate decides by it."""

from __future__ import annotations

from collections.abc import Generator

import torch

from assistant.domain.events import Progress
from assistant.personalization.agent_batches import Branch, pack
from assistant.personalization.agent_plan import encode_prompt, encode_target
from assistant.personalization.agent_task import AgentTask, Piece, Shares
from assistant.personalization.agent_words import RULES_WRITTEN, rules_text
from assistant.personalization.gguf_tokenizer import encode
from assistant.personalization.list_losses import sums_by_owner
from assistant.personalization.preference_agent import PreferenceAgent

SAMPLES = 2
SAMPLE_TOKENS = 64


def choice_shares(
    agent: PreferenceAgent, task: AgentTask
) -> Generator[Progress, None, dict[str, Shares]]:
    """How far each choice would be written for each question, under each agent there is.

    Each yield is a point at which the run can wait or end.
    """
    if not (task.questions and task.choices):
        return {}
    found = {"new": (yield from _table(agent, task))}
    with agent.untrained():
        found["untrained"] = yield from _table(agent, task)
    if task.active is not None:
        new = agent.dump()
        agent.load(task.active)
        found["active"] = yield from _table(agent, task)
        agent.load(new)
    return found


def sample_texts(
    agent: PreferenceAgent, task: AgentTask
) -> Generator[Progress, None, tuple[str, ...]]:
    """What the agent writes for the first questions, or for examples if there is no question."""
    prompts = [*task.questions, *(example.prompt for example in task.examples)][:SAMPLES]
    end = encode(agent.tokenizer, [Piece(task.end, True)])[0]
    texts = []
    for number, prompt in enumerate(prompts):
        yield Progress("Trying the trained agent", number, len(prompts))
        ids = agent.write(encode_prompt(agent.tokenizer, prompt), SAMPLE_TOKENS, end)
        texts.append(agent.tokenizer.decode(ids))
    return tuple(texts)


def _table(agent: PreferenceAgent, task: AgentTask) -> Generator[Progress, None, Shares]:
    """One row for each question."""
    rows = []
    for number, question in enumerate(task.questions):
        yield Progress("Trying the trained agent", number, len(task.questions))
        with torch.no_grad():
            rows.append(_shares(agent, encode_prompt(agent.tokenizer, question), task))
    return tuple(rows)


def _shares(agent: PreferenceAgent, prompt: list[int], task: AgentTask) -> tuple[float, ...]:
    """How far each choice is written: its chances at each line, summed, along the likeliest lines.

    As in use, at least one rule is written, none twice, and after a rule the agent may stop.
    """
    written: list[str] = []
    shares = dict.fromkeys(task.choices, 0.0)
    going_on = 1.0  # the chance that the agent comes to this line
    while len(written) < min(RULES_WRITTEN, len(task.choices)):
        left = [choice for choice in task.choices if choice not in written]
        targets = [encode_target(agent.tokenizer, rules_text([*written, c]), "") for c in left]
        if written:
            targets.append(encode_target(agent.tokenizer, rules_text(written), task.end))
        row = pack([Branch(prompt, tuple(targets))])
        sums = sums_by_owner(agent.log_probs(row), torch.from_numpy(row.owners), len(targets))
        chances = torch.softmax(sums, 0).tolist()
        for choice, chance in zip(left, chances, strict=False):
            shares[choice] += going_on * chance
        going_on *= sum(chances[: len(left)])
        best = max(range(len(left)), key=lambda i: chances[i])
        written.append(left[best])
    return tuple(shares[choice] for choice in task.choices)
