"""The user's settings as the window needs them: read and changed on the store's lane."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QObject, Signal

from assistant.gui.session import Session
from assistant.settings import ALL, Setting
from assistant.storage.database import Database

Values = Mapping[str, Any]  # by the settings' keys, each checked by its Setting


class Preferences(QObject):
    """Holds the last values read; `changed` follows every reading."""

    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self.values: Values = {setting.key: setting.default for setting in ALL}

    def read(self) -> None:
        """Read everything."""
        store = self._session.services.store
        self._session.change(
            lambda: store.run(_read_all),
            self._take,
        )

    def change(
        self,
        changes: Mapping[Setting[Any], object],
        then: Callable[[], object] | None = None,
    ) -> None:
        """Store these values and read everything again; `then` follows the storing."""
        store = self._session.services.store

        def stored(_values: object) -> None:
            self.read()
            if then is not None:
                then()

        self._session.change(
            lambda: store.run(lambda db: [db.settings.set(k, v) for k, v in changes.items()]),
            stored,
        )

    def _take(self, values: Values) -> None:
        self.values = values
        self.changed.emit()


def _read_all(db: Database) -> Values:
    """Every setting's value by its key."""
    known: tuple[Setting[Any], ...] = ALL
    return {setting.key: db.settings.get(setting) for setting in known}
