"""Room: how much of it there is for text of this size, and parts that move under each other."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from assistant.gui.keyboard import Button

USUAL_PIXELS = 14  # size of text that every width here is meant for
AROUND = 16  # pixels that are left above and below what is brought into view
USUAL_FRAME = QSize(8, 40)  # pixels, where no window tells: a title above, thin lines around
PADDING = 26  # pixels of a button beside its text, with its frame
BESIDE, UNDER = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom


def text_scale(widget: QWidget) -> float:
    """How many times larger than usual the text of a widget is, at least 1."""
    return max(1.0, widget.font().pixelSize() / USUAL_PIXELS)


def frame_size(shown: QWidget | None) -> QSize:
    """What the system paints around a window, as far as one that is shown tells."""
    window = None if shown is None else shown.window()
    around = QSize() if window is None else window.frameGeometry().size() - window.size()
    return around if around.height() > 0 else USUAL_FRAME


def has_room(widget: QWidget, pixels: int) -> bool:
    """Whether a widget is as wide as so many pixels at the usual size of text."""
    return widget.width() >= pixels * text_scale(widget)


class Beside(QWidget):
    """Parts beside each other, or under each other below so many pixels (at the usual text)."""

    def __init__(
        self, parts: Sequence[QWidget], pixels: int, stretches: Sequence[int] = ()
    ) -> None:
        super().__init__()
        self._parts, self._pixels = tuple(parts), pixels
        self._box = QBoxLayout(BESIDE, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(6)
        for at, part in enumerate(parts):
            self._box.addWidget(part, stretches[at] if stretches else 0)

    def minimumSizeHint(self) -> QSize:
        """As narrow as the widest part, so that they are allowed to part."""
        widest = max((part.minimumSizeHint().width() for part in self._parts), default=0)
        return QSize(widest, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside or under each other."""
        super().resizeEvent(event)
        wanted = BESIDE if has_room(self, self._pixels) else UNDER
        if self._box.direction() != wanted:
            self._box.setDirection(wanted)
            self.updateGeometry()


class Centred(QWidget):
    """A column that is not wider than so many pixels (at the usual text), in the middle."""

    def __init__(self, pixels: int, side: int, top: int, bottom: int) -> None:
        super().__init__()
        self._pixels, self._side, self._top, self._bottom = pixels, side, top, bottom
        self.column = QVBoxLayout(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What is too much stays free at both sides."""
        super().resizeEvent(event)
        side = free_side(self, self._pixels, self._side)
        self.column.setContentsMargins(side, self._top, side, self._bottom)


def free_side(widget: QWidget, pixels: int, least: int) -> int:
    """What a widget leaves free at either side of a column of so many pixels at most."""
    return max(least, round(widget.width() - pixels * text_scale(widget)) // 2)


def bring_into_view(area: QScrollArea, part: QWidget) -> None:
    """Scroll as little as shows a part, as soon as it has found its place."""
    QTimer.singleShot(0, part, lambda: area.ensureWidgetVisible(part, 0, AROUND))


class WrappedButton(Button):
    """A button with a whole sentence, which goes on in the next line where there is no room."""

    def __init__(self, text: str, pressed: Callable[[], object], kind: str = "row") -> None:
        """`kind` as for any other button."""
        super().__init__(text)
        self._whole = text
        for part in kind.split():
            self.setProperty(part, True)
        self.setAccessibleName(text)
        policy = QSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.clicked.connect(lambda _checked: pressed())

    def show_text(self, text: str) -> None:
        """Another sentence."""
        self._whole = text
        self.setAccessibleName(text)
        self.setText("\n".join(self._lines(self.width())))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """All in one line."""
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self._whole) + PADDING, self._high(1))

    def minimumSizeHint(self) -> QSize:
        """A word in a line."""
        words = (self.fontMetrics().horizontalAdvance(word) for word in self._whole.split())
        return QSize(max(words, default=0) + PADDING, self._high(1))

    def heightForWidth(self, width: int) -> int:
        """What its lines take."""
        return self._high(len(self._lines(width)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other lines at another width."""
        super().resizeEvent(event)
        self.setText("\n".join(self._lines(self.width())))

    def _high(self, lines: int) -> int:
        return lines * self.fontMetrics().lineSpacing() + PADDING // 2 + 4

    def _lines(self, width: int) -> list[str]:
        """The sentence in lines that fit."""
        lines, metrics = [""], self.fontMetrics()
        for word in self._whole.split():
            longer = f"{lines[-1]} {word}".strip()
            if lines[-1] and metrics.horizontalAdvance(longer) + PADDING > width:
                lines.append(word)
            else:
                lines[-1] = longer
        return lines
