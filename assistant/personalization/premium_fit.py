"""PREMIUM-Embed's two networks while they are trained, and how their weights are kept.

Speed without a change of method: each batch embeds its distinct queries once, and its distinct
tags (the whole library where the entropy asks for it) once.
Kept are differences to the first weights, as 16-bit floats, and of tables (the 30,522 word
vectors) only rows that moved by at least one step of the optimiser: 2 x 21 MB for MiniLM instead
of 2 x 91. The optimiser's moments (four times the weights) are not kept: a state that was loaded
goes on with new ones.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

from assistant.personalization.losses import premium_loss, tag_scores
from assistant.personalization.replay import Pair, Schedule


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Weights and the optimiser's state at one moment."""

    weights: tuple[Tensor, ...]
    optimiser: dict[str, Any]


class PremiumFit:
    """Query encoder and tag encoder with their AdamW, both begun with the weights of `first`."""

    def __init__(self, first: nn.Module, library: Sequence[str], schedule: Schedule) -> None:
        self.query = copy.deepcopy(first)
        self.tag = copy.deepcopy(first)
        self._library = tuple(library)
        self._schedule = schedule
        self._optimiser = torch.optim.AdamW(
            self._parameters(), lr=schedule.learning_rate, fused=True
        )

    def step(self, batch: Sequence[Pair]) -> float:
        """One step down the published loss on a batch of pairs; the loss before it."""
        pairs = [(p.query, self._known(p.winner), self._known(p.loser)) for p in batch]
        queries = list(dict.fromkeys(query for query, _, _ in pairs))
        tags = list(self._library)
        if not self._schedule.entropy:
            used = {name for _, winner, loser in pairs for name in (*winner, *loser)}
            tags = [name for name in tags if name in used]
        if not tags:
            return 0.0
        scores = tag_scores(self.query(queries), self.tag(tags))
        rows = scores[[queries.index(query) for query, _, _ in pairs]]
        winners = (rows * _indicators(tags, [winner for _, winner, _ in pairs])).sum(dim=1)
        losers = (rows * _indicators(tags, [loser for _, _, loser in pairs])).sum(dim=1)
        loss = premium_loss(scores, winners, losers, self._schedule.entropy)
        loss.backward()  # type: ignore[no-untyped-call]
        self._optimiser.step()
        self._optimiser.zero_grad()  # gradients take as much memory as the weights
        return float(loss.detach())

    def checkpoint(self) -> Checkpoint:
        """All that training changes, copied, to return to if a run is given up."""
        weights = tuple(weights.detach().clone() for weights in self._parameters())
        return Checkpoint(weights, copy.deepcopy(self._optimiser.state_dict()))

    def return_to(self, checkpoint: Checkpoint) -> None:
        """Be exactly as at the checkpoint."""
        with torch.no_grad():
            for weights, kept in zip(self._parameters(), checkpoint.weights, strict=True):
                weights.copy_(kept)
        self._optimiser.load_state_dict(checkpoint.optimiser)

    def differences(self, first: nn.Module) -> dict[str, Tensor]:
        """What distinguishes the weights from the first ones, by name."""
        start = dict(first.named_parameters())
        found: dict[str, Tensor] = {}
        for side, network in (("query", self.query), ("tag", self.tag)):
            for name, weights in network.named_parameters():
                found |= _difference(f"{side}.{name}", start[name], weights, self._moved)
        return found

    def restore(self, first: nn.Module, kept: Mapping[str, Tensor]) -> None:
        """Set the weights to those whose differences were kept."""
        start = dict(first.named_parameters())
        with torch.no_grad():
            for side, network in (("query", self.query), ("tag", self.tag)):
                for name, weights in network.named_parameters():
                    _add(weights, start[name], kept, f"{side}.{name}")

    def _parameters(self) -> list[nn.Parameter]:
        """Everything that is trained."""
        return [*self.query.parameters(), *self.tag.parameters()]

    @property
    def _moved(self) -> float:
        """Smallest change that counts: an AdamW step moves a weight by about the rate."""
        return self._schedule.learning_rate

    def _known(self, names: Sequence[str]) -> tuple[str, ...]:
        """Those of a set's tags that are still in the library."""
        return tuple(name for name in names if name in self._library)


def _indicators(tags: Sequence[str], sets: Sequence[Sequence[str]]) -> Tensor:
    """1 where a set (row) holds a tag (column)."""
    return torch.tensor([[float(tag in names) for tag in tags] for names in sets])


def _difference(key: str, start: Tensor, now: Tensor, moved: float) -> dict[str, Tensor]:
    """The change of one tensor: of a matrix only the rows that moved, with their numbers."""
    change = (now - start).detach()
    if change.dim() < 2:
        return {key: change.half()}
    rows = (change.abs().amax(dim=1) >= moved).nonzero().flatten()
    return {f"{key}@rows": rows.int(), key: change[rows].half().contiguous()}


def _add(weights: Tensor, start: Tensor, kept: Mapping[str, Tensor], key: str) -> None:
    """Set one tensor to its start plus the kept change; ValueError if it does not fit."""
    change, rows = kept.get(key), kept.get(f"{key}@rows")
    if change is None or not bool(torch.isfinite(change).all()):
        raise ValueError(f"the state lacks usable weights of {key}")
    weights.copy_(start)
    try:
        if rows is None:
            weights.add_(change.float())
        else:
            weights.index_add_(0, rows.long(), change.float())
    except (IndexError, RuntimeError) as error:
        raise ValueError(f"the state's weights of {key} have the wrong shape") from error
