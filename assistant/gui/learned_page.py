"""The page “What I have learned about you”: its parts behind tabs, each filled when looked at."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QTabBar, QWidget

from assistant.domain.model import QueryId
from assistant.gui.actions import keys_of
from assistant.gui.banner import Banner
from assistant.gui.controls import Tabs, announce, label
from assistant.gui.language import key_words, marked, tr, trn
from assistant.gui.learned_parts import Part
from assistant.gui.learned_profile import LearnedProfile
from assistant.gui.learned_rules import LearnedRules
from assistant.gui.learned_score import LearnedScore
from assistant.gui.learned_tags import LearnedTags
from assistant.gui.learned_training import LearnedTraining
from assistant.gui.learned_versions import LearnedVersions
from assistant.gui.learned_work import LearnedWork
from assistant.gui.pages import Page
from assistant.gui.reflow import WrappedButton
from assistant.usecases.unranked import unranked

TITLE = marked("What I have learned about you")


class LearnedPage(Page):
    """Shows one part at a time; whatever changes, the one shown is read anew."""

    unranked_wanted = Signal()  # the rounds that wait to be ranked

    def __init__(self, work: LearnedWork, parent: QWidget | None = None) -> None:
        super().__init__(tr(TITLE), parent)
        self._work = work
        self.parts: dict[str, Part] = {
            tr("Tags"): LearnedTags(work),
            tr("How well I guess"): LearnedScore(work),
            tr("Rules"): LearnedRules(work),
            tr("Versions"): LearnedVersions(work),
            tr("Learning now"): LearnedTraining(work),
            tr("Profile"): LearnedProfile(work),
        }
        self.tabs = self._make_tabs()
        self.banner = Banner()
        self.waiting = WrappedButton("", self.unranked_wanted.emit, "quiet")
        self.waiting.setToolTip(key_words(keys_of("unranked")))
        self.waiting.hide()
        self.told = label("", "note", wrap=True)
        self.told.hide()
        self.column.addWidget(self.tabs)
        self.column.addWidget(self.banner)
        self.column.addWidget(self.waiting)
        self.column.addWidget(self.told)
        for part in self.parts.values():
            part.hide()
            self.column.addWidget(part)
        self.column.addStretch(1)
        self.tabs.currentChanged.connect(lambda _at: self._turn())
        work.changed.connect(self.refresh)
        work.failed.connect(self.banner.say)
        self.banner.left.connect(self.tabs.setFocus)
        work.told.connect(self._tell)
        self._turn()

    def _make_tabs(self) -> QTabBar:
        """A tab for each part, with its key."""
        tabs = Tabs()
        tabs.setAccessibleName(tr("Parts of the page"))
        tabs.setExpanding(False)
        tabs.setDrawBase(False)
        for at, name in enumerate(self.parts):
            tabs.addTab(name)
            tabs.setTabToolTip(at, f"{name} (Alt+{at + 1})")
            key = QShortcut(QKeySequence(f"Alt+{at + 1}"), self)
            key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            key.activated.connect(lambda at=at: self.tabs.setCurrentIndex(at))
        return tabs

    def shown_part(self) -> Part:
        """The part that is looked at."""
        return self.parts[self.tabs.tabText(self.tabs.currentIndex())]

    def refresh(self) -> None:
        """Read the part that is looked at."""
        if self.isVisible():
            self._work.read(unranked, self._show_waiting)
            self.shown_part().refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """What was learned since the page was seen last is shown."""
        super().showEvent(event)
        self.told.hide()
        self.refresh()

    def _show_waiting(self, found: Sequence[QueryId]) -> None:
        """How many rounds wait to be ranked, and the way to them."""
        text = trn(
            "%n round waits for your ranking ›", "%n rounds wait for your ranking ›", len(found)
        )
        self.waiting.show_text(text)
        self.waiting.setVisible(bool(found))

    def _turn(self) -> None:
        """Show the part chosen, and only that."""
        shown = self.shown_part()
        for part in self.parts.values():
            part.setVisible(part is shown)
        self.told.hide()
        self.area.verticalScrollBar().setValue(0)
        self.refresh()

    def _tell(self, text: str) -> None:
        """Say what was done."""
        self.told.setText(text)
        self.told.show()
        announce(self, text)
