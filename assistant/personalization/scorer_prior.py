"""What the reply scorer believes before its user has ranked anything; numbers learnt from people.

resources/scorer_prior.json holds only numbers (no text of anybody) with the origin and licence of
the public rankings behind them; `attune evaluate build-prior` makes it anew.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.domain.errors import ModelProblem
from assistant.personalization.text_features import FEATURES

Floats = NDArray[np.float64]

RELATIONS = 3  # relevance to the query, what is common to all replies, wording of its own
TEXT_TERMS = len(FEATURES) + RELATIONS
PLACE_SD = 0.3  # prior spread of the nuisance weight of the place shown


@dataclass(frozen=True, slots=True)
class Gate:
    """Logistic: how much a set of replies tells a story (1) rather than informs (0)."""

    mean: Floats
    sd: Floats
    weights: Floats
    bias: float

    def lean(self, features: Floats) -> float:
        """From -1 (informs) to 1 (tells) for the features of all replies of one query."""
        z = np.clip((features.mean(axis=0) - self.mean) / self.sd, -3, 3)
        return float(np.tanh((z @ self.weights + self.bias) / 2))


@dataclass(frozen=True, slots=True)
class ScorerPrior:
    """Scales of the terms, the gate, axes of meaning, and a normal prior over all weights.

    Weights: TEXT_TERMS common ones, as many for telling against informing, one for each axis, one
    for the place shown. `mean` and `covariance` are over these.
    """

    scale: Floats  # (TEXT_TERMS,) typical difference between replies to one query
    gate: Gate
    axes: Floats  # (axes, size of a vector)
    axis_scale: Floats  # (axes,)
    mean: Floats
    covariance: Floats
    about: dict[str, Any] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """Number of weights."""
        return 2 * TEXT_TERMS + len(self.axes) + 1


def flat_prior() -> ScorerPrior:
    """Nothing known: no mean, no axes, the scales of ones."""
    size = 2 * TEXT_TERMS + 1
    zeros, ones = np.zeros(len(FEATURES)), np.ones(len(FEATURES))
    covariance = np.eye(size) * 1e-4
    covariance[-1, -1] = PLACE_SD**2
    return ScorerPrior(
        scale=np.ones(TEXT_TERMS),
        gate=Gate(zeros, ones, zeros, 0.0),
        axes=np.zeros((0, 1)),
        axis_scale=np.zeros(0),
        mean=np.zeros(size),
        covariance=covariance,
    )


def read_prior(path: Path) -> ScorerPrior:
    """The prior in a file; ModelProblem if it is missing or of other features."""
    try:
        stored = json.loads(path.read_text("utf-8"))
        prior = _from_json(stored)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelProblem(
            f"The reply scorer's prior {path} cannot be read ({error}); "
            "install Attune again, or run `attune evaluate build-prior`."
        ) from error
    if stored["features"] != [feature.key for feature in FEATURES]:
        raise ModelProblem(
            f"The reply scorer's prior {path} is of other text features; "
            "run `attune evaluate build-prior`."
        )
    return prior


def write_prior(path: Path, prior: ScorerPrior) -> None:
    """Store a prior; equal priors give equal files."""
    lower = [row[: i + 1] for i, row in enumerate(prior.covariance)]
    stored = {
        "about": prior.about,
        "features": [feature.key for feature in FEATURES],
        "scale": _short(prior.scale),
        "gate": {
            "mean": _short(prior.gate.mean),
            "sd": _short(prior.gate.sd),
            "weights": _short(prior.gate.weights),
            "bias": _short(np.array([prior.gate.bias]))[0],
        },
        "axes": [_short(axis, 4) for axis in prior.axes],
        "axis_scale": _short(prior.axis_scale),
        "mean": _short(prior.mean),
        "covariance": [_short(row) for row in lower],
    }
    lines = (f"{json.dumps(key)}: {json.dumps(value)}" for key, value in stored.items())
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")


def _from_json(stored: dict[str, Any]) -> ScorerPrior:
    """The prior out of its stored form."""
    gate = stored["gate"]
    size = len(stored["mean"])
    covariance = np.zeros((size, size))
    for i, row in enumerate(stored["covariance"]):
        covariance[i, : i + 1] = covariance[: i + 1, i] = row
    return ScorerPrior(
        scale=np.array(stored["scale"]),
        gate=Gate(
            mean=np.array(gate["mean"]),
            sd=np.array(gate["sd"]),
            weights=np.array(gate["weights"]),
            bias=float(gate["bias"]),
        ),
        axes=np.array(stored["axes"]),
        axis_scale=np.array(stored["axis_scale"]),
        mean=np.array(stored["mean"]),
        covariance=covariance,
        about=stored["about"],
    )


def _short(values: Floats, digits: int = 6) -> list[float]:
    """Numbers with some significant digits."""
    return [float(f"{value:.{digits}g}") for value in values]
