"""Simulated users care for three hidden styles; beside these only chance decides their rankings."""

from __future__ import annotations

import numpy as np

from assistant.evaluation.style_users import (
    CUT,
    HIDDEN,
    STYLES,
    StyleUser,
    detectors,
    measure_from,
)
from assistant.personalization.text_features import FEATURES

QUERIES = tuple(f"What about thing {i}?" for i in range(6))
REPLIES = tuple(
    (f"The thing is {'very ' * i}plain. It has {i} parts.", "Is it? Perhaps. You may see!")
    for i in range(6)
)
MEASURE = measure_from(QUERIES, REPLIES)


def test_a_measure_is_in_standard_units_of_the_replies_it_was_made_from() -> None:
    rows = np.concatenate([MEASURE.of(q, t) for q, t in zip(QUERIES, REPLIES, strict=True)])
    assert np.abs(rows).max() <= CUT
    spread = rows.std(axis=0)
    assert np.allclose(rows.mean(axis=0)[spread > 0.99], 0.0, atol=0.05)


def test_a_user_has_three_styles_drawn_from_the_seed() -> None:
    users = [StyleUser(MEASURE, seed) for seed in range(20)]
    assert all(len(set(user.rules)) == HIDDEN for user in users)
    assert len({user.rules for user in users}) > 10
    assert StyleUser(MEASURE, 3).rules == users[3].rules


def test_utility_is_what_holds_of_the_hidden_styles() -> None:
    user = StyleUser(MEASURE, 1)
    texts = ["Short. Really!", "A list:\n- one\n- two\n- three 4 5 6?"]
    column = {feature.key: i for i, feature in enumerate(FEATURES)}
    rows = MEASURE.of("q", texts)
    expected = sum(sign * rows[:, column[name]] for name, sign in user.rules)
    assert np.allclose(user.utilities("q", texts), expected)


def test_utilities_and_rankings_are_those_of_earlier_reports() -> None:
    texts = ["Short. Really!", "A list:\n- one\n- two\n- three 4 5 6?", "You may see one. I do."]
    first, second = StyleUser(MEASURE, 1), StyleUser(MEASURE, 2)
    assert np.allclose(first.utilities("q", texts[:2]), [0.03306940819654103, 2.5], rtol=1e-12)
    assert np.allclose(second.utilities("q", texts[:2]), [-2.0, -0.5], rtol=1e-12)
    assert first.rank(3, "q", texts).tiers == ((1,), (0,), (2,))
    assert second.rank(3, "q", texts).tiers == ((1,), (2,), (0,))


def test_tags_of_replies_are_noted_and_change_nothing_of_the_order() -> None:
    user, texts, tags = StyleUser(MEASURE, 2), REPLIES[3], ((), ("Tea",))
    noted, plain = user.rank(1, "q", texts, tags), user.rank(1, "q", texts)
    assert tuple(reply.tags for reply in noted.replies) == tags
    assert noted.tiers == plain.tiers


def test_rankings_follow_utility_more_often_than_not_and_turned_ones_say_the_opposite() -> None:
    user, agree = StyleUser(MEASURE, 2), 0
    for number in range(40):
        texts = REPLIES[number % len(REPLIES)]
        example = user.rank(number, "q", texts)
        turned = user.rank(number, "q", texts, turned=True)
        assert example.tiers == turned.tiers[::-1]
        assert example == user.rank(number, "q", texts)
        agree += int(np.argmax(user.utilities("q", texts))) == example.tiers[0][0]
    assert agree > 22


def test_no_style_stands_in_both_directions_and_each_has_a_rule_text() -> None:
    assert len({name for name, _ in STYLES}) == len(STYLES)
    assert {name for name, _ in STYLES} <= {feature.key for feature in FEATURES}
    assert "feature:length:-1" in detectors()
