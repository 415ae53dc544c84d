"""What the models page asks for: files with their verdicts, adding, choosing, presets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from assistant.domain.errors import ModelProblem
from assistant.generation.library import Fit
from assistant.gui.language import sentence, tr
from assistant.gui.server_work import ServerWork
from assistant.gui.session import Session
from assistant.gui.speeds import Speeds
from assistant.gui.tasks import Lane
from assistant.settings import CONTEXT
from assistant.usecases.models import (
    ModelChoice,
    add_model,
    check_model,
    display_name,
    list_models,
    use_model,
)
from assistant.usecases.presets import clear_preset, own_values, preset, set_preset

if TYPE_CHECKING:
    from assistant.storage.database import Store


@dataclass(frozen=True, slots=True)
class Known:
    """One model as the page shows it; `fit` is None where the file is not sound."""

    choice: ModelChoice
    title: str
    fit: Fit | None


@dataclass(frozen=True, slots=True)
class Preset:
    """The values in force with one model, and which of them are its own."""

    model: str
    values: Mapping[str, object]
    own: frozenset[str]


class ModelsWork(QObject):
    """Every method returns at once; the outcome comes as a signal."""

    listed = Signal(object)  # tuple of Known
    preset_read = Signal(object)  # Preset
    said = Signal(str)
    chosen = Signal()  # another model is stored; the services must be built anew

    def __init__(self, session: Session, speeds: Speeds) -> None:
        super().__init__(session)
        self._session, self.speeds = session, speeds
        self.server = ServerWork(session)
        self.server.chosen.connect(self.chosen)
        self.server.chosen.connect(self.refresh)

    def refresh(self) -> None:
        """Look at all files again."""
        services = self._session.services

        def work() -> tuple[Known, ...]:
            found = []
            for choice in list_models(services.store, services.paths):
                fit = None if choice.problem else _fit(services.store, choice.path)
                name = choice.header.name if choice.header else choice.name
                own = display_name(services.paths, choice.path, name)
                found.append(Known(choice, own, fit))
            return tuple(found)

        self._session.run(Lane.BROWSE, work, self.listed.emit)
        self.server.refresh()

    def add(self, file: Path) -> None:
        """Take a file into the user's own models, checked first."""
        paths = self._session.services.paths

        def added(path: Path) -> None:
            self.said.emit(
                tr("{name} is checked and added. Press “Use” to write with it.", name=path.name)
            )
            self.refresh()

        self._run(lambda: add_model(paths, file), added)

    def use(self, known: Known) -> None:
        """Write with a model from now on, in this running program."""
        services = self._session.services
        name = "" if known.choice.embedded else str(known.choice.path)

        def used(_path: object) -> None:
            self.said.emit(
                tr(
                    "Replies are now written with {title}. What I have learned about you stays; "
                    "only the agent trained for the other model rests until you go back.",
                    title=known.title,
                )
            )
            self.chosen.emit()
            self.refresh()

        self._run(lambda: use_model(services.store, services.paths, name), used)

    def read_preset(self, model: str) -> None:
        """What holds while a model is in use."""
        store, paths = self._session.services.store, self._session.services.paths
        self._run(
            lambda: Preset(model, preset(store, paths, model), own_values(store, paths, model)),
            self.preset_read.emit,
        )

    def set_preset(self, model: str, values: Mapping[str, object]) -> None:
        """Set values for one model only."""
        store, paths = self._session.services.store, self._session.services.paths

        def done(_none: object) -> None:
            self.said.emit(tr("Saved for this model."))
            self.read_preset(model)
            if CONTEXT.key in values:
                self.chosen.emit()

        self._run(lambda: set_preset(store, paths, model, values), done)

    def clear_preset(self, model: str) -> None:
        """The general settings hold for a model again."""
        store, paths = self._session.services.store, self._session.services.paths

        def done(_none: object) -> None:
            self.said.emit(tr("The general settings hold for this model again."))
            self.read_preset(model)
            self.chosen.emit()

        self._run(lambda: clear_preset(store, paths, model), done)

    def _run(self, work: Callable[[], object], then: Callable[..., object]) -> None:
        self._session.tasks.run(
            Lane.BROWSE, work, None, then, lambda error: self.said.emit(sentence(str(error)))
        )


def _fit(store: Store, file: Path) -> Fit | None:
    """The verdict on a file, None if it went wrong meanwhile."""
    try:
        return check_model(store, file)[1]
    except ModelProblem:
        return None
