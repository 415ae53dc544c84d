"""Small made-up rankings in the form of the public data sets; no text of those is in here."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np

PEOPLE, ITEMS = 5, 30
WORDS = ["boat", "tree", "road", "lamp", "stone", "bird", "glass", "field", "letter", "door"]


def sentence(chance: np.random.Generator, length: int) -> str:
    return " ".join(str(word) for word in chance.choice(WORDS, length)).capitalize() + "."


def write_rankings(folder: Path) -> Path:
    """Everybody likes shorter sentences, and person P0 the opposite."""
    folder.mkdir(parents=True)
    chance = np.random.default_rng(1)
    lines = []
    for person in range(PEOPLE):
        for item in range(12):
            lengths = chance.permutation([4, 8, 16])
            texts = [" ".join(sentence(chance, n) for _ in range(48 // n)) for n in lengths]
            order = np.argsort(-lengths if person == 0 else lengths)
            lines.append(
                {
                    "user": f"P{person}",
                    "item": item,
                    "instruction": f"Write on the {WORDS[item % 10]} number {person * 12 + item}",
                    "responses": texts,
                    "ranking": [int(i) for i in order],
                }
            )
    (folder / "rankings.jsonl").write_text("\n".join(map(json.dumps, lines)), "utf-8")
    return folder


def write_votes(folder: Path) -> Path:
    """Judges prefer lists; one vote is a tie."""
    folder.mkdir(parents=True)
    chance = np.random.default_rng(2)
    questions, answers, votes = [], [], []
    for question in range(16):
        turns = [f"What is a {WORDS[question % 10]}?", "And another?"]
        questions.append({"question_id": question, "category": "stem", "turns": turns})
        prose = [sentence(chance, 12), sentence(chance, 9)]
        lists = ["\n".join(f"- {sentence(chance, 4)}" for _ in range(3)) for _ in range(2)]
        answers.append({"question_id": question, "model": "plain", "turns": prose})
        answers.append({"question_id": question, "model": "list", "turns": lists})
        for judge in range(2):
            votes.append(
                {
                    "judge": f"J{judge}",
                    "model_a": "plain",
                    "model_b": "list",
                    "question_id": question,
                    "turn": 1 + question % 2,
                    "winner": "tie" if question == 3 else "model_b",
                }
            )
    for name, rows in (("questions", questions), ("answers", answers), ("votes", votes)):
        (folder / f"{name}.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    return folder


def write_jokes(folder: Path) -> Path:
    """People of two kinds, who like either the first or the second half of the texts."""
    folder.mkdir(parents=True)
    chance = np.random.default_rng(3)
    texts = [f"Joke {n} of a {WORDS[n % 10]}" for n in range(100)]
    (folder / "jokes.json").write_text(json.dumps(texts), "utf-8")
    with gzip.open(folder / "ratings.jsonl.gz", "wt", encoding="utf-8") as file:
        for person in range(40):
            liked = np.arange(100) < 50 if person % 2 else np.arange(100) >= 50
            values = 6.0 * liked - 3 + chance.normal(size=100)
            rows = [[item, round(float(value), 2)] for item, value in enumerate(values)]
            file.write(json.dumps({"user": person, "r": rows}) + "\n")
    return folder


def write_films(folder: Path) -> Path:
    """Films of two genres, whose lovers are two kinds of people."""
    folder.mkdir(parents=True)
    chance = np.random.default_rng(4)
    films = [
        {
            "movieId": 10 + n,
            "title": f"Film {n}",
            "genres": ["Drama" if n % 2 else "Comedy"],
            "keywords": [],
            "overview": f"A film of a {WORDS[n % 10]}.",
        }
        for n in range(120)
    ]
    (folder / "films.jsonl").write_text("\n".join(map(json.dumps, films)), "utf-8")
    with gzip.open(folder / "ratings.csv.gz", "wt", encoding="utf-8") as file:
        file.write("userId,movieId,rating,timestamp\n")
        for person in range(20):
            for n in range(120):
                liked = n % 2 == person % 2
                rating = np.clip(round(2 * (3 + 1.5 * liked + chance.normal() / 2)) / 2, 0.5, 5)
                file.write(f"{person},{10 + n},{rating},0\n")
    return folder


def write_bank(folder: Path, prompts: int = 120) -> Path:
    """Replies of four sources with habits of their own."""
    folder.mkdir(parents=True)
    chance = np.random.default_rng(5)
    with gzip.open(folder / "bank.jsonl.gz", "wt", encoding="utf-8") as file:
        for number in range(prompts):
            outputs = {
                "brief": sentence(chance, int(chance.integers(3, 9))),
                "lister": "\n".join(f"- {sentence(chance, 5)}" for _ in range(4)),
                "asker": f"Do you like it? {sentence(chance, 9)} I hope so, dear friend!",
                "formal": f"Moreover, {sentence(chance, 20)} For example, 12 of them.",
                "mixed": f"{sentence(chance, 30)} {sentence(chance, 3)} Perhaps **so**.",
            }
            row = {"instruction": f"Tell me of {WORDS[number % 10]} {number}", "outputs": outputs}
            file.write(json.dumps(row) + "\n")
    return folder
