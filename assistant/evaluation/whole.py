"""Does the whole help, and each part of it? Simulated people go through the program's own path.

For each person: rankings of real replies through the program's use cases on a data file; after some
numbers of rankings, replies to queries that nothing was learned from, with the parts as they are
and with one of them switched over, each judged by the person's hidden taste against the unguided
replies to the same query, from the same seeds. A reply is the one that the program expects to be
liked best. Simplification: parts are switched over at those moments only, on what was learned with
the defaults; and nothing was learned anew for each. The agent is not trained here (`evaluate agent`
does that). What was written is kept, so that a stopped run goes on where it stopped.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass, field
from typing import Protocol

import numpy as np

from assistant.domain.events import Progress
from assistant.evaluation.sample_queries import sample_queries
from assistant.evaluation.score_cache import ScoreCache
from assistant.evaluation.whole_people import Floats, Judge, WholePerson
from assistant.evaluation.whole_report import Judged, WholeReport
from assistant.settings import EXEMPLARS, PROMPTS

CHECKPOINTS = (0, 10, 20, 40, 80)
MEASURED = 24  # queries whose unguided replies set the standard units, besides the tested ones
ANYONE = "anyone"  # for whom replies are written of which nobody's rankings are a part
WHOLE, ALL_OFF = "whole", "all off"
NO_SCORER, ONE_REPLY = "without scorer", "one reply"
NO_TAGS, NO_RULES = "without tags", "without rules"
OTHER_EXEMPLARS = f"{'without' if EXEMPLARS.default else 'with'} exemplars"
OTHER_PROMPTS = f"{'without' if PROMPTS.default else 'with'} prompt pool"
SWITCHED = {WHOLE: "", NO_TAGS: "tags", NO_RULES: "rules", OTHER_EXEMPLARS: "exemplars"}
SWITCHED_SLOWLY = {OTHER_PROMPTS: "prompts"}  # minutes to learn: after the last ranking only


@dataclass(frozen=True, slots=True)
class TriedOut:
    """Replies to one query, what was expected of them by predictor, and which one exploits."""

    texts: tuple[str, ...]
    expected: dict[str, tuple[float, ...]]
    exploit: int

    def best(self, predictor: str) -> str:
        """The reply that a predictor expects to be liked best; the exploiting one if none does."""
        expected = self.expected.get(predictor)
        if expected is None or max(expected) == min(expected):
            return self.texts[self.exploit]
        return self.texts[int(np.argmax(expected))]


class Product(Protocol):
    """One person's program, as the experiment needs it."""

    @property
    def rankings(self) -> int:
        """How many were made so far, in earlier runs too."""

    def round(self, query: str, seed: int, felt: Callable[[Sequence[str]], Floats]) -> None:
        """Ask, let the person feel what each reply is worth, rank, learn from it."""

    def learn_when_idle(self) -> None:
        """Learn what is due in the background, but for the agent."""

    def tried(self, part: str, queries: Sequence[tuple[str, int]]) -> Iterator[TriedOut]:
        """The replies to queries (with their seeds) with a part switched over; "" for none."""

    def vectors(self, texts: Sequence[str]) -> Floats:
        """One row of length one for each text."""


OpenProduct = Callable[[int], AbstractContextManager[Product]]  # the program of a person's number


@dataclass(frozen=True, slots=True)
class WholeSize:
    """How much is simulated."""

    people: int = 8
    rankings: int = 40
    tests: int = 6
    seed: int = 1

    @property
    def checkpoints(self) -> tuple[int, ...]:
        """The numbers of rankings after which replies are judged."""
        return (*(point for point in CHECKPOINTS if point < self.rankings), self.rankings)


