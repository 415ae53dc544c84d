"""Does the whole help, and each part of it? Simulated people go through the program's own path.

For each person: rankings of real replies through the program's use cases on a data file; after some
numbers of rankings, replies to queries that nothing was learned from, with the parts as they are
and with one of them switched over, each judged by the person's hidden taste against the unguided
replies to the same query, from the same seeds. A reply is the one that the program expects to be
liked best. NOTHING_LEARNED is what the program gives before any ranking, judged by the taste of the
moment: what the whole has above it is what was learned. Each pair of opposite people gets draws of
its own for the tested replies, so intervals over pairs hold the luck of the draws.
Simplifications: parts are switched over at those moments only, on what was learned with the
defaults, and nothing is learned anew for each; the parts of SLOW, which take minutes to learn,
after the last ranking only. The answers of the interview are learned from as if they had been given
before the first ranking, but what was ranked was written without them. What was written is kept,
so that a stopped run goes on where it stopped, and everybody comes to a moment before anybody goes
on to the next one, so that a stopped run has compared everybody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field

import numpy as np

from assistant.domain.events import Progress
from assistant.evaluation.interest_measure import Floats
from assistant.evaluation.sample_queries import sample_queries
from assistant.evaluation.score_cache import ScoreCache
from assistant.evaluation.whole_people import Judge, Taste, WholePerson, pair_of
from assistant.evaluation.whole_product import (
    AS_IT_IS,
    EVERYTHING,
    NAMES,
    SLOW,
    OpenProduct,
    Part,
    Product,
    TriedOut,
)
from assistant.evaluation.whole_report import Judged, WholeReport

CHECKPOINTS = (0, 10, 20, 40, 80)
MEASURED = 14  # queries whose unguided replies set the standard units, besides the tested ones
FOR_ALL = 1_000_000  # number of the draws that set the standard units; those of pairs follow it
NO_TOPIC = -1  # of a query: what is liked where no topic is an exception
WORTH_SAYING = 1.0  # difference in worth from which on a question of the interview is answered
ANYONE = "anyone"  # for whom replies are written of which nobody's rankings are a part
WHOLE, ALL_OFF, NOTHING_LEARNED = "whole", "all off", "nothing learned"
NO_SCORER, ONE_REPLY = "without scorer", "one reply"


@dataclass(frozen=True, slots=True)
class WholeSize:
    """How much is simulated: `people` beginning with number `first`, and the parts switched."""

    people: int = 6
    rankings: int = 40
    tests: int = 8
    seed: int = 1
    first: int = 0
    parts: tuple[Part, ...] = tuple(part for part in Part if part is not Part.AGENT)

    @property
    def checkpoints(self) -> tuple[int, ...]:
        """The numbers of rankings after which replies are judged."""
        return (*(point for point in CHECKPOINTS if point < self.rankings), self.rankings)

    def parts_at(self, point: int) -> tuple[Part, ...]:
        """The parts that are switched over after so many rankings."""
        last = point == self.rankings > 0
        return tuple(part for part in self.parts if last or part not in SLOW)


@dataclass(slots=True)
class WholeExperiment:
    """One run. `interests` are the names of what people may like; `kept` is what was tried."""

    open_product: OpenProduct
    interests: Sequence[str]
    kept: ScoreCache
    size: WholeSize
    timer: Callable[[], float]
    report: WholeReport = field(default_factory=WholeReport)

    def run(self) -> Iterator[Progress | WholeReport]:
        """Everybody up to one moment after the other; ends with the report."""
        numbers = range(self.size.first, self.size.first + self.size.people)
        people = {n: WholePerson(self.size.seed, n, self.interests) for n in numbers}
        self.report.people |= {n: person.described() for n, person in people.items()}
        for point in self.size.checkpoints:
            for number, person in people.items():
                begun = self.timer()
                with self.open_product(number) as product:
                    tester = _Tester(self, product, person, number)
                    yield Progress(f"Person {number + 1}: judging", point, self.size.rankings)
                    tester.prepare()
                    yield from self._learn(product, tester, number, point)
                    yield from tester.try_out(point, self.size.parts_at(point))
                took = self.timer() - begun
                self.report.seconds[number] = self.report.seconds.get(number, 0.0) + took
                yield Progress(f"Person {number + 1}: took {took:.0f} s", point, self.size.rankings)
        yield self.report

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
        self._draws = FOR_ALL + 1 + pair_of(number)
        self._measured = [*experiment.tests, *experiment.training[:MEASURED]]
        self._interests = experiment.interests
        self._judge: Judge | None = None

    def prepare(self) -> None:
        """The standard units, from unguided replies."""
        tried = self._replies(EVERYTHING, 0, self._measured, FOR_ALL)
        unguided = [text for one in tried for text in one.texts]
        self._judge = Judge(unguided, self._product.vectors, self._interests)

    def felt(self, query: str, topic: int, ranking: int, texts: Sequence[str]) -> Floats:
        """What replies feel like to the person, with noise."""
        worth = self._judged(self._person.taste(topic, ranking + 1), query, texts)
        return self._person.felt(worth, ranking)

    def _answers(self) -> Mapping[str, int]:
        """What the person says in the interview, before any ranking: options by question."""
        taste, found = self._person.taste(NO_TOPIC, 0), {}
        for number, question in enumerate(self._product.interview()):
            samples = [option.sample for option in question.options]
            worth = self._judged(taste, question.query, samples)
            if worth.max() - worth.min() >= WORTH_SAYING:
                found[question.id] = int(np.argmax(self._person.said(worth, number)))
        return found

    def try_out(self, point: int, parts: Sequence[Part]) -> Iterator[Progress]:
        """Judge the replies to the test queries, as the program is and with each part switched.

        Each part is counted as soon as it was tried.
        """
        yield self._trying(WHOLE, point)
        whole = self._replies(AS_IT_IS, point, self._tests, self._draws)
        untaught = self._replies(AS_IT_IS, 0, self._tests, self._draws)
        self._count(point, WHOLE, [one.best("both") for one in whole])
        self._count(point, NO_SCORER, [one.best("selector") for one in whole])
        self._count(point, ONE_REPLY, [one.texts[one.exploit] for one in whole])
        self._count(point, NOTHING_LEARNED, [one.best("both") for one in untaught])
        for part in parts:
            yield self._trying(NAMES[part], point)
            tried = self._replies(part, point, self._tests, self._draws)
            self._count(point, NAMES[part], [one.best("both") for one in tried])

    def _trying(self, what: str, point: int) -> Progress:
        """What is tried next."""
        return Progress(f"Person {self._number + 1}: trying {what}", point, point)

    def _count(self, point: int, name: str, chosen: Sequence[str]) -> None:
        """Count the replies that somebody gives to the test queries."""
        plain = self._replies(EVERYTHING, 0, self._tests, self._draws)
        for (query, topic), others, text in zip(self._tests, plain, chosen, strict=True):
            worth = self._judged(self._person.taste(topic, point), query, [text, *others.texts])
            unguided = worth[1:]
            wins = float(np.mean(0.5 + 0.5 * np.sign(worth[0] - unguided)))
            judged = Judged(wins, float(worth[0] - unguided.mean()))
            self._report.add(name, point, self._number, judged)

    def _judged(self, taste: Taste, query: str, texts: Sequence[str]) -> Floats:
        """What texts are worth to a taste, without noise."""
        if self._judge is None:
            raise AssertionError("standard units come first")
        return self._judge.worth(taste, query, texts)

    def _replies(
        self, part: str, point: int, queries: Sequence[tuple[str, int]], draws: int
    ) -> list[TriedOut]:
        """Replies to queries, those of an earlier run where it came to them."""
        asked = part == Part.INTERVIEW
        who = f"{self._seed}/{self._number}" if point or asked else ANYONE
        texts = [text for text, _ in sample_queries()]
        # the same seeds for both of a pair, every part and every moment
        seeded = [(query, _seed(self._seed, draws, texts.index(query))) for query, _ in queries]
        keys = [f"{who}\x1f{point}\x1f{part}\x1f{query}\x1f{seed}" for query, seed in seeded]

        def write(missing: list[int]) -> list[dict[str, object]]:
            wanted = [seeded[index] for index in missing]
            answers = self._answers() if asked else {}
            return [asdict(one) for one in self._product.tried(point, part, wanted, answers)]

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
