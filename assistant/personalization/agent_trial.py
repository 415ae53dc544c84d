"""What a trained agent does with queries that it was never trained on; the gate decides by it."""

from __future__ import annotations

import torch

from assistant.personalization.agent_batches import Branch, pack
from assistant.personalization.agent_plan import encode_prompt, encode_target
from assistant.personalization.agent_task import AgentTask, Likelihoods, Piece
from assistant.personalization.gguf_tokenizer import encode
from assistant.personalization.list_losses import sums_by_owner
from assistant.personalization.preference_agent import PreferenceAgent

SAMPLES = 2
SAMPLE_TOKENS = 64


def choice_likelihoods(agent: PreferenceAgent, task: AgentTask) -> dict[str, Likelihoods]:
    """Log-probability of each choice for each question under each agent there is."""
    if not (task.questions and task.choices):
        return {}
    found = {"new": _table(agent, task)}
    with agent.untrained():
        found["untrained"] = _table(agent, task)
    if task.active is not None:
        new = agent.dump()
        agent.load(task.active)
        found["active"] = _table(agent, task)
        agent.load(new)
    return found


def sample_texts(agent: PreferenceAgent, task: AgentTask) -> tuple[str, ...]:
    """What the agent writes for the first questions, or for examples if there is no question."""
    prompts = [*task.questions, *(example.prompt for example in task.examples)][:SAMPLES]
    end = encode(agent.tokenizer, [Piece(task.end, True)])[0]
    return tuple(
        agent.tokenizer.decode(
            agent.write(encode_prompt(agent.tokenizer, prompt), SAMPLE_TOKENS, end)
        )
        for prompt in prompts
    )


def _table(agent: PreferenceAgent, task: AgentTask) -> Likelihoods:
    """One row for each question; its prompt is evaluated once for all choices."""
    targets = tuple(encode_target(agent.tokenizer, c, task.end) for c in task.choices)
    rows = []
    with torch.no_grad():
        for question in task.questions:
            row = pack([Branch(encode_prompt(agent.tokenizer, question), targets)])
            values, owners = agent.log_probs(row), torch.from_numpy(row.owners)
            rows.append(tuple(sums_by_owner(values, owners, len(targets)).tolist()))
    return tuple(rows)
