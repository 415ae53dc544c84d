"""Rows without padding: every token sees its own sequence and nothing else."""

from __future__ import annotations

import random

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from assistant.personalization.agent_batches import (
    IDS_STEP,
    WANTED_STEP,
    Branch,
    pack,
    padded,
    shuffled_rows,
)

TOKENS = st.lists(st.integers(2, 9), min_size=1, max_size=6)
BRANCHES = st.lists(
    st.builds(
        lambda prompt, targets: Branch([1, *prompt], tuple(targets)),
        TOKENS,
        st.lists(TOKENS, min_size=1, max_size=3),
    ),
    min_size=1,
    max_size=4,
)


@given(BRANCHES)
def test_what_a_place_sees_is_its_prompt_and_its_target_so_far(branches: list[Branch]):
    row = pack(branches)
    wanted = [token for b in branches for target in b.targets for token in target]
    assert row.wanted.tolist() == wanted
    at = 0
    for branch in branches:
        for target in branch.targets:
            for length in range(len(target)):
                seen = np.flatnonzero(row.seen[row.places[at]])
                order = np.argsort(row.positions[seen], kind="stable")
                assert row.ids[seen][order].tolist() == branch.prompt + target[:length]
                assert sorted(row.positions[seen]) == list(range(len(seen)))
                at += 1
    assert row.tokens == sum(branch.tokens for branch in branches)
    assert len(row.ids) <= row.tokens


@given(st.lists(st.integers(1, 50), max_size=30), st.integers(10, 80))
def test_shuffled_rows_hold_everything_once_and_stay_in_bounds(sizes: list[int], most: int):
    rows = list(shuffled_rows(sizes, most, random.Random(1)))
    assert sorted(i for row in rows for i in row) == list(range(len(sizes)))
    assert all(len(row) == 1 or sum(sizes[i] for i in row) <= most for row in rows)


@given(BRANCHES)
def test_padding_changes_nothing_for_the_tokens_that_were_there(branches: list[Branch]):
    row = pack(branches)
    more = padded(row)
    size, wanted = len(row.ids), len(row.wanted)
    assert (len(more.ids) % IDS_STEP, len(more.wanted) % WANTED_STEP) == (0, 0)
    assert np.array_equal(more.ids[:size], row.ids)
    assert np.array_equal(more.wanted[:wanted], row.wanted)
    assert np.array_equal(more.seen[:size, :size], row.seen)
    assert not more.seen[:size, size:].any()
    assert more.seen.any(axis=1).all()  # a token that sees nothing would be NaN
