"""Does the whole help, and each part of it? Simulated people go through the program's own path.

For each person: rankings of real replies through the program's use cases on a data file; after some
numbers of rankings, replies to queries that nothing was learned from, with the parts as they are
and with one of them switched over, each judged by the person's hidden taste against the unguided
replies to the same query, from the same seeds. A reply is the one that the program expects to be
liked best. Simplification: parts are switched over at those moments only, on what was learned with
the defaults; nothing is learned anew for each. The agent is not trained here (`evaluate agent`
does that). What was written is kept, so that a stopped run goes on where it stopped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass, field
from typing import Protocol

import numpy as np

from assistant.domain.events import Progress
from assistant.evaluation.sample_queries import sample_queries
from assistant.evaluation.score_cache import ScoreCache
from assistant.evaluation.whole_people import Floats, Judge, Taste, WholePerson
from assistant.evaluation.whole_report import Judged, WholeReport
from assistant.settings import EXEMPLARS, PROMPTS

CHECKPOINTS = (0, 10, 20, 40, 80)
MEASURED = 14  # queries whose unguided replies set the standard units, besides the tested ones
ANYONE = "anyone"  # for whom replies are written of which nobody's rankings are a part
WHOLE, ALL_OFF = "whole", "all off"
NO_SCORER, ONE_REPLY = "without scorer", "one reply"
NO_TAGS, NO_RULES = "without tags", "without rules"
OTHER_EXEMPLARS = f"{'without' if EXEMPLARS.default else 'with'} exemplars"
OTHER_PROMPTS = f"{'without' if PROMPTS.default else 'with'} prompt pool"
SWITCHED = {NO_TAGS: "tags", NO_RULES: "rules", OTHER_EXEMPLARS: "exemplars"}
SLOW = {OTHER_PROMPTS: "prompts"}  # takes minutes to learn: after the last ranking only


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
        """Ask, let the person feel what each reply is worth, rank; learn all but the agent."""

    def keep(self, point: int) -> None:
        """Keep the state under a number, unless one is kept there."""

    def tried(
        self, point: int, part: str, queries: Sequence[tuple[str, int]]
    ) -> Iterator[TriedOut]:
        """The replies to queries (with their seeds) in a kept state, a part switched over."""

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
        """Everybody up to one moment after the other, then the parts; ends with the report.

        So a run that is stopped has compared everybody at the moments it came to.
        """
        people = [
            WholePerson(self.size.seed, number, self.interests)
            for number in range(self.size.people)
        ]
        self.report.people += [person.described() for person in people]
        for points, parts in self._stages():
            for number, person in enumerate(people):
                with self.open_product(number) as product:
                    tester = _Tester(self, product, person, number)
                    yield Progress(f"Person {number + 1}: judging", points[-1], self.size.rankings)
                    tester.prepare()
                    for point in points:
                        yield from self._learn(product, tester, number, point)
                        yield Progress(f"Person {number + 1}: trying out", point, points[-1])
                        tester.try_out(point, parts)
        yield self.report

    def _stages(self) -> list[tuple[tuple[int, ...], Mapping[str, str]]]:
        """What is done with everybody in turn: moments, and the parts switched over at them."""
        points = self.size.checkpoints
        learned = tuple(point for point in points if point)
        stages: list[tuple[tuple[int, ...], Mapping[str, str]]] = [(points[:2], {WHOLE: ""})]
        stages += [((point,), {WHOLE: ""}) for point in points[2:]]
        stages += [(points[:1], {NO_TAGS: "tags"})]
        return stages + ([(learned, SWITCHED), (learned[-1:], SLOW)] if learned else [])

    def _learn(
        self, product: Product, tester: _Tester, number: int, point: int
    ) -> Iterator[Progress]:
        """Rankings up to a number of them; what was learned is kept."""
        begun = product.rankings
        for ranking in range(begun, point):
            query, topic = self.training[ranking % len(self.training)]

            def felt(
                texts: Sequence[str], query: str = query, topic: int = topic, ranking: int = ranking
            ) -> Floats:
                return tester.felt(query, topic, ranking, texts)

            product.round(query, _seed(self.size.seed, number, ranking), felt)
            yield Progress(f"Person {number + 1}: ranking", ranking + 1, self.size.rankings)
        if begun <= point:
            product.keep(point)

    @property
    def training(self) -> list[tuple[str, int]]:
        """The queries that are ranked, with their topics, which take turns."""
        return list(sample_queries())[self.size.tests :]

    @property
    def tests(self) -> list[tuple[str, int]]:
        """The queries that are only tried."""
        return list(sample_queries())[: self.size.tests]


class _Tester:
    """One person with the program: what is tried out, and what the person thinks of it."""

    def __init__(
        self, experiment: WholeExperiment, product: Product, person: WholePerson, number: int
    ) -> None:
        self._product, self._person, self._number = product, person, number
        self._report, self._kept = experiment.report, experiment.kept
        self._seed, self._tests = experiment.size.seed, experiment.tests
        self._measured = [*experiment.tests, *experiment.training[:MEASURED]]
        self._judge: Judge | None = None

    def prepare(self) -> None:
        """The standard units, from unguided replies."""
        tried = self._replies(ALL_OFF, "all", 0, self._measured)
        self._judge = Judge([text for one in tried for text in one.texts], self._product.vectors)

    def felt(self, query: str, topic: int, ranking: int, texts: Sequence[str]) -> Floats:
        """What replies feel like to the person, with noise."""
        worth = self._judged(self._person.taste(topic, ranking + 1), query, texts)
        return self._person.felt(worth, ranking)

    def try_out(self, point: int, parts: Mapping[str, str]) -> None:
        """Judge the replies to the test queries with each of the parts switched over."""
        chosen: dict[str, list[str]] = {}
        for name, part in parts.items():
            tried = self._replies(name, part, point, self._tests)
            chosen[name] = [one.best("both") for one in tried]
            if name == WHOLE:
                chosen[NO_SCORER] = [one.best("selector") for one in tried]
                chosen[ONE_REPLY] = [one.texts[one.exploit] for one in tried]
        plain = self._replies(ALL_OFF, "all", 0, self._tests)
        for (query, topic), others, *texts in zip(
            self._tests, plain, *chosen.values(), strict=True
        ):
            taste = self._person.taste(topic, point)
            worth = self._judged(taste, query, [*texts, *others.texts])
            unguided = worth[len(texts) :]
            for name, own in zip(chosen, worth, strict=False):
                wins = float(np.mean(0.5 + 0.5 * np.sign(own - unguided)))
                judged = Judged(wins, float(own - unguided.mean()))
                self._report.add(name, point, self._number, judged)

    def _judged(self, taste: Taste, query: str, texts: Sequence[str]) -> Floats:
        """What texts are worth to a taste, without noise."""
        if self._judge is None:
            raise AssertionError("standard units come first")
        return self._judge.worth(taste, query, texts)

    def _replies(
        self, name: str, part: str, point: int, queries: Sequence[tuple[str, int]]
    ) -> list[TriedOut]:
        """Replies to queries, those of an earlier run where it came to them."""
        who = f"{self._seed}/{self._number}" if point else ANYONE
        texts = [text for text, _ in sample_queries()]
        # the same seed for everybody, every part and every moment
        seeded = [(query, _seed(self._seed, -1, texts.index(query))) for query, _ in queries]
        keys = [f"{who}\x1f{point}\x1f{name}\x1f{query}\x1f{seed}" for query, seed in seeded]

        def write(missing: list[int]) -> list[dict[str, object]]:
            wanted = [seeded[index] for index in missing]
            return [asdict(tried) for tried in self._product.tried(point, part, wanted)]

        return [_read(one.value) for one in self._kept.ask(keys, write)]


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
