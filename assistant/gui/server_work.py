"""What the card of the user's own server asks for: it may take seconds to reply."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from assistant.gui.language import sentence, tr
from assistant.gui.session import Session
from assistant.gui.tasks import Lane
from assistant.usecases.servers import (
    ServerChoice,
    known_server,
    no_server,
    rest_server,
    use_server,
)


class ServerWork(QObject):
    """Every method returns at once; the outcome comes as a signal."""

    known = Signal(object)  # KnownServer, None
    said = Signal(str)
    failed = Signal(str)  # why what was asked for did not work
    chosen = Signal()  # something else writes from now on: the services must be built anew

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session

    def refresh(self) -> None:
        """Look what is known."""
        store = self._session.services.store
        self._run(lambda: known_server(store), self.known.emit)

    def use(self, url: str, model: str, key: str) -> None:
        """Have replies written there from now on, in this running program."""
        store = self._session.services.store

        def used(choice: ServerChoice) -> None:
            name = choice.model or tr("its model")
            text = tr(
                "Replies are now written by {model} at {url}: your text goes there until you "
                "switch that off.",
                model=name,
                url=choice.url,
            )
            self._changed(f"{text} {sentence(choice.problem)}".strip())

        self._run(lambda: use_server(store, url=url, model=model, key=key), used)

    def rest(self) -> None:
        """Write on this computer again; the server is remembered."""
        store = self._session.services.store
        said = tr("Replies are written on this computer again; nothing leaves it.")
        self._run(lambda: rest_server(store), lambda _none: self._changed(said))

    def remove(self) -> None:
        """Forget the server and its key."""
        store = self._session.services.store
        said = tr("The server and its key are forgotten; replies are written on this computer.")
        self._run(lambda: no_server(store), lambda _none: self._changed(said))

    def _changed(self, said: str) -> None:
        self.said.emit(said)
        self.chosen.emit()
        self.refresh()

    def _run(self, work: Callable[[], object], then: Callable[..., object]) -> None:
        self._session.tasks.run(
            Lane.BROWSE, work, None, then, lambda error: self.failed.emit(sentence(str(error)))
        )
