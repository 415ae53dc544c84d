"""The program's own tag selector blind to the query: what topics and relevance are worth."""

from __future__ import annotations

from assistant.evaluation.tager_ours import Ours


class OursWithoutQueries(Ours):
    """The same selector, never told a query's vector, so without topics and without relevance."""

    name = "ours-no-query"

    def _know(self, query: int) -> None:
        """Nothing is known of the query."""
