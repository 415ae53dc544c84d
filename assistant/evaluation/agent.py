"""Does the preference agent help? Simulated users with hidden rules and interests, real replies.

For each user: rankings of a shared bank of the model's replies (one unguided, the others asked to
follow two styles, drawn with replacement, and to bring in an interest if users have any) -> rules
-> an agent, and interests by the tag selector, all as in the program. Then every condition guides
replies to queries that nothing was learned from, and the user's true utility decides against
unguided replies to the same query, a tie counting one half. Which of several replies is the best,
the program judges: its scorer and its selector together. Detectors of rules and hidden utilities
are of one family, and so is how interests are read in texts, so this is an upper end: what can be
learned, not what people are. The seed decides users, queries and replies; the queries from QUERIES
on are never used here: on them wordings may be tried out. "True rules" (with the true interests)
shows how far the model follows any. Without interests there are no tags: all is as if there were
none in the program.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.domain.cancel import CancelToken
from assistant.domain.events import Progress
from assistant.evaluation.agent_guidance import Guide, Taught
from assistant.evaluation.agent_interests import Interests, LearnedTags
from assistant.evaluation.agent_learning import LearnedAgent
from assistant.evaluation.agent_replies import Drafted, ReplyWriter
from assistant.evaluation.agent_report import (
    AGENT,
    BEST_OF,
    LOSERS,
    OTHERS,
    TRUE,
    UNGUIDED_BEST,
    WHOLE,
    AgentReport,
)
from assistant.evaluation.interested_users import InterestedUser
from assistant.evaluation.sample_queries import sample_queries
from assistant.evaluation.style_users import StyleUser, detectors, measure_from
from assistant.generation.prompt import guidance_text
from assistant.personalization.embedder import Vectors
from assistant.personalization.learner import Example, Reply
from assistant.personalization.reply_scorer import ReplyScorer
from assistant.personalization.scorer_prior import flat_prior

Learn = Callable[[Sequence[Example], str], Iterator[Progress | LearnedAgent]]

SHOWN = 4  # replies in one ranking
STYLES_EACH = 2  # that a guided reply of the bank is asked to follow, perhaps twice the same
QUERIES = 100  # of the sample queries
PLAIN_REPLIES = 2  # unguided replies to each test query


@dataclass(frozen=True, slots=True)
class ExperimentSize:
    """How much is simulated."""

    users: int = 5
    rankings: int = 60
    tests: int = 20
    seed: int = 20261121
    interests: int = 1  # hidden ones of each user


class AgentExperiment:
    """One run. `texts` are rule texts by detector; `embed` gives vectors of queries.

    Without interests of users `interests` is not asked for anything.
    """

    def __init__(
        self,
        writer: ReplyWriter,
        texts: Mapping[str, str],
        embed: Callable[[Sequence[str]], Vectors],
        learn: Learn,
        options: ExperimentSize,
        interests: Interests,
    ) -> None:
        self._writer, self._texts, self._learn, self._options = writer, texts, learn, options
        self._interests = interests
        queries = [query for query, _ in sample_queries()][:QUERIES]
        np.random.default_rng([options.seed, 3]).shuffle(queries)
        self._asked = queries[: options.rankings]
        self._tests = queries[options.rankings : options.rankings + options.tests]
        rows = embed([*self._asked, *self._tests])
        self._vectors = dict(zip([*self._asked, *self._tests], rows, strict=True))
        listed = {query: vector.tolist() for query, vector in self._vectors.items()}
        self._guide = Guide(writer, texts, listed, self._tests)
        self._bank: list[list[str]] = []
        self._bank_tags: list[list[tuple[str, ...]]] = []
        self._plain: list[list[str]] = []

    def run(self) -> Iterator[Progress | AgentReport]:
        """Write, rank, learn, write again; ends with the report."""
        yield from self._write_bank()
        users = self._users()
        report = AgentReport(
            hidden=[self._hidden(user) for user in users],
            interests=[user.interests for user in users],
        )
        taught: list[Taught] = []
        wholes: list[list[str]] = []  # by user, the replies of everything learned together
        for number, user in enumerate(users):
            rankings = self._rank(user)
            own = yield from self._taught(rankings, f"user {number + 1}")
            taught.append(own)
            report.learned.append(own.agent)
            report.chosen.append(self._guide.chosen(own.tags))
            guidance = self._guide.conditions(own, rankings)
            guidance[TRUE] = self._guide.always(
                [*report.hidden[number], *self._interests.instructions(user.interests)]
            )
            turned = self._rank(user, turned=True)
            guidance[LOSERS] = self._guide.by_agent(
                (yield from self._taught(turned, f"user {number + 1}, losers"))
            )
            yield from self._write_all(f"Writing replies, user {number + 1}", guidance)
            for name, guides in guidance.items():
                report.add(name, *self._judge(user, self._replies(guides)))
            scorer = _scorer_of(rankings)
            wholes.append(self._best_replies(guidance[AGENT], scorer, own.tags))
            report.add(WHOLE, *self._judge(user, wholes[-1]))
            best = self._best_replies(self._nothing, scorer, own.tags)
            report.add(UNGUIDED_BEST, *self._judge(user, best))
        self._cross(users, report, taught, wholes)
        yield report

    def _users(self) -> list[StyleUser]:
        """Everybody, measuring in standard units of the unguided replies."""
        unguided = [*([texts[0]] for texts in self._bank), *self._plain]
        measure = measure_from([*self._asked, *self._tests], unguided)
        seeds, count = [self._seed(n) for n in range(self._options.users)], self._options.interests
        if not count:
            return [StyleUser(measure, seed) for seed in seeds]
        shown = self._interests.measure([text for texts in unguided for text in texts])
        read = self._interests.vectors.read
        return [InterestedUser(measure, seed, shown, read, count) for seed in seeds]

    def _write_bank(self) -> Iterator[Progress]:
        """The replies that all users rank, and the unguided replies to the test queries."""
        chance, draws = (np.random.default_rng([self._options.seed, i]) for i in (4, 6))
        styles = [self._texts[detector] for detector in detectors()]
        for number, query in enumerate(self._asked):
            yield Progress("Writing replies to rank", number, len(self._asked))
            guides: list[str] = [""]
            asked: list[tuple[str, ...]] = [()]
            for _ in range(SHOWN - 1):
                wanted = [styles[int(i)] for i in chance.choice(len(styles), STYLES_EACH)]
                tags = self._interests.draw(draws) if self._options.interests else ()
                guides.append(guidance_text([*wanted, *(tag.instruction for tag in tags)]))
                asked.append(tuple(tag.name for tag in tags))
            drafts = [Drafted(guide, self._seed(place)) for place, guide in enumerate(guides)]
            self._bank.append(self._writer.replies(query, drafts))
            self._bank_tags.append(asked)
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
            user.rank(number, query, texts, tags, turned=turned)
            for number, (query, texts, tags) in enumerate(
                zip(self._asked, self._bank, self._bank_tags, strict=True)
            )
        ]

    def _taught(self, rankings: Sequence[Example], who: str) -> Generator[Progress, None, Taught]:
        """What rankings teach, the progress named."""
        for step in self._learn(rankings, who.split(",")[0]):
            if isinstance(step, LearnedAgent):
                learn = self._interests.learn if self._options.interests else _no_tags
                return Taught(step, learn(rankings, self._vectors))
            yield Progress(f"{who}: {step.what}", step.done, step.total, step.seconds_left)
        raise AssertionError("learning ended without an outcome")

    @property
    def _nothing(self) -> list[str]:
        """Guidance that says nothing."""
        return [""] * len(self._tests)

    def _write_all(self, what: str, guidance: Mapping[str, Sequence[str]]) -> Iterator[Progress]:
        """Write the replies of all conditions to one query side by side, which is faster."""
        for number, query in enumerate(self._tests):
            yield Progress(what, number, len(self._tests))
            guides = [of_all[number] for of_all in guidance.values()]
            several = [*self._drafts(guidance[AGENT][number]), *self._drafts("")]
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

    def _best_replies(
        self, guides: Sequence[str], scorer: ReplyScorer, tags: LearnedTags
    ) -> list[str]:
        """Of several replies to each test query the one of which most is expected."""
        found = []
        for query, guide in zip(self._tests, guides, strict=True):
            texts = self._writer.replies(query, self._drafts(guide))
            replies = [Reply((), place, len(text), text) for place, text in enumerate(texts)]
            by_text, by_tags = scorer.utilities(query, replies), tags.utilities(query, replies)
            both = [a + b for a, b in zip(by_tags, by_text, strict=True)]
            found.append(texts[int(np.argmax(both))])
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
        self,
        users: Sequence[StyleUser],
        report: AgentReport,
        taught: Sequence[Taught],
        wholes: Sequence[Sequence[str]],
    ) -> None:
        """Every user judges what every user's rankings taught: agent and tags, and the whole."""
        replies = [self._replies(self._guide.by_agent(one)) for one in taught]
        for row, user in enumerate(users):
            judged = [self._judge(user, texts) for texts in replies]
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


def _no_tags(_rankings: Sequence[Example], _queries: Mapping[str, Vectors]) -> LearnedTags:
    """What is learned of interests where nobody has any."""
    return LearnedTags()
