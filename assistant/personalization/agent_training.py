"""Training the preference agent: a generator of steps, resumable, given up when it diverges.

Each yield is a progress with the time left, and a point at which the run can wait or end: whoever
pulls the steps decides. First the winners' rules are imitated, then whole orders are preferred
(list_losses). A run that was interrupted goes on from its checkpoint, bit for bit.
"""

from __future__ import annotations

import json
import math
import os
import time
from collections.abc import Iterator

import torch
from torch import Tensor

from assistant.domain.errors import ChildStopped, TrainingFailed
from assistant.domain.events import Progress
from assistant.personalization.agent_batches import Row, pack
from assistant.personalization.agent_plan import Plan, Step, key_of, make_plan
from assistant.personalization.agent_task import AgentTask, AgentTrained
from assistant.personalization.agent_trial import choice_shares, sample_texts
from assistant.personalization.checkpoints import read_checkpoint, write_checkpoint
from assistant.personalization.gguf_base import prepare_base
from assistant.personalization.list_losses import listwise_preference, sums_by_owner
from assistant.personalization.preference_agent import PreferenceAgent

RESUMES = 3  # a run that died this often is not tried again


def train_agent(task: AgentTask) -> Iterator[Progress | AgentTrained]:
    """Carry out a task from its last checkpoint; ends with the adapter and what it does.

    TrainingFailed if it diverges, ChildStopped if it died too often before.
    """
    begun = time.perf_counter()
    yield Progress("Preparing the agent's model", 0, 1)
    base = prepare_base(task.source, task.sha256, task.cache)
    torch.set_num_threads(task.options.threads or os.cpu_count() or 1)
    agent = PreferenceAgent(base, task.options)
    run = TrainingRun(agent, task) if task.ready is None else None
    if run is not None:
        yield from run.carry_out()
    else:
        _take_over(agent, task.ready or b"")
    shares = yield from choice_shares(agent, task)
    samples = yield from sample_texts(agent, task)
    metrics = (run.metrics if run is not None else {}) | {"norm": agent.largest_change()}
    if run is not None:
        run.file.unlink(missing_ok=True)
    weights = task.ready or agent.dump()
    yield AgentTrained(weights, metrics, samples, shares, time.perf_counter() - begun)


def _take_over(agent: PreferenceAgent, state: bytes) -> None:
    """Have the agent be what was made elsewhere; TrainingFailed if it is for another model."""
    try:
        agent.load(state)
    except ValueError as error:
        raise TrainingFailed(
            "The agent cannot be used with this model; train one here with "
            "`attune learn --only agent`."
        ) from error


