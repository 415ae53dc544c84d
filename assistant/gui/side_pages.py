"""The pages beside the conversation, made when they are opened first: models, keys, settings."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from assistant.gui.main_window import MainWindow
from assistant.gui.models_work import ModelsWork
from assistant.gui.tasks import Lane
from assistant.settings import CONTEXT, THREADS, WELCOMED
from assistant.usecases.servers import server_in_use

if TYPE_CHECKING:
    from assistant.gui.about_page import AboutPage
    from assistant.gui.desk import Desk
    from assistant.gui.first_run import FirstRun
    from assistant.gui.models_page import ModelsPage
    from assistant.gui.pages import Page
    from assistant.gui.settings_dialog import SettingsDialog
    from assistant.usecases.about import About

REBUILT = {CONTEXT.key, THREADS.key}
QUESTIONS_AT_FIRST = 3  # of the interview, as many as the first start has room for


class SidePages(QObject):
    """One for each session of a window."""

    def __init__(self, window: MainWindow, desk: Desk) -> None:
        super().__init__(desk)
        self._window, self._desk = window, desk
        self.models_work = ModelsWork(desk.session, desk.speeds)
        self.models: ModelsPage | None = None
        self.settings: SettingsDialog | None = None
        self.first_run: FirstRun | None = None
        self._shortcuts: Page | None = None
        self._about: AboutPage | None = None
        self.models_work.chosen.connect(desk.model_changed)
        window.models_wanted.connect(self.open_models)
        window.shortcuts_wanted.connect(self.open_shortcuts)
        window.settings_wanted.connect(self.open_settings)
        window.about_wanted.connect(self.open_about)

    def open_models(self) -> None:
        """The models, read anew."""
        if self.models is None:
            from assistant.gui.models_page import ModelsPage

            self.models = ModelsPage(self.models_work)
        self._window.pages.open(self.models)
        self.models_work.refresh()

    def open_shortcuts(self) -> None:
        """All keys; pressed again, back to where one was."""
        if self._shortcuts is None:
            from assistant.gui.shortcuts_page import ShortcutsPage

            self._shortcuts = ShortcutsPage()
        if self._window.pages.page() is self._shortcuts:
            self._window.pages.go_back()
        else:
            self._window.pages.open(self._shortcuts)

    def open_about(self) -> None:
        """What this program is, looked up anew."""
        from assistant.gui.about_page import AboutPage
        from assistant.usecases.about import about

        if self._about is None:
            self._about = AboutPage()
        services, page, network = self._desk.session.services, self._about, self._window.network
        requests = None if network is None else network.requests
        self._window.pages.open(page)

        def look() -> tuple[About, bool]:
            return about(services.paths), server_in_use(services.store) is not None

        self._desk.session.run(
            Lane.BROWSE, look, lambda found: page.show_about(found[0], requests, server=found[1])
        )

    def open_settings(self) -> None:
        """Show the form; what was changed in it is stored when it is saved."""
        from assistant.gui.settings_dialog import SettingsDialog

        desk, window = self._desk, self._window
        home = desk.session.services.paths.home
        self.settings = dialog = SettingsDialog(desk.preferences.values, home, window)
        dialog.accepted.connect(lambda: self._save(dialog))
        dialog.finished.connect(self._closed)
        dialog.back_up_wanted.connect(window.back_up_wanted)
        dialog.wipe_wanted.connect(window.wipe_wanted)
        dialog.import_wanted.connect(desk.exchange.choose_import)
        desk.exchange.said.connect(dialog.tell)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def tell(self, text: str) -> None:
        """Say what came of something asked for in the settings."""
        self._say(text, self._window.banner.tell)

    def say(self, text: str) -> None:
        """Say what went wrong with it."""
        self._say(text, self._window.banner.say)

    def _say(self, text: str, otherwise: Callable[[str], object]) -> None:
        """Where the user looks: in the settings while they are open."""
        say = otherwise if self.settings is None else self.settings.tell
        say(text)

    def welcome(self) -> None:
        """The pages of the first start, once."""
        from assistant.gui.first_run import FirstRun, Parts
        from assistant.gui.learned_interview import LearnedInterview

        desk, work = self._desk, self._desk.learned.work
        interview = LearnedInterview(work, always=QUESTIONS_AT_FIRST)
        work.changed.connect(interview.refresh)
        parts = Parts(
            desk.session.services.paths.home,
            self.models_work,
            lambda: interview,
            desk.models.pick_file,
        )
        self.first_run = page = FirstRun(parts)
        page.asked.connect(self._window.ask)
        interview.refresh()
        self._window.pages.open(page)
        page.next.setFocus()
        desk.preferences.change({WELCOMED: True})

    def _save(self, dialog: SettingsDialog) -> None:
        """Store what was changed; some of it needs the engine anew."""
        changes = dialog.changes()
        rebuilt = any(setting.key in REBUILT for setting in changes)
        then = self._desk.model_changed.emit if rebuilt else None
        self._desk.preferences.change(changes, then)

    def _closed(self, _result: int) -> None:
        self.settings = None
