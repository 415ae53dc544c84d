"""What texts show of interests: nearness to a name, in units that all interests share."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from assistant.evaluation.interest_measure import CUT, Floats, InterestMeasure
from tests.personalization.word_embedder import WordEmbedder

NAMES = ("mountains", "kitchen", "plan", "friend", "map")
UNGUIDED = (
    "Soup needs time. Stir it well.",
    "A deadline is near, so plan the week.",
    "Pack warm clothes for the mountains and bring a map.",
)


def embed(texts: Sequence[str]) -> Floats:
    return np.asarray(WordEmbedder().embed(texts), dtype=float)


MEASURE = InterestMeasure(embed(UNGUIDED), NAMES, embed)


def test_a_text_near_to_a_name_shows_more_of_that_interest_and_at_most_the_cut() -> None:
    near, far = MEASURE.of("mountains", embed(["mountains mountains", "kitchen friend"]))
    assert near > far
    assert near <= CUT


def test_over_all_interests_a_text_shows_nothing() -> None:
    rows = embed(["A plan for the mountains, with a map and a friend!"])
    shown = [float(MEASURE.of(name, rows)[0]) for name in NAMES]
    assert np.ptp(shown) > 1
    assert np.mean(shown) == pytest.approx(0.0, abs=0.5)


def test_unguided_replies_show_nothing_of_any_interest_in_the_mean() -> None:
    for name in NAMES:
        assert np.mean(MEASURE.of(name, embed(UNGUIDED))) == pytest.approx(0.0, abs=0.4)
