"""The published methods behind the seam of the tag experiments."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from assistant.domain.model import Tag, TagKind
from assistant.evaluation.premium_method import premium_maker
from assistant.evaluation.premium_prompt_method import PremiumPromptMethod
from assistant.evaluation.tag_task import Setup, make_task
from assistant.evaluation.tager import run_user
from assistant.generation.scripted import ScriptedBackend
from assistant.paths import find_paths
from tests.personalization.word_embedder import WordEmbedder

LIBRARY = (
    *(Tag(f"Tag {i}", TagKind.INTEREST, f"speak of thing{i}") for i in range(30)),
    Tag("Brief", TagKind.STYLE, "be brief", opposite="Thorough"),
    Tag("Thorough", TagKind.STYLE, "be thorough", opposite="Brief"),
)
FROZEN = premium_maker(find_paths().models, frozen=True)


@pytest.fixture(autouse=True)
def one_thread():
    """Matrices this small are slower on several threads."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


def task_of(**options):
    setup = Setup(**({"library": 20, "interactions": 67, "beta": 2.0} | options))
    queries = [(f"query number{i} about subject{i % 7}", i % 3) for i in range(90)]
    return make_task(setup, LIBRARY, WordEmbedder(384).embed, queries)


def test_one_draft_of_the_published_method_follows_the_model_and_the_others_are_random():
    task = task_of()
    method = FROZEN(task, 3)
    best = set(method.top(0, 3))
    counts = np.zeros((3, 20))
    for _ in range(300):
        for draft, tags in enumerate(method.propose(0, 3)):
            assert len(set(tags)) == 3
            counts[draft, list(tags)] += 1
    assert counts[1:].min() > 20
    assert counts[0, list(best)].sum() > counts[1, list(best)].sum()


def test_the_published_method_finds_tastes_after_its_schedule_and_nothing_before():
    task = task_of()
    runs = [run_user(task, FROZEN, 5, number) for number in range(4)]
    early = np.mean([run.points[0].accuracy for run in runs])
    late = np.mean([run.points[-1].accuracy for run in runs])
    assert early < 0.35
    assert late > 0.5
    assert all(run.points[0].accuracy == run.points[1].accuracy for run in runs)


def test_the_same_seed_gives_the_same_run():
    task = task_of(interactions=30)
    first, second = (run_user(task, FROZEN, 5, 1) for _ in range(2))
    assert first.points == second.points


def test_new_tags_are_used_only_from_the_moment_the_library_grows():
    task = task_of(interactions=30, grow_after=10, grow_to=30)
    method = FROZEN(task, 1)
    before = {tag for _ in range(50) for tags in method.propose(0, 3) for tag in tags}
    method.grow(30)
    after = {tag for _ in range(50) for tags in method.propose(0, 3) for tag in tags}
    assert max(before) == 19
    assert max(after) == 29


def test_a_draft_carries_one_style_of_each_pair():
    method = FROZEN(task_of(pairs=1), 1)
    for tags in [*method.propose(0, 3), method.top(0, 3)]:
        assert len(tags) == 4
        assert tags[3] in (20, 21)


def test_the_prompted_method_shows_the_model_the_last_five_rankings_and_takes_its_tags():
    task = task_of(pairs=1)
    names = [tag.name for tag in task.tags]
    backend = ScriptedBackend([names[4]])
    method = PremiumPromptMethod(task, 1, backend)
    for query in range(7):
        sets = method.propose(query, 3)
        assert all(tags[0] == 4 and len(set(tags)) == 4 for tags in sets)
        method.learn(query, sets, ((0,), (1,), (2,)))
    shown = backend.requests[-1].turns[1].text
    assert [f"number{i} " in shown for i in range(7)] == [False, *[True] * 5, False]
    assert method.top(50, 3)[0] == 4


@pytest.mark.parametrize("method", ["premium-embed", "premium-frozen", "premium-prompt"])
def test_the_published_methods_can_be_asked_for_by_name(method):
    from assistant.evaluation.tager_methods import method_of

    assert len(method_of(method).version) == 12
