"""The line under the cards: the order so far, what can be said, and what had been expected."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from assistant.domain.model import Order
from assistant.gui.candidate_model import order_text
from assistant.gui.controls import button, label
from assistant.gui.language import tr
from assistant.gui.learned_flow import FlowLayout


class OrderStrip(QWidget):
    """Says what the user pressed; shows what it is told."""

    all_bad = Signal()
    tie = Signal()
    skip = Signal()
    undo = Signal()
    proceed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.order = label("–", "title")
        self.order.setAccessibleName(tr("Your order"))
        self.saved = label("", "note")
        self.expected = label("", "note")
        self.tie_button = button(
            tr("Tie"), self.tie.emit, kind="quiet", name=tr("Tie with the neighbour")
        )
        self.bad_button = button(tr("All bad"), self.all_bad.emit, kind="quiet")
        self.skip_button = button(tr("Skip"), self.skip.emit, kind="quiet", name=tr("Skip ranking"))
        self.undo_button = button(
            tr("Undo"), self.undo.emit, kind="quiet", name=tr("Undo the ranking")
        )
        self.go_button = button(tr("Continue"), self.proceed.emit, kind="quiet")
        self._lay_out()
        self.show_state(None, saved="", expected=None, chosen=None)

    def show_state(
        self, order: Order | None, *, saved: str, expected: Order | None, chosen: str | None
    ) -> None:
        """Show an order; `expected` only once the ranking is stored."""
        self.order.setText(order_text(order))
        self.saved.setText(saved)
        self.expected.setText(
            tr("I expected {order}", order=order_text(expected)) if expected else ""
        )
        self.undo_button.setEnabled(order is not None)
        self.skip_button.setEnabled(order is None)
        self.go_button.setVisible(order is not None)
        self.go_button.setText(
            tr("Continue with {chosen} ↵", chosen=chosen) if chosen else tr("Continue ↵")
        )
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two lines when one is too short."""
        super().resizeEvent(event)
        self._arrange()

    def event(self, event: QEvent) -> bool:
        """Other words, or words of another size, may need other lines."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._arrange()
        return done

    def minimumSizeHint(self) -> QSize:
        """As narrow as the widest of what is in it, so that it is allowed to break."""
        lines = (self._said, self._row, self._parts[1])
        widest = max(line.minimumSize().width() for line in lines)
        return QSize(widest, super().minimumSizeHint().height())

    def _lay_out(self) -> None:
        """The order, what can be said of it, and what was expected: one line, two or three."""
        said, row, end = QHBoxLayout(), FlowLayout(), FlowLayout()
        said.setSpacing(4)
        said.addWidget(label(tr("Order"), "note"))
        said.addWidget(self.order)
        said.addSpacing(4)
        said.addStretch(0)
        for control in (self.bad_button, self.tie_button, self.skip_button, self.undo_button):
            row.addWidget(control)
        row.addWidget(self.saved)
        end.addWidget(self.expected)
        end.addWidget(self.go_button)
        self._said, self._row = said, row
        self._first = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._first.setSpacing(0)
        self._first.addLayout(said)
        self._first.addLayout(row, 1)
        self._parts = (self._first, end)
        self._lines = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._lines.setContentsMargins(0, 4, 0, 4)
        self._lines.setSpacing(2)
        for part, share in zip(self._parts, (1, 0), strict=True):
            self._lines.addLayout(part, share)

    def _arrange(self) -> None:
        first = sum(line.sizeHint().width() for line in (self._said, self._row))
        needed = first + self._parts[1].sizeHint().width() + 8
        down, beside = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        for lines, room in ((self._first, first), (self._lines, needed)):
            wanted = down if self.width() < room else beside
            if lines.direction() != wanted:
                lines.setDirection(wanted)
                self.updateGeometry()  # another height is needed from now on
