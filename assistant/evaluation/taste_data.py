"""Items that many people rated, as rounds "which of these would this person put first?".

jester: 100 short texts; rounds of four. movies: films with overview, genres and keywords; rounds of
three. A person's items are split at random before rounds are drawn: no test item is learned from.
Ratings that are equal inside a round tie.
"""

from __future__ import annotations

import csv
import gzip
import json
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.domain.errors import UsageProblem

Floats = NDArray[np.float64]
Matrix = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class TasteKind:
    """How rounds are drawn from a data set."""

    drafts: int
    trained: int  # rounds to learn from
    tested: int
    test_share: float  # of a person's items
    people: int  # tested unless told otherwise
    fewest: int  # ratings a tested person needs


@dataclass(frozen=True, slots=True)
class Ratings:
    """Texts of the items, labels (genres, keywords), and each person's ratings by item."""

    texts: tuple[str, ...]
    labels: tuple[frozenset[str], ...]
    people: tuple[dict[int, float], ...]


@dataclass(frozen=True, slots=True)
class Rounds:
    """One person's rounds: items of each, and what they are worth to them."""

    trained: Matrix
    tested: Matrix
    worth: dict[int, float]


def read_ratings(name: str, folder: Path) -> Ratings:
    """A data set; UsageProblem if a file is missing or not as it should be."""
    try:
        return _jokes(folder) if name == "jester" else _films(folder)
    except (OSError, ValueError, KeyError, IndexError, TypeError) as error:
        raise UsageProblem(f"The ratings in {folder} cannot be read ({error!r}).") from error


def draw_rounds(kind: TasteKind, ratings: dict[int, float], seed: int) -> Rounds:
    """A person's rounds: test items never occur among those to learn from."""
    chance = np.random.default_rng(seed)
    items = chance.permutation(sorted(ratings))
    cut = round(kind.test_share * len(items))
    tested, trained = items[:cut], items[cut:]

    def rounds(of: NDArray[np.int64], wanted: int) -> Matrix:
        drawn = (chance.choice(of, kind.drafts, replace=False) for _ in range(wanted))
        return tuple(tuple(int(item) for item in one) for one in drawn)

    return Rounds(rounds(trained, kind.trained), rounds(tested, kind.tested), ratings)


def _jokes(folder: Path) -> Ratings:
    """Short texts, rated from -10 to 10."""
    texts = tuple(json.loads((folder / "jokes.json").read_text("utf-8")))
    people = []
    with gzip.open(folder / "ratings.jsonl.gz", "rt", encoding="utf-8") as file:
        for line in file:
            people.append({int(j): float(value) for j, value in json.loads(line)["r"]})
    if any(not 0 <= item < len(texts) for person in people for item in person):
        raise ValueError("a rating is of a text that is not there")
    return Ratings(texts, tuple(frozenset() for _ in texts), tuple(people))


def _films(folder: Path) -> Ratings:
    """Films, rated from half a star to five."""
    lines = (folder / "films.jsonl").read_text("utf-8").splitlines()
    films = [json.loads(line) for line in lines if line.strip()]
    number = {film["movieId"]: i for i, film in enumerate(films)}
    by_person: dict[str, dict[int, float]] = defaultdict(dict)
    with gzip.open(folder / "ratings.csv.gz", "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if int(row["movieId"]) in number:
                by_person[row["userId"]][number[int(row["movieId"])]] = float(row["rating"])
    labels = tuple(frozenset([*film["genres"], *film["keywords"]]) for film in films)
    return Ratings(tuple(film["overview"] for film in films), labels, tuple(by_person.values()))