class TrainingRun:
    """The steps of one task: the optimiser, where it stands, and its checkpoints."""

    def __init__(self, agent: PreferenceAgent, task: AgentTask) -> None:
        self._agent, self._options = agent, task.options
        self.plan: Plan = make_plan(agent.tokenizer, task)
        self._optimiser = torch.optim.AdamW(agent.parameters, weight_decay=0.0)
        self._reference: Tensor | None = None  # log-probability of every target of every branch
        self._done = 0
        self._losses: list[float] = []
        self._tokens, self._seconds = 0, 0.0
        self.file = task.cache / "agent" / f"run-{key_of(task)}.safetensors"

    @property
    def metrics(self) -> dict[str, float]:
        """Loss of imitation in the first and the last fifth of its steps, and the speed."""
        edge = max(1, len(self._losses) // 5)
        first, last = self._losses[:edge], self._losses[-edge:]
        return {
            "loss_first": sum(first) / edge,
            "loss_last": sum(last) / edge,
            "steps": float(len(self.plan.steps)),
            "tokens": float(self._tokens),
            "tokens_per_s": self._tokens / self._seconds if self._seconds else 0.0,
        }

    def carry_out(self) -> Iterator[Progress]:
        """All steps that are left."""
        self._resume()
        total, here = len(self.plan.steps), 0
        while self._done < total:
            step = self.plan.steps[self._done]
            if step.preference and self._reference is None:
                yield from self._take_reference()
            begun = time.perf_counter()
            self._advance(step)
            self._done, here = self._done + 1, here + 1
            if self._done % self._options.checkpoint_steps == 0:
                self._keep(resumed=0)
            self._seconds += time.perf_counter() - begun
            left = self._seconds / here * (total - self._done)
            yield Progress("Training the agent", self._done, total, left)

    def _advance(self, step: Step) -> None:
        """One step of the optimiser; TrainingFailed if anything is not finite."""
        row = pack(self.plan.row(step))
        log_probs = self._agent.log_probs(row)
        loss = self._preference(step, row, log_probs) if step.preference else -log_probs.mean()
        loss.backward()  # type: ignore[no-untyped-call]
        norm = torch.nn.utils.clip_grad_norm_(self._agent.parameters, self._options.clip)
        value = float(loss.detach())
        if not (math.isfinite(value) and math.isfinite(float(norm))):
            self.file.unlink(missing_ok=True)
            raise TrainingFailed(
                "The agent's training diverged and was given up; what was learned before is kept."
            )
        for group in self._optimiser.param_groups:
            group["lr"] = step.rate
        self._optimiser.step()
        self._optimiser.zero_grad()
        self._tokens += row.tokens
        if not step.preference:
            self._losses.append(value)

    def _preference(self, step: Step, row: Row, log_probs: Tensor) -> Tensor:
        """The listwise loss of a row, anchored to the imitation of its winners."""
        counts = [len(branch.targets) for branch in self.plan.row(step)]
        first = [sum(counts[:i]) for i in range(len(counts))]
        owners = torch.from_numpy(row.owners)
        sums = sums_by_owner(log_probs, owners, sum(counts))
        reference = torch.cat([self._reference_of(member) for member in step.members])
        lists = [list(range(begin, begin + n)) for begin, n in zip(first, counts, strict=True)]
        preference = listwise_preference(sums, reference, lists, self._options.beta)
        imitation = -log_probs[torch.isin(owners, torch.tensor(first))].mean()
        return preference + self._options.anchor * imitation

    def _reference_of(self, member: int) -> Tensor:
        """The stored log-probabilities of one branch's targets."""
        assert self._reference is not None
        before = sum(len(branch.targets) for branch in self.plan.branches[:member])
        return self._reference[before : before + len(self.plan.branches[member].targets)]

    def _take_reference(self) -> Iterator[Progress]:
        """Log-probabilities of all targets before the preference steps move them."""
        found = []
        for branch in self.plan.branches:
            with torch.no_grad():
                row = pack([branch])
                values, owners = self._agent.log_probs(row), torch.from_numpy(row.owners)
                found.append(sums_by_owner(values, owners, len(branch.targets)))
            yield Progress("Training the agent", self._done, len(self.plan.steps))
        self._reference = torch.cat(found)

    def _resume(self) -> None:
        """Go on where an earlier run of the same task stopped."""
        checkpoint = read_checkpoint(self.file)
        if checkpoint is None:
            return
        tensors, notes = checkpoint
        resumed = int(notes["resumed"]) + 1
        if resumed > RESUMES:
            self.file.unlink(missing_ok=True)
            raise ChildStopped(
                f"The agent's training stopped {resumed} times in a row and was given up; "
                "close other programs to free memory, then run `attune learn --only agent`."
            )
        with torch.no_grad():
            for i, parameter in enumerate(self._agent.parameters):
                parameter.copy_(tensors[f"{i}.value"])
                self._optimiser.state[parameter] = {
                    key: tensors[f"{i}.{key}"] for key in ("step", "exp_avg", "exp_avg_sq")
                }
        torch.set_rng_state(tensors["random"])
        self._reference = tensors.get("reference")
        self._done, self._losses = int(notes["done"]), json.loads(notes["losses"])
        self._keep(resumed)

    def _keep(self, resumed: int) -> None:
        """Put all that is needed to go on from here on disk."""
        tensors = {"random": torch.get_rng_state()}
        for i, parameter in enumerate(self._agent.parameters):
            tensors[f"{i}.value"] = parameter.detach()
            tensors |= {f"{i}.{k}": v for k, v in self._optimiser.state[parameter].items()}
        if self._reference is not None:
            tensors["reference"] = self._reference
        notes = {
            "done": str(self._done),
            "resumed": str(resumed),
            "losses": json.dumps(self._losses),
        }
        write_checkpoint(self.file, tensors, notes)
