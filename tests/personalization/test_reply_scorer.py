"""The reply scorer: what it learns from texts, how sure it is, what it says of it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from assistant.domain.cancel import CancelToken
from assistant.domain.errors import ModelProblem
from assistant.personalization.learner import Example, Reply
from assistant.personalization.reply_scorer import ReplyScorer
from assistant.personalization.reply_terms import raw_terms, terms_of
from assistant.personalization.scorer_prior import (
    TEXT_TERMS,
    flat_prior,
    read_prior,
    write_prior,
)
from tests.personalization.word_embedder import WordEmbedder

SHIPPED = Path(__file__).parents[2] / "resources" / "scorer_prior.json"
NOUNS = ["rain", "wind", "snow", "ice", "fog", "sun", "heat", "hail", "storm", "cloud", "frost"]
SENTENCES = (
    "The {} came late.",
    "Nobody who lives here remembers such a {} as the one of that year.",
    "It is, all in all, a matter of {}; of time, too.",
    "Look at the {} and walk on.",
    "There were 12 reports of {} in May.",
)


@pytest.fixture(scope="module")
def prior():
    return read_prior(SHIPPED)


def reply(text: str, place: int = 0) -> Reply:
    return Reply((), place, len(text), text)


def lively(noun: str) -> Reply:
    return reply(f"What of {noun}? Well! Is it near? It may be. Do look!")


def dry(noun: str) -> Reply:
    return reply(f"The {noun} is a matter that is described in the reports of the last years.")


def examples(count: int, liked, other) -> dict[int, Example]:
    return {
        n: Example(n, "the weather", (liked(noun), other(noun)), ((0,), (1,)))
        for n, noun in enumerate((NOUNS * 4)[:count])
    }


def fitted(prior, known) -> ReplyScorer:
    scorer = ReplyScorer(prior, {})
    for _ in scorer.learn(known, CancelToken()):
        pass
    return scorer


@pytest.mark.parametrize(("liked", "other"), [(lively, dry), (dry, lively)])
def test_either_of_two_opposite_tastes_is_found_in_twenty_rankings(prior, liked, other):
    scorer = fitted(prior, examples(20, liked, other))
    best, worst = scorer.utilities("the sea", [liked("tide"), other("tide")])
    assert best > worst + 1


def test_a_strong_taste_makes_it_depart_further_from_the_crowd(prior):
    assert fitted(prior, {}).tau < fitted(prior, examples(40, dry, lively)).tau


def test_nothing_learned_expects_what_the_crowd_likes(prior):
    scorer, replies = fitted(prior, {}), [lively("tide"), dry("tide")]
    assert scorer.utilities("q", replies) == pytest.approx(scorer.prior_utilities("q", replies))


def test_the_reasons_add_up_with_the_rest_and_are_named_by_their_side(prior):
    scorer = fitted(prior, examples(30, lively, dry))
    good, bad = scorer.explain("the sea", [lively("tide"), dry("tide")])
    assert sum(reason.amount for reason in good) > 0 > sum(reason.amount for reason in bad)
    assert {reason.words for reason in good}.isdisjoint(reason.words for reason in bad)
    assert [abs(r.amount) for r in good] == sorted((abs(r.amount) for r in good), reverse=True)


def test_a_clear_taste_is_named_and_is_the_users_own(prior):
    chance, known = np.random.default_rng(1), {}
    for n in range(60):
        texts = [
            " ".join(chance.choice(SENTENCES).format(chance.choice(NOUNS)) for _ in range(4))
            for _ in range(2)
        ]
        asking = reply(texts[0] + f" What of the {NOUNS[n % 11]}?")
        known[n] = Example(n, "the weather", (asking, reply(texts[1])), ((0,), (1,)))
    tastes = fitted(prior, known).tastes()
    asked = next(taste for taste in tastes if taste.key == "questions")
    assert asked.words == "questions"
    assert asked.own > abs(asked.weight - asked.own)
    assert all(abs(taste.weight) > 2 * taste.sd for taste in tastes)


def test_a_flat_prior_knows_no_taste():
    assert fitted(flat_prior(), {}).tastes() == ()


def test_all_bad_teaches_nothing_as_it_compares_no_two_replies(prior):
    known = examples(5, lively, dry)
    all_bad = Example(9, "the weather", (lively("rain"), dry("rain")), (), (0, 1))
    with_it = fitted(prior, {**known, 9: all_bad})
    assert np.array_equal(with_it.mean, fitted(prior, known).mean)


def test_no_replies_and_equal_replies_are_no_problem(prior):
    scorer = fitted(prior, examples(5, lively, dry))
    assert scorer.utilities("q", []) == ()
    assert scorer.explain("q", []) == ()
    same = scorer.utilities("q", [dry("tide"), dry("tide")])
    assert same[0] == pytest.approx(same[1])


def test_a_state_with_a_value_that_is_not_finite_is_refused(prior):
    scorer = fitted(prior, examples(5, lively, dry))
    scorer.mean = scorer.mean.copy()
    scorer.mean[0] = np.nan
    with pytest.raises(ValueError, match="not finite"):
        ReplyScorer(prior, {}).load(scorer.dump())


def test_a_state_of_a_prior_with_other_terms_is_refused(prior):
    with pytest.raises(ValueError, match="other text features"):
        ReplyScorer(prior, {}).load(fitted(flat_prior(), {}).dump())


def test_terms_are_centred_over_the_replies_and_cut(prior):
    replies = [lively("tide"), dry("tide"), reply("word " * 3000)]
    texts = [one.text for one in replies]
    vectors = dict(zip(["q", *texts], WordEmbedder(384).embed(["q", *texts]), strict=True))
    rows, lean = terms_of(prior, "q", replies, vectors)
    assert rows.shape == (3, prior.size)
    assert np.abs(rows[:, :-1]).max() <= 3
    assert -1 <= lean <= 1
    assert np.allclose(rows[:, TEXT_TERMS : 2 * TEXT_TERMS], lean * rows[:, :TEXT_TERMS])


def test_relevance_needs_vectors_and_own_wording_does_not():
    texts = ["rain in may", "rain in june and more"]
    without = raw_terms("rain", texts, {})
    assert not without[:, -3:-1].any()
    assert without[1, -1] > without[0, -1] > 0
    vectors = dict(zip(["rain", *texts], WordEmbedder().embed(["rain", *texts]), strict=True))
    assert raw_terms("rain", texts, vectors)[0, -3] > 0.3


def test_straying_from_the_query_speaks_against_a_reply_and_being_nearer_than_near_not_for_it():
    prior = read_prior(SHIPPED)
    cosines = {"on the matter": 0.9, "near the matter": 0.5, "quite far off it": 0.05}
    vectors = {text: np.array([c, np.sqrt(1 - c * c)]) for text, c in cosines.items()}
    vectors["q"] = np.array([1.0, 0.0])
    raw = raw_terms("q", list(cosines), vectors)[:, -3]
    assert raw[0] == raw[1] > raw[2] == pytest.approx(0.05)
    weight = prior.mean[TEXT_TERMS - 3]
    assert weight > 0.2  # learnt from public rankings
    assert weight > abs(prior.mean[2 * TEXT_TERMS - 3])  # whether replies inform or tell


def test_vectors_that_come_later_are_used():
    vectors: dict = {}
    replies = [reply("rain in may"), reply("rain in june and more")]
    scorer = ReplyScorer(read_prior(SHIPPED), vectors)
    before = scorer.utilities("rain", replies)
    texts = ["rain", *(one.text for one in replies)]
    vectors.update(zip(texts, WordEmbedder(384).embed(texts), strict=True))
    assert scorer.utilities("rain", replies) != before


def test_the_shipped_prior_holds_numbers_and_their_origin_and_no_texts(prior):
    assert prior.about["sources"]["mtbench_human"]["licence"] == "CC-BY-4.0"
    assert prior.about["sources"]["writer_rankings"]["licence"] == "BSD-3-Clause"
    assert np.linalg.eigvalsh(prior.covariance).min() > -1e-9


def test_a_prior_is_read_as_it_was_written(prior, tmp_path):
    write_prior(tmp_path / "p.json", prior)
    again = read_prior(tmp_path / "p.json")
    assert np.allclose(again.mean, prior.mean)
    assert np.allclose(again.covariance, prior.covariance)
    assert (tmp_path / "p.json").read_bytes() == SHIPPED.read_bytes()


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"features": ["taste"]}'])
def test_a_damaged_prior_is_named_with_a_remedy(tmp_path, text):
    (tmp_path / "p.json").write_text(text)
    with pytest.raises(ModelProblem, match="build-prior"):
        read_prior(tmp_path / "p.json")


def test_a_prior_of_other_features_is_refused(tmp_path):
    text = SHIPPED.read_text("utf-8").replace('"rhythm"', '"melody"')
    (tmp_path / "p.json").write_text(text, "utf-8")
    with pytest.raises(ModelProblem, match="other text features"):
        read_prior(tmp_path / "p.json")
