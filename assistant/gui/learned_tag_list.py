"""The list of the tag board: each tag with its weight, how sure that is, and a quiet bar."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QGuiApplication, QPainter, QPalette
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from assistant.domain.model import TagKind
from assistant.gui.language import figure, marked, tr
from assistant.gui.learned_parts import signed
from assistant.usecases.tag_board import BoardTag

_TAG = Qt.ItemDataRole.UserRole
PADDING, BAR = 10, 3  # pixels
EVERYTHING, OWN_SAY, UNREVIEWED = (
    marked("All tags"),
    marked("Pinned, banned, own"),
    marked("Not reviewed yet"),
)
INTERESTS, STYLES = marked("Interests"), marked("Styles")
FILTERS = (EVERYTHING, INTERESTS, STYLES, OWN_SAY, UNREVIEWED)


class TagList(QListWidget):
    """Virtualised: painted rows, however many tags there are."""

    picked = Signal(str)  # the tag that is looked at

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Tags"))
        self.setUniformItemSizes(True)
        self.setItemDelegate(TagDelegate(self))
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.currentItemChanged.connect(self._pick)

    def show_tags(self, board: Sequence[BoardTag]) -> None:
        """List these; the one looked at stays."""
        before = self.picked_tag()
        self.blockSignals(True)
        self.clear()
        for one in board:
            item = QListWidgetItem(one.tag.name)
            item.setData(_TAG, one)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken(one))
            self.addItem(item)
            if before is not None and one.tag.name == before.tag.name:
                self.setCurrentItem(item)
        self.blockSignals(False)
        if self.currentItem() is None:
            self.setCurrentRow(0)
        self._pick()

    def narrow(self, text: str, kind: str) -> int:
        """Show only what contains a text and is of a kind; how many that are."""
        shown = 0
        for at in range(self.count()):
            item = self.item(at)
            fits = matches(item.data(_TAG), text.strip().lower(), kind)
            item.setHidden(not fits)
            shown += fits
        return shown

    def picked_tag(self) -> BoardTag | None:
        """The tag that is looked at."""
        item = self.currentItem()
        found: BoardTag | None = item.data(_TAG) if item is not None else None
        return found

    def _pick(self) -> None:
        found = self.picked_tag()
        if found is not None:
            self.picked.emit(found.tag.name)


class TagDelegate(QStyledItemDelegate):
    """Paints one tag: its name and weight, what is to be said of it, the bar."""

    def sizeHint(
        self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Two lines and a bar."""
        return QSize(160, 2 * option.fontMetrics.lineSpacing() + BAR + 2 * PADDING)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """The row's background as the style sheet has it, then the tag."""
        self.initStyleOption(option, index)
        one: BoardTag = index.data(_TAG)
        option.text = ""
        style = option.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(option.rect).adjusted(PADDING, PADDING - 2, -PADDING, -PADDING)
        palette = QGuiApplication.palette()  # a styled widget's own has no muted ink
        ink, muted = (
            palette.color(QPalette.ColorRole.Text),
            palette.color(QPalette.ColorRole.PlaceholderText),
        )
        if option.state & QStyle.StateFlag.State_Selected:
            muted = ink  # it could not be read on what marks the row
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        painter.setFont(option.font)
        painter.setPen(muted if one.tag.banned else ink)
        number = weight_words(one)
        taken = option.fontMetrics.horizontalAdvance(number) + PADDING
        name = option.fontMetrics.elidedText(
            one.tag.name, Qt.TextElideMode.ElideRight, max(0, round(area.width() - taken))
        )
        painter.drawText(area, left, name)
        painter.drawText(area, right, number)
        small = QFont(option.font)
        small.setPixelSize(max(9, round(option.fontMetrics.height() * 0.7)))
        painter.setFont(small)
        painter.setPen(muted)
        painter.drawText(area.adjusted(0, option.fontMetrics.lineSpacing(), 0, 0), left, state(one))
        self._bar(painter, area, palette, one)
        painter.restore()

    def _bar(self, painter: QPainter, area: QRectF, palette: QPalette, one: BoardTag) -> None:
        """How likely the next guided reply carries the tag."""
        painter.setPen(Qt.PenStyle.NoPen)
        groove = QRectF(area.left(), area.bottom() - BAR + 4, area.width(), BAR)
        quiet = palette.color(QPalette.ColorRole.PlaceholderText)
        quiet.setAlphaF(0.25)
        painter.setBrush(quiet)
        painter.drawRoundedRect(groove, 1.5, 1.5)
        share = one.weight.probability if one.weight and not one.tag.banned else 0.0
        groove.setWidth(groove.width() * min(1.0, max(0.0, share)))
        painter.setBrush(palette.color(QPalette.ColorRole.Link))
        painter.drawRoundedRect(groove, 1.5, 1.5)


def matches(one: BoardTag, text: str, kind: str) -> bool:
    """Whether a tag is to be listed."""
    tag = one.tag
    if kind == INTERESTS and tag.kind is not TagKind.INTEREST:
        return False
    if kind == STYLES and tag.kind is not TagKind.STYLE:
        return False
    if kind == OWN_SAY and not (tag.pinned or tag.banned or one.own):
        return False
    if kind == UNREVIEWED and not one.unreviewed:
        return False
    return text in f"{tag.name} {tag.area} {tag.instruction}".lower()


def state(one: BoardTag) -> str:
    """What kind of tag it is, and the user's say in it."""
    words = [tr("interest") if one.tag.kind is TagKind.INTEREST else tr("style")]
    if one.unreviewed:
        words.append(tr("not reviewed yet"))
    elif one.tag.banned:
        words.append(tr("banned"))
    elif one.tag.pinned:
        words.append(tr("pinned"))
    elif one.weight is not None:
        words.append(
            tr("in {probability:.0f} % of guided replies", probability=100 * one.weight.probability)
        )
    if one.own and not one.unreviewed:
        words.append(tr("your own"))
    return " · ".join(words)


def weight_words(one: BoardTag) -> str:
    """The weight with its uncertainty."""
    if one.weight is None:
        return ""
    return f"{signed(one.weight.weight)} ± {figure(one.weight.sd, '.2f')}"


def spoken(one: BoardTag) -> str:
    """The row for a screen reader."""
    return ", ".join(filter(None, (one.tag.name, weight_words(one), state(one))))
