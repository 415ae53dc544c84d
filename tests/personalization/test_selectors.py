"""The selector that the user chose is the one that chooses."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from assistant.domain.cancel import CancelToken
from assistant.domain.model import Tag, TagKind
from assistant.personalization.embedder import EMBEDDER
from assistant.personalization.learner import Example, Policy, Reply, Selected, Update
from assistant.personalization.selectors import BayesianSelector, build_selector
from assistant.personalization.service import LearnerService
from tests.personalization.word_embedder import WordEmbedder

MODELS = Path(__file__).resolve().parents[2] / "models"
TAGS = tuple(
    Tag(name, TagKind.INTEREST, f"speak of {name}") for name in ("Tea", "Chess", "Jazz", "Rugby")
)
POLICY = Policy(drafts=3, interests=1, styles=0, plain_share=0.0)
needs_minilm = pytest.mark.skipif(
    not (MODELS / EMBEDDER / "model.safetensors").is_file(), reason="MiniLM is not fetched"
)


@pytest.fixture(autouse=True, scope="module")
def one_thread():
    """As in the learner process."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


def likes_chess(count: int) -> dict[int, Example]:
    names = ("Tea", "Jazz", "Rugby")
    return {
        n: Example(n, f"query {n % 5}", (Reply((names[n % 3],)), Reply(("Chess",))), ((1,), (0,)))
        for n in range(count)
    }


def service_with(selected: Selected, examples: dict[int, Example]) -> LearnerService:
    service = LearnerService(WordEmbedder(), MODELS)
    service.start(TAGS, examples, {}, selected)
    return service


@pytest.mark.parametrize("name", ["bayesian", "premium-prompt"])
def test_the_chat_models_choice_is_backed_by_the_default_selector(name):
    rows = WordEmbedder().embed([tag.instruction for tag in TAGS])
    assert isinstance(build_selector(name, TAGS, rows, {}, MODELS), BayesianSelector)


@needs_minilm
def test_a_service_with_the_published_selector_learns_keeps_and_goes_on():
    service = service_with(Selected("premium-embed"), likes_chess(24))
    assert len(service.begin_choice("query 1", POLICY, 1)().sets) == 3
    update = service.update(24, likes_chess(25)[24])
    assert update.learner == "premium-embed"
    learned = service.expect("query 1", [Reply(("Chess",)), Reply(("Tea",))])
    chess, tea = learned["selector"]
    before = learned["prior"]
    assert chess - tea > before[0] - before[1]
    again = service_with(Selected("premium-embed", update.weights), likes_chess(25))
    restored = again.expect("query 1", [Reply(("Chess",)), Reply(("Tea",))])["selector"]
    assert restored == pytest.approx((chess, tea), abs=0.02)
    assert [weight.name for weight in again.explain(["Chess"])] == ["Chess"]


def test_a_state_of_another_library_is_left_aside():
    service = service_with(Selected("bayesian", b""), likes_chess(12))
    steps = list(service.train(CancelToken()))
    assert isinstance(steps[-1], Update)
    shorter = LearnerService(WordEmbedder(), MODELS)
    shorter.start(TAGS[:3], likes_chess(12), {}, Selected("bayesian", steps[-1].weights))
    weights = {weight.name: weight.weight for weight in shorter.weights()}
    assert max(weights, key=lambda name: weights[name]) == "Chess"
