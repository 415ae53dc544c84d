"""What the tag selector knows: a value that can be written to bytes and read back."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Self

import numpy as np
import safetensors.numpy

from assistant.personalization.sparse_posterior import Mixture
from assistant.personalization.stages import Floats, Integers


@dataclass(frozen=True, slots=True)
class TagState:
    """Posterior of the columns that occur in any ranking; every other one is as in the prior."""

    columns: Integers  # ascending
    mean: Floats
    log_share: Floats  # (columns, outcomes), with the next two a Mixture
    outcome_mean: Floats
    outcome_variance: Floats
    centres: Floats  # (topics, d) of queries; none as long as there are too few queries

    @classmethod
    def of(cls, columns: Integers, mean: Floats, marginals: Mixture, centres: Floats) -> Self:
        """The state of a fit."""
        return cls(columns, mean, marginals.log_share, marginals.mean, marginals.variance, centres)

    @property
    def marginals(self) -> Mixture:
        """The posterior of each column by itself."""
        return Mixture(self.log_share, self.outcome_mean, self.outcome_variance)

    @property
    def topics_mixed(self) -> Floats:
        """The shares of topics when the query is not known: all alike."""
        count = len(self.centres)
        return np.full(count, 1 / count) if count else np.zeros(0)

    def topics_of(self, topic: int) -> Floats:
        """The shares of topics for a query of a topic; a negative one means none."""
        shares = np.zeros(len(self.centres))
        if topic >= 0:
            shares[topic] = 1.0
        return shares

    def values(self, first: int, last: int) -> Floats:
        """Means of the columns from `first` to before `last`, 0 where nothing is known."""
        found = np.zeros(last - first)
        at = (self.columns >= first) & (self.columns < last)
        found[self.columns[at] - first] = self.mean[at]
        return found

    def dump(self, tags: int) -> bytes:
        """A safetensors file that names the size of the library."""
        arrays = {
            field.name: np.ascontiguousarray(getattr(self, field.name)) for field in fields(self)
        }
        arrays["tags"] = np.array([tags], dtype=np.int64)
        return safetensors.numpy.save(arrays)

    @classmethod
    def load(cls, state: bytes, tags: int, size: int) -> Self:
        """Read a dumped state; ValueError if it does not fit the library or is not finite."""
        arrays = safetensors.numpy.load(state)
        names = {field.name for field in fields(cls)}
        if set(arrays) != {"tags", *names}:
            raise ValueError("the state belongs to another version of the tag selector")
        found, columns = int(arrays.pop("tags")[0]), arrays["columns"]
        if found != tags or columns.min(initial=0) < 0 or columns.max(initial=0) >= size:
            raise ValueError("the state belongs to another tag library")
        outcomes = [
            arrays[name].shape for name in ("log_share", "outcome_mean", "outcome_variance")
        ]
        if arrays["mean"].shape != columns.shape or len(set(outcomes)) > 1:
            raise ValueError("the state's arrays have the wrong shape")
        if outcomes[0][0] != len(columns) or arrays["centres"].ndim != 2:
            raise ValueError("the state's arrays have the wrong shape")
        finite = [np.isfinite(arrays[name]).all() for name in names - {"log_share"}]
        if not all(finite) or np.isnan(arrays["log_share"]).any():
            raise ValueError("the state has values that are not finite")
        return cls(**arrays)
