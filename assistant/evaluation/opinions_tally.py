"""Counting who was predicted how well: accuracy and log-likelihood, with intervals over people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from assistant.domain.statistics import share_of_groups
from assistant.evaluation.conditional_logit import Floats


@dataclass(slots=True)
class Tally:
    """One method's outcomes, summed for each person."""

    name: str
    hits: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    logs: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    cases: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    seconds: float = 0.0

    def add(self, person: str, options: Floats, true: int, seconds: float = 0.0) -> None:
        """Count one prediction (log-probabilities of the options); ties share the hit."""
        best = np.isclose(options, options.max())
        self.hits[person] += float(best[true] / best.sum())
        self.logs[person] += float(options[true])
        self.cases[person] += 1
        self.seconds += seconds

    def row(self) -> dict[str, object]:
        """The method's figures; `seconds` is the mean for one tested question."""
        accuracy = share_of_groups([(self.hits[p], self.cases[p]) for p in self.cases])
        logs = share_of_groups([(self.logs[p], self.cases[p]) for p in self.cases])
        return {
            "name": self.name,
            "accuracy": accuracy.value,
            "low": accuracy.low,
            "high": accuracy.high,
            "log_likelihood": logs.value,
            "log_low": logs.low,
            "log_high": logs.high,
            "people": len(self.cases),
            "questions": accuracy.n,
            "seconds": self.seconds / max(1, accuracy.n),
        }


def difference(better: Tally, worse: Tally) -> dict[str, object]:
    """How much one method is above another on the same people's questions, with intervals."""
    people: Sequence[str] = [p for p in better.cases if better.cases[p] == worse.cases.get(p)]
    gain = share_of_groups([(better.hits[p] - worse.hits[p], better.cases[p]) for p in people])
    logs = share_of_groups([(better.logs[p] - worse.logs[p], better.cases[p]) for p in people])
    return {
        "name": f"{better.name} minus {worse.name}",
        "accuracy": gain.value,
        "low": gain.low,
        "high": gain.high,
        "log_likelihood": logs.value,
        "log_low": logs.low,
        "log_high": logs.high,
        "people": len(people),
    }
