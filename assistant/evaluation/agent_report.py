"""What the agent's experiment found: the names of its conditions, and their figures by user."""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.domain.statistics import Share, share_of_groups
from assistant.evaluation.agent_learning import LearnedAgent

BEST_OF = 3
AGENT, RULES, TAGS = "agent", "rules only", "tags"  # the first two with the tags too
WHOLE = f"agent, best of {BEST_OF}"  # the agent writes the rules, the scorer chooses the reply
UNGUIDED_BEST = f"unguided, best of {BEST_OF}"
TRUE, LOSERS, OTHERS = "true rules", "trained on losers", "agents of others"


@dataclass(slots=True)
class AgentReport:
    """By condition: each user's (wins, replies) and (reward, replies); agents by row of users."""

    wins: dict[str, list[tuple[float, int]]] = field(default_factory=dict)
    rewards: dict[str, list[tuple[float, int]]] = field(default_factory=dict)
    hidden: list[tuple[str, ...]] = field(default_factory=list)  # rules
    interests: list[tuple[str, ...]] = field(default_factory=list)  # hidden ones
    learned: list[LearnedAgent] = field(default_factory=list)
    chosen: list[dict[str, int]] = field(default_factory=list)  # interests: replies they guided
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
