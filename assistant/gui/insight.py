"""What the program knows, for the window: why, how sure, from which rankings; pin and ban."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from assistant.gui.session import Session
from assistant.gui.tasks import Lane
from assistant.usecases.profile import score, set_tag
from assistant.usecases.why import rankings_behind, why


class Insight(QObject):
    """Asks for explanations on the lanes of a session; answers come as signals."""

    explained = Signal(object)  # Why
    scored = Signal(int, object)  # rankings, Score
    behind = Signal(str, object)  # tag, the rankings behind its weight

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        session.learned.connect(self.refresh)

    def refresh(self) -> None:
        """Explain the round shown and count anew how well rankings were expected."""
        self.explain()
        services = self._session.services
        self._session.change(
            lambda: (services.store.run(lambda db: db.rankings.count()), score(services)),
            lambda found: self.scored.emit(*found),
        )

    def explain(self) -> None:
        """Explain the round shown, if it is ranked."""
        shown = self._session.round
        if shown is None or shown.ranking is None:
            return
        services, query_id = self._session.at_hand, shown.query_id
        self._session.run(
            Lane.GENERATE, lambda: why(services, query_id=query_id), self.explained.emit
        )

    def flag(self, tag: str, pinned: bool, banned: bool) -> None:
        """Pin or ban a tag, or neither; then show it."""
        services = self._session.services
        self._session.run(
            Lane.GENERATE,
            lambda: set_tag(services, name=tag, pinned=pinned, banned=banned),
            lambda _tag: self.explain(),
        )

    def find_behind(self, tag: str, rankings: Sequence[int]) -> None:
        """The rankings with these ids as the user knows them."""
        services = self._session.services
        self._session.change(
            lambda: rankings_behind(services, rankings=rankings),
            lambda found: self.behind.emit(tag, found),
        )
