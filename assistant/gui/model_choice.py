"""Choosing the model that replies are written with: a menu of those known, or a file."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QWidget

from assistant.gui.controls import passing_menu
from assistant.gui.language import tr
from assistant.gui.session import Session
from assistant.usecases import models
from assistant.usecases.models import display_name


class ModelChoice(QObject):
    """`chosen` follows when another model is stored; the services must then be built anew."""

    chosen = Signal()
    all_wanted = Signal()  # the page of all models

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(session)
        self._session, self._window = session, window

    def open_menu(self, at: QWidget) -> None:
        """Show the models known, under a widget."""
        services = self._session.services
        self._session.change(
            lambda: models.list_models(services.store, services.paths),
            lambda found: self._show(at, found),
        )

    def pick_file(self) -> None:
        """Let the user find a model file."""
        file, _kind = QFileDialog.getOpenFileName(
            self._window, tr("Choose a model"), "", tr("Models (*.gguf)")
        )
        if file:
            self.use(file)

    def use(self, name: str) -> None:
        """Write with a model from now on; refused with a sentence if its file is not sound."""
        services = self._session.services
        self._session.change(
            lambda: models.use_model(services.store, services.paths, name),
            lambda _path: self.chosen.emit(),
        )

    def _show(self, at: QWidget, found: tuple[models.ModelChoice, ...]) -> None:
        menu = passing_menu(at)
        for one in found:
            called = display_name(self._session.services.paths, one.path, one.name)
            action = QAction(called.replace("&", "&&"), menu, checkable=True, checked=one.used)
            action.setEnabled(not one.problem)
            action.setToolTip(one.problem or str(one.path))
            # "" is the embedded model, wherever the program is installed
            name = "" if one.embedded else str(one.path)
            action.triggered.connect(partial(self._chosen, name))
            menu.addAction(action)
        menu.addSeparator()
        menu.addAction(tr("Choose a file…"), self.pick_file)
        menu.addAction(tr("All models…"), self.all_wanted.emit)
        menu.setToolTipsVisible(True)
        menu.popup(at.mapToGlobal(at.rect().bottomLeft()))

    def _chosen(self, name: str, _checked: bool = False) -> None:
        self.use(name)
