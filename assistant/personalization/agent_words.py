"""The words between the program and the preference agent: the same in training and in use.

Pure functions of texts; standard library only.
"""

from __future__ import annotations

from collections.abc import Sequence

ASKED = "Write the rules that a reply to the user's message should follow, one on each line."
QUERY_LENGTH = 500  # characters of a query that the agent sees
RULES_WRITTEN = 3  # at most, for one query


def agent_messages(query: str) -> tuple[tuple[str, str], ...]:
    """What the agent is asked for a query, as (role, text)."""
    return (("system", ASKED), ("user", query[:QUERY_LENGTH]))


def rules_text(rules: Sequence[str]) -> str:
    """How the agent writes rules down."""
    return "\n".join(rules)


def read_rules(text: str, known: Sequence[str]) -> tuple[str, ...]:
    """The known rules that the agent wrote, each once."""
    lines = dict.fromkeys(line.strip() for line in text.splitlines())
    return tuple(line for line in lines if line in known)[:RULES_WRITTEN]
