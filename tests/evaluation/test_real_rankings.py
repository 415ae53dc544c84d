"""Real rankings: read right, people and items apart, counted right, a learner that learns."""

from __future__ import annotations

import json

import pytest
from ranking_files import write_rankings, write_votes

from assistant.domain.cancel import CancelToken
from assistant.domain.errors import UsageProblem
from assistant.evaluation.ranking_data import VOTES, WRITERS, find_data, read_comparisons
from assistant.evaluation.ranking_tally import Tally, calibration, pair_accuracy, tally_of, top1
from assistant.evaluation.rankings import Options, apart, evaluate_rankings
from assistant.evaluation.scorer_training import ScorerTraining
from assistant.personalization.learner import Example, Reply
from assistant.personalization.reply_scorer import ReplyScorer
from tests.personalization.word_embedder import WordEmbedder


@pytest.fixture
def folders(tmp_path):
    write_rankings(tmp_path / "a")
    write_votes(tmp_path / "b")
    return find_data(tmp_path)


@pytest.fixture
def comparisons(folders):
    return [c for name, folder in folders.items() for c in read_comparisons(name, folder)]


def vectors_of(comparisons):
    texts = sorted({t for c in comparisons for t in [c.example.query, *texts_of(c)]})
    return dict(zip(texts, WordEmbedder().embed(texts), strict=True))


def texts_of(comparison):
    return [reply.text for reply in comparison.example.replies]


def report_of(name, comparisons, cancel=None, **options):
    steps = evaluate_rankings(
        name,
        comparisons,
        vectors_of(comparisons),
        Options(jobs=1, **options),
        cancel or CancelToken(),
    )
    *_, report = steps
    return report


def test_data_sets_are_known_by_their_files(folders):
    assert set(folders) == {WRITERS, VOTES}
    assert set(find_data(folders[VOTES])) == {VOTES}


def test_a_folder_without_rankings_is_named(tmp_path):
    with pytest.raises(UsageProblem, match="no rankings"):
        find_data(tmp_path)
    with pytest.raises(UsageProblem, match="no folder"):
        find_data(tmp_path / "nowhere")


def test_a_damaged_file_is_named(folders):
    (folders[WRITERS] / "rankings.jsonl").write_text('{"user": "P1"}')
    with pytest.raises(UsageProblem, match="cannot be read"):
        read_comparisons(WRITERS, folders[WRITERS])


def test_votes_become_orders_of_the_right_turn(folders):
    votes = read_comparisons(VOTES, folders[VOTES])
    lists = [c for c in votes if c.example.tiers == ((1,), (0,))]
    assert len(lists) == len(votes) - 2
    assert all(c.example.replies[1].text.startswith("- ") for c in lists)
    assert {c.example.query for c in votes if c.item == "1"} == {"And another?"}


def test_the_prior_of_a_person_knows_neither_them_nor_their_items(folders, comparisons):
    rows = json.loads((folders[WRITERS] / "rankings.jsonl").read_text().splitlines()[0])
    shared = [
        c if c.person != "P1" else type(c)(c.person, rows["instruction"], c.source, c.example)
        for c in comparisons
    ]
    left = [shared[i] for i in apart(shared, "P0", WRITERS)]
    assert {c.person for c in left if c.source == WRITERS} == {"P2", "P3", "P4"}
    assert sum(c.source == VOTES for c in left) == 32


def test_somebody_unlike_the_others_is_learned_from_their_own_rankings(comparisons):
    report = report_of(WRITERS, comparisons, repeats=3)
    assert report.people == 5
    assert pair_accuracy(report.baselines["prior_only"].values()).value > 0.7
    odd = {point: report.curve[point]["P0"] for point in (0, 5)}
    assert odd[5].log_loss < odd[0].log_loss
    usual = report.curve[5]["P2"]
    assert usual.right / usual.pairs > 0.9


def test_equal_seeds_give_equal_reports(comparisons):
    first, second = (report_of(VOTES, comparisons, repeats=2, people=1) for _ in range(2))
    assert first.curve == second.curve
    assert first.people == 1


def test_a_cancelled_study_reports_who_was_done(comparisons):
    cancel = CancelToken()
    cancel.cancel()
    assert report_of(WRITERS, comparisons, cancel, repeats=1).people == 1


def test_a_prior_of_one_kind_of_data_has_no_gate_to_open(comparisons):
    writers = [c for c in comparisons if c.source == WRITERS]
    prior = ScorerTraining(writers, vectors_of(writers)).prior(range(len(writers)))
    assert not prior.gate.weights.any()
    example = writers[20].example
    utilities = ReplyScorer(prior, {}).utilities(example.query, example.replies)
    assert max(range(3), key=lambda i: utilities[i]) == example.tiers[0][0]


def test_pairs_first_places_and_ties_are_counted():
    three = tuple(Reply(()) for _ in range(3))
    found = tally_of(Example(1, "q", three, ((1,), (0, 2))), [0.0, 1.0, 2.0])
    assert (found.pairs, found.right, found.first, found.tau) == (2, 1.0, 0.0, 0.0)
    assert tally_of(Example(1, "q", three, ((0, 1, 2),)), [1.0, 2.0, 3.0]) == Tally()
    even = tally_of(Example(1, "q", three, ((0,),), (1, 2)), [0.0, 0.0, 0.0])
    assert (even.right, even.first) == (1.0, pytest.approx(1 / 3))


def test_calibration_compares_expected_with_observed():
    two = (Reply(()), Reply(()))
    total = Tally()
    for tiers in [((0,), (1,))] * 3 + [((1,), (0,))]:
        total += tally_of(Example(1, "q", two, tiers), [1.0986, 0.0])
    (row,) = calibration([total])
    assert row["expected"] == pytest.approx(0.75, abs=1e-3)
    assert row["observed"] == 0.75
    assert top1([total]).value == 0.75
