"""The selector's state as bytes, and what is not accepted as one."""

from __future__ import annotations

import numpy as np
import pytest
import safetensors.numpy

from assistant.personalization.sparse_posterior import Mixture
from assistant.personalization.tag_state import TagState


def state(size=3, first=-0.5):
    share = np.log(np.full((size, 3), 1 / 3))
    marginals = Mixture(share, np.zeros((size, 3)), np.ones((size, 3)))
    mean = np.linspace(first, 0.5, size)
    return TagState.of(np.array([1, 4, 6])[:size], mean, marginals, np.eye(2, 5))


def test_a_state_comes_back_from_its_bytes_exactly():
    kept = state().dump(7)
    again = TagState.load(kept, 7, 10)
    assert again.dump(7) == kept
    np.testing.assert_array_equal(again.mean, state().mean)


def test_unknown_columns_have_the_value_zero():
    np.testing.assert_allclose(state().values(1, 7), [-0.5, 0, 0, 0.0, 0, 0.5])


def test_shares_of_topics_are_alike_or_all_of_one():
    np.testing.assert_allclose(state().topics_mixed, [0.5, 0.5])
    np.testing.assert_allclose(state().topics_of(1), [0, 1])
    np.testing.assert_allclose(state().topics_of(-1), [0, 0])


@pytest.mark.parametrize(("tags", "size"), [(8, 10), (7, 6)])
def test_a_state_of_another_library_is_refused(tags, size):
    with pytest.raises(ValueError, match="another tag library"):
        TagState.load(state().dump(7), tags, size)


def test_a_state_with_other_arrays_is_refused():
    with pytest.raises(ValueError, match="another version"):
        TagState.load(safetensors.numpy.save({"mean": np.zeros(3)}), 7, 10)


def test_a_state_that_is_not_finite_is_refused():
    with pytest.raises(ValueError, match="not finite"):
        TagState.load(state(first=np.nan).dump(7), 7, 10)


def test_a_state_of_the_wrong_shape_is_refused():
    arrays = safetensors.numpy.load(state().dump(7))
    arrays["mean"] = arrays["mean"][:2]
    with pytest.raises(ValueError, match="wrong shape"):
        TagState.load(safetensors.numpy.save(arrays), 7, 10)
