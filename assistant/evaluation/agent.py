"""Does the preference agent help? Simulated users with hidden style rules, real replies.

For each user: rankings of a shared bank of the model's replies (one unguided, the others asked to
follow two styles, drawn with replacement) -> rules -> an agent, all as in the program. Then every
condition guides replies to queries that nothing was learned from, and the user's true utility
decides against unguided replies to the same query, a tie counting one half. Detectors of rules and
hidden utilities are of one family, so this is an upper end: what can be learned, not what people
are. The seed decides users, queries and replies; the queries from QUERIES on are never used here:
on them wordings may be tried out. "True rules" shows how far the model follows any rule.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from assistant.domain.cancel import CancelToken
from assistant.domain.events import Progress
from assistant.domain.statistics import Share, share_of_groups
from assistant.evaluation.agent_learning import LearnedAgent
from assistant.evaluation.agent_replies import Drafted, ReplyWriter
from assistant.evaluation.sample_queries import sample_queries
from assistant.evaluation.style_users import StyleUser, detectors, measure_from
from assistant.generation.prompt import exemplars_text, guidance_text
from assistant.personalization.agent_words import RULES_WRITTEN
from assistant.personalization.embedder import Vectors
from assistant.personalization.exemplars import Winner, choose_exemplars
from assistant.personalization.learner import Example, Reply
from assistant.personalization.reply_scorer import ReplyScorer
from assistant.personalization.scorer_prior import flat_prior

Learn = Callable[[Sequence[Example], str], Iterator[Progress | LearnedAgent]]

SHOWN = 4  # replies in one ranking
STYLES_EACH = 2  # that a guided reply of the bank is asked to follow, perhaps twice the same
QUERIES = 100  # of the sample queries
PLAIN_REPLIES = 2  # unguided replies to each test query
BEST_OF = 3
WHOLE = f"agent, best of {BEST_OF}"  # the agent writes the rules, the scorer chooses the reply
TRUE, LOSERS, OTHERS = "true rules", "trained on losers", "agents of others"


@dataclass(frozen=True, slots=True)
class ExperimentSize:
    """How much is simulated."""

    users: int = 5
    rankings: int = 60
    tests: int = 20
    seed: int = 20261121


@dataclass(slots=True)
class AgentReport:
    """By condition: each user's (wins, replies) and (reward, replies); agents by row of users."""

    wins: dict[str, list[tuple[float, int]]] = field(default_factory=dict)
    rewards: dict[str, list[tuple[float, int]]] = field(default_factory=dict)
    hidden: list[tuple[str, ...]] = field(default_factory=list)
    learned: list[LearnedAgent] = field(default_factory=list)
    table: list[list[float]] = field(default_factory=list)  # win rate: rows users, columns agents
    table_whole: list[list[float]] = field(default_factory=list)  # likewise, of WHOLE

    def add(self, name: str, wins: float, reward: float, count: int) -> None:
        """One user's figures under one condition."""
        self.wins.setdefault(name, []).append((wins, count))
        self.rewards.setdefault(name, []).append((reward, count))

    def win_rate(self, name: str) -> Share:
        """Against unguided replies, with an interval over users."""
        return share_of_groups(self.wins[name])

    def reward(self, name: str) -> Share:
        """Mean utility more than that of unguided replies, with an interval over users."""
        return share_of_groups(self.rewards[name])


