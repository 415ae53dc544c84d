"""Rankings are only ever added; what counts is the newest one not taken back."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.domain.model import Order, Ranking, RankingId, Round
from assistant.domain.preferences import parse_order
from assistant.storage.database import Database

ABC = ("A", "B", "C")


@pytest.fixture
def round_(database: Database, add_round: Callable[..., Round]) -> Round:
    return database.run(lambda db: add_round(db))


def add(database: Database, round_: Round, text: str, *, learn: bool = True) -> RankingId:
    order = parse_order(text, ABC)
    return database.run(
        lambda db: db.rankings.add(round_.query_id, order, round_.candidates, 3.0, learn=learn)
    )


def active(database: Database, round_: Round) -> Ranking | None:
    return database.run(lambda db: db.rankings.active([round_.query_id])).get(round_.query_id)


@pytest.mark.parametrize("text", ["B>C>A", "B>A", "B>A=C", "A=B=C", "C", "A=C", "none"])
def test_every_form_of_order_comes_back_as_it_was_given(
    database: Database, round_: Round, text: str
) -> None:
    ranking_id = add(database, round_, text)
    assert active(database, round_) == Ranking(
        ranking_id, round_.query_id, parse_order(text, ABC), 3.0
    )


def test_a_newer_ranking_supersedes_and_the_older_one_stays_stored(
    database: Database, round_: Round
) -> None:
    add(database, round_, "A>B>C")
    newer = add(database, round_, "C>B>A")
    found = active(database, round_)
    assert found is not None
    assert found.id == newer
    assert database.tables.table("rankings").count == 2
    assert database.tables.table("ranking_entries").count == 6
    assert database.run(lambda db: db.rankings.count()) == 1


def test_a_retraction_lets_the_superseded_ranking_count_again(
    database: Database, round_: Round
) -> None:
    older, newer = add(database, round_, "A>B>C", learn=False), add(database, round_, "C")
    database.run(lambda db: db.rankings.retract(newer, 4.0))
    found = active(database, round_)
    assert found == Ranking(older, round_.query_id, parse_order("A>B>C", ABC), 3.0, learn=False)
    database.run(lambda db: db.rankings.retract(older, 5.0))
    assert active(database, round_) is None
    assert database.run(lambda db: db.rounds.ranked()) == ()
    assert database.tables.table("rankings").count == 2


def test_a_ranking_made_with_learning_off_says_so(database: Database, round_: Round) -> None:
    add(database, round_, "A", learn=False)
    found = active(database, round_)
    assert found is not None
    assert not found.learn


def test_a_ranking_of_an_unknown_letter_leaves_nothing_behind(
    database: Database, round_: Round
) -> None:
    with pytest.raises(KeyError):
        database.run(
            lambda db: db.rankings.add(
                round_.query_id, Order((("A",), ("D",))), round_.candidates, 3.0
            )
        )
    assert database.tables.table("rankings").count == 0


def test_a_prediction_is_never_overwritten(database: Database, round_: Round) -> None:
    query_id = round_.query_id
    database.run(lambda db: db.predictions.add(query_id, "selector", {"A": 2.0, "B": 1.0}, 1.0))
    database.run(lambda db: db.predictions.add(query_id, "selector", {"A": 0.0, "B": 9.0}, 2.0))
    (kept,) = database.run(lambda db: db.predictions.of([query_id]))[query_id]
    assert kept.utilities == {"A": 2.0, "B": 1.0}
    assert kept.order == Order((("A",), ("B",)))


def test_the_expected_order_is_that_of_what_was_learned_not_of_the_prior(
    database: Database, round_: Round
) -> None:
    query_id = round_.query_id
    database.run(lambda db: db.predictions.add(query_id, "prior", {"A": 0.0, "B": 0.0}, 1.0))
    database.run(lambda db: db.predictions.add(query_id, "selector", {"A": 0.0, "B": 1.0}, 1.0))
    found = database.run(lambda db: db.rounds.get(query_id))
    assert found.expected == Order((("B",), ("A",)))
