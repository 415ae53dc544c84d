"""The dial beside Send: how many replies are written, and whether only the best one is shown."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QWidget

from assistant.gui.language import tr, trn

MOST = 4
AUTOMATIC = "…"  # in place of a number where there is no room for the word
TOGGLE = -1  # in place of a number: the entry that shows all of them, or only the best


class ReplyDial(QComboBox):
    """Shows what is set; says what the user wants from now on."""

    drafts_chosen = Signal(int)  # this many; 0: as the program thinks
    best_chosen = Signal(bool)  # whether only the best one is to be shown

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Replies for each message"))
        self.drafts, self.best = 3, False
        self._short = False
        self.activated.connect(lambda _at: self._choose(int(self.currentData())))
        self.show_state(self.drafts, best=self.best)

    def show_state(self, drafts: int, *, best: bool) -> None:
        """Show a number of replies, and what becomes of them."""
        self.drafts, self.best = drafts, best
        self.clear()
        for count in range(2 if best else 1, MOST + 1):
            many = trn("%n reply", "%n replies", count)
            self.addItem(tr("Best of {count}", count=count) if best else many, count)
        self.addItem(tr("Best, automatic") if best else tr("Automatic"), 0)
        self.insertSeparator(self.count())
        self.addItem(tr("Show all replies") if best else tr("Show only the best"), TOGGLE)
        least = 2 if best and drafts == 1 else drafts
        self.setCurrentIndex(self.findData(least))

    def shorten(self, short: bool) -> None:
        """Stand back where there is little room: then a bare number is shown."""
        if short != self._short:
            self._short = short
            self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        """As narrow as a bare number, where the words may be left out."""
        hint = super().minimumSizeHint()
        if not self._short:
            return hint
        metrics = self.fontMetrics()
        words = max(metrics.horizontalAdvance(self.itemText(at)) for at in range(self.count()))
        number = max(metrics.horizontalAdvance(text) for text in (str(MOST), AUTOMATIC))
        return QSize(hint.width() - words + number, hint.height())

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:  # noqa: N802 - Qt's name
        """Without the words where they would be cut off."""
        super().initStyleOption(option)
        inside = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox,
            option,
            QStyle.SubControl.SC_ComboBoxEditField,
            self,
        )
        if self.fontMetrics().horizontalAdvance(self.currentText()) > inside.width():
            option.currentText = str(self.drafts or AUTOMATIC)

    def showPopup(self) -> None:  # noqa: N802 - Qt's name
        """The entries are shown in full, however narrow the dial is."""
        self.view().setMinimumWidth(self.view().sizeHintForColumn(0))
        super().showPopup()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Nobody means this while scrolling by."""
        event.ignore()

    def _choose(self, number: int) -> None:
        """An entry was chosen by the user."""
        if number == TOGGLE:
            self.show_state(self.drafts, best=not self.best)
            self.best_chosen.emit(self.best)
        else:
            self.drafts = number
            self.drafts_chosen.emit(number)