class AgentExperiment:
    """One run. `texts` are rule texts by detector; `embed` gives vectors of queries."""

    def __init__(
        self,
        writer: ReplyWriter,
        texts: Mapping[str, str],
        embed: Callable[[Sequence[str]], Vectors],
        learn: Learn,
        options: ExperimentSize,
    ) -> None:
        self._writer, self._texts, self._learn, self._options = writer, texts, learn, options
        queries = [query for query, _ in sample_queries()][:QUERIES]
        np.random.default_rng([options.seed, 3]).shuffle(queries)
        self._asked = queries[: options.rankings]
        self._tests = queries[options.rankings : options.rankings + options.tests]
        rows = embed([*self._asked, *self._tests])
        self._vectors = dict(zip([*self._asked, *self._tests], rows.tolist(), strict=True))
        self._bank: list[list[str]] = []
        self._plain: list[list[str]] = []

    def run(self) -> Iterator[Progress | AgentReport]:
        """Write, rank, learn, write again; ends with the report."""
        yield from self._write_bank()
        measure = measure_from(
            [*self._asked, *self._tests],
            [*([texts[0]] for texts in self._bank), *self._plain],
        )
        users = [StyleUser(measure, self._seed(n)) for n in range(self._options.users)]
        report = AgentReport(hidden=[self._hidden(user) for user in users])
        examples = [self._rank(user) for user in users]
        wholes: list[list[str]] = []  # by user, the replies of everything learned together
        for number, user in enumerate(users):
            learned = yield from self._learned(examples[number], f"user {number + 1}")
            report.learned.append(learned)
            guidance = self._guidance(learned, examples[number])
            guidance[TRUE] = [guidance_text(report.hidden[number])] * len(self._tests)
            turned = yield from self._learned(
                self._rank(user, turned=True), f"user {number + 1}, losers"
            )
            guidance[LOSERS] = self._by_agent(turned)
            yield from self._write_all(f"Writing replies, user {number + 1}", guidance)
            for name, guides in guidance.items():
                report.add(name, *self._judge(user, self._replies(guides)))
            scorer = _scorer_of(examples[number])
            whole = self._best_replies(guidance["agent"], scorer)
            report.add(WHOLE, *self._judge(user, whole))
            best = self._best_replies(self._nothing, scorer)
            report.add(f"unguided, best of {BEST_OF}", *self._judge(user, best))
            wholes.append(whole)
        self._cross(users, report, wholes)
        yield report

    def _write_bank(self) -> Iterator[Progress]:
        """The replies that all users rank, and the unguided replies to the test queries."""
        chance = np.random.default_rng([self._options.seed, 4])
        styles = [self._texts[detector] for detector in detectors()]
        for number, query in enumerate(self._asked):
            yield Progress("Writing replies to rank", number, len(self._asked))
            guides = [""] + [
                guidance_text([styles[int(i)] for i in chance.choice(len(styles), STYLES_EACH)])
                for _ in range(SHOWN - 1)
            ]
            drafts = [Drafted(guide, self._seed(place)) for place, guide in enumerate(guides)]
            self._bank.append(self._writer.replies(query, drafts))
        for number, query in enumerate(self._tests):
            yield Progress("Writing unguided replies", number, len(self._tests))
            drafts = [Drafted("", self._seed(number)) for number in range(PLAIN_REPLIES)]
            self._plain.append(self._writer.replies(query, drafts))

    def _seed(self, number: int) -> int:
        """The run's seeds, one after the other."""
        return self._options.seed + number

    def _rank(self, user: StyleUser, *, turned: bool = False) -> list[Example]:
        """A user's rankings of the bank."""
        return [
            user.rank(number, query, texts, turned=turned)
            for number, (query, texts) in enumerate(zip(self._asked, self._bank, strict=True))
        ]

    def _learned(
        self, rankings: Sequence[Example], who: str
    ) -> Generator[Progress, None, LearnedAgent]:
        """What rankings teach, the progress named."""
        for step in self._learn(rankings, who.split(",")[0]):
            if isinstance(step, LearnedAgent):
                return step
            yield Progress(f"{who}: {step.what}", step.done, step.total, step.seconds_left)
        raise AssertionError("learning ended without an outcome")

    def _guidance(self, learned: LearnedAgent, rankings: Sequence[Example]) -> dict[str, list[str]]:
        """For each condition the guidance of every test query."""
        rules, everything = learned.rules, tuple(self._texts.values())
        by_agent = self._by_agent(learned)
        by_rules = [guidance_text(rules[:RULES_WRITTEN])] * len(self._tests)
        return {
            "agent": by_agent,
            "rules only": by_rules,
            "agent if accepted": by_agent if learned.accepted else by_rules,
            "untrained agent": [
                guidance_text(self._writer.rules(q, rules, None)) for q in self._tests
            ],
            "agent, any rule": [
                guidance_text(self._writer.rules(q, everything, learned.adapter))
                for q in self._tests
            ],
            "untrained, any rule": [
                guidance_text(self._writer.rules(q, everything, None)) for q in self._tests
            ],
            "exemplars": [self._exemplars(query, rankings) for query in self._tests],
        }

    def _by_agent(self, learned: LearnedAgent) -> list[str]:
        """What the trained agent says; without one the best rules, as in the program."""
        if learned.adapter is None:
            return [guidance_text(learned.rules[:RULES_WRITTEN])] * len(self._tests)
        return [
            guidance_text(self._writer.rules(query, learned.rules, learned.adapter))
            for query in self._tests
        ]

    def _exemplars(self, query: str, rankings: Sequence[Example]) -> str:
        """The user's best replies to the nearest queries, as the program shows them."""
        winners = [
            Winner(e.ranking_id, e.query, e.replies[e.tiers[0][0]].text, self._vectors[e.query])
            for e in rankings
        ]
        chosen = choose_exemplars(self._vectors[query], winners, self._writer.count_tokens)
        return exemplars_text([(one.query, one.text) for one in chosen])

    @property
    def _nothing(self) -> list[str]:
        """Guidance that says nothing."""
        return [""] * len(self._tests)

    def _write_all(self, what: str, guidance: Mapping[str, Sequence[str]]) -> Iterator[Progress]:
        """Write the replies of all conditions to one query side by side, which is faster."""
        for number, query in enumerate(self._tests):
            yield Progress(what, number, len(self._tests))
            guides = [of_all[number] for of_all in guidance.values()]
            several = [*self._drafts(guidance["agent"][number]), *self._drafts("")]
            once = [self._drafts(guide)[0] for guide in guides]
            self._writer.replies(query, [*once, *several])

    def _drafts(self, guide: str) -> list[Drafted]:
        """Several replies with the same guidance."""
        return [Drafted(guide, self._seed(PLAIN_REPLIES + n)) for n in range(BEST_OF)]

    def _replies(self, guides: Sequence[str]) -> list[str]:
        """One reply to each test query."""
        return [
            self._writer.replies(query, self._drafts(guide)[:1])[0]
            for query, guide in zip(self._tests, guides, strict=True)
        ]

    def _best_replies(self, guides: Sequence[str], scorer: ReplyScorer) -> list[str]:
        """Of several replies to each test query the one that the user's scorer expects most of."""
        found = []
        for query, guide in zip(self._tests, guides, strict=True):
            texts = self._writer.replies(query, self._drafts(guide))
            replies = [Reply((), place, len(text), text) for place, text in enumerate(texts)]
            found.append(texts[int(np.argmax(scorer.utilities(query, replies)))])
        return found

    def _judge(self, user: StyleUser, texts: Sequence[str]) -> tuple[float, float, int]:
        """Wins over unguided replies, utility gained over them, and how many replies."""
        wins = reward = 0.0
        for query, text, plain in zip(self._tests, texts, self._plain, strict=True):
            own, *others = user.utilities(query, [text, *plain])
            wins += float(np.mean([0.5 + 0.5 * np.sign(own - other) for other in others]))
            reward += float(own - np.mean(others))
        return wins, reward, len(texts)

    def _cross(
        self, users: Sequence[StyleUser], report: AgentReport, wholes: Sequence[Sequence[str]]
    ) -> None:
        """Every user judges every agent's replies, and those of everything others taught."""
        for row, user in enumerate(users):
            judged = [
                self._judge(user, self._replies(self._by_agent(learned)))
                for learned in report.learned
            ]
            report.table.append([wins / count for wins, _, count in judged])
            whole = [self._judge(user, texts) for texts in wholes]
            report.table_whole.append([wins / count for wins, _, count in whole])
            others = [one for column, one in enumerate(judged) if column != row]
            if others:
                report.add(OTHERS, *(sum(parts) for parts in zip(*others, strict=True)))

    def _hidden(self, user: StyleUser) -> tuple[str, ...]:
        """The user's rules in words."""
        return tuple(self._texts[f"feature:{name}:{sign:+d}"] for name, sign in user.rules)


def _scorer_of(rankings: Sequence[Example]) -> ReplyScorer:
    """What a user's rankings teach about replies, nothing known before."""
    scorer = ReplyScorer(flat_prior(), {})
    for _ in scorer.learn({e.ranking_id: e for e in rankings}, CancelToken()):
        pass
    return scorer
