"""Users who read texts: what they see, what they cannot see, and what is kept."""

from __future__ import annotations

import re
import time
from functools import partial
from pathlib import Path

import pytest
from tag_makers import QUERIES, small_task

from assistant.domain.cancel import CancelToken
from assistant.domain.model import Tag, TagKind
from assistant.evaluation.agent_replies import DRAFTS_AT_ONCE, ReplyWriter
from assistant.evaluation.score_cache import ScoreCache
from assistant.evaluation.tag_task import Setup, make_task
from assistant.evaluation.tager import run_user
from assistant.evaluation.tager_ours import Ours
from assistant.evaluation.tager_runs import BY_TAGS, Annotator, run_users
from assistant.evaluation.text_user import COMPARED, Effect, TextUser, Writing, guidance_effect
from assistant.generation.backend import EngineOptions
from assistant.generation.engine import EngineClient
from assistant.generation.library import embedded_model
from assistant.generation.scripted import ScriptedBackend
from assistant.personalization.embedder import MiniLmEmbedder
from assistant.storage.tag_library import read_tag_library
from tests.personalization.word_embedder import WordEmbedder

PROJECT = Path(__file__).parents[2]


def scripted(
    folder: Path, replies: tuple[str, ...] = (), size: int = 64
) -> tuple[ScriptedBackend, partial]:
    """A model that mentions its guidance, or says what it is told, and users who read it."""
    backend = ScriptedBackend(replies)
    cache = ScoreCache(folder / "kept.jsonl", time.monotonic)
    writer = ReplyWriter(backend, cache, CancelToken())
    return backend, partial(TextUser, writing=Writing(writer, WordEmbedder(size)))


def test_drafts_of_a_round_are_written_together_with_the_guidance_of_their_tags(tmp_path):
    backend, meet = scripted(tmp_path)
    task = small_task()
    meet(task, 1).rank(task.train[0], [(0, 1, 2), (3, 4, 5)])
    (request,) = backend.requests
    assert [re.findall(r"thing\d+", draft.guidance) for draft in request.drafts] == [
        [re.findall(r"thing\d+", task.tags[i].instruction)[0] for i in tags]
        for tags in ((0, 1, 2), (3, 4, 5))
    ]


def test_a_reply_that_speaks_of_liked_tags_is_worth_more_whatever_its_guidance(tmp_path):
    task = small_task()
    liked = sorted(scripted(tmp_path)[1](task, 1).liked(task.train[0]))
    speaks = ". ".join(f"First a word. I {task.tags[i].instruction}" for i in liked)
    _, meet = scripted(tmp_path / "told", (speaks, "Nothing of that kind"))
    others = tuple(i for i in range(6) if i not in liked)[:3]
    with_liked, without = meet(task, 1).rank(task.train[0], [others, tuple(liked)]).utilities
    assert (
        with_liked > without + 4
    )  # beta is 2: the first text won, though the other one had the tags


def test_texts_are_read_alike_and_written_once(tmp_path):
    task = small_task(interactions=3)
    backend, meet = scripted(tmp_path)
    first = run_user(task, Ours, 1, 0, meet)
    asked = len(backend.requests)
    assert run_user(task, Ours, 1, 0, meet).points == first.points
    assert asked == len(backend.requests) == 3


def test_runs_by_texts_and_by_tags_are_kept_apart(tmp_path):
    task = small_task(interactions=3)
    annotator = Annotator(scripted(tmp_path)[1], " text")
    for judge in (annotator, BY_TAGS):
        list(
            run_users(
                task, "ours", users=1, seed=1, kept=tmp_path / "runs", jobs=1, annotator=judge
            )
        )
    assert len(list((tmp_path / "runs").iterdir())) == 2


def test_a_model_that_obeys_its_guidance_has_its_effect_found(tmp_path):
    words = [" ".join(f"thing{i}{letter}" for letter in "abcdef") for i in range(20)]
    library = [Tag(f"Tag {i}", TagKind.INTEREST, text) for i, text in enumerate(words)]
    task = make_task(Setup(library=20), library, WordEmbedder(1024).embed, QUERIES)
    *_, effect = guidance_effect(task, scripted(tmp_path, size=1024)[1], 3, 1)
    assert isinstance(effect, Effect)
    assert effect.quiet.n == 3 * COMPARED
    assert effect.quiet.value == 1
    deaf = scripted(tmp_path / "deaf", ("Always the same.",), size=1024)[1]
    *_, none = guidance_effect(task, deaf, 3, 1)
    assert none.quiet.value == 0


@pytest.mark.slow
def test_the_embedded_models_replies_are_nearer_to_what_guides_them(tmp_path):
    models = PROJECT / "models"
    reader = MiniLmEmbedder(models)
    library = read_tag_library(PROJECT / "resources" / "tags.toml")
    task = make_task(Setup(library=20), library, reader.embed)
    options = EngineOptions(threads=2, cache=tmp_path, drafts=DRAFTS_AT_ONCE)
    backend = EngineClient(embedded_model(models), options)
    try:
        writer = ReplyWriter(
            backend, ScoreCache(tmp_path / "kept.jsonl", time.monotonic), CancelToken()
        )
        user = TextUser(task, 1, Writing(writer, reader))
        liked = tuple(sorted(user.liked(task.train[0])))
        others = tuple(i for i in range(20) if i not in liked)[:3]
        rounds = [user.utilities(query, [liked, others]) for query in task.train[:6]]
    finally:
        backend.close()
    assert sum(with_liked - without for with_liked, without in rounds) > 1
