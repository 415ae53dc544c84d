"""Changes of queries and replies that were begun and neither sent nor given up.

Contract: they are found again when their round is shown again, also after a restart. What was begun
in a temporary conversation goes with it; very long texts last as long as the window.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from assistant.domain.model import QueryId, Round

MOST = 100  # changes that are kept over a restart
LONGEST = 20_000  # characters of one of these

Texts = tuple[str, ...]  # of a query its text; of a reply its letter and its text
QUERY, REPLY = "query", "reply"


class BegunEdits:
    """What is being typed into rounds that are not shown now."""

    def __init__(self) -> None:
        self._texts: dict[str, Texts] = {}
        self._passing: dict[str, Texts] = {}  # of the temporary conversation shown
        self._temporary = False

    def set_temporary(self, temporary: bool) -> None:
        """Whether what is noted from now on goes with its conversation."""
        self._temporary = temporary
        self._passing = {}

    def query(self, round_: Round) -> str:
        """The new text of a query; "" if none was begun."""
        return self._of(_key(QUERY, round_), 1)[0]

    def reply(self, round_: Round) -> tuple[str, str] | None:
        """The letter of a reply and its new text."""
        letter, text = self._of(_key(REPLY, round_), 2)
        return (letter, text) if letter else None

    def note(self, round_: Round, query: str) -> None:
        """A query as it stands in its field, or "" if it is not being changed."""
        self._put(_key(QUERY, round_), (query,) if query else ())

    def note_reply(self, round_: Round, begun: tuple[str, str] | None) -> None:
        """The same of a reply, with its letter."""
        self._put(_key(REPLY, round_), begun or ())

    def asked(self, round_: Round) -> None:
        """A version of a query was asked: it is not only begun any more."""
        versions = {_beginning(QUERY, one) for one in round_.versions}
        for texts in (self._texts, self._passing):
            for key, (text, *_) in tuple(texts.items()):
                if key.rpartition(" ")[0] in versions and text.strip() == round_.text:
                    del texts[key]

    def load(self, found: object) -> None:
        """Take over what `as_entries` gave; whatever is none of it is left out."""
        for key, texts in found.items() if isinstance(found, Mapping) else ():
            if isinstance(texts, list) and texts and all(isinstance(one, str) for one in texts):
                self._texts.setdefault(str(key), tuple(texts))

    def as_entries(self) -> dict[str, Sequence[Any]]:
        """What is to be kept, the latest of it."""
        short = {k: list(v) for k, v in self._texts.items() if len(v[-1]) <= LONGEST}
        return dict(tuple(short.items())[-MOST:])

    def _of(self, key: str, parts: int) -> Texts:
        found = self._passing.get(key) or self._texts.get(key, ())
        return found if len(found) == parts else ("",) * parts

    def _put(self, key: str, texts: Texts) -> None:
        """The latest stand last."""
        place = self._passing if self._temporary else self._texts
        place.pop(key, None)
        if texts:
            place[key] = texts


def _key(kind: str, round_: Round) -> str:
    """Of a round, and of no other one: numbers of a temporary conversation begin anew."""
    return f"{_beginning(kind, round_.query_id)} {round_.created_at!r}"


def _beginning(kind: str, query_id: QueryId) -> str:
    return f"{kind} {query_id}"
