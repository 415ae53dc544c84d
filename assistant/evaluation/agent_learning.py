"""From a simulated user's rankings to rules and a trained agent, by the program's own code.

Contract: the same finding of rules, split, task, training and gate as in the program; finished
runs are kept under `folder`, so that a stopped experiment goes on where it stopped (an interrupted
training goes on from its own checkpoint).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.domain.cancel import CancelToken
from assistant.domain.errors import Cancelled
from assistant.domain.events import Progress
from assistant.generation.backend import ModelInfo, Turn
from assistant.generation.gguf import read_header
from assistant.generation.prompt import ChatTemplate
from assistant.generation.templates import choose_template
from assistant.personalization.agent_choice import judge_agent, targets_of, usable_rules
from assistant.personalization.agent_task import (
    AgentExample,
    AgentOptions,
    AgentTask,
    AgentTrained,
    Piece,
    Pieces,
)
from assistant.personalization.agent_words import agent_messages
from assistant.personalization.gate import Verdict, held_out
from assistant.personalization.learner import Example, Personalizer
from assistant.personalization.rule_task import RulesFound, RuleTask
from assistant.personalization.rules import probably_better

FEWEST = 10  # rankings to train on; as in the program


@dataclass(frozen=True, slots=True)
class LearnedAgent:
    """What one user's rankings taught. `adapter` is None where there was too little to train on."""

    rules: tuple[str, ...]  # those that live, the best supported first
    adapter: Path | None
    accepted: bool
    verdict: str
    seconds: float  # of the training, when it was made


class AgentLearning:
    """Learns from rankings with one learner process and one base model."""

    def __init__(
        self,
        learner: Personalizer,
        model: ModelInfo,
        templates: Mapping[str, str],
        cache: Path,
        options: AgentOptions,
    ) -> None:
        self._learner, self._model, self._templates = learner, model, templates
        self._cache, self._options = cache, options
        self._template: ChatTemplate = choose_template(read_header(model.path).template)

    def learn(
        self, rankings: Sequence[Example], salt: str, cancel: CancelToken
    ) -> Iterator[Progress | LearnedAgent]:
        """Rules first, then the agent; Cancelled if taken back."""
        train = tuple(e for e in rankings if not held_out(e.ranking_id, salt))
        kept = tuple(e for e in rankings if held_out(e.ranking_id, salt))
        found: RulesFound | None = None
        for step in self._learner.run_task(RuleTask(train, kept, self._templates), cancel):
            if isinstance(step, RulesFound):
                found = step
        if found is None:
            raise Cancelled
        living = sorted(
            (rule for rule in found.rules if rule.alive),
            key=lambda rule: -probably_better(rule.right, rule.judged),
        )
        rules = tuple(rule.text for rule in living)
        task = self._task(train, kept, found)
        if len(task.examples) < FEWEST:
            yield LearnedAgent(rules, None, False, "too few rankings to train on", 0.0)
            return
        options = replace(task.options, threads=0)  # how many is of no concern to what comes out
        name = hashlib.sha256(
            repr((task.examples, task.questions, task.choices, options, task.sha256)).encode()
        ).hexdigest()[:24]
        described = self._cache / "agent-experiment" / f"{name}.json"
        if not described.is_file():
            trained: AgentTrained | None = None
            for event in self._learner.run_task(task, cancel):
                if isinstance(event, AgentTrained):
                    trained = event
                elif isinstance(event, Progress):
                    yield event
            if trained is None:
                raise Cancelled
            verdict = judge_agent(kept, found.holds, task.choices, trained)
            self._keep(described, trained, verdict)
        yield self._kept(described, rules)

    def _task(
        self, train: Sequence[Example], kept: Sequence[Example], found: RulesFound
    ) -> AgentTask:
        """The training run that the program would make of these rankings."""
        choices = usable_rules(found.rules)
        examples = tuple(
            AgentExample(self._pieces(example.query), targets)
            for example in train
            if (targets := targets_of(example, choices, found.holds[example.ranking_id]))
        )
        return AgentTask(
            source=self._model.path,
            sha256=self._model.sha256,
            cache=self._cache,
            examples=examples,
            questions=tuple(self._pieces(example.query) for example in kept),
            choices=choices,
            end=self._template.end,
            options=self._options,
        )

    def _pieces(self, query: str) -> Pieces:
        """A query as the agent is asked it."""
        turns = tuple(Turn(role, text) for role, text in agent_messages(query))
        return tuple(Piece(s.text, s.literal) for s in self._template.render(turns, True))

    def _keep(self, described: Path, trained: AgentTrained, verdict: Verdict) -> None:
        """Put a finished run on disk, the description last."""
        described.parent.mkdir(parents=True, exist_ok=True)
        described.with_suffix(".safetensors").write_bytes(trained.weights)
        content = {
            "accepted": verdict.accepted,
            "verdict": verdict.reason,
            "seconds": trained.seconds,
            "metrics": dict(trained.metrics),
        }
        described.write_text(json.dumps(content), encoding="utf-8")

    def _kept(self, described: Path, rules: tuple[str, ...]) -> LearnedAgent:
        """A finished run with its adapter as the engine loads it."""
        content = json.loads(described.read_text(encoding="utf-8"))
        weights = described.with_suffix(".safetensors").read_bytes()
        adapter = self._learner.write_agent(
            weights, self._model.path, self._model.sha256, self._cache
        )
        return LearnedAgent(
            rules, adapter, content["accepted"], content["verdict"], content["seconds"]
        )
