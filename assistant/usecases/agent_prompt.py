"""How the preference agent is asked, when it is trained and when it is used: the same."""

from __future__ import annotations

from assistant.generation.backend import Turn
from assistant.generation.prompt import ChatTemplate
from assistant.personalization.agent_task import Piece, Pieces
from assistant.personalization.agent_words import agent_messages


def agent_turns(query: str) -> tuple[Turn, ...]:
    """What the agent is asked for a query."""
    return tuple(Turn(role, text) for role, text in agent_messages(query))


def agent_pieces(template: ChatTemplate, query: str) -> Pieces:
    """The same as the trainer reads it."""
    segments = template.render(agent_turns(query), True)
    return tuple(Piece(segment.text, segment.literal) for segment in segments)
