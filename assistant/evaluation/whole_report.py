"""What the evaluation of the whole counts: rewards and wins by part and moment.

Intervals are over pairs of people with opposite tastes, who see the same draws: what a reply is
worth by chance is not independent within a pair.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from assistant.domain.statistics import Share, share_of_groups
from assistant.evaluation.whole_people import pair_of


@dataclass(frozen=True, slots=True)
class Judged:
    """One reply against the unguided ones: share of them beaten, and worth above their mean."""

    wins: float
    reward: float


@dataclass(slots=True)
class WholeReport:
    """Replies judged by (part, rankings), then by person.

    `people` and `seconds` are by the person's number; the seconds are those of this run.
    """

    people: dict[int, Mapping[str, object]] = field(default_factory=dict)
    seconds: dict[int, float] = field(default_factory=dict)
    judged: dict[tuple[str, int], dict[int, list[Judged]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )

    def add(self, part: str, rankings: int, person: int, judged: Judged) -> None:
        """One reply."""
        self.judged[part, rankings][person].append(judged)

    @property
    def seconds_a_person(self) -> float | None:
        """What one person took in this run, in the mean."""
        return sum(self.seconds.values()) / len(self.seconds) if self.seconds else None

    def win_rate(self, part: str, rankings: int) -> Share:
        """Against unguided replies, a tie counting one half."""
        rows = self.judged[part, rankings].items()
        return _over_pairs((who, [one.wins for one in row]) for who, row in rows)

    def reward(self, part: str, rankings: int) -> Share:
        """Mean worth above that of unguided replies, which is also the gain over all off."""
        rows = self.judged[part, rankings].items()
        return _over_pairs((who, [one.reward for one in row]) for who, row in rows)

    def gain(self, part: str, over: str, rankings: int) -> Share:
        """Mean worth of one part's replies minus another's, same people, queries and seeds.

        A run that was stopped may have tried one of them only; such people do not count.
        """
        mine, theirs = self.judged[part, rankings], self.judged[over, rankings]
        both = [who for who in mine if len(mine[who]) == len(theirs.get(who, ()))]
        return _over_pairs(
            (w, [a.reward - b.reward for a, b in zip(mine[w], theirs[w], strict=True)])
            for w in both
        )

    def rows(self, whole: str) -> list[dict[str, object]]:
        """The table: one row for each part and moment; `gain` is what the whole has above it."""
        return [
            {
                "part": part,
                "rankings": rankings,
                "win_rate": _told(self.win_rate(part, rankings)),
                "reward": _told(self.reward(part, rankings)),
                "whole_minus_part": _told(self.gain(whole, part, rankings)),
                "people": len(people),
                "replies": sum(len(row) for row in people.values()),
            }
            for (part, rankings), people in sorted(
                self.judged.items(), key=lambda item: (item[0][1], item[0][0] != whole)
            )
        ]


def _over_pairs(rows: Iterable[tuple[int, list[float]]]) -> Share:
    """The mean of each person's values, with an interval over pairs."""
    pairs: dict[int, list[float]] = defaultdict(list)
    for who, values in rows:
        pairs[pair_of(who)] += values
    return share_of_groups([(sum(values), len(values)) for values in pairs.values()])


def _told(share: Share) -> dict[str, float | None]:
    """A share for JSON."""
    return {"value": share.value, "low": share.low, "high": share.high}
