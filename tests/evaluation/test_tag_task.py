"""Tasks of the tag experiments: tags, queries, vectors."""

from __future__ import annotations

import json

import numpy as np
import pytest
from tag_makers import LIBRARY, QUERIES, small_task

from assistant.domain.errors import UsageProblem
from assistant.evaluation.tag_task import TESTS, Setup, make_task, read_queries
from tests.personalization.word_embedder import WordEmbedder


def test_training_and_test_queries_are_kept_apart():
    task = small_task()
    assert len(task.test) == TESTS
    assert not set(task.test) & set(task.train)
    assert len(task.train) + len(task.test) == len(QUERIES)


def test_a_small_library_is_the_beginning_of_a_larger_one():
    assert small_task().tags == small_task(library=30).tags[:20]


def test_interests_are_invented_beyond_the_shipped_ones_and_no_name_comes_twice():
    task = small_task(library=200)
    assert task.interests == 200
    assert len({tag.name for tag in task.tags}) == 200


def test_style_pairs_stand_behind_the_interests():
    task = small_task(pairs=1)
    assert task.pairs == ((20, 21),)
    assert {task.tags[20].name, task.tags[21].name} == {"Brief", "Thorough"}


def test_more_style_pairs_than_there_are_is_refused():
    with pytest.raises(UsageProblem, match="1 style pairs"):
        small_task(pairs=2)


def test_too_few_queries_are_refused():
    with pytest.raises(UsageProblem, match="queries are needed"):
        make_task(Setup(), LIBRARY, WordEmbedder(8).embed, QUERIES[:50])


def test_queries_without_a_topic_are_divided_by_their_vectors():
    chance = np.random.default_rng(1)
    group = np.arange(90) % 3
    near = np.eye(3, 16)[group] + 0.02 * chance.normal(size=(90, 16))
    tags = chance.normal(size=(20, 16))
    rows = iter([np.concatenate([tags, near]).astype(np.float32)])
    texts = [(f"query {i}", -1) for i in range(90)]
    task = make_task(Setup(library=20), LIBRARY, lambda _: next(rows), texts)
    assert len({(int(g), t) for g, t in zip(group, task.topics, strict=True)}) == 3


def test_queries_are_read_from_both_formats(tmp_path):
    one, two = tmp_path / "a.json", tmp_path / "b.jsonl"
    one.write_text(json.dumps(["first", {"prompt": "second"}]), encoding="utf-8")
    two.write_text('{"instruction": "first"}\n\n{"turns": ["second", "x"]}\n', encoding="utf-8")
    assert read_queries(one) == read_queries(two) == (("first", -1), ("second", -1))


@pytest.mark.parametrize("text", ["not json", "[3]", '[{"other": 1}]'])
def test_a_file_that_holds_no_queries_is_named(tmp_path, text):
    file = tmp_path / "a.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UsageProblem, match=r"a\.json is no list of queries"):
        read_queries(file)
