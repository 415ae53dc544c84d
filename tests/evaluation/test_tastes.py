"""Jokes and films: rounds drawn fairly, everybody else's knowledge only, tastes that are found."""

from __future__ import annotations

import numpy as np
import pytest
from ranking_files import write_films, write_jokes

from assistant.domain.cancel import CancelToken
from assistant.domain.errors import UsageProblem
from assistant.evaluation.ranking_tally import pair_accuracy
from assistant.evaluation.taste_data import draw_rounds, read_ratings
from assistant.evaluation.tastes import (
    TASTES,
    TasteOptions,
    evaluate_tastes,
    learn_items,
    read_off,
    taste_data,
)
from tests.personalization.word_embedder import WordEmbedder

WRITE = {"jester": write_jokes, "movies": write_films}


@pytest.mark.parametrize("name", ["jester", "movies"])
def test_a_taste_that_others_share_in_part_is_found(tmp_path, name):
    folder = WRITE[name](tmp_path / name)
    assert taste_data(folder) == name
    options = TasteOptions(people=6, jobs=1)
    *_, report = evaluate_tastes(name, folder, WordEmbedder().embed, options, CancelToken())
    accuracy = {m: pair_accuracy(t.values()).value for m, t in report.methods.items()}
    assert accuracy["random"] == 0.5
    assert accuracy["personal"] > accuracy["item_mean"] + 0.1
    assert report.gain("personal", "item_mean").low > 0


def test_labels_alone_are_enough_for_films(tmp_path):
    folder = write_films(tmp_path / "films")
    options = TasteOptions(people=4, jobs=1)
    *_, report = evaluate_tastes("movies", folder, WordEmbedder().embed, options, CancelToken())
    assert pair_accuracy(report.methods["personal_text"].values()).value > 0.75


def test_no_item_of_a_test_round_is_in_a_round_to_learn_from(tmp_path):
    ratings = read_ratings("jester", write_jokes(tmp_path / "jokes"))
    rounds = draw_rounds(TASTES["jester"], ratings.people[0], 1)
    assert (len(rounds.trained), len(rounds.tested)) == (30, 20)
    trained = {item for one in rounds.trained for item in one}
    assert trained.isdisjoint(item for one in rounds.tested for item in one)
    assert all(len(set(one)) == 4 for one in rounds.tested)


def test_what_is_known_of_the_items_does_not_depend_on_the_person(tmp_path):
    ratings = read_ratings("jester", write_jokes(tmp_path / "jokes"))
    vectors = WordEmbedder().embed(ratings.texts).astype(float)
    before = learn_items(ratings, read_off(ratings, vectors), vectors, 3)
    ratings.people[3].update(dict.fromkeys(ratings.people[3], 9.0))
    after = learn_items(ratings, read_off(ratings, vectors), vectors, 3)
    assert np.array_equal(before.mean, after.mean)
    assert np.array_equal(before.factors, after.factors)


def test_a_damaged_file_is_named(tmp_path):
    folder = write_jokes(tmp_path / "jokes")
    (folder / "ratings.jsonl.gz").write_bytes(b"no gzip")
    with pytest.raises(UsageProblem, match="cannot be read"):
        read_ratings("jester", folder)
