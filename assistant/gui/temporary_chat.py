"""A chat that is not kept: it lives in memory, and is gone when another one is shown."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from assistant.gui.session import Session
from assistant.gui.tasks import ThreadedStore
from assistant.usecases.temporary import temporary_services


class TemporaryChat(QObject):
    """Gives a session the store that vanishes."""

    begun = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session

    def begin(self) -> None:
        """The conversation that begins now is not kept; whatever was shown has been left."""
        session = self._session
        memory, services = ThreadedStore(session.tasks), session.services

        def prepare() -> None:
            memory.open_in_memory()
            temporary_services(services, memory)

        session.change(prepare, lambda _none: None)
        session.memory = memory  # everything that is asked of it waits behind `prepare`
        self.begun.emit()
