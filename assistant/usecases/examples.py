"""From stored rounds to what the learners learn from, and the vectors that go with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from assistant.domain.errors import StorageProblem
from assistant.domain.model import Round
from assistant.personalization.learner import EMBEDDER, PREMIUM_EMBED, Example, Reply, Selected
from assistant.settings import SELECTOR
from assistant.usecases.services import Services

if TYPE_CHECKING:
    from assistant.storage.database import Database

INTERVIEW = "interview:"  # how keys of lessons begin that are its answers
LESSONS_BEFORE = 10**9  # more lessons than there will ever be


def replies_of(round_: Round) -> tuple[Reply, ...]:
    """The candidates of a round as learners see them, in the order shown."""
    return tuple(Reply(c.guidance.tags, c.place, len(c.text), c.text) for c in round_.candidates)


def example_of(round_: Round) -> Example | None:
    """A ranked round as an example; None if no ranking counts or it must not be learned from."""
    if round_.ranking is None or not round_.ranking.learn:
        return None
    index = {candidate.letter: i for i, candidate in enumerate(round_.candidates)}
    order = round_.ranking.order
    return Example(
        ranking_id=round_.ranking.id,
        query=round_.text,
        replies=replies_of(round_),
        tiers=tuple(tuple(index[letter] for letter in tier) for tier in order.tiers),
        rest=tuple(index[letter] for letter in order.rest),
    )


def examples_of(rounds: Iterable[Round]) -> tuple[Example, ...]:
    """The ranked rounds among these as examples, in their order."""
    return tuple(example for r in rounds if (example := example_of(r)) is not None)


def example_of_lesson(lesson_id: int, lesson: Mapping[str, Any]) -> Example:
    """A stored lesson as an example. Its id is negative: older than every ranking made here."""
    return Example(
        ranking_id=lesson_id - LESSONS_BEFORE,
        query=lesson["query"],
        replies=tuple(
            Reply(tuple(r["tags"]), r["place"], r["length"], r.get("text", ""))
            for r in lesson["replies"]
        ),
        tiers=tuple(tuple(tier) for tier in lesson["tiers"]),
        rest=tuple(lesson["rest"]),
    )


def _of_interview(lesson: Mapping[str, Any]) -> bool:
    """Whether a stored lesson is an answer of the interview."""
    return str(lesson.get("key", "")).startswith(INTERVIEW)


def _stated(answers: Iterable[Example]) -> frozenset[str]:
    """The tags of the options chosen."""
    chosen = (answer.replies[i] for answer in answers for tier in answer.tiers[:1] for i in tier)
    return frozenset(tag for option in chosen for tag in option.tags)


def start_learner(services: Services) -> str:
    """Hand the library, all rankings and all known vectors to the learners.

    Gives a sentence for the user if a state that was kept cannot be used, or "".
    """

    def read(db: Database) -> str:
        rounds, stored = db.rounds.ranked(), db.lessons.all()
        lessons = {n: example_of_lesson(n, lesson) for n, lesson in stored.items()}
        stated = _stated(lessons[n] for n, one in stored.items() if _of_interview(one))
        library = tuple(replace(tag, stated=tag.name in stated) for tag in db.tags.all())
        examples: dict[int, Example] = {
            **{lesson.ranking_id: lesson for lesson in lessons.values()},
            **{r.query_id: e for r in rounds if (e := example_of(r)) is not None},
        }
        texts = {tag.instruction for tag in library}
        for example in examples.values():
            texts |= {example.query, *(reply.text for reply in example.replies)}
        vectors = db.embeddings.get(texts, EMBEDDER)
        chosen, damage = selected(db)
        services.learner.start(library, examples, vectors, chosen)
        return damage

    return services.store.run(read)


def selected(db: Database) -> tuple[Selected, str]:
    """The tag selector that the user chose with its kept state, and what is wrong with that.

    The default one is built from the rankings in some milliseconds and needs none. A damaged state
    counts as none: the rankings it was built from are all there.
    """
    name = db.settings.get(SELECTOR)
    try:
        kept = db.snapshots.active(name) if name == PREMIUM_EMBED else None
    except StorageProblem as damage:
        return Selected(name), str(damage)
    return Selected(name, kept.weights if kept else b""), ""


def keep_vectors(services: Services, vectors: Mapping[str, bytes]) -> None:
    """Store vectors computed on the way, so that none is computed twice."""
    if vectors:
        services.store.run(lambda db: db.embeddings.add(dict(vectors), EMBEDDER))