@dataclass(slots=True)
class WholeExperiment:
    """One run. `interests` are the names of what people may like; `kept` is what was written."""

    open_product: OpenProduct
    interests: Sequence[str]
    kept: ScoreCache
    size: WholeSize
    report: WholeReport = field(default_factory=WholeReport)

    def run(self) -> Iterator[Progress | WholeReport]:
        """Everybody in turn, then once more for the part that is slow; ends with the report."""
        people = [
            WholePerson(self.size.seed, number, self.interests)
            for number in range(self.size.people)
        ]
        for number, person in enumerate(people):
            self.report.people.append(person.described())
            with self.open_product(number) as product:
                judge = yield from self._judge(product)
                for point in self.size.checkpoints:
                    yield from self._learn(product, person, judge, number, point)
                    yield Progress(f"Person {number + 1}: trying out", point, self.size.rankings)
                    self._try_out(product, person, judge, number, point)
        for number, person in enumerate(people) if self.size.rankings else ():
            yield Progress(f"Person {number + 1}: trying out the slow part", number, len(people))
            with self.open_product(number) as product:
                judge = yield from self._judge(product)
                self._try_out_slow(product, person, judge, number)
        yield self.report

    def _judge(self, product: Product) -> Generator[Progress, None, Judge]:
        """The standard units, from unguided replies."""
        queries = [*self._tests, *self._training[:MEASURED]]
        yield Progress("Writing unguided replies", 0, len(queries))
        tried = self._replies(product, ALL_OFF, "all", 0, ANYONE, queries)
        return Judge([text for one in tried for text in one.texts], product.vectors)

    def _learn(
        self, product: Product, person: WholePerson, judge: Judge, number: int, point: int
    ) -> Iterator[Progress]:
        """Rankings up to a number of them, and what follows while the program is idle."""
        begun = product.rankings
        for ranking in range(begun, point):
            query, topic = self._training[ranking % len(self._training)]
            taste = person.taste(topic, ranking + 1)

            def felt(texts: Sequence[str], ranking: int = ranking) -> Floats:
                return person.felt(judge.worth(taste, query, texts), ranking)  # noqa: B023

            product.round(query, _seed(self.size.seed, number, ranking), felt)
            yield Progress(f"Person {number + 1}: ranking", ranking + 1, self.size.rankings)
        if begun < point:
            product.learn_when_idle()

    def _try_out(
        self, product: Product, person: WholePerson, judge: Judge, number: int, point: int
    ) -> None:
        """Judge the replies to the test queries with every part but the slow one switched over."""
        who = f"{self.size.seed}/{number}" if point else ANYONE
        parts = SWITCHED if point else {WHOLE: "", NO_TAGS: "tags"}
        chosen: dict[str, list[str]] = {}
        for name, part in parts.items():
            tried = self._replies(product, name, part, point, who, self._tests)
            chosen[name] = [one.best("both") for one in tried]
            if name == WHOLE:
                chosen[NO_SCORER] = [one.best("selector") for one in tried]
                chosen[ONE_REPLY] = [one.texts[one.exploit] for one in tried]
        self._count(product, person, judge, number, point, chosen)

    def _try_out_slow(
        self, product: Product, person: WholePerson, judge: Judge, number: int
    ) -> None:
        """The same for the part that takes minutes to learn, after the last ranking."""
        point, who = self.size.rankings, f"{self.size.seed}/{number}"
        for name, part in SWITCHED_SLOWLY.items():
            tried = self._replies(product, name, part, point, who, self._tests)
            chosen = {name: [one.best("both") for one in tried]}
            self._count(product, person, judge, number, point, chosen)

    def _count(
        self,
        product: Product,
        person: WholePerson,
        judge: Judge,
        number: int,
        point: int,
        chosen: Mapping[str, Sequence[str]],
    ) -> None:
        """Judge the replies chosen for the test queries, by part."""
        plain = self._replies(product, ALL_OFF, "all", 0, ANYONE, self._tests)
        for (query, topic), others, *texts in zip(
            self._tests, plain, *chosen.values(), strict=True
        ):
            worth = judge.worth(person.taste(topic, point), query, [*texts, *others.texts])
            unguided = worth[len(texts) :]
            for name, own in zip(chosen, worth, strict=False):
                wins = float(np.mean(0.5 + 0.5 * np.sign(own - unguided)))
                self.report.add(name, point, number, Judged(wins, float(own - unguided.mean())))

    def _replies(
        self,
        product: Product,
        name: str,
        part: str,
        point: int,
        who: str,
        queries: Sequence[tuple[str, int]],
    ) -> list[TriedOut]:
        """Replies to queries, those of an earlier run where it came to them."""
        seeded = [(query, self._test_seed(query)) for query, _ in queries]
        keys = [f"{who}\x1f{point}\x1f{name}\x1f{query}\x1f{seed}" for query, seed in seeded]

        def write(missing: list[int]) -> list[dict[str, object]]:
            wanted = [seeded[index] for index in missing]
            return [asdict(tried) for tried in product.tried(part, wanted)]

        return [_read(one.value) for one in self.kept.ask(keys, write)]

    @property
    def _training(self) -> list[tuple[str, int]]:
        """The queries that are ranked, the topics taking turns."""
        return list(sample_queries())[self.size.tests :]

    @property
    def _tests(self) -> list[tuple[str, int]]:
        """The queries that are only tried, the topics taking turns."""
        return list(sample_queries())[: self.size.tests]

    def _test_seed(self, query: str) -> int:
        """The seed of a query that is tried: the same for everybody, every part and moment."""
        return _seed(self.size.seed, -1, [text for text, _ in sample_queries()].index(query))


def _seed(seed: int, number: int, which: int) -> int:
    """A seed for the program."""
    return int(np.random.default_rng([seed, number + 1, 3, which]).integers(2**31))


def _read(value: dict[str, object]) -> TriedOut:
    """A kept try as it was."""
    texts, expected, exploit = value["texts"], value["expected"], value["exploit"]
    if not (isinstance(texts, list | tuple) and isinstance(expected, dict)):
        raise AssertionError("a kept try has lists and a table")
    return TriedOut(
        tuple(str(text) for text in texts),
        {str(name): tuple(float(x) for x in row) for name, row in expected.items()},
        int(str(exploit)),
    )
