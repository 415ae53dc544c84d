"""What keys do everywhere in the window: Enter presses a button, arrows and pages scroll."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractSlider, QPushButton, QScrollBar, QWidget

_SCROLLS = {
    Qt.Key.Key_Up: QAbstractSlider.SliderAction.SliderSingleStepSub,
    Qt.Key.Key_Down: QAbstractSlider.SliderAction.SliderSingleStepAdd,
    Qt.Key.Key_PageUp: QAbstractSlider.SliderAction.SliderPageStepSub,
    Qt.Key.Key_PageDown: QAbstractSlider.SliderAction.SliderPageStepAdd,
    Qt.Key.Key_Home: QAbstractSlider.SliderAction.SliderToMinimum,
    Qt.Key.Key_End: QAbstractSlider.SliderAction.SliderToMaximum,
}


class Button(QPushButton):
    """Pressed by Enter as by Space, whatever Enter means around it.

    Never a dialog's default by itself: in a field Enter would press whichever button comes first.
    """

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def event(self, event: QEvent) -> bool:
        """Enter comes here before it can be a shortcut of what the button stands in."""
        if event.type() == QEvent.Type.ShortcutOverride and is_enter(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it, once however long it is held."""
        if not is_enter(event):
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            self.click()


def leave_keyboard(part: QWidget) -> None:
    """A click on a button in a part leaves the keyboard to what the button stands in."""
    for control in part.findChildren(Button):
        control.setFocusPolicy(Qt.FocusPolicy.TabFocus)


def scrolled(bar: QScrollBar, event: QKeyEvent) -> bool:
    """Scroll if the key is one for that; whether it is."""
    action = _SCROLLS.get(Qt.Key(event.key()))
    if action is not None:
        bar.triggerAction(action)
    return action is not None


def is_text(event: QKeyEvent) -> bool:
    """Whether a key would write something, and is not held together with one that commands."""
    commands = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    return bool(event.text()) and event.text().isprintable() and not event.modifiers() & commands


def is_enter(event: QEvent) -> bool:
    """Whether it is Return or the Enter of the number pad, alone."""
    keypad = Qt.KeyboardModifier.KeypadModifier
    return (
        isinstance(event, QKeyEvent)
        and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        and not event.modifiers() & ~keypad
    )
