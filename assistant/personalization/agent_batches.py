"""Several prompts with their targets in one row, without padding: pure functions.

A row is a tree: what all its prompts begin with stands once, then each prompt, then each of its
targets; a token sees its ancestors only. Positions continue along each branch, so every token's
state is what it would be if its sequence stood alone.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]

IDS_STEP, WANTED_STEP = 32, 16  # rows are padded to multiples of these


@dataclass(frozen=True, slots=True)
class Branch:
    """One prompt with the targets that follow it, as tokens."""

    prompt: list[int]
    targets: tuple[list[int], ...]

    @property
    def tokens(self) -> int:
        """Tokens of all its sequences, each counted with its prompt."""
        return sum(len(self.prompt) + len(target) for target in self.targets)


@dataclass(frozen=True, slots=True)
class Row:
    """Tokens to evaluate together. `seen[i, j]`: token i sees token j.

    `places` are the positions whose next token counts, `wanted` those next tokens, and `owners`
    the target (counted through the row) that each of them belongs to.
    """

    ids: Integers
    positions: Integers
    seen: NDArray[np.bool_]
    places: Integers
    wanted: Integers
    owners: Integers
    tokens: int  # what the row stands for, each sequence counted whole


def pack(branches: Sequence[Branch]) -> Row:
    """One row of all these branches."""
    shared = _shared_length([branch.prompt for branch in branches])
    ids, positions = list(branches[0].prompt[:shared]), list(range(shared))
    paths = [(0, 0)] * shared  # the branch and the target that a token belongs to; 0: above them
    places: list[int] = []
    wanted: list[int] = []
    owners: list[int] = []
    for number, branch in enumerate(branches, 1):
        rest = branch.prompt[shared:]
        ids += rest
        positions += range(shared, shared + len(rest))
        paths += [(number, 0)] * len(rest)
        end = len(ids) - 1
        for which, target in enumerate(branch.targets, 1):
            begin = len(ids)
            ids += target[:-1]
            positions += range(len(branch.prompt), len(branch.prompt) + len(target) - 1)
            paths += [(number, which)] * (len(target) - 1)
            places += [end, *range(begin, len(ids))]
            wanted += target
            owners += [owners[-1] + 1 if owners else 0] * len(target)
    return Row(
        ids=_integers(ids),
        positions=_integers(positions),
        seen=_seen(paths),
        places=_integers(places),
        wanted=_integers(wanted),
        owners=_integers(owners),
        tokens=sum(branch.tokens for branch in branches),
    )


def padded(row: Row) -> Row:
    """The same row with tokens behind it that nothing sees, and places that nobody asks for.

    So that rows come in few sizes: the processor's kernels are built, and kept, for each size.
    """
    more = -len(row.ids) % IDS_STEP
    seen = np.eye(len(row.ids) + more, dtype=bool)
    seen[: len(row.ids), : len(row.ids)] = row.seen
    spare = (0, -len(row.wanted) % WANTED_STEP)
    return replace(
        row,
        ids=np.pad(row.ids, (0, more)),
        positions=np.pad(row.positions, (0, more)),
        seen=seen,
        places=np.pad(row.places, spare),
        wanted=np.pad(row.wanted, spare),
    )


def shuffled_rows(sizes: Sequence[int], most: int, chance: random.Random) -> Iterator[list[int]]:
    """All indices of `sizes` once, in a random order, grouped so that each sums up to `most`.

    One that is larger alone gets a row of its own.
    """
    order = list(range(len(sizes)))
    chance.shuffle(order)
    group: list[int] = []
    for index in order:
        if group and sum(sizes[i] for i in group) + sizes[index] > most:
            yield group
            group = []
        group.append(index)
    if group:
        yield group


def _shared_length(prompts: Sequence[list[int]]) -> int:
    """How many tokens all prompts begin with, leaving each at least its last one."""
    most = min(map(len, prompts)) - 1
    first = prompts[0]
    return next((i for i in range(most) if any(p[i] != first[i] for p in prompts)), most)


def _seen(paths: Sequence[tuple[int, int]]) -> NDArray[np.bool_]:
    """Which token sees which."""
    branch, target = np.array(paths, dtype=np.int64).reshape(-1, 2).T
    same_branch = (branch[None] == 0) | (branch[:, None] == branch[None])
    same_target = (target[None] == 0) | (target[:, None] == target[None])
    past = np.tril(np.ones((len(branch), len(branch)), dtype=bool))
    return np.asarray(same_branch & same_target & past)


def _integers(values: Sequence[int]) -> Integers:
    return np.array(values, dtype=np.int64)
